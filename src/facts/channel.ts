import {
  type ChannelCreateFacts,
  type ChannelDeleteFacts,
  type ChannelDescribeFacts,
  type ChannelUpdateFacts,
} from '../domain/eventing/channel/facts.js'
import {type ChannelRequest} from '../domain/eventing/channel/options.js'
import * as channels from '../domain/eventing/channel/reading.js'
import {type ChannelUpdateRequest} from '../domain/eventing/channel/update.js'
import {SUBSCRIPTION, channelRef} from '../domain/eventing/names.js'
import * as cluster from '../domain/eventing/readings/cluster.js'
import {maybeSink} from '../domain/eventing/readings/sinks.js'
import {defined} from '../domain/core/defined.js'
import {type Kind, type KubeObject, type Ref} from '../domain/core/object.js'
import {textAt} from '../domain/core/read.js'
import {type Served} from '../domain/reading/reader.js'
import {ask, together, type Reading} from '../domain/reading/reading.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {readLive} from './live.js'
import {checkInstalled, getEventing, listAll, tryRead} from './look.js'

/** Whether the server serves a kind. */
export const isServed = (client: KubeClient, kind: Kind | undefined, options?: RequestOptions): Promise<Served> =>
  readLive(client, cluster.isServed(kind), options)

const theChannel = (
  client: KubeClient,
  {namespace = '', name}: Pick<Ref, 'name' | 'namespace'>,
  options?: RequestOptions,
): Reading<KubeObject> => ask(() => getEventing(client, channelRef(name, namespace), options))

/**
 * What `planChannelCreate` and `planChannelApply` need, in one round of requests, or two when the type has to be found out
 * first. Rejects with KnativeNotInstalled.
 */
export const channelCreateFacts = async (
  client: KubeClient,
  request: ChannelRequest,
  options?: RequestOptions,
): Promise<ChannelCreateFacts> => {
  const [, facts] = await Promise.all([
    checkInstalled(client, options),
    readLive(client, channels.channelCreateFacts(request), options),
  ])
  return facts
}

/** What `planChannelDelete` needs, in one round. Rejects with NotFound. */
export const channelDeleteFacts = (
  client: KubeClient,
  ref: Pick<Ref, 'name' | 'namespace'>,
  options?: RequestOptions,
): Promise<ChannelDeleteFacts> =>
  readLive(client, channels.channelWithSubscriptions(ref.namespace ?? '', theChannel(client, ref, options)), options)

/** What `planChannelUpdate` needs, in one round. Rejects with NotFound. */
export const channelUpdateFacts = async (
  client: KubeClient,
  request: ChannelUpdateRequest,
  options?: RequestOptions,
): Promise<ChannelUpdateFacts> => {
  const {facts, sink} = await readLive(
    client,
    together({
      facts: channels.channelWithSubscriptions(request.namespace, theChannel(client, request, options)),
      sink: maybeSink(request.delivery.deadLetterSink),
    }),
    options,
  )
  return defined({...facts, sink})
}

/** What `describeChannel` needs, in two rounds: the real channel is known only from the Channel. Rejects with NotFound. */
export const channelDescribeFacts = (
  client: KubeClient,
  {namespace = '', name}: Pick<Ref, 'name' | 'namespace'>,
  {events = true, ...options}: RequestOptions & {events?: boolean} = {},
): Promise<ChannelDescribeFacts> => {
  const channel = theChannel(client, {namespace, name}, options)
  return readLive(client, channels.channelFacts({name, namespace}, channel, {events}), options)
}

/** How many subscriptions each channel has, by `namespace/name`; `undefined` when they cannot be listed (no permission). */
export const subscriptionCounts = async (
  client: KubeClient,
  namespace?: string,
  options?: RequestOptions,
): Promise<ReadonlyMap<string, number> | undefined> => {
  const found = await tryRead(
    listAll(client, {...SUBSCRIPTION, ...(namespace === undefined ? {} : {namespace})}, options),
  )
  if (found === 'forbidden') return undefined
  const counts = new Map<string, number>()
  for (const subscription of found === 'absent' ? [] : found) {
    const key = `${subscription.metadata.namespace ?? ''}/${textAt(subscription, 'spec', 'channel', 'name') ?? ''}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
