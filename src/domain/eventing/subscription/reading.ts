import {defined} from '../../core/defined.js'
import {type KubeObject} from '../../core/object.js'
import {isFound} from '../../core/seen.js'
import {ask, given, together, type Reading} from '../../reading/reading.js'
import {backingType} from '../channel/plane.js'
import {type ChannelReference} from '../channel/type.js'
import {SUBSCRIPTION, subscriptionRef} from '../names.js'
import {eventsAbout, isServed, object, systemDeployments} from '../readings/cluster.js'
import {featureFlags, maybe} from '../readings/config-maps.js'
import {maybeSink} from '../readings/sinks.js'
import {
  type ChannelSeen,
  type SubscriptionCreateFacts,
  type SubscriptionDescribeFacts,
  type SubscriptionSinks,
  type SubscriptionUpdateFacts,
} from './facts.js'
import {type SubscriptionRequest, type SubscriptionUpdateRequest} from './options.js'
import {isObject, referenceOf} from './preflight.js'

/** The channel that a subscription names; `not-served`: the cluster does not have its kind. */
export function* channelOf({apiVersion, kind, name}: ChannelReference, namespace: string): Reading<ChannelSeen> {
  if (!apiVersion || !kind || !name) return 'absent'
  return yield* ask((reader) => reader.get({apiVersion, kind, name, namespace}))
}

function* sinksOf({
  subscriber,
  reply,
  delivery,
}: SubscriptionUpdateRequest | SubscriptionRequest): Reading<SubscriptionSinks> {
  return defined(
    yield* together({
      subscriber: maybeSink(subscriber),
      reply: maybeSink(reply),
      deadLetterSink: maybeSink(delivery.deadLetterSink),
    }),
  )
}

/** What a plan that creates or applies a subscription needs, in one round, or two when discovery must say the kind of a sink. */
export const subscriptionCreateFacts = (request: SubscriptionRequest): Reading<SubscriptionCreateFacts> =>
  together({
    existing: object(subscriptionRef(request.name, request.namespace)),
    channel: channelOf(request.channel, request.namespace),
    features: featureFlags(),
    sinks: sinksOf(request),
  })

/** What the plan of an update needs, in two rounds: the channel is known only from the subscription. */
export function* subscriptionUpdateFacts(
  request: SubscriptionUpdateRequest,
  subscription: Reading<KubeObject>,
): Reading<SubscriptionUpdateFacts> {
  const first = yield* together({subscription, features: featureFlags(), sinks: sinksOf(request)})
  return {...first, channel: yield* channelOf(referenceOf(first.subscription), request.namespace)}
}

/** What a description and the checks know of a subscription, in two rounds, or three when the channel must say its type. */
export function* subscriptionFacts(
  {name, namespace}: {name: string; namespace: string},
  subscription: Reading<KubeObject>,
  {events = false} = {},
): Reading<SubscriptionDescribeFacts> {
  const first = yield* together({
    subscription,
    deployments: systemDeployments(),
    events: maybe(events ? eventsAbout({...SUBSCRIPTION, name, namespace}) : undefined),
  })
  const channel = yield* channelOf(referenceOf(first.subscription), namespace)
  const served = yield* isServed(isObject(channel) && isFound(channel) ? backingType(channel) : undefined)
  return defined({...first, channel, served})
}

/** The same of a subscription that is already there. */
export const factsOfSubscription = (subscription: KubeObject): Reading<SubscriptionDescribeFacts> => {
  const {name, namespace = ''} = subscription.metadata
  return subscriptionFacts({name, namespace}, given(subscription))
}
