import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject} from '../../core/object.js'
import {at, isRecord, listAt, textAt, textsAt} from '../../core/read.js'
import {conditionsOf, readinessOf, type Condition, type Readiness} from '../../core/readiness.js'
import {printBrokerConfig, readConfigReference, type ConfigReference} from './config.js'
import {foreignDeliveryOrigin, originsOf, type DeliverySetting} from './origins.js'
import {type Origin} from '../cluster-defaults/broker-defaults.js'
import {attachedTriggers, deletionStuck} from './delete.js'
import {diagnoseBroker} from './diagnosis.js'
import {configFacts, type DescribeFacts, type Trigger} from './facts.js'
import {isFound, type NotFound} from '../../core/seen.js'
import {readDeliverySpec} from '../delivery/delivery.js'
import {describeDeletion, describeEvents, since, type EventLine} from '../../core/event-lines.js'
import {deliveryFindings} from '../delivery/preflight.js'
import {judgeInjection} from '../injection/injection.js'
import {BROKER_CLASS, BrokerClass, EXTERNAL_TOPIC, INJECTED, KafkaKey, brokerRef, isKafkaClass} from '../names.js'
import {printSink, sinkOf} from '../reference.js'
import {retrySchedule, type RetrySchedule} from '../delivery/retry-schedule.js'

export interface TriggerLine {
  name: string
  readiness: Readiness
  /** As kn prints a sink; empty when the trigger has no readable subscriber. */
  subscriber: string
  /** It has delivery settings of its own. */
  ownDelivery: boolean
}

/** Everything that `broker describe` shows, as data. */
export interface BrokerDescription {
  name: string
  namespace: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  /** Milliseconds since its creation. */
  ageMs?: number
  url?: string
  addresses: ReadonlyArray<{name?: string; url: string}>
  readiness: Readiness
  conditions: readonly Condition[]
  className?: string
  classOrigin: Origin
  config?: {
    reference: ConfigReference
    /** As `--broker-config` takes it. */
    text: string
    state: 'found' | NotFound
    values: Readonly<Record<string, string>>
    origin: Origin
  }
  delivery: {settings: readonly DeliverySetting[]; schedule: RetrySchedule; deadLetterSinkUri?: string}
  kafka?: {
    topic?: string
    external: boolean
    partitions?: string
    replicationFactor?: string
    bootstrapServers?: string
    authSecret?: string
  }
  channel?: {apiVersion: string; kind: string; name: string; address?: string}
  triggers: readonly TriggerLine[] | NotFound
  injection: {injected: boolean; recreated: 'yes' | 'no' | 'unknown'; sources: readonly string[]}
  events?: readonly EventLine[] | NotFound
  deletion?: {sinceMs?: number; finalizers: readonly string[]}
  findings: readonly Finding[]
}

/** `now` is in milliseconds since 1970. */
export const describeBroker = (facts: DescribeFacts, now: number): BrokerDescription => {
  const {broker} = facts
  const {name, namespace = '', labels = {}, annotations = {}} = broker.metadata
  const className = annotations[BROKER_CLASS] || undefined
  const origins = originsOf(broker, facts)
  const delivery = readDeliverySpec(at(broker, 'spec', 'delivery'))
  const ageMs = since(broker.metadata.creationTimestamp, now)
  const url = textAt(broker, 'status', 'address', 'url')
  const sinkUri = textAt(broker, 'status', 'deadLetterSinkUri')
  const injection = judgeInjection(broker, facts)
  const attached = attachedTriggers(broker, facts.triggers)
  const config = describeConfig(broker, facts, origins.config)
  const kafka = isKafkaClass(className) ? describeKafka(broker) : undefined
  const channel = describeChannel(broker)
  return {
    name,
    namespace,
    labels,
    annotations,
    ...(ageMs === undefined ? {} : {ageMs}),
    ...(url === undefined ? {} : {url}),
    addresses: listAt(broker, 'status', 'addresses').flatMap((address) => {
      const addressUrl = textAt(address, 'url')
      const addressName = textAt(address, 'name')
      return addressUrl === undefined
        ? []
        : [{...(addressName === undefined ? {} : {name: addressName}), url: addressUrl}]
    }),
    readiness: readinessOf(broker),
    conditions: conditionsOf(broker),
    ...(className === undefined ? {} : {className}),
    classOrigin: origins.className,
    ...(config === undefined ? {} : {config}),
    delivery: {
      settings: origins.delivery,
      schedule: retrySchedule(delivery, className, namespace),
      ...(sinkUri === undefined ? {} : {deadLetterSinkUri: sinkUri}),
    },
    ...(kafka === undefined ? {} : {kafka}),
    ...(channel === undefined ? {} : {channel}),
    triggers: isFound(facts.triggers) ? attached.map(triggerLine) : facts.triggers,
    injection: {
      injected: injection.injected,
      recreated: injection.recreated,
      sources: injection.findings
        .filter(({code}) => ['SFL-I01', 'SFL-I02', 'SFL-I03'].includes(code))
        .map(({message}) => message),
    },
    ...describeEvents(facts.events),
    ...describeDeletion(broker, now),
    findings: describeFindings(facts, injection.findings, attached),
  }
}

const describeConfig = (broker: KubeObject, facts: DescribeFacts, origin: Origin): BrokerDescription['config'] => {
  const namespace = broker.metadata.namespace ?? ''
  const reference = readConfigReference(at(broker, 'spec', 'config'))
  if (reference === undefined) return undefined
  const found = configFacts(facts.configs, reference, namespace)
  return {
    reference,
    text: printBrokerConfig(reference, namespace),
    state: isFound(found) ? 'found' : found,
    values: isFound(found) ? found.data : {},
    origin,
  }
}

const describeKafka = (broker: KubeObject): NonNullable<BrokerDescription['kafka']> => {
  const copies = textsAt(broker, 'status', 'annotations')
  const external = broker.metadata.annotations?.[EXTERNAL_TOPIC]
  const entries = {
    topic: copies[KafkaKey.Topic] ?? external,
    partitions: copies[KafkaKey.Partitions],
    replicationFactor: copies[KafkaKey.ReplicationFactor],
    bootstrapServers: copies[KafkaKey.BootstrapServers],
    authSecret: copies[KafkaKey.AuthSecret],
  }
  return {
    external: external !== undefined,
    ...Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)),
  }
}

const describeChannel = (broker: KubeObject): BrokerDescription['channel'] => {
  const copies = textsAt(broker, 'status', 'annotations')
  const name = copies['knative.dev/channelName']
  if (name === undefined) return undefined
  const address = copies['knative.dev/channelAddress']
  return {
    apiVersion: copies['knative.dev/channelAPIVersion'] ?? '',
    kind: copies['knative.dev/channelKind'] ?? '',
    name,
    ...(address === undefined ? {} : {address}),
  }
}

const triggerLine = (trigger: Trigger): TriggerLine => {
  const sink = sinkOf(at(trigger.object, 'spec', 'subscriber'), trigger.namespace)
  return {
    name: trigger.name,
    readiness: readinessOf(trigger.object),
    subscriber: sink === undefined ? '' : printSink(sink, trigger.namespace),
    ownDelivery: isRecord(at(trigger.object, 'spec', 'delivery')),
  }
}

const describeFindings = (
  facts: DescribeFacts,
  injection: readonly Finding[],
  attached: readonly Trigger[],
): Finding[] => {
  const {broker} = facts
  const {name, namespace = ''} = broker.metadata
  const ref = brokerRef(name, namespace)
  const className = broker.metadata.annotations?.[BROKER_CLASS]
  const delivery = readDeliverySpec(at(broker, 'spec', 'delivery'))
  const own = attached
    .filter((trigger) => isRecord(at(trigger.object, 'spec', 'delivery')))
    .map((trigger) => trigger.name)
  return [
    ...deletionStuck(broker, facts.config),
    ...diagnoseBroker(broker, facts),
    ...deliveryFindings(ref, delivery, className, 'absent'),
    ...(own.length === 0 || delivery === undefined
      ? []
      : [
          finding('SFL-D12', {
            object: ref,
            message: `${own.join(', ')} ${own.length === 1 ? 'has' : 'have'} delivery settings of ${own.length === 1 ? 'its' : 'their'} own; ${foreignDeliveryOrigin(className)}`,
          }),
        ]),
    ...(delivery?.deadLetterSink === undefined && (className === undefined || className !== BrokerClass.RabbitMQ)
      ? [
          finding('SFL-D09', {
            object: ref,
            message: `broker ${name} has no dead letter sink; events that cannot be delivered are dropped`,
          }),
        ]
      : []),
    ...(broker.metadata.labels?.[INJECTED] === 'true'
      ? [finding('SFL-I06', {object: ref, message: `broker ${name} was created by injection`})]
      : []),
    ...injection.map((one) =>
      // Looking is not deleting: what would hinder a deletion is worth a note here.
      one.level === 'error' ? {...one, level: 'note' as const} : one,
    ),
  ]
}
