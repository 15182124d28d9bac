import {isFound} from '../domain/core/seen.js'
import {backingType} from '../domain/eventing/channel/plane.js'
import {type ChannelReference} from '../domain/eventing/channel/type.js'
import {subscriptionRef} from '../domain/eventing/names.js'
import {type Sink} from '../domain/eventing/reference.js'
import {
  type ChannelSeen,
  type SubscriptionCreateFacts,
  type SubscriptionDescribeFacts,
  type SubscriptionSinks,
  type SubscriptionUpdateFacts,
} from '../domain/eventing/subscription/facts.js'
import {isObject, referenceOf} from '../domain/eventing/subscription/preflight.js'
import {type SubscriptionRequest, type SubscriptionUpdateRequest} from '../domain/eventing/subscription/options.js'
import {type KubeObject, type Ref} from '../domain/core/object.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {isKubeError} from '../kube/errors.js'
import {readDeployments, readEvents} from './broker.js'
import {isServed} from './channel.js'
import {readFeatureFlags} from './config-maps.js'
import {checkInstalled, getEventing, tryRead} from './look.js'
import {resolveSink} from './sink.js'

const readChannel = async (
  client: KubeClient,
  {apiVersion, kind, name}: ChannelReference,
  namespace: string,
  options?: RequestOptions,
): Promise<ChannelSeen> => {
  if (!apiVersion || !kind || !name) return 'absent'
  try {
    return await tryRead(client.get({apiVersion, kind, name, namespace}, options), ['NotFound'])
  } catch (error) {
    if (isKubeError(error, 'ResourceNotServed')) return 'not-served'
    throw error
  }
}

const resolveSinks = async (
  client: KubeClient,
  sinks: {subscriber?: Sink; reply?: Sink; deadLetterSink?: Sink},
  options?: RequestOptions,
): Promise<SubscriptionSinks> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(sinks).map(async ([role, sink]) => [role, await resolveSink(client, sink, options)] as const),
    ),
  )

const sinksOf = ({subscriber, reply, delivery}: SubscriptionUpdateRequest | SubscriptionRequest) => ({
  ...(subscriber === undefined ? {} : {subscriber}),
  ...(reply === undefined ? {} : {reply}),
  ...(delivery.deadLetterSink === undefined ? {} : {deadLetterSink: delivery.deadLetterSink}),
})

/**
 * What `planSubscriptionCreate` and `planSubscriptionApply` need, in one round of requests, or two when the kind of a sink
 * must be looked up. Rejects with KnativeNotInstalled.
 */
export const subscriptionCreateFacts = async (
  client: KubeClient,
  request: SubscriptionRequest,
  options?: RequestOptions,
): Promise<SubscriptionCreateFacts> => {
  const {name, namespace} = request
  const [, existing, channel, features, sinks] = await Promise.all([
    checkInstalled(client, options),
    tryRead(client.get(subscriptionRef(name, namespace), options)),
    readChannel(client, request.channel, namespace, options),
    readFeatureFlags(client, options),
    resolveSinks(client, sinksOf(request), options),
  ])
  return {existing, channel, features, sinks}
}

/** What `planSubscriptionUpdate` needs, in two rounds: the channel is known only from the subscription. Rejects with NotFound. */
export const subscriptionUpdateFacts = async (
  client: KubeClient,
  request: SubscriptionUpdateRequest,
  options?: RequestOptions,
): Promise<SubscriptionUpdateFacts> => {
  const {name, namespace} = request
  const [subscription, features, sinks] = await Promise.all([
    readSubscription(client, {name, namespace}, options),
    readFeatureFlags(client, options),
    resolveSinks(client, sinksOf(request), options),
  ])
  const channel = await readChannel(client, referenceOf(subscription), namespace, options)
  return {subscription, channel, features, sinks}
}

/** The subscription that a command is about. Rejects with NotFound, or with KnativeNotInstalled. */
export const readSubscription = (
  client: KubeClient,
  {namespace = '', name}: Pick<Ref, 'name' | 'namespace'>,
  options?: RequestOptions,
): Promise<KubeObject> => getEventing(client, subscriptionRef(name, namespace), options)

/** What `describeSubscription` needs, in two rounds, or three when the channel must say its type. Rejects with NotFound. */
export const subscriptionDescribeFacts = async (
  client: KubeClient,
  ref: Pick<Ref, 'name' | 'namespace'>,
  {events = true, ...options}: RequestOptions & {events?: boolean} = {},
): Promise<SubscriptionDescribeFacts> => {
  const {namespace = '', name} = ref
  const [subscription, deployments, happened] = await Promise.all([
    readSubscription(client, ref, options),
    readDeployments(client, options),
    events ? readEvents(client, subscriptionRef(name, namespace), options) : undefined,
  ])
  const channel = await readChannel(client, referenceOf(subscription), namespace, options)
  const backing = isObject(channel) && isFound(channel) ? backingType(channel) : undefined
  const served = await isServed(client, backing, options)
  return {subscription, channel, served, deployments, ...(happened === undefined ? {} : {events: happened})}
}
