import {type KubeObject} from '../../core/object.js'
import {at, isRecord, recordAt, textAt, type Fields} from '../../core/read.js'
import {type ConfigReference, readConfigReference} from '../broker/config.js'
import {BROKER_CLASS, BROKER_DEFAULTS} from '../names.js'

/** What one entry of `default-br-config` gives to a broker: a config, delivery settings, or both. */
export interface DefaultConfig {
  config?: Fields
  delivery?: Fields
}

export interface DefaultsEntry {
  brokerClass?: string
  /** The entry's own reference and delivery; absent when it has none of their fields. */
  inline?: DefaultConfig
  brokerClasses: Readonly<Record<string, DefaultConfig>>
  disallowDifferentNamespaceConfig: boolean
}

/** `default-br-config` of the ConfigMap config-br-defaults. */
export interface BrokerDefaults {
  clusterDefault?: DefaultsEntry
  namespaceDefaults: Readonly<Record<string, DefaultsEntry>>
}

const referenceFields = ['apiVersion', 'kind', 'name', 'namespace', 'group', 'address']

const readDefaultConfig = (value: unknown): DefaultConfig | undefined => {
  if (!isRecord(value)) return undefined
  const config = Object.fromEntries(
    referenceFields.flatMap((field) => (textAt(value, field) === undefined ? [] : [[field, textAt(value, field)]])),
  )
  const delivery = isRecord(value.delivery) ? value.delivery : undefined
  const hasConfig = Object.keys(config).length > 0
  if (!hasConfig && delivery === undefined) return undefined
  return {...(hasConfig ? {config} : {}), ...(delivery === undefined ? {} : {delivery})}
}

const readEntry = (value: unknown): DefaultsEntry | undefined => {
  if (!isRecord(value)) return undefined
  const brokerClass = textAt(value, 'brokerClass')
  const inline = readDefaultConfig(value)
  return {
    ...(brokerClass ? {brokerClass} : {}),
    ...(inline === undefined ? {} : {inline}),
    // An entry `Kafka: {}` is not nil for the webhook: it gives neither config nor delivery.
    brokerClasses: Object.fromEntries(
      Object.entries(recordAt(value, 'brokerClasses')).flatMap(([name, entry]) =>
        isRecord(entry) ? [[name, readDefaultConfig(entry) ?? {}]] : [],
      ),
    ),
    disallowDifferentNamespaceConfig: value.disallowDifferentNamespaceConfig === true,
  }
}

/** Reads the parsed YAML of `default-br-config` (knative/eventing pkg/apis/config/defaults.go). */
export const readBrokerDefaults = (document: unknown): BrokerDefaults => {
  const clusterDefault = readEntry(at(document, 'clusterDefault'))
  return {
    ...(clusterDefault === undefined ? {} : {clusterDefault}),
    namespaceDefaults: Object.fromEntries(
      Object.entries(recordAt(document, 'namespaceDefaults')).flatMap(([namespace, value]) => {
        const entry = readEntry(value)
        return entry === undefined ? [] : [[namespace, entry]]
      }),
    ),
  }
}

/** Where a setting of a broker comes from. */
export interface Origin {
  source:
    | 'broker'
    | 'trigger'
    | 'namespaceDefault'
    | 'namespaceDefaultClass'
    | 'clusterDefault'
    | 'clusterDefaultClass'
    | 'none'
    | 'unknown'
  /** A clause for people. */
  text: string
}

export interface ResolvedBroker {
  className?: string
  classOrigin: Origin
  config?: ConfigReference
  /** As it would be stored, complete or not. */
  configFields?: Fields
  configOrigin: Origin
  delivery?: Fields
  deliveryOrigin: Origin
}

interface Found {
  config: DefaultConfig | undefined
  origin: Origin
}

const origin = (source: Origin['source'], text: string): Origin => ({source, text})
const none = (text: string): Origin => origin('none', text)

const clusterConfig = (defaults: BrokerDefaults, className: string): Found => {
  const cluster = defaults.clusterDefault
  if (cluster?.inline === undefined)
    return {config: undefined, origin: none(`no cluster default in ${BROKER_DEFAULTS}`)}
  const ofClass = className === '' ? undefined : entryOf(cluster, className)
  if (ofClass !== undefined)
    return {
      config: ofClass,
      origin: origin('clusterDefaultClass', `cluster default for class ${className} in ${BROKER_DEFAULTS}`),
    }
  const meant = cluster.brokerClass
  const other =
    className !== '' && meant !== undefined && meant !== className ? `, which is meant for class ${meant}` : ''
  return {config: cluster.inline, origin: origin('clusterDefault', `cluster default in ${BROKER_DEFAULTS}${other}`)}
}

const entryOf = (entry: DefaultsEntry, className: string): DefaultConfig | undefined =>
  Object.hasOwn(entry.brokerClasses, className) ? entry.brokerClasses[className] : undefined

/** GetBrokerConfig: the first of namespace entry and cluster entry that has something for the class. */
const lookUp = (defaults: BrokerDefaults, namespace: string, className: string): Found => {
  const entry = Object.hasOwn(defaults.namespaceDefaults, namespace) ? defaults.namespaceDefaults[namespace] : undefined
  // A class-less broker skips an entry without brokerClass, and takes the class of one that has it.
  const wanted = className === '' ? (entry?.brokerClass ?? '') : className
  if (entry !== undefined && wanted !== '') {
    const ofClass = entryOf(entry, wanted)
    if (ofClass !== undefined)
      return {
        config: ofClass,
        origin: origin(
          'namespaceDefaultClass',
          `default of namespace ${namespace} for class ${wanted} in ${BROKER_DEFAULTS}`,
        ),
      }
    if (entry.brokerClass === wanted && entry.inline !== undefined)
      return {
        config: entry.inline,
        origin: origin('namespaceDefault', `default of namespace ${namespace} in ${BROKER_DEFAULTS}`),
      }
  }
  return clusterConfig(defaults, wanted)
}

const copied = ['deadLetterSink', 'retry', 'backoffPolicy', 'backoffDelay'] as const

/**
 * Class, config and delivery that the mutating webhook would store (knative/eventing
 * pkg/apis/eventing/v1/broker_defaults.go), each with its origin. With a config given, the default delivery is looked up
 * under the config's kind as if that were a class; so it is the cluster's.
 */
export const resolveBroker = (
  defaults: BrokerDefaults,
  broker: {namespace: string; className?: string; config?: ConfigReference; delivery?: Fields},
): ResolvedBroker => {
  const {namespace, delivery} = broker
  const given = broker.className ?? ''
  const found = lookUp(defaults, namespace, broker.config === undefined ? given : broker.config.kind)
  const configFields = broker.config === undefined ? found.config?.config : {...broker.config}
  const stored =
    configFields === undefined
      ? undefined
      : {...configFields, namespace: textAt(configFields, 'namespace') || namespace}
  const config = readConfigReference(stored)
  const fromDefaults = delivery === undefined ? found.config?.delivery : undefined
  const effective = delivery ?? (fromDefaults === undefined ? undefined : pick(fromDefaults))
  return {
    ...classOf(defaults, namespace, given),
    ...(config === undefined ? {} : {config}),
    ...(stored === undefined ? {} : {configFields: stored}),
    configOrigin:
      broker.config !== undefined
        ? origin('broker', 'given for this broker')
        : configFields === undefined
          ? none(found.config === undefined ? found.origin.text : `${found.origin.text} names no config`)
          : found.origin,
    ...(effective === undefined ? {} : {delivery: effective}),
    deliveryOrigin:
      delivery !== undefined
        ? origin('broker', 'given for this broker')
        : effective === undefined
          ? none('no default delivery settings')
          : found.origin,
  }
}

const pick = (delivery: Fields): Fields =>
  Object.fromEntries(copied.flatMap((field) => (delivery[field] === undefined ? [] : [[field, delivery[field]]])))

const classOf = (
  defaults: BrokerDefaults,
  namespace: string,
  given: string,
): {className?: string; classOrigin: Origin} => {
  if (given !== '') return {className: given, classOrigin: origin('broker', 'given for this broker')}
  const entry = Object.hasOwn(defaults.namespaceDefaults, namespace) ? defaults.namespaceDefaults[namespace] : undefined
  if (entry?.brokerClass !== undefined)
    return {
      className: entry.brokerClass,
      classOrigin: origin('namespaceDefault', `default of namespace ${namespace} in ${BROKER_DEFAULTS}`),
    }
  const cluster = defaults.clusterDefault?.brokerClass
  if (cluster !== undefined)
    return {className: cluster, classOrigin: origin('clusterDefault', `cluster default in ${BROKER_DEFAULTS}`)}
  return {classOrigin: none(`no default class in ${BROKER_DEFAULTS}`)}
}

/** Whether `spec.config` may name an object of another namespace. */
export const foreignConfigAllowed = (defaults: BrokerDefaults, namespace: string): boolean => {
  const entry = Object.hasOwn(defaults.namespaceDefaults, namespace) ? defaults.namespaceDefaults[namespace] : undefined
  return (
    !(entry?.disallowDifferentNamespaceConfig ?? false) &&
    !(defaults.clusterDefault?.disallowDifferentNamespaceConfig ?? false)
  )
}

const withNamespace = (ref: Fields, namespace: string): Fields => (textAt(ref, 'namespace') ? ref : {...ref, namespace})

const withSinkNamespace = (delivery: Fields, namespace: string): Fields => {
  const ref = at(delivery, 'deadLetterSink', 'ref')
  return isRecord(ref)
    ? {...delivery, deadLetterSink: {...recordAt(delivery, 'deadLetterSink'), ref: withNamespace(ref, namespace)}}
    : delivery
}

/** The broker as the mutating webhook would store it. */
export const defaultedBroker = (broker: KubeObject, defaults: BrokerDefaults): KubeObject => {
  const namespace = broker.metadata.namespace ?? ''
  const spec = recordAt(broker, 'spec')
  const className = broker.metadata.annotations?.[BROKER_CLASS] ?? ''
  const config = isRecord(spec.config) ? spec.config : undefined
  const found = lookUp(defaults, namespace, config === undefined ? className : (textAt(config, 'kind') ?? ''))
  const newConfig = config ?? found.config?.config
  const delivery = isRecord(spec.delivery)
    ? spec.delivery
    : found.config?.delivery === undefined
      ? undefined
      : pick(found.config.delivery)
  const resolvedClass = className || classOf(defaults, namespace, className).className
  return {
    ...broker,
    metadata: {
      ...broker.metadata,
      ...(resolvedClass === undefined
        ? {}
        : {annotations: {...broker.metadata.annotations, [BROKER_CLASS]: resolvedClass}}),
    },
    spec: {
      ...spec,
      ...(newConfig === undefined ? {} : {config: withNamespace(newConfig, namespace)}),
      ...(delivery === undefined ? {} : {delivery: withSinkNamespace(delivery, namespace)}),
    },
  }
}

/** The trigger as the mutating webhook would store it (knative/eventing pkg/apis/eventing/v1/trigger_defaults.go). */
export const defaultedTrigger = (trigger: KubeObject, crossNamespaceEventLinks = false): KubeObject => {
  const namespace = trigger.metadata.namespace ?? ''
  const spec = recordAt(trigger, 'spec')
  const ref = at(spec, 'subscriber', 'ref')
  const linked = crossNamespaceEventLinks ? textAt(spec, 'brokerRef', 'name') : undefined
  const broker = linked ?? textAt(spec, 'broker')
  return {
    ...trigger,
    metadata: broker
      ? {...trigger.metadata, labels: {...trigger.metadata.labels, 'eventing.knative.dev/broker': broker}}
      : trigger.metadata,
    spec: {
      ...spec,
      filter: isRecord(spec.filter) ? spec.filter : {},
      ...(isRecord(ref) ? {subscriber: {...recordAt(spec, 'subscriber'), ref: withNamespace(ref, namespace)}} : {}),
      ...(isRecord(spec.delivery) ? {delivery: withSinkNamespace(spec.delivery, namespace)} : {}),
    },
  }
}
