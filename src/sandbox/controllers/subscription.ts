import {isKafkaChannel} from '../../domain/eventing/channel/type.js'
import {CHANNEL, SUBSCRIPTION} from '../../domain/eventing/names.js'
import {subscriptionDelivery} from '../../domain/eventing/subscription/delivery.js'
import {type KubeObject, type Ref, refOf} from '../../domain/core/object.js'
import {at, isRecord, listAt, textAt} from '../../domain/core/read.js'
import {resourceOf} from '../kinds/kind.js'
import {equal} from '../store/equal.js'
import {observed} from './addressables.js'
import {conditionsOf, failed, isTrue, type Judged, readyCondition, unknown} from './conditions.js'
import {type ClusterView, type Controller} from './controller.js'
import {refOfDestination, resolve} from './resolve.js'
import {identityOff} from './trigger.js'

const finalizer = 'subscriptions.messaging.knative.dev'

const notYet = (reason: string, message: string): Judged => ({status: 'Unknown', reason, message})

/** The real channel of a subscription, or why there is none. */
const physicalChannel = (subscription: KubeObject, cluster: ClusterView): KubeObject | string => {
  const ref = refOfDestination({ref: at(subscription, 'spec', 'channel')}, subscription.metadata.namespace ?? '')
  if (ref === undefined) return 'channel is not given'
  const channel = cluster.get(ref)
  if (channel === undefined) return notFound(ref, cluster)
  if (channel.kind !== CHANNEL.kind) return channel
  const backing = refOfDestination({ref: at(channel, 'status', 'channel')}, ref.namespace ?? '')
  if (backing === undefined || readyCondition(channel)?.status !== 'True') return 'channel is not ready.'
  return cluster.get(backing) ?? notFound(backing, cluster)
}

const notFound = (ref: Ref, cluster: ClusterView): string => {
  const target = cluster.target(ref)
  return target === undefined
    ? `no matches for kind ${JSON.stringify(ref.kind)} in version ${JSON.stringify(ref.apiVersion)}`
    : `${resourceOf(target.kind)} ${JSON.stringify(ref.name)} not found`
}

interface Resolution {
  fault?: Judged
  uris: Record<string, string>
}

/** Subscriber, reply and dead letter sink, in this order; the first that cannot be resolved ends it. */
const resolveAll = (subscription: KubeObject, channel: KubeObject, cluster: ClusterView): Resolution => {
  const namespace = subscription.metadata.namespace ?? ''
  const uris: Record<string, string> = {}
  const steps = [
    ['subscriberUri', 'SubscriberResolveFailed', 'spec.subscriber', at(subscription, 'spec', 'subscriber')],
    ['replyUri', 'ReplyResolveFailed', 'spec.reply', at(subscription, 'spec', 'reply')],
    [
      'deadLetterSinkUri',
      'DeadLetterSinkResolveFailed',
      'spec.delivery.deadLetterSink',
      at(subscription, 'spec', 'delivery', 'deadLetterSink'),
    ],
  ] as const
  for (const [field, reason, path, destination] of steps) {
    if (!isRecord(destination)) continue
    const found = resolve(destination, namespace, cluster)
    if ('fault' in found) return {uris, fault: failed(reason, `Failed to resolve ${path}: ${found.fault}`)}
    uris[field] = found.uri
  }
  if (uris['deadLetterSinkUri'] !== undefined || at(channel, 'spec', 'delivery', 'deadLetterSink') === undefined)
    return {uris}
  const inherited = textAt(channel, 'status', 'deadLetterSinkUri')
  if (inherited !== undefined) return {uris: {...uris, deadLetterSinkUri: inherited}}
  return {
    uris,
    fault: failed(
      'DeadLetterSinkResolveFailed',
      `channel ${channel.metadata.name} didn't set status.deadLetterSinkURI`,
    ),
  }
}

/** What the channel is told of the subscription (`updateChannelAddSubscriptionSpec`). */
const subscriberOf = (subscription: KubeObject, channel: KubeObject, uris: Record<string, string>) => {
  const {uid, name, generation} = subscription.metadata
  const {delivery = {}} = subscriptionDelivery(
    at(subscription, 'spec', 'delivery'),
    at(channel, 'spec', 'delivery'),
    isKafkaChannel(channel),
  )
  const {retry, backoffPolicy, backoffDelay, timeout, retryAfterMax} = delivery
  const uri = uris['deadLetterSinkUri']
  const told = Object.fromEntries(
    Object.entries({
      ...(uri === undefined ? {} : {deadLetterSink: {uri}}),
      retry,
      backoffPolicy,
      backoffDelay,
      timeout,
      retryAfterMax,
    }).filter(([, value]) => value !== undefined),
  )
  return {
    ...(Object.keys(told).length === 0 ? {} : {delivery: told}),
    generation,
    name,
    ...(uris['replyUri'] === undefined ? {} : {replyUri: uris['replyUri']}),
    ...(uris['subscriberUri'] === undefined ? {} : {subscriberUri: uris['subscriberUri']}),
    uid,
  }
}

const others = (channel: KubeObject, uid: string | undefined) =>
  listAt(channel, 'spec', 'subscribers').filter((one) => textAt(one, 'uid') !== uid)

const finalize = (subscription: KubeObject, cluster: ClusterView): void => {
  const {uid, finalizers = []} = subscription.metadata
  if (!finalizers.includes(finalizer)) return
  const channel = physicalChannel(subscription, cluster)
  if (typeof channel !== 'string') {
    const left = others(channel, uid)
    if (left.length < listAt(channel, 'spec', 'subscribers').length)
      cluster.as('eventing-controller').patch(refOf(channel), {spec: {subscribers: left.length === 0 ? null : left}})
  }
  cluster.setFinalizers(
    subscription,
    finalizers.filter((one) => one !== finalizer),
  )
}

const reconcile = (subscription: KubeObject, cluster: ClusterView): void => {
  const ref = refOf(subscription)
  const {finalizers = [], name, uid, generation} = subscription.metadata
  if (!finalizers.includes(finalizer)) {
    cluster.setFinalizers(subscription, [...finalizers, finalizer])
    cluster.event(subscription, 'Normal', 'FinalizerUpdate', `Updated ${JSON.stringify(name)} finalizers`)
  }
  const channel = physicalChannel(subscription, cluster)
  const end = (judged: Record<string, Judged>, uris: Record<string, string> = {}) =>
    cluster.setStatus(ref, {
      ...observed(subscription),
      conditions: conditionsOf(
        subscription,
        {
          ReferencesResolved: unknown,
          AddedToChannel: unknown,
          ChannelReady: unknown,
          OIDCIdentityCreated: identityOff,
          ...judged,
        },
        cluster.now(),
      ),
      physicalSubscription: uris,
    })
  if (typeof channel === 'string') {
    const message = `Failed to get Spec.Channel or backing channel: ${channel}`
    end({ReferencesResolved: notYet('ChannelReferenceFailed', message)})
    if (channel !== 'channel is not ready.') cluster.event(subscription, 'Warning', 'ChannelReferenceFailed', message)
    return
  }
  const {uris, fault} = resolveAll(subscription, channel, cluster)
  if (fault !== undefined) {
    end({ReferencesResolved: fault}, uris)
    cluster.event(subscription, 'Warning', fault.reason ?? '', fault.message ?? '')
    return
  }
  const before = listAt(channel, 'spec', 'subscribers')
  const subscriber = subscriberOf(subscription, channel, uris)
  const known = before.find((one) => textAt(one, 'uid') === uid)
  if (!equal(known, subscriber)) {
    const subscribers =
      known === undefined ? [...before, subscriber] : before.map((one) => (one === known ? subscriber : one))
    cluster.as('eventing-controller').patch(refOf(channel), {spec: {subscribers}})
    const text = `Subscription was synchronized to channel ${JSON.stringify(channel.metadata.name)}`
    cluster.event(subscription, 'Normal', 'SubscriberSync', text)
  }
  const marked = listAt(channel, 'status', 'subscribers').find(
    (one) => textAt(one, 'uid') === uid && at(one, 'observedGeneration') === generation,
  )
  const absent = `subscription ${JSON.stringify(name)} not present in channel ${JSON.stringify(channel.metadata.name)} subscriber's list`
  end(
    {
      ReferencesResolved: isTrue,
      AddedToChannel: isTrue,
      ChannelReady:
        marked === undefined
          ? notYet('SubscriptionNotMarkedReadyByChannel', `Failed to get subscription status: ${absent}`)
          : isTrue,
    },
    uris,
  )
}

/** Puts subscribers into channels (knative/eventing pkg/reconciler/subscription/subscription.go). */
export const subscriptionController: Controller = {
  name: 'subscription-controller',
  wants({object, type}, cluster) {
    if (object.kind === SUBSCRIPTION.kind) return type === 'DELETED' ? [] : [refOf(object)]
    if (object.kind === 'Event') return []
    const {name, namespace} = object.metadata
    return cluster
      .list(SUBSCRIPTION.apiVersion, SUBSCRIPTION.kind)
      .filter((subscription) => {
        const home = subscription.metadata.namespace
        if (
          object.kind.endsWith('Channel') &&
          home === namespace &&
          textAt(subscription, 'spec', 'channel', 'name') === name
        )
          return true
        return [
          at(subscription, 'spec', 'subscriber'),
          at(subscription, 'spec', 'reply'),
          at(subscription, 'spec', 'delivery', 'deadLetterSink'),
        ].some((destination) => {
          const ref = refOfDestination(destination, home ?? '')
          return ref?.kind === object.kind && ref.name === name && ref.namespace === namespace
        })
      })
      .map(refOf)
  },
  reconcile(ref, cluster) {
    const subscription = cluster.get(ref)
    if (subscription === undefined) return
    if (subscription.metadata.deletionTimestamp === undefined) reconcile(subscription, cluster)
    else finalize(subscription, cluster)
  },
}
