import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type KubeObject, type Ref} from '../../core/object.js'
import {at, textAt} from '../../core/read.js'
import {readinessOf, whyNotReady} from '../../core/readiness.js'
import {type Lookup} from '../../core/seen.js'
import {inheritedWords} from '../channel/description.js'
import {backingType, formatFindings, planeOf, planeWord} from '../channel/plane.js'
import {printChannelType, type ChannelReference} from '../channel/type.js'
import {kubectl, sfl} from '../../core/commands.js'
import {readDeliverySpec} from '../delivery/delivery.js'
import {deliveryFindings, sinkFindings, type SinkRole} from '../delivery/preflight.js'
import {resourceNameOf} from '../../kinds/registry.js'
import {permissiveFeatures, type Features} from '../features.js'
import {BrokerClass, CHANNEL} from '../names.js'
import {subscriptionFaults} from './admission.js'
import {subscriptionDelivery} from './delivery.js'
import {type ChannelSeen, type SubscriptionSinks, type SubscriptionUpdateFacts} from './facts.js'

const roles: Readonly<Record<'subscriber' | 'reply', SinkRole>> = {
  subscriber: {word: 'subscriber', missing: 'SFL-S06', addressless: 'SFL-S07'},
  reply: {word: 'reply', missing: 'SFL-S06', addressless: 'SFL-S07'},
}

export const isObject = (channel: ChannelSeen): channel is KubeObject => typeof channel === 'object'

export interface SubscriptionPreflight {
  /** Findings that `--force` may pass over. */
  findings: Finding[]
  /** Findings about what the server itself would refuse. */
  refused: Finding[]
}

/**
 * Judges a subscription as it would be sent; `before` is the stored one of an update, whose own faults are not held
 * against the change. Only the sinks that were asked for have been looked up.
 */
export const judgeSubscription = (
  subscription: KubeObject,
  {channel, features, sinks}: Omit<SubscriptionUpdateFacts, 'subscription'>,
  {before, delivery: judgeDelivery}: {before?: KubeObject; delivery: boolean},
): SubscriptionPreflight => {
  const ref = refOf(subscription)
  const type = isObject(channel) ? backingType(channel) : undefined
  const spec = readDeliverySpec(at(subscription, 'spec', 'delivery'))
  const flags = judgeDelivery
    ? deliveryFindings(ref, spec, planeOf(type), features, planeWord(type)).filter(({code}) => flagCodes.includes(code))
    : []
  const flagErrors = flags.filter(({level}) => level === 'error')
  const old = before === undefined ? [] : subscriptionFaults(before, undefined, permissiveFeatures)
  return {
    findings: [
      ...(before === undefined ? channelFindings(ref, referenceOf(subscription), channel) : []),
      ...(judgeDelivery ? effectiveFindings(ref, subscription, channel) : []),
      ...flags.filter((one) => !flagErrors.includes(one)),
      ...sinksFindings(ref, sinks),
      ...loopFindings(ref, subscription, sinks),
      ...(judgeDelivery ? [...formatFindings(ref, spec), ...inheritanceFindings(ref, subscription, channel)] : []),
    ],
    refused: [
      ...flagErrors,
      ...subscriptionFaults(subscription, before, permissiveFeatures)
        .filter((text) => !old.includes(text))
        .map((text) => finding('SFL-S05', {object: ref, message: `the server would refuse it: ${text}`})),
    ],
  }
}

/** Findings that the feature flags of the cluster decide; they are about what is sent, whatever holds in the end. */
const flagCodes: readonly string[] = ['SFL-D05', 'SFL-D06', 'SFL-B11']

/** Own delivery settings are judged together with those that they leave to the channel. */
export const effectiveFindings = (
  ref: Ref,
  subscription: KubeObject,
  channel: ChannelSeen,
  features: Lookup<Features> = 'absent',
): Finding[] => {
  const own = at(subscription, 'spec', 'delivery')
  if (own === undefined) return []
  const type = isObject(channel) ? backingType(channel) : undefined
  const plane = planeOf(type)
  const ofChannel = isObject(channel) ? at(channel, 'spec', 'delivery') : undefined
  const {delivery} = subscriptionDelivery(own, ofChannel, plane === BrokerClass.Kafka)
  return deliveryFindings(ref, readDeliverySpec(delivery), plane, features, planeWord(type))
}

/** The channel that a stored subscription names. */
export const referenceOf = (subscription: KubeObject): ChannelReference => ({
  apiVersion: textAt(subscription, 'spec', 'channel', 'apiVersion') ?? '',
  kind: textAt(subscription, 'spec', 'channel', 'kind') ?? '',
  name: textAt(subscription, 'spec', 'channel', 'name') ?? '',
})

/** Judges the channel of a subscription that was looked up. */
export const channelFindings = (subscription: Ref, reference: ChannelReference, channel: ChannelSeen): Finding[] => {
  const {namespace = ''} = subscription
  const object: Ref = {...reference, namespace}
  const shown = `${reference.kind.toLowerCase()} ${reference.name}`
  const isChannel = reference.kind === CHANNEL.kind
  if (channel === 'not-served')
    return [
      finding('SFL-S02', {
        object,
        message: `${shown}: the cluster does not serve ${reference.kind} of ${reference.apiVersion}`,
        repair: sfl('channel', 'list-types'),
      }),
    ]
  if (channel === 'absent')
    return [
      finding('SFL-S02', {
        object,
        message: `${shown} does not exist in namespace ${namespace}`,
        repair: isChannel
          ? sfl('channel', 'create', reference.name, '-n', namespace)
          : sfl('channel', 'create', reference.name, '-n', namespace, '--type', printChannelType(reference)),
      }),
    ]
  if (channel === 'forbidden')
    return [finding('SFL-B11', {object, message: `${shown} was not checked: it could not be read`})]
  const readiness = readinessOf(channel)
  if (readiness.state === 'ready') return []
  const why = whyNotReady(readiness)
  return [
    finding('SFL-S03', {
      object,
      message: `${shown} is not ready${why === '' ? '' : ` (${why})`}; the subscription waits for it`,
      repair: isChannel
        ? sfl('channel', 'describe', reference.name, '-n', namespace)
        : kubectl('-n', namespace, 'describe', resourceNameOf(object), reference.name),
    }),
  ]
}

const sinksFindings = (ref: Ref, {subscriber, reply, deadLetterSink}: SubscriptionSinks): Finding[] => [
  ...sinkFindings(ref, subscriber, roles.subscriber),
  ...sinkFindings(ref, reply, roles.reply),
  ...sinkFindings(ref, deadLetterSink),
]

/** Answers that go round for ever. */
export const loopFindings = (ref: Ref, subscription: KubeObject, {reply}: SubscriptionSinks): Finding[] => {
  const channel = referenceOf(subscription)
  const target = reply?.destination.ref
  if (target === undefined || target.kind !== channel.kind || target.name !== channel.name) return []
  if (target.apiVersion !== channel.apiVersion || (target.namespace ?? ref.namespace) !== ref.namespace) return []
  return [
    finding('SFL-S14', {
      object: ref,
      message: `the reply of subscription ${ref.name} is channel ${channel.name}, where its events come from: answers go round for ever`,
    }),
  ]
}

/** What own delivery settings do to those of the channel. */
export const inheritanceFindings = (ref: Ref, subscription: KubeObject, channel: ChannelSeen): Finding[] => {
  if (!isObject(channel)) return []
  const kafka = planeOf(backingType(channel)) === BrokerClass.Kafka
  const {dropped} = subscriptionDelivery(at(subscription, 'spec', 'delivery'), at(channel, 'spec', 'delivery'), kafka)
  if (dropped.length === 0) return []
  return [
    finding('SFL-S13', {
      object: ref,
      message: `subscription ${ref.name} has delivery settings of its own, so ${dropped.join(', ')} of channel ${channel.metadata.name} ${dropped.length === 1 ? 'does' : 'do'} not hold for it; ${inheritedWords(kafka)}`,
    }),
  ]
}
