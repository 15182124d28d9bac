import {fill, kubectl, sfl} from '../../core/commands.js'
import {
  BROKER,
  BROKER_CLASS,
  brokerRef,
  DELIVERY_ORDER,
  isKafkaClass,
  SINK_BINDING,
  TRIGGER,
} from '../../eventing/names.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {readinessOf, whyNotReady} from '../../core/readiness.js'
import {isFound} from '../../core/seen.js'
import {suggestions} from '../../core/suggest.js'
import {destinationText, serviceSink, serviceSource, type EffectiveDestination} from '../effective/eventing.js'
import {
  compareSinkBinding,
  compareTriggers,
  expectedSinkBinding,
  expectedTriggers,
  isRetired,
  type SinkBindingLink,
  type TriggerLink,
} from './links.js'
import {deployedServices, type DestinationSettings, type Platform} from '../model.js'
import {serviceKeys, serviceTitle, sinkBindingName, TRIGGER_FINALIZER} from '../names.js'
import {type EventingFacts, type InstallationFacts} from '../platform/facts.js'
import {enumeration, notVerified, platformCommand} from '../say.js'

type BrokerDestination = Extract<EffectiveDestination, {mode: 'ref'}>

/** Destinations as written, with their paths and how a command sets them. */
const writtenDestinations = (
  platform: Platform,
): Array<{path: string; written: DestinationSettings; set: readonly string[]; sink: boolean}> => [
  ...(platform.broker === undefined
    ? []
    : [{path: 'spec.eventing.broker', written: platform.broker, set: ['--platform-wide', '--broker'], sink: false}]),
  ...serviceKeys.flatMap((key) => {
    const {source, sink} = platform.services?.[key] ?? {}
    const word = key === 'dataIndex' ? 'data-index' : 'job-service'
    return [
      ...(source === undefined
        ? []
        : [{path: `spec.services.${key}.source`, written: source, set: [word, '--source'], sink: false}]),
      ...(sink === undefined
        ? []
        : [{path: `spec.services.${key}.sink`, written: sink, set: [word, '--sink'], sink: true}]),
    ]
  }),
]

/** Every broker that the services of a platform use, once. */
export const usedBrokers = (platform: Platform): BrokerDestination[] => {
  const all = [
    ...deployedServices(platform).map((key) => serviceSource(platform, key)),
    ...(platform.services?.jobService === undefined ? [] : [serviceSink(platform)]),
    ...(platform.broker === undefined ? [] : [serviceSource({...platform, services: {}}, 'dataIndex')]),
  ].filter((one): one is BrokerDestination => one.mode === 'ref' && (one.kind ?? 'Broker') === 'Broker')
  return [...new Map(all.map((one) => [`${one.namespace}/${one.name}`, one])).values()]
}

/** E7: references with which the operator cannot work. */
const referenceFindings = (platform: Platform): Finding[] =>
  writtenDestinations(platform).flatMap(({path, written, set, sink}) => {
    const {ref, uri} = written
    const say = (message: string): Finding[] => [
      finding('SFL-E07', {
        object: platform.ref,
        message: `${path} ${message}`,
        repair: platformCommand(platform, 'eventing set', ...set, ref?.name ?? fill('BROKER')),
      }),
    ]
    if (ref === undefined)
      return sink && uri !== undefined
        ? []
        : say(
            path === 'spec.eventing.broker'
              ? 'has no ref: the operator fails over it, and nothing of the platform is looked after any more'
              : 'has no ref, so the broker of the platform is used instead',
          )
    if (ref.name === undefined) return say('has a ref without a name, which counts as none')
    const kind = ref.kind ?? 'nothing'
    if (!sink && (kind !== BROKER.kind || (ref.apiVersion !== undefined && ref.apiVersion !== BROKER.apiVersion)))
      return say(
        `names a ${kind} of ${ref.apiVersion ?? 'no apiVersion'}; the operator looks for a Broker of that name nevertheless`,
      )
    return []
  })

/** E2 to E4 and E8: one broker. */
const brokerFindings = (broker: BrokerDestination, platform: Platform, facts: EventingFacts): Finding[] => {
  const {name, namespace} = broker
  const object = brokerRef(name, namespace)
  const where = [name, '-n', namespace]
  const remote =
    namespace === platform.namespace
      ? []
      : [
          finding('SFL-E08', {
            object,
            message: `broker ${name} is in namespace ${namespace}: triggers are made there, and the platform gets finalizer ${TRIGGER_FINALIZER}, so it goes only when the operator has deleted them`,
            repair: sfl('broker create', name, '-n', platform.namespace),
          }),
        ]
  const found = facts.brokers[`${namespace}/${name}`]
  if (found === undefined) return remote
  if (found === 'forbidden') return [...remote, notVerified(object, `broker ${name}`)]
  if (!isFound(found)) {
    const names = facts.brokerNames?.[namespace]
    const [near] = isFound(names) ? suggestions(name, names) : []
    return [
      ...remote,
      finding('SFL-E02', {
        object,
        message: `broker ${name} does not exist in namespace ${namespace}${near === undefined ? '' : ` (did you mean ${near}?)`}: no trigger is made, and a Data Index without its broker keeps the Job Service from being deployed`,
        repair:
          near === undefined ? sfl('broker create', ...where, '--class', 'Kafka') : sfl('broker list', '-n', namespace),
      }),
    ]
  }
  const readiness = readinessOf(found)
  const className = found.metadata.annotations?.[BROKER_CLASS]
  const why = whyNotReady(readiness)
  return [
    ...remote,
    ...(readiness.state === 'ready'
      ? []
      : [
          finding('SFL-E03', {
            object,
            message: `broker ${name} is not ready${why === '' ? '' : ` (${why})`}; the operator makes no trigger before it is`,
            repair: sfl('broker describe', ...where),
          }),
        ]),
    ...(isKafkaClass(className)
      ? []
      : [
          finding('SFL-E04', {
            object,
            message: `broker ${name} is of class ${className ?? 'unknown'}, which is not for production: events may be lost, and come in any order`,
            repair: sfl('broker create', `${name}-kafka`, '-n', namespace, '--class', 'Kafka'),
          }),
        ]),
  ]
}

/** What decides about links: the generation of the operator, when the CRD tells it. */
export type LinkFacts<K extends keyof EventingFacts = keyof EventingFacts> = Pick<EventingFacts, K> &
  Partial<Pick<InstallationFacts, 'schema'>>

/** Operators until Nov 2024 make one trigger more, and ask for ordered delivery nowhere: with them that is right. */
const asOldOperatorsDo = (link: TriggerLink): TriggerLink => {
  const {why: _why, ...rest} = link
  return link.state === 'unordered' || (link.state === 'stale' && isRetired(link)) ? {...rest, state: 'ok'} : link
}

/** The triggers as they are and should be. Triggers that cannot be read (no permission) give nothing. */
export const triggerLinks = (platform: Platform, facts: LinkFacts<'brokers' | 'triggers'>): TriggerLink[] => {
  if (!isFound(facts.triggers)) return []
  const links = compareTriggers(platform, expectedTriggers(platform, facts.brokers), facts.triggers)
  const old = isFound(facts.schema) && facts.schema.served && !facts.schema.migrationStrategy
  return old && expectedTriggers(platform).length > 0 ? links.map(asOldOperatorsDo) : links
}

export const sinkBindingLink = (
  platform: Platform,
  {sinkBinding}: Pick<EventingFacts, 'sinkBinding'>,
): SinkBindingLink | undefined =>
  sinkBinding === 'forbidden'
    ? undefined
    : compareSinkBinding(platform, expectedSinkBinding(platform), isFound(sinkBinding) ? sinkBinding : undefined)

/** Links that only a deletion brings right: the operator then recreates them, or leaves them away. */
export const needsDeletion = ({state}: TriggerLink): boolean =>
  state === 'other-broker' || state === 'unordered' || state === 'stale'

/** E5: the broker of a trigger cannot be changed. */
const immutableFindings = (platform: Platform, links: readonly TriggerLink[], planned: boolean): Finding[] => {
  const stuck = links.filter(
    ({state, why}) => state === 'other-broker' || (state === 'stale' && why?.includes('left in') === true),
  )
  if (stuck.length === 0) return []
  const names = enumeration(
    stuck.map(({ref}) => `${ref.namespace ?? ''}/${ref.name}`),
    3,
  )
  return [
    finding('SFL-E05', {
      level: planned ? 'warning' : 'error',
      object: platform.ref,
      message: planned
        ? `${stuck.length} triggers of the former broker are deleted, since the broker of a trigger cannot be changed: ${names}; events that come until the new ones are ready are lost`
        : stuck.length === 1
          ? `trigger ${names} hangs on the former broker, and a trigger's broker cannot be changed; the operator fails over it until it is deleted`
          : `${stuck.length} triggers still reference the previous broker, and a trigger's broker cannot be changed; the operator fails over them until they are deleted: ${names}`,
      // The plan deletes them itself.
      ...(planned ? {} : {repair: platformCommand(platform, 'eventing prune')}),
    }),
  ]
}

const stateTexts = {
  missing: 'is missing',
  'not-ready': 'is not ready',
  differs: 'was changed',
  unordered: `lacks annotation ${DELIVERY_ORDER}: ordered`,
  stale: 'is stale',
} as const

/** E6: triggers and the SinkBinding that are not as they should be. */
const linkFindings = (
  platform: Platform,
  links: readonly TriggerLink[],
  binding: SinkBindingLink | undefined,
): Finding[] => {
  const triggers = (Object.keys(stateTexts) as Array<keyof typeof stateTexts>).flatMap((state) => {
    const all = links.filter((one) => one.state === state && one.why?.includes('left in') !== true)
    const [first] = all
    if (first === undefined) return []
    const reasons = [...new Set(all.flatMap(({why}) => why ?? []))]
    const deletable = state === 'unordered' || state === 'stale'
    return [
      finding('SFL-E06', {
        object: {...TRIGGER, name: first.ref.name, namespace: first.ref.namespace ?? ''},
        message: `${all.length === 1 ? `trigger ${first.ref.name}` : `each of ${all.length} triggers`} ${stateTexts[state]}${
          reasons.length === 0 || state === 'unordered' ? '' : ` (${enumeration(reasons, 2)})`
        }`,
        repair: deletable ? platformCommand(platform, 'eventing prune') : platformCommand(platform, 'eventing links'),
      }),
    ]
  })
  if (binding === undefined || binding.state === 'ok') return triggers
  const why = binding.why === undefined ? '' : ` (${binding.why})`
  const name = sinkBindingName(platform.name)
  const texts: Readonly<Record<Exclude<SinkBindingLink['state'], 'ok'>, string>> = {
    missing: `SinkBinding ${name} is missing: the Job Service waits for its sink with 0 replicas`,
    'not-provided': `SinkBinding ${name} has not provided its sink${why}: the Job Service stays at 0 replicas`,
    'not-ready': `SinkBinding ${name} is not ready${why}`,
    'other-sink': `SinkBinding ${name} is not up to date: ${binding.why ?? ''}`,
    stale: `SinkBinding ${name} is stale: ${binding.why ?? ''}`,
  }
  return [
    ...triggers,
    finding('SFL-E06', {
      object: {...SINK_BINDING, name, namespace: platform.namespace},
      message: texts[binding.state],
      repair:
        binding.state === 'stale'
          ? platformCommand(platform, 'eventing prune')
          : kubectl('-n', platform.namespace, 'describe', 'sinkbindings.sources.knative.dev', name),
    }),
  ]
}

/** E9: a Job Service that hears and cannot speak, or the other way round. */
const oneSidedFindings = (platform: Platform): Finding[] => {
  if (platform.services?.jobService === undefined) return []
  const [source, sink] = [serviceSource(platform, 'jobService'), serviceSink(platform)]
  const hears = source.mode === 'ref'
  const speaks = sink.mode === 'ref' || sink.mode === 'uri'
  if (hears === speaks || source.mode === 'broken') return []
  return hears
    ? [
        finding('SFL-E09', {
          object: platform.ref,
          message: `${serviceTitle.jobService} gets events from ${destinationText(source)} and has no sink: its answers go to a K_SINK that nobody sets, and its health check fails`,
          repair: platformCommand(
            platform,
            'eventing set',
            'job-service',
            '--sink',
            `${source.name}:${source.namespace}`,
          ),
        }),
      ]
    : [
        finding('SFL-E09', {
          level: 'warning',
          object: platform.ref,
          message: `${serviceTitle.jobService} has the sink ${destinationText(sink)} and no source: events of jobs still go to Data Index directly`,
          repair: platformCommand(
            platform,
            'eventing set',
            'job-service',
            '--source',
            sink.mode === 'ref' ? `${sink.name}:${sink.namespace}` : fill('BROKER'),
          ),
        }),
      ]
}

/**
 * E1 to E9: the eventing of a platform as it would be. `links` judges triggers and SinkBinding too, which makes sense for
 * what is stored; with `planned` the plan itself deletes the triggers of a former broker.
 */
export const eventingFindings = (
  platform: Platform,
  facts: LinkFacts,
  {links = false, planned = false}: {links?: boolean; planned?: boolean} = {},
): Finding[] => {
  const brokers = usedBrokers(platform)
  const references = referenceFindings(platform)
  const oneSided = oneSidedFindings(platform)
  if (facts.knativeInstalled === false && brokers.length > 0)
    return [
      ...references,
      finding('SFL-E01', {
        object: platform.ref,
        message: `Knative Eventing is not installed, and the platform uses broker ${enumeration(brokers.map(({name}) => name))}: the operator fails over it at every look`,
        repair: platformCommand(platform, 'eventing unset', '--platform-wide'),
      }),
    ]
  const compared = triggerLinks(platform, facts)
  return [
    ...references,
    ...brokers.flatMap((broker) => brokerFindings(broker, platform, facts)),
    ...oneSided,
    ...immutableFindings(platform, compared, planned),
    ...(links ? linkFindings(platform, compared, sinkBindingLink(platform, facts)) : []),
  ]
}
