import {fill, sfl} from '../../core/commands.js'
import {channelFaults} from '../../eventing/channel/admission.js'
import {defaultTemplate, readChannelDefaults} from '../../eventing/channel/defaults.js'
import {diagnoseChannel} from '../../eventing/channel/diagnosis.js'
import {channelNameFindings} from '../../eventing/channel/preflight.js'
import {backingRef, backingType, formatFindings, planeOf, planeWord} from '../../eventing/channel/plane.js'
import {type ResolvedSink} from '../../eventing/broker/facts.js'
import {type Served} from '../../eventing/channel/facts.js'
import {readDeliverySpec} from '../../eventing/delivery/delivery.js'
import {deliveryFindings, sinkFindings, type SinkRole} from '../../eventing/delivery/preflight.js'
import {permissiveFeatures} from '../../eventing/features.js'
import {
  BROKER_LABEL,
  BrokerClass,
  CHANNEL,
  CHANNEL_DEFAULTS,
  CHANNEL_DEFAULTS_KEY,
  IN_MEMORY_CHANNEL,
  KAFKA_CHANNEL,
  SUBSCRIPTION,
  SYSTEM_NAMESPACE,
} from '../../eventing/names.js'
import {subscriptionFaults} from '../../eventing/subscription/admission.js'
import {subscriptionDelivery} from '../../eventing/subscription/delivery.js'
import {describeSubscription} from '../../eventing/subscription/description.js'
import {type ChannelSeen} from '../../eventing/subscription/facts.js'
import {
  channelFindings,
  effectiveFindings,
  isObject,
  loopFindings,
  referenceOf,
} from '../../eventing/subscription/preflight.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type Kind, type KubeObject, type Ref} from '../../core/object.js'
import {at, numberAt} from '../../core/read.js'
import {readinessOf, whyNotReady} from '../../core/readiness.js'
import {isFound} from '../../core/seen.js'
import {typeFaults} from '../snapshot/manifest-types.js'
import {suffering, type Check, type Verdict} from '../engine/check.js'
import {type Snapshot} from '../snapshot/snapshot.js'

/** Channels behind brokers are told with their broker. */
const isOwn = ({metadata}: KubeObject): boolean => metadata.labels?.[BROKER_LABEL] === undefined

const channelsOf = (known: Snapshot): KubeObject[] => known.subjects(CHANNEL).filter(isOwn)
const subscriptionsOf = (known: Snapshot): KubeObject[] => known.subjects(SUBSCRIPTION).filter(isOwn)

const served = (known: Snapshot, type: Kind | undefined): Served => {
  const found = type === undefined ? 'forbidden' : known.list(type)
  return found === 'absent' ? 'not-served' : found === 'forbidden' ? 'unknown' : 'served'
}

const asLoud = (findings: readonly Finding[]): Finding[] =>
  findings.map((one) => (one.level === 'note' ? {...one, level: 'warning' as const} : one))

const channelReady = (channel: KubeObject, known: Snapshot): Finding[] => {
  if (known.isPlanned(channel)) return []
  const backing = backingRef(channel)
  const found = diagnoseChannel({
    channel,
    subscriptions: [],
    served: served(known, backingType(channel)),
    deployments: known.deployments,
    ...(backing === undefined ? {} : {backing: known.get(backing, backing.namespace ?? '', backing.name)}),
  })
  const readiness = readinessOf(channel)
  if (found.length > 0 || readiness.state === 'ready') return asLoud(found)
  return [
    finding('SFL-C13', {
      object: refOf(channel),
      message: `channel ${channel.metadata.name} is not ready: ${whyNotReady(readiness) || 'nothing says why'}`,
      repair: sfl('channel describe', channel.metadata.name, '-n', channel.metadata.namespace ?? ''),
    }),
  ]
}

const channelRefused = (channel: KubeObject, known: Snapshot): Finding[] =>
  known.isPlanned(channel)
    ? [...typeFaults(channel), ...channelFaults(channel, known.storedOf(channel), permissiveFeatures)]
        // Without a template the default of the cluster is filled in.
        .filter((text) => text !== 'missing field(s): spec.channelTemplate')
        .map((text) => finding('SFL-C06', {object: refOf(channel), message: `the server would refuse it: ${text}`}))
    : []

/** A manifest without a type gets the default one, where there is one. */
const typeless = (channel: KubeObject, known: Snapshot): Finding[] => {
  if (!known.isPlanned(channel) || at(channel, 'spec', 'channelTemplate') !== undefined) return []
  const found = known.yamlOf(CHANNEL_DEFAULTS, CHANNEL_DEFAULTS_KEY)
  const {name, namespace = ''} = channel.metadata
  const where = `ConfigMap ${SYSTEM_NAMESPACE}/${CHANNEL_DEFAULTS}`
  if (found === 'forbidden')
    return [finding('SFL-B11', {message: `channel ${name} gets the default type, and ${where} could not be read`})]
  const document = isFound(found) && 'document' in found ? found.document : undefined
  return defaultTemplate(readChannelDefaults(document), namespace) !== undefined
    ? []
    : [
        finding('SFL-C03', {
          object: refOf(channel),
          message: `channel ${name} has no type: it names none, and ${where} ${found === 'absent' ? 'does not exist' : 'has no default'}`,
        }),
      ]
}

/** The webhook asks the flags when something is written, not afterwards. */
const flagsFor = (object: KubeObject, known: Snapshot): Snapshot['features'] =>
  known.isPlanned(object) ? known.features : 'absent'

const channelSettings = (channel: KubeObject, known: Snapshot): Finding[] => {
  const ref = refOf(channel)
  const type = backingType(channel)
  const delivery = readDeliverySpec(at(channel, 'spec', 'delivery'))
  return [
    ...typeless(channel, known),
    ...channelNameFindings(ref),
    ...sinkFindings(ref, known.resolve(at(channel, 'spec', 'delivery', 'deadLetterSink'), ref.namespace ?? '')),
    ...deliveryFindings(ref, delivery, planeOf(type), flagsFor(channel, known), planeWord(type)),
    ...formatFindings(ref, delivery),
  ]
}

const channelSeen = (subscription: KubeObject, known: Snapshot): ChannelSeen => {
  const {namespace = ''} = subscription.metadata
  const reference = referenceOf(subscription)
  const found = known.get(reference, namespace, reference.name)
  return found === 'absent' && known.list(reference, namespace) === 'absent' ? 'not-served' : found
}

const attachment = (subscription: KubeObject, known: Snapshot): Finding[] =>
  channelFindings(refOf(subscription), referenceOf(subscription), channelSeen(subscription, known)).filter(
    ({code}) => code !== 'SFL-S03',
  )

const role = (word: string): SinkRole => ({word, missing: 'SFL-S06', addressless: 'SFL-S07'})

const targets = (subscription: KubeObject, known: Snapshot): Finding[] => {
  const ref = refOf(subscription)
  const to = (...path: string[]) => known.resolve(at(subscription, 'spec', ...path), ref.namespace ?? '')
  return [
    ...sinkFindings(ref, to('subscriber'), role('subscriber')),
    ...sinkFindings(ref, to('reply'), role('reply')),
    ...sinkFindings(ref, to('delivery', 'deadLetterSink')),
    ...replyLoops(ref, subscription, to('reply')),
  ]
}

const replyLoops = (ref: Ref, subscription: KubeObject, reply: ResolvedSink | undefined): Finding[] =>
  reply === undefined ? [] : loopFindings(ref, subscription, {reply})

/** It is not there, or not ready. */
const isUnready = (channel: ChannelSeen): boolean => !isObject(channel) || readinessOf(channel).state !== 'ready'

const subscriptionReady = (subscription: KubeObject, known: Snapshot): Finding[] => {
  const channel = channelSeen(subscription, known)
  const readiness = readinessOf(subscription)
  if (known.isPlanned(subscription) || readiness.state === 'ready') return []
  // That the channel fails is told where channels are; here it is only referred to.
  if (isUnready(channel)) return channelFindings(refOf(subscription), referenceOf(subscription), channel)
  if (targets(subscription, known).some(({level}) => level === 'error')) return []
  const facts = {
    subscription,
    channel,
    served: served(known, isObject(channel) ? backingType(channel) : undefined),
    deployments: known.deployments,
  }
  const found = describeSubscription(facts, known.now).findings.filter(
    ({level, code}) => level !== 'note' || code === 'SFL-S12',
  )
  return found.length > 0
    ? asLoud(found)
    : [
        finding('SFL-S11', {
          object: refOf(subscription),
          message: `subscription ${subscription.metadata.name} is not ready: ${whyNotReady(readiness) || 'nothing says why'}`,
          repair: sfl('subscription describe', subscription.metadata.name, '-n', subscription.metadata.namespace ?? ''),
        }),
      ]
}

const subscriptionRefused = (subscription: KubeObject, known: Snapshot): Finding[] =>
  known.isPlanned(subscription)
    ? [
        ...typeFaults(subscription),
        ...subscriptionFaults(subscription, known.storedOf(subscription), permissiveFeatures),
      ].map((text) => finding('SFL-S05', {object: refOf(subscription), message: `the server would refuse it: ${text}`}))
    : []

const subscriptionSettings = (subscription: KubeObject, known: Snapshot): Finding[] =>
  effectiveFindings(refOf(subscription), subscription, channelSeen(subscription, known), flagsFor(subscription, known))

const lossFindings = (subscription: KubeObject, known: Snapshot): Finding[] => {
  const channel = channelSeen(subscription, known)
  if (!isObject(channel)) return []
  const kafka = planeOf(backingType(channel)) === BrokerClass.Kafka
  const own = at(subscription, 'spec', 'delivery')
  const {delivery} = subscriptionDelivery(own, at(channel, 'spec', 'delivery'), kafka)
  if (delivery?.['deadLetterSink'] !== undefined) return []
  const {name, namespace = ''} = subscription.metadata
  return [
    finding('SFL-D09', {
      level: 'warning',
      object: refOf(subscription),
      message: `neither subscription ${name} nor its channel has a dead letter sink; events that cannot be delivered are dropped`,
      repair: sfl('subscription update', name, '-n', namespace, '--dl-sink', fill('SINK')),
    }),
  ]
}

const storageFindings = (channel: KubeObject): Finding[] => {
  const type = backingType(channel)
  const object = refOf(channel)
  const {name, namespace = ''} = channel.metadata
  if (type?.kind === IN_MEMORY_CHANNEL.kind)
    return [
      finding('SFL-H09', {
        object,
        message: `channel ${name} keeps its events in the memory of one pod: what is not delivered when it restarts is lost`,
        repair: sfl('channel create', fill('NAME'), '-n', namespace, '--type', 'kafka'),
      }),
    ]
  const factor =
    numberAt(channel, 'spec', 'replicationFactor') ??
    numberAt(channel, 'spec', 'channelTemplate', 'spec', 'replicationFactor') ??
    1
  if (type?.kind !== KAFKA_CHANNEL.kind || factor > 1) return []
  return [
    finding('SFL-H05', {
      object,
      message: `the topic of channel ${name} has replication factor 1: its events are lost with one Kafka broker`,
      repair: sfl('channel create', fill('NAME'), '-n', namespace, '--type', 'kafka', '--replication-factor', '3'),
    }),
  ]
}

const each =
  (subjects: (known: Snapshot) => readonly KubeObject[], judge: (object: KubeObject, known: Snapshot) => Finding[]) =>
  (known: Snapshot): Verdict[] =>
    subjects(known).flatMap((object) => suffering(judge(object, known), refOf(object)))

const check = (
  id: string,
  about: Check['about'],
  question: string,
  subjects: (known: Snapshot) => readonly KubeObject[],
  judge: (object: KubeObject, known: Snapshot) => Finding[],
  when: 'always' | 'planned' | 'stored' = 'always',
): Check => ({
  id,
  category: 'channels',
  about,
  question,
  count: (known) =>
    when === 'always' || (when === 'planned') === (known.state.planned !== undefined) ? subjects(known).length : 0,
  judge: each(subjects, judge),
})

/** Channels in their own right: those behind a Channel are told with it. */
const allChannels = (known: Snapshot): KubeObject[] => [
  ...channelsOf(known),
  ...known
    .subjects(IN_MEMORY_CHANNEL, KAFKA_CHANNEL)
    .filter((channel) => isOwn(channel) && channel.metadata.ownerReferences === undefined),
]

export const channelChecks: readonly Check[] = [
  check('channel-accepted', 'health', 'The server takes every channel', channelsOf, channelRefused, 'planned'),
  check('channel-ready', 'health', 'Every channel is ready', channelsOf, channelReady, 'stored'),
  check('channel-settings', 'health', 'Delivery settings of channels mean what they say', channelsOf, channelSettings),
  check(
    'subscription-accepted',
    'health',
    'The server takes every subscription',
    subscriptionsOf,
    subscriptionRefused,
    'planned',
  ),
  check('subscription-channel', 'health', 'Every subscription has a channel', subscriptionsOf, attachment),
  check(
    'subscription-sinks',
    'health',
    'Every subscription delivers to something that is there',
    subscriptionsOf,
    targets,
  ),
  check('subscription-ready', 'health', 'Every subscription is ready', subscriptionsOf, subscriptionReady, 'stored'),
  check(
    'subscription-settings',
    'health',
    'Delivery settings of subscriptions mean what they say',
    subscriptionsOf,
    subscriptionSettings,
  ),
  check('subscription-dead-letters', 'audit', 'Subscriptions have a dead letter sink', subscriptionsOf, lossFindings),
  check('channel-storage', 'audit', 'Channels keep events safe from a restart', allChannels, storageFindings),
]
