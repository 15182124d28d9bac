import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type KubeObject, type Ref} from '../../core/object.js'
import {at, isRecord, recordAt, textAt} from '../../core/read.js'
import {conditionsOf, readinessOf, type Condition, type Readiness} from '../../core/readiness.js'
import {isFound, type NotFound} from '../../core/seen.js'
import {deliverySettings, type DeliverySetting} from '../broker/origins.js'
import {diagnoseChannel, failingConditions} from './diagnosis.js'
import {type ChannelDescribeFacts} from './facts.js'
import {backingRef, backingType, formatFindings, planeOf, planeWord} from './plane.js'
import {subscriptionsOf} from './subscriptions.js'
import {readDeliverySpec} from '../delivery/delivery.js'
import {deliveryFindings} from '../delivery/preflight.js'
import {describeDeletion, describeEvents, type EventLine} from '../../core/event-lines.js'
import {KAFKA_CHANNEL} from '../names.js'
import {printSink, sinkOf} from '../reference.js'
import {retrySchedule, type RetrySchedule} from '../delivery/retry-schedule.js'

export interface SubscriptionLine {
  name: string
  readiness: Readiness
  /** As kn prints a sink; empty when there is none. */
  subscriber: string
  reply: string
  /** It has delivery settings of its own. */
  ownDelivery: boolean
}

/** Delivery settings in effect, for people. */
export interface DeliveryDescription {
  settings: readonly DeliverySetting[]
  schedule: RetrySchedule
  deadLetterSinkUri?: string
}

/** The real channel behind a Channel. */
export interface BackingChannel extends Ref {
  state: 'found' | NotFound
  readiness?: Readiness
  failing: readonly Condition[]
  /** Settings of a KafkaChannel. */
  partitions?: string
  replicationFactor?: string
  retention?: string
}

/** Everything that `channel describe` shows, as data. */
export interface ChannelDescription {
  /** `InMemoryChannel (messaging.knative.dev/v1)`, empty without a template. */
  type: string
  url?: string
  conditions: readonly Condition[]
  backing?: BackingChannel
  delivery: DeliveryDescription
  subscriptions: readonly SubscriptionLine[] | NotFound
  events?: readonly EventLine[] | NotFound
  deletion?: {sinceMs?: number; finalizers: readonly string[]}
  findings: readonly Finding[]
}

/** `now` is in milliseconds since 1970. */
export const describeChannel = (facts: ChannelDescribeFacts, now: number): ChannelDescription => {
  const {channel, subscriptions} = facts
  const {namespace = ''} = channel.metadata
  const type = backingType(channel)
  const plane = planeOf(type)
  const stored = recordAt(channel, 'spec', 'delivery')
  const url = textAt(channel, 'status', 'address', 'url')
  const sinkUri = textAt(channel, 'status', 'deadLetterSinkUri')
  const backing = describeBacking(facts)
  const attached = isFound(subscriptions) ? subscriptionsOf(channel, subscriptions) : []
  return {
    type: type === undefined ? '' : `${type.kind} (${type.apiVersion})`,
    ...(url === undefined ? {} : {url}),
    conditions: conditionsOf(channel),
    ...(backing === undefined ? {} : {backing}),
    delivery: {
      settings: deliverySettings(stored, () => ({source: 'broker', text: 'set on this channel'}), namespace, plane),
      schedule: retrySchedule(readDeliverySpec(stored), plane, namespace),
      ...(sinkUri === undefined ? {} : {deadLetterSinkUri: sinkUri}),
    },
    subscriptions: isFound(subscriptions) ? attached.map(subscriptionLine) : subscriptions,
    ...describeEvents(facts.events),
    ...describeDeletion(channel, now),
    findings: channelFindings(facts, attached),
  }
}

const describeBacking = ({channel, backing}: ChannelDescribeFacts): BackingChannel | undefined => {
  const ref = backingRef(channel)
  if (ref === undefined || backing === undefined) return undefined
  if (!isFound(backing)) return {...ref, state: backing, failing: []}
  const value = (field: string): string | undefined => {
    const found = at(backing, 'spec', field)
    return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined
  }
  const settings =
    ref.kind === KAFKA_CHANNEL.kind
      ? {
          partitions: value('numPartitions'),
          replicationFactor: value('replicationFactor'),
          retention: value('retentionDuration'),
        }
      : {}
  return {
    ...ref,
    state: 'found',
    readiness: readinessOf(backing),
    failing: failingConditions(backing),
    ...Object.fromEntries(Object.entries(settings).filter(([, text]) => text !== undefined)),
  }
}

const subscriptionLine = (subscription: KubeObject): SubscriptionLine => {
  const {name, namespace = ''} = subscription.metadata
  const shown = (field: string): string => {
    const sink = sinkOf(at(subscription, 'spec', field), namespace)
    return sink === undefined ? '' : printSink(sink, namespace)
  }
  return {
    name,
    readiness: readinessOf(subscription),
    subscriber: shown('subscriber'),
    reply: shown('reply'),
    ownDelivery: isRecord(at(subscription, 'spec', 'delivery')),
  }
}

const channelFindings = (facts: ChannelDescribeFacts, attached: readonly KubeObject[]): Finding[] => {
  const {channel} = facts
  const ref = refOf(channel)
  const type = backingType(channel)
  const delivery = readDeliverySpec(at(channel, 'spec', 'delivery'))
  const own = attached.filter((one) => isRecord(at(one, 'spec', 'delivery'))).map(({metadata}) => metadata.name)
  return [
    ...diagnoseChannel(facts),
    ...deliveryFindings(ref, delivery, planeOf(type), 'absent', planeWord(type)),
    ...formatFindings(ref, delivery),
    ...(own.length === 0 || delivery === undefined
      ? []
      : [
          finding('SFL-C18', {
            object: ref,
            message: `${own.join(', ')} ${own.length === 1 ? 'has' : 'have'} delivery settings of ${own.length === 1 ? 'its' : 'their'} own; ${inheritedWords(planeOf(type) === 'Kafka')}`,
          }),
        ]),
    ...(delivery?.deadLetterSink === undefined
      ? [
          finding('SFL-D09', {
            object: ref,
            message: `channel ${ref.name} has no dead letter sink; events that cannot be delivered are dropped unless a subscription has one`,
          }),
        ]
      : []),
  ]
}

/** What a subscription with delivery settings of its own still gets from its channel. */
export const inheritedWords = (kafka: boolean): string =>
  kafka ? 'what they leave out comes from the channel' : 'of those of the channel only the dead letter sink remains'
