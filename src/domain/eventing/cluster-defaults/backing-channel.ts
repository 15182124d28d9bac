import {type DocumentEdit, type EditDocument} from '../../core/document-edits.js'
import {invalid} from '../../core/errors.js'
import {blocking, type Finding} from '../../findings/finding.js'
import {finding, applyForce} from '../../findings/catalogue.js'
import {type SettingsChange} from '../../kafka/write-target/write-settings.js'
import {chooseTarget, configMapRef, type ConfigMapPlace} from '../../kafka/write-target/write-target.js'
import {configKey, type Deployments} from '../broker/facts.js'
import {type Kind, type KubeObject, type Ref} from '../../core/object.js'
import {at, isRecord, recordAt, textAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {readConfigReference} from '../broker/config.js'
import {readChannelTemplate, type ChannelTemplateSpec} from '../channel/defaults.js'
import {type Served} from '../channel/facts.js'
import {readChannelOptions, type KafkaChannelSettings} from '../channel/options.js'
import {planeFindings} from '../channel/plane.js'
import {isKafkaChannel} from '../channel/type.js'
import {fill, sfl} from '../../core/commands.js'
import {baseOf, type SettingFacts} from './default-facts.js'
import {
  BROKER_CLASS,
  BrokerClass,
  CHANNEL_TEMPLATE_CONFIG,
  CHANNEL_TEMPLATE_KEY,
  KAFKA_CHANNEL,
  LEGACY_CHANNEL_TEMPLATE_KEY,
  SYSTEM_NAMESPACE,
} from '../names.js'
import {finish, isChanging, rewritten, type AskedPlan, type SettingWriteOptions} from './setting-plan.js'

/** Where the channel behind channel-based brokers is set (OpenShift Serverless, "Configuring the default broker backing channel"). */
export const placeOfTemplate: ConfigMapPlace = {namespace: SYSTEM_NAMESPACE, name: CHANNEL_TEMPLATE_CONFIG}
export const templateRef: Ref = configMapRef(placeOfTemplate)

const title = `ConfigMap ${SYSTEM_NAMESPACE}/${CHANNEL_TEMPLATE_CONFIG}`

/** What decides about the channel behind channel-based brokers. */
export interface BackingFacts extends SettingFacts {
  /** Brokers of all namespaces. */
  brokers: Lookup<readonly KubeObject[]>
  deployments: Lookup<Deployments>
  /** Whether these are served, by `apiVersion/kind`; asked for the types that matter. */
  served: Readonly<Record<string, Served>>
}

export const servedKey = ({apiVersion, kind}: Kind): string => `${apiVersion}/${kind}`

/** Both versions of the KafkaChannel: v1 is served since Knative 1.18. */
export const KAFKA_CHANNELS: readonly Kind[] = [
  {...KAFKA_CHANNEL, apiVersion: 'messaging.knative.dev/v1'},
  KAFKA_CHANNEL,
]

/** Flags of broker backing-channel set, as typed. */
export interface BackingOptions {
  kind: string | undefined
  partitions?: string | undefined
  replicationFactor?: string | undefined
  retention?: string | undefined
}

export interface BackingRequest {
  type: Kind
  /** The version was given, so it is not chosen among those that are served. */
  exact: boolean
  settings: KafkaChannelSettings
  findings: readonly Finding[]
}

/** Checks the flags of broker backing-channel set. Throws InvalidArgument; several faults come as one error with `causes`. */
export const readBackingOptions = ({kind, ...settings}: BackingOptions): BackingRequest => {
  if (!kind)
    throw invalid(
      'the kind of the channel is missing',
      'InMemoryChannel or KafkaChannel; other types as Group:Version:Kind.',
    )
  const {type, kafka, findings} = readChannelOptions({...settings, type: kind, name: 'backing', namespace: 'default'})
  return {type: type ?? KAFKA_CHANNEL, exact: kind.includes(':'), settings: kafka, findings}
}

/** The template that Knative goes by, if it can be read. */
export const templateToday = ({today}: SettingFacts): ChannelTemplateSpec | undefined =>
  isFound(today) && 'document' in today ? readChannelTemplate(today.document) : undefined

/** Channel-based brokers that get their channel from the default template, as `namespace/name`. */
export const brokersBehind = (brokers: readonly KubeObject[]): string[] =>
  brokers
    .filter((broker) => {
      const config = readConfigReference(at(broker, 'spec', 'config'))
      return (
        broker.metadata.annotations?.[BROKER_CLASS] === BrokerClass.MTChannelBased &&
        config?.kind === 'ConfigMap' &&
        config.name === CHANNEL_TEMPLATE_CONFIG &&
        (config.namespace ?? broker.metadata.namespace) === SYSTEM_NAMESPACE
      )
    })
    .map(({metadata}) => configKey(metadata.namespace ?? '', metadata.name))
    .sort()

/** The version that is there already, else the newest that is served, else that of the document. */
const typeOf = ({type, exact}: BackingRequest, stated: unknown, {served}: BackingFacts): Kind => {
  const now = readChannelTemplate(stated)
  if (exact || !isKafkaChannel(type)) return type
  const usable = (kind: Kind): boolean => served[servedKey(kind)] === 'served'
  if (now?.kind === type.kind && usable(now)) return {apiVersion: now.apiVersion, kind: now.kind}
  return KAFKA_CHANNELS.find(usable) ?? type
}

const templateEdits = (type: Kind, settings: KafkaChannelSettings, stated: unknown): DocumentEdit[] => [
  {path: ['apiVersion'], value: type.apiVersion},
  {path: ['kind'], value: type.kind},
  // What another kind was told means nothing to this one.
  ...(textAt(stated, 'kind') !== type.kind && at(stated, 'spec') !== undefined
    ? [{path: ['spec'], remove: true as const}]
    : []),
  ...Object.entries(settings).map(([field, value]): DocumentEdit => ({path: ['spec', field], value})),
]

/** The plan of `broker backing-channel set`. */
export const planBackingChannel = (
  request: BackingRequest,
  options: SettingWriteOptions,
  facts: BackingFacts,
  edit: EditDocument,
): AskedPlan => {
  const {target, findings: chosen} = chooseTarget(placeOfTemplate, facts, options)
  if (target === undefined) return {plan: {steps: [], findings: chosen}}
  const base = baseOf(target, facts)
  const stated = 'document' in base ? base.document : undefined
  const type = typeOf(request, stated, facts)
  const {text, document, faulty} = rewritten(base, (found) => templateEdits(type, request.settings, found), edit, {
    target,
    key: CHANNEL_TEMPLATE_KEY,
  })
  const change: SettingsChange = {set: {[CHANNEL_TEMPLATE_KEY]: text}, remove: [LEGACY_CHANNEL_TEMPLATE_KEY]}
  const judged = [...(faulty === undefined ? [] : [faulty]), ...typeFindings(type, facts), ...adviceFindings(type)]
  const findings = applyForce([...chosen, ...request.findings, ...judged], options.force)
  const plan = finish(target, change, `${type.kind} behind channel-based brokers`, findings, options)
  if (!isChanging(plan) || blocking(findings).length > 0) return {plan}
  const effects = effectFindings(type, templateToday(facts), document, facts)
  const switched = effects.some(({code}) => code === 'SFL-F15')
  return {
    plan: {...plan, findings: [...findings, ...effects]},
    question: `Put ${type.kind} behind channel-based brokers in the whole cluster?${switched ? ' Events in their present channels are lost.' : ''}`,
    typedName: type.kind,
  }
}

/** Whether channels of the type could be made. */
export const typeFindings = (type: Kind, facts: BackingFacts): Finding[] => {
  const kafkas = isFound(facts.knativeKafkas) ? facts.knativeKafkas : []
  const [kafka] = kafkas
  if (isKafkaChannel(type) && kafka !== undefined && at(kafka, 'spec', 'channel', 'enabled') !== true)
    return [
      finding('SFL-F14', {
        object: templateRef,
        message: `the channel part of KnativeKafka ${kafka.metadata.name} is not enabled, so no KafkaChannel would become ready`,
        repair: sfl(
          'kafka enable',
          'channel',
          ...(textAt(kafka, 'spec', 'channel', 'bootstrapServers')
            ? []
            : [
                '--bootstrap-servers',
                textAt(kafka, 'spec', 'broker', 'defaultConfig', 'bootstrapServers') ?? fill('HOST:PORT'),
              ]),
        ),
      }),
    ]
  return planeFindings(templateRef, type, facts.served[servedKey(type)] ?? 'unknown', facts.deployments)
}

/** The documents advise against it. */
export const adviceFindings = (type: Kind): Finding[] =>
  isKafkaChannel(type)
    ? [
        finding('SFL-B14', {
          object: templateRef,
          message:
            'a KafkaChannel behind channel-based brokers is advised against (OpenShift Serverless, "Default broker implementation for development purposes"): every event takes two more hops; a broker of class Kafka needs none',
          repair: sfl('broker class set', BrokerClass.Kafka),
        }),
      ]
    : []

/** What becomes of the brokers that are there. */
const effectFindings = (
  type: Kind,
  now: ChannelTemplateSpec | undefined,
  wanted: unknown,
  facts: BackingFacts,
): Finding[] => {
  if (!isFound(facts.brokers))
    return facts.brokers === 'absent'
      ? []
      : [
          finding('SFL-B11', {
            object: templateRef,
            message: `which brokers use ${title} is not known: brokers could not be listed in all namespaces`,
          }),
        ]
  const brokers = brokersBehind(facts.brokers)
  if (brokers.length === 0) return []
  const names = `${brokers.slice(0, 10).join(', ')}${brokers.length > 10 ? ` and ${brokers.length - 10} more` : ''}`
  if (now === undefined || now.kind !== type.kind)
    return [
      finding('SFL-F15', {
        object: templateRef,
        message: `${brokers.length} channel-based ${brokers.length === 1 ? 'broker switches' : 'brokers switch'} to a new channel at the next reconcile, without a sign of it: ${names}; events that are still in the present channels are lost`,
      }),
    ]
  const same = JSON.stringify(recordAt(wanted, 'spec')) === JSON.stringify(isRecord(now.spec) ? now.spec : {})
  return same
    ? []
    : [
        finding('SFL-F18', {
          object: templateRef,
          message: `the channels of brokers that exist keep their settings: ${names}`,
        }),
      ]
}
