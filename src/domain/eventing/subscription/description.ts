import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {at, isRecord, textAt} from '../../core/read.js'
import {conditionsOf, readinessOf, type Condition, type Readiness} from '../../core/readiness.js'
import {deliverySettings} from '../broker/origins.js'
import {type DeliveryDescription} from '../channel/description.js'
import {failingConditions, quoted, waitingFor} from '../channel/diagnosis.js'
import {backingType, formatFindings, planeFindings, planeOf} from '../channel/plane.js'
import {type ChannelReference} from '../channel/type.js'
import {kubectl} from '../../core/commands.js'
import {readDeliverySpec} from '../delivery/delivery.js'
import {sinkLookUp} from '../delivery/preflight.js'
import {describeDeletion, describeEvents, type EventLine} from '../../core/event-lines.js'
import {heldFindings} from '../../findings/existing.js'
import {resourceNameOf} from '../../kinds/registry.js'
import {BrokerClass, SYSTEM_NAMESPACE} from '../names.js'
import {retrySchedule} from '../delivery/retry-schedule.js'
import {subscriptionDelivery} from './delivery.js'
import {type ChannelSeen, type SubscriptionDescribeFacts} from './facts.js'
import {channelFindings, effectiveFindings, inheritanceFindings, isObject, referenceOf} from './preflight.js'
import {type NotFound} from '../../core/seen.js'

/** A destination as kn describes it. */
export interface DestinationDescription {
  name?: string
  /** Only when it is not the holder's. */
  namespace?: string
  /** `Service (serving.knative.dev/v1)` */
  resource?: string
  uri?: string
}

/** Everything that `subscription describe` shows, as data. */
export interface SubscriptionDescription {
  channel: ChannelReference
  subscriber?: DestinationDescription
  reply?: DestinationDescription
  deadLetterSink?: DestinationDescription
  conditions: readonly Condition[]
  /** What the controller made of the destinations. */
  resolved: {subscriberUri?: string; replyUri?: string; deadLetterSinkUri?: string}
  channelState: {state: Exclude<ChannelSeen, KubeObject> | 'found'; readiness?: Readiness; type?: string; url?: string}
  delivery: DeliveryDescription
  events?: readonly EventLine[] | NotFound
  deletion?: {sinceMs?: number; finalizers: readonly string[]}
  findings: readonly Finding[]
}

/** `undefined` when there is none. */
export const describeDestination = (destination: unknown, namespace: string): DestinationDescription | undefined => {
  if (!isRecord(destination)) return undefined
  const [name, kind, apiVersion, home] = ['name', 'kind', 'apiVersion', 'namespace'].map((field) =>
    textAt(destination, 'ref', field),
  )
  const uri = textAt(destination, 'uri')
  return {
    ...(name ? {name} : {}),
    ...(home && home !== namespace ? {namespace: home} : {}),
    ...(kind ? {resource: `${kind} (${apiVersion ?? ''})`} : {}),
    ...(uri ? {uri} : {}),
  }
}

/** `now` is in milliseconds since 1970. */
export const describeSubscription = (facts: SubscriptionDescribeFacts, now: number): SubscriptionDescription => {
  const {subscription, channel} = facts
  const {namespace = ''} = subscription.metadata
  const destinations = Object.fromEntries(
    (
      [
        ['subscriber', at(subscription, 'spec', 'subscriber')],
        ['reply', at(subscription, 'spec', 'reply')],
        ['deadLetterSink', at(subscription, 'spec', 'delivery', 'deadLetterSink')],
      ] as const
    ).flatMap(([field, value]) => {
      const described = describeDestination(value, namespace)
      return described === undefined ? [] : [[field, described]]
    }),
  )
  const resolved = Object.fromEntries(
    ['subscriberUri', 'replyUri', 'deadLetterSinkUri'].flatMap((field) => {
      const uri = textAt(subscription, 'status', 'physicalSubscription', field)
      return uri === undefined ? [] : [[field, uri]]
    }),
  )
  return {
    channel: referenceOf(subscription),
    ...destinations,
    conditions: conditionsOf(subscription),
    resolved,
    channelState: channelState(channel),
    delivery: describeDelivery(facts),
    ...describeEvents(facts.events),
    ...describeDeletion(subscription, now),
    findings: subscriptionFindings(facts),
  }
}

const channelState = (channel: ChannelSeen): SubscriptionDescription['channelState'] => {
  if (!isObject(channel)) return {state: channel}
  const url = textAt(channel, 'status', 'address', 'url')
  const type = backingType(channel)
  return {
    state: 'found',
    readiness: readinessOf(channel),
    ...(type === undefined ? {} : {type: type.kind}),
    ...(url === undefined ? {} : {url}),
  }
}

const describeDelivery = ({subscription, channel}: SubscriptionDescribeFacts): DeliveryDescription => {
  const {namespace = ''} = subscription.metadata
  const plane = isObject(channel) ? planeOf(backingType(channel)) : undefined
  const ofChannel = isObject(channel) ? at(channel, 'spec', 'delivery') : undefined
  const kafka = plane === BrokerClass.Kafka
  const effective = subscriptionDelivery(at(subscription, 'spec', 'delivery'), ofChannel, kafka)
  const uri = textAt(subscription, 'status', 'physicalSubscription', 'deadLetterSinkUri')
  return {
    settings: deliverySettings(
      effective.delivery ?? {},
      (flag) => ({
        source: 'broker',
        text:
          effective.from(flag) === 'channel'
            ? `from channel ${referenceOf(subscription).name}`
            : 'set on this subscription',
      }),
      namespace,
      plane,
    ),
    schedule: retrySchedule(readDeliverySpec(effective.delivery), plane, namespace),
    ...(uri === undefined ? {} : {deadLetterSinkUri: uri}),
  }
}

const subscriptionFindings = (facts: SubscriptionDescribeFacts): Finding[] => {
  const {subscription, channel} = facts
  const ref = refOf(subscription)
  const type = isObject(channel) ? backingType(channel) : undefined
  const ofChannel = isObject(channel) ? at(channel, 'spec', 'delivery') : undefined
  const own = readDeliverySpec(at(subscription, 'spec', 'delivery'))
  const kafka = planeOf(type) === BrokerClass.Kafka
  const {delivery} = subscriptionDelivery(at(subscription, 'spec', 'delivery'), ofChannel, kafka)
  return [
    ...diagnose(facts),
    ...effectiveFindings(ref, subscription, channel),
    ...formatFindings(ref, own),
    ...inheritanceFindings(ref, subscription, channel),
    ...(isObject(channel) && delivery?.['deadLetterSink'] === undefined
      ? [
          finding('SFL-D09', {
            object: ref,
            message: `neither subscription ${ref.name} nor its channel has a dead letter sink; events that cannot be delivered are dropped`,
          }),
        ]
      : []),
  ]
}

/** The causes of a subscription that is not ready. */
const diagnose = (facts: SubscriptionDescribeFacts): Finding[] => {
  const {subscription, channel} = facts
  const ref = refOf(subscription)
  const {namespace = ''} = ref
  if (subscription.metadata.deletionTimestamp !== undefined) return heldFindings(subscription, 'SFL-S15')
  if (readinessOf(subscription).state === 'ready') return []
  const type = isObject(channel) ? backingType(channel) : undefined
  const ofChannel = channelFindings(ref, referenceOf(subscription), channel).filter(({code}) => code !== 'SFL-B11')
  const plane = planeFindings(ref, type, facts.served, facts.deployments).filter(({code}) => code !== 'SFL-B11')
  if (conditionsOf(subscription).length === 0)
    return [
      finding('SFL-S10', {
        object: ref,
        message: `no controller has looked at subscription ${ref.name} yet`,
        repair: kubectl('-n', SYSTEM_NAMESPACE, 'get', 'deployments', 'eventing-controller'),
      }),
      ...ofChannel,
      ...plane,
    ]
  const failing = failingConditions(subscription).filter(
    // A look at the channel itself says more.
    ({reason}) => !(reason === 'ChannelReferenceFailed' && ofChannel.length > 0),
  )
  const explained = failing.map((condition) => explain(subscription, condition))
  if (explained.length + ofChannel.length + plane.length > 0) return [...explained, ...ofChannel, ...plane]
  return [
    finding('SFL-S12', {
      object: ref,
      message: `subscription ${ref.name} is not ready yet: ${waitingFor(subscription)}`,
      repair: kubectl('-n', namespace, 'describe', resourceNameOf(ref), ref.name),
    }),
  ]
}

const explain = (subscription: KubeObject, condition: Condition): Finding => {
  const ref = refOf(subscription)
  const {namespace = ''} = ref
  const field: Readonly<Record<string, readonly [what: string, path: string]>> = {
    SubscriberResolveFailed: ['subscriber', 'subscriber'],
    ReplyResolveFailed: ['reply', 'reply'],
    DeadLetterSinkResolveFailed: ['dead letter sink', 'delivery.deadLetterSink'],
  }
  const [what, path] = field[condition.reason ?? ''] ?? []
  const about = `(${condition.type}: ${quoted(condition)})`
  if (what === undefined || path === undefined)
    return finding('SFL-S11', {
      object: ref,
      message: `condition ${condition.type} of subscription ${ref.name} fails ${about}`,
      repair: kubectl('-n', namespace, 'describe', resourceNameOf(ref), ref.name),
    })
  return finding(what === 'dead letter sink' ? 'SFL-D02' : 'SFL-S06', {
    object: ref,
    message: `the ${what} could not be resolved ${about}`,
    ...sinkLookUp(at(subscription, 'spec', ...path.split('.')), namespace),
  })
}
