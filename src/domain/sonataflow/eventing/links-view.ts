import {isRepairedBy, repairedBy, type Finding} from '../../findings/finding.js'
import {type KubeObject} from '../../core/object.js'
import {textAt} from '../../core/read.js'
import {isFound, type NotFound} from '../../core/seen.js'
import {destinationText, serviceSink, serviceSource} from '../effective/eventing.js'
import {eventingFindings, sinkBindingLink, triggerLinks, type LinkFacts} from './preflight.js'
import {type SinkBindingState, type TriggerState} from './links.js'
import {deployedServices, type Platform} from '../model.js'
import {serviceTitle, type ServiceKey} from '../names.js'
import {originText} from '../origin.js'
import {platformCommand} from '../say.js'

/** One trigger by which a service gets its events: as it should be, and what became of it. */
export interface TriggerLinkLine {
  name: string
  namespace: string
  service?: ServiceKey
  /** The CloudEvents type; that of the object itself where none is expected. */
  eventType?: string
  broker?: string
  /** `service:NAME/path` */
  path?: string
  /** With a broker of class Kafka: delivered in order. */
  ordered?: boolean
  state: TriggerState
  why?: string
}

export interface SinkBindingLine {
  name: string
  sink: string
  subject: string
  state: SinkBindingState
  why?: string
}

/** What `platform eventing links` prints. */
export interface LinksView {
  platform: string
  namespace: string
  /** Where each deployed service gets its events from, and where the Job Service sends them, and why. */
  services: ReadonlyArray<{
    service: ServiceKey
    title: string
    from: string
    fromOrigin: string
    to?: string
    toOrigin?: string
  }>
  triggers: readonly TriggerLinkLine[] | NotFound
  sinkBinding?: SinkBindingLine | NotFound
  findings: readonly Finding[]
}

export const triggerLines = (platform: Platform, facts: LinkFacts): TriggerLinkLine[] =>
  triggerLinks(platform, facts).map(({ref, state, expected, actual, why}) => ({
    name: ref.name,
    namespace: ref.namespace ?? '',
    ...(expected === undefined
      ? {}
      : {
          service: expected.trigger.service,
          eventType: expected.trigger.eventType,
          broker: expected.broker,
          path: expected.trigger.path,
          ...(expected.ordered === undefined ? {} : {ordered: expected.ordered}),
        }),
    ...(expected !== undefined || actual === undefined ? {} : actualParts(actual)),
    state,
    ...(why === undefined ? {} : {why}),
  }))

const actualParts = (actual: KubeObject): Pick<TriggerLinkLine, 'eventType' | 'broker' | 'path'> => {
  const [eventType, broker, path] = [
    textAt(actual, 'spec', 'filter', 'attributes', 'type'),
    textAt(actual, 'spec', 'broker'),
    textAt(actual, 'spec', 'subscriber', 'uri'),
  ]
  return {
    ...(eventType === undefined ? {} : {eventType}),
    ...(broker === undefined ? {} : {broker}),
    ...(path === undefined ? {} : {path}),
  }
}

export const sinkBindingLine = (platform: Platform, facts: LinkFacts): SinkBindingLine | NotFound | undefined => {
  if (facts.sinkBinding === 'forbidden') return 'forbidden'
  const link = sinkBindingLink(platform, facts)
  if (link === undefined) return undefined
  return {
    name: link.ref.name,
    sink: link.expected === undefined ? '' : destinationText({...link.expected.sink}),
    subject: link.expected === undefined ? '' : `deployment ${link.expected.subject.name}`,
    state: link.state,
    ...(link.why === undefined ? {} : {why: link.why}),
  }
}

/** How the services of a platform are linked with their brokers: expected, and what is there. */
export const viewLinks = (platform: Platform, facts: LinkFacts): LinksView => {
  const binding = sinkBindingLine(platform, facts)
  return {
    platform: platform.name,
    namespace: platform.namespace,
    services: deployedServices(platform).map((key) => {
      const from = serviceSource(platform, key)
      const to = key === 'jobService' ? serviceSink(platform) : undefined
      return {
        service: key,
        title: serviceTitle[key],
        from: destinationText(from),
        fromOrigin: originText(from.origin, platform.ref),
        ...(to === undefined ? {} : {to: destinationText(to), toOrigin: originText(to.origin, platform.ref)}),
      }
    }),
    triggers: isFound(facts.triggers) || facts.triggers === 'absent' ? triggerLines(platform, facts) : facts.triggers,
    ...(binding === undefined ? {} : {sinkBinding: binding}),
    // Who reads this need not be sent here again.
    findings: eventingFindings(platform, facts, {links: true}).map((one) =>
      isRepairedBy(one, 'platform', 'eventing', 'links')
        ? repairedBy(one, platformCommand(platform, 'describe', platform.name))
        : one,
    ),
  }
}

/** The objects themselves, for kn's tables: those that should be there and are, and those that are stale. */
export const linkObjects = (
  platform: Platform,
  facts: LinkFacts,
): {triggers: readonly KubeObject[]; sources: readonly KubeObject[]} => ({
  triggers: triggerLinks(platform, facts).flatMap(({actual}) => actual ?? []),
  sources: isFound(facts.sinkBinding) ? [facts.sinkBinding] : [],
})
