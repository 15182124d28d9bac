import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {kubectl, sfl} from '../../core/commands.js'
import {configEntry, governing} from '../../kafka/write-target/write-target.js'
import {isFound} from '../../core/seen.js'
import {
  adviceFindings,
  brokersBehind,
  placeOfTemplate,
  templateRef,
  templateToday,
  typeFindings,
  type BackingFacts,
} from './backing-channel.js'
import {spellingFindings, unwrittenFindings} from './class-preflight.js'
import {CHANNEL_TEMPLATE_CONFIG, CHANNEL_TEMPLATE_KEY, IN_MEMORY_CHANNEL, SYSTEM_NAMESPACE} from '../names.js'
import {SHIPPED_CHANNEL_TEMPLATE} from './shipped-defaults.js'

/** Everything that `broker backing-channel show` shows, as data. */
export interface BackingView {
  /** Left out when it is not known, or missing. */
  channel?: {apiVersion: string; kind: string; spec: Readonly<Record<string, unknown>>; setBy: string}
  works: 'yes' | 'no' | 'unknown'
  writtenBy: string
  /** Channel-based brokers whose channel comes from here, `namespace/name`; left out when they cannot be listed (no permission). */
  brokers?: readonly string[]
  findings: readonly Finding[]
}

const title = `ConfigMap ${SYSTEM_NAMESPACE}/${CHANNEL_TEMPLATE_CONFIG}`

/** The channel that channel-based brokers get by default, who set it, and which brokers have it (OpenShift Serverless, "Configuring the default broker backing channel"). */
export const viewBackingChannel = (facts: BackingFacts): BackingView => {
  const template = templateToday(facts)
  const resource = governing(placeOfTemplate, facts)
  const fit = template === undefined ? [] : typeFindings(template, facts)
  const broken = template === undefined && facts.today !== 'forbidden'
  return {
    ...(template === undefined
      ? {}
      : {
          channel: {
            apiVersion: template.apiVersion,
            kind: template.kind,
            spec: template.spec ?? {},
            setBy: setBy(facts),
          },
        }),
    works:
      broken || fit.some(({level}) => level === 'error')
        ? 'no'
        : template === undefined || fit.some(({code}) => code === 'SFL-B11')
          ? 'unknown'
          : 'yes',
    writtenBy:
      resource !== undefined
        ? `KnativeEventing ${resource.metadata.namespace ?? ''}/${resource.metadata.name}`
        : facts.configMap === 'forbidden'
          ? `${title}, which cannot be read (no permission)`
          : `${title}, which no operator writes`,
    ...(isFound(facts.brokers) ? {brokers: brokersBehind(facts.brokers)} : {}),
    findings: [
      ...unreadFindings(facts, broken),
      ...(resource === undefined
        ? []
        : [
            ...spellingFindings(resource, CHANNEL_TEMPLATE_CONFIG),
            ...unwrittenFindings(resource, CHANNEL_TEMPLATE_CONFIG, CHANNEL_TEMPLATE_KEY, facts),
          ]),
      ...fit,
      ...(template === undefined ? [] : adviceFindings(template)),
    ],
  }
}

const setBy = (facts: BackingFacts): string => {
  const resource = governing(placeOfTemplate, facts)
  if (resource !== undefined && facts.stated !== undefined)
    return `spec.config.${configEntry(resource, CHANNEL_TEMPLATE_CONFIG).spelling}`
  const template = templateToday(facts)
  const shipped =
    template?.apiVersion === SHIPPED_CHANNEL_TEMPLATE.apiVersion &&
    template.kind === SHIPPED_CHANNEL_TEMPLATE.kind &&
    Object.keys(template.spec ?? {}).length === 0
  return shipped ? 'as shipped' : 'set in the ConfigMap'
}

const unreadFindings = ({today}: BackingFacts, broken: boolean): Finding[] => {
  if (today === 'forbidden')
    return [finding('SFL-B11', {object: templateRef, message: `the channel is not known: ${title} could not be read`})]
  if (!broken) return []
  const why = today === 'absent' ? 'it does not exist' : 'fault' in today ? today.fault : 'it needs apiVersion and kind'
  const lost = today !== 'absent' && 'fault' in today && today.text !== ''
  return [
    finding('SFL-B06', {
      object: templateRef,
      message: `${CHANNEL_TEMPLATE_KEY} of ${title} cannot be used: ${why}`,
      repair: lost
        ? kubectl('-n', SYSTEM_NAMESPACE, 'edit', 'configmap', CHANNEL_TEMPLATE_CONFIG)
        : sfl('broker backing-channel set', IN_MEMORY_CHANNEL.kind),
    }),
  ]
}
