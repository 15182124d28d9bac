import {
  type SubscriptionCreateFacts,
  type SubscriptionDescribeFacts,
  type SubscriptionUpdateFacts,
} from '../domain/eventing/subscription/facts.js'
import {type SubscriptionRequest, type SubscriptionUpdateRequest} from '../domain/eventing/subscription/options.js'
import * as subscriptions from '../domain/eventing/subscription/reading.js'
import {subscriptionRef} from '../domain/eventing/names.js'
import {type KubeObject, type Ref} from '../domain/core/object.js'
import {ask} from '../domain/reading/reading.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {readLive} from './live.js'
import {checkInstalled, getEventing} from './look.js'

/**
 * What `planSubscriptionCreate` and `planSubscriptionApply` need, in one round of requests, or two when the kind of a sink
 * must be looked up. Rejects with KnativeNotInstalled.
 */
export const subscriptionCreateFacts = async (
  client: KubeClient,
  request: SubscriptionRequest,
  options?: RequestOptions,
): Promise<SubscriptionCreateFacts> => {
  const [, facts] = await Promise.all([
    checkInstalled(client, options),
    readLive(client, subscriptions.subscriptionCreateFacts(request), options),
  ])
  return facts
}

/** The subscription that a command is about. Rejects with NotFound, or with KnativeNotInstalled. */
export const readSubscription = (
  client: KubeClient,
  {namespace = '', name}: Pick<Ref, 'name' | 'namespace'>,
  options?: RequestOptions,
): Promise<KubeObject> => getEventing(client, subscriptionRef(name, namespace), options)

/** What `planSubscriptionUpdate` needs, in two rounds: the channel is known only from the subscription. Rejects with NotFound. */
export const subscriptionUpdateFacts = (
  client: KubeClient,
  request: SubscriptionUpdateRequest,
  options?: RequestOptions,
): Promise<SubscriptionUpdateFacts> => {
  const subscription = ask(() => readSubscription(client, request, options))
  return readLive(client, subscriptions.subscriptionUpdateFacts(request, subscription), options)
}

/** What `describeSubscription` needs, in two rounds, or three when the channel must say its type. Rejects with NotFound. */
export const subscriptionDescribeFacts = (
  client: KubeClient,
  {namespace = '', name}: Pick<Ref, 'name' | 'namespace'>,
  {events = true, ...options}: RequestOptions & {events?: boolean} = {},
): Promise<SubscriptionDescribeFacts> => {
  const subscription = ask(() => readSubscription(client, {namespace, name}, options))
  return readLive(client, subscriptions.subscriptionFacts({name, namespace}, subscription, {events}), options)
}
