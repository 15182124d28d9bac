import {type KubeObject} from '../../core/object.js'
import {at, isRecord, type Fields} from '../../core/read.js'
import {readConfigReference} from './config.js'
import {resolveBroker, type Origin} from '../cluster-defaults/broker-defaults.js'
import {type ClusterFacts} from './facts.js'
import {isFound} from '../../core/seen.js'
import {deliveryFields, deliveryFlags, sameDelivery, type DeliveryFlag} from '../delivery/delivery.js'
import {BROKER_CLASS, BrokerClass, isKafkaClass} from '../names.js'
import {printSink, sinkOf} from '../reference.js'

/** One delivery setting in effect. */
export interface DeliverySetting {
  flag: DeliveryFlag
  value: string
  origin: Origin
}

export interface Origins {
  className: Origin
  config: Origin
  delivery: DeliverySetting[]
}

const own: Origin = {source: 'broker', text: 'set on this broker'}
const unknown: Origin = {source: 'unknown', text: 'origin unknown: the defaults of the cluster could not be read'}
const plane = (text: string): Origin => ({source: 'none', text})

/**
 * Where class, config and delivery of a stored broker come from. The webhook leaves no trace of its defaulting, so what
 * equals today's default is said to be the default.
 */
export const originsOf = (broker: KubeObject, facts: Pick<ClusterFacts, 'defaults'>): Origins => {
  const namespace = broker.metadata.namespace ?? ''
  const className = broker.metadata.annotations?.[BROKER_CLASS] || undefined
  const config = readConfigReference(at(broker, 'spec', 'config'))
  const delivery = at(broker, 'spec', 'delivery')
  const stored = isRecord(delivery) ? delivery : {}
  const defaults = isFound(facts.defaults) && 'defaults' in facts.defaults ? facts.defaults.defaults : undefined
  if (defaults === undefined)
    return {className: unknown, config: unknown, delivery: settings(stored, undefined, unknown, namespace, className)}

  const classless = resolveBroker(defaults, {namespace})
  const given = resolveBroker(defaults, {namespace, ...(className === undefined ? {} : {className})})
  const withConfig = resolveBroker(defaults, {
    namespace,
    ...(className === undefined ? {} : {className}),
    ...(config === undefined ? {} : {config}),
  })
  const isDefault = (one: typeof given): boolean => sameDelivery({...stored}, sinkless(one.delivery, stored, namespace))
  const source = [given, withConfig].find((one) => one.delivery !== undefined && isDefault(one)) ?? given
  return {
    className:
      className === undefined
        ? {source: 'none', text: 'it has no class'}
        : classless.className === className
          ? classless.classOrigin
          : own,
    config:
      config === undefined
        ? {source: 'none', text: 'it has no config'}
        : given.config !== undefined && sameDelivery(given.config, config)
          ? given.configOrigin
          : own,
    delivery: settings(stored, source.delivery, source.deliveryOrigin, namespace, className),
  }
}

/** The default as stored: the webhook fills in the namespace of the dead letter sink. */
const sinkless = (delivery: Fields | undefined, stored: Fields, namespace: string): Fields => {
  if (delivery === undefined) return {}
  const [a, b] = [sinkOf(delivery.deadLetterSink, namespace), sinkOf(stored.deadLetterSink, namespace)]
  return a !== undefined && b !== undefined && printSink(a, namespace) === printSink(b, namespace)
    ? {...delivery, deadLetterSink: stored.deadLetterSink}
    : delivery
}

const shown = (flag: DeliveryFlag, value: unknown, namespace: string): string | undefined => {
  if (flag !== 'dl-sink') return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  const sink = sinkOf(value, namespace)
  return sink === undefined ? undefined : printSink(sink, namespace)
}

/** Delivery defaults are copied all or nothing, so a delivery that differs in one field was set as a whole. */
const settings = (
  stored: Fields,
  defaults: Fields | undefined,
  origin: Origin,
  namespace: string,
  className: string | undefined,
): DeliverySetting[] => {
  const asDefault = defaults !== undefined && sameDelivery(stored, sinkless(defaults, stored, namespace))
  const one = origin.source === 'unknown' ? unknown : asDefault ? origin : own
  return deliverySettings(stored, () => one, namespace, className)
}

/**
 * Each setting in effect with its origin, in the order of the flags, and what the data plane of the class adds where
 * nothing is set.
 */
export const deliverySettings = (
  stored: Fields,
  originOf: (flag: DeliveryFlag) => Origin,
  namespace: string,
  className: string | undefined,
): DeliverySetting[] => {
  const present = deliveryFlags.flatMap((flag): DeliverySetting[] => {
    const value = shown(flag, stored[deliveryFields[flag]], namespace)
    if (value === undefined) return []
    return [{flag, value, origin: originOf(flag)}]
  })
  return [...present, ...implied(stored, className)].toSorted(
    (a, b) => deliveryFlags.indexOf(a.flag) - deliveryFlags.indexOf(b.flag),
  )
}

/** What the Kafka data planes use where nothing is set (eventing-kafka-broker, `ConsumerVerticle` defaults). */
const implied = (stored: Fields, className: string | undefined): DeliverySetting[] => {
  if (!isKafkaClass(className)) return []
  const retries = typeof stored.retry === 'number' && stored.retry > 0
  const delay = className === BrokerClass.KafkaNamespaced ? 'PT1S' : 'PT0.2S'
  return [
    ...(retries && stored.backoffPolicy === undefined
      ? [{flag: 'backoff-policy' as const, value: 'exponential', origin: plane('built into the Kafka data plane')}]
      : []),
    ...(retries && stored.backoffDelay === undefined
      ? [{flag: 'backoff-delay' as const, value: delay, origin: plane('built into the Kafka data plane')}]
      : []),
    ...(stored.timeout === undefined
      ? [{flag: 'timeout' as const, value: 'PT10M', origin: plane('built into the Kafka data plane')}]
      : []),
  ]
}

/** What a trigger with delivery settings of its own inherits from its broker. */
export const foreignDeliveryOrigin = (className: string | undefined): string => {
  if (className === BrokerClass.Kafka) return 'they replace those of the broker completely, the dead letter sink too'
  if (className === BrokerClass.KafkaNamespaced)
    return 'what they leave out comes from the broker, except the back-off policy'
  return 'of those of the broker only the dead letter sink remains'
}
