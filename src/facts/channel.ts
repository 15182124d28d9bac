import {isFound, type Lookup} from '../domain/core/seen.js'
import {defaultTemplate, readChannelDefaults, readChannelTemplate} from '../domain/eventing/channel/defaults.js'
import {
  type ChannelCreateFacts,
  type ChannelDefaultsFacts,
  type ChannelDeleteFacts,
  type ChannelDescribeFacts,
  type ChannelUpdateFacts,
  type Served,
} from '../domain/eventing/channel/facts.js'
import {type ChannelRequest} from '../domain/eventing/channel/options.js'
import {backingRef, backingType} from '../domain/eventing/channel/plane.js'
import {type ChannelUpdateRequest} from '../domain/eventing/channel/update.js'
import {
  CHANNEL_DEFAULTS,
  CHANNEL_DEFAULTS_KEY,
  SUBSCRIPTION,
  SYSTEM_NAMESPACE,
  channelRef,
} from '../domain/eventing/names.js'
import {type Sink} from '../domain/eventing/reference.js'
import {type Kind, type KubeObject, type Ref} from '../domain/core/object.js'
import {at, isRecord, textAt} from '../domain/core/read.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {readDeployments, readEvents} from './broker.js'
import {readFeatureFlags, readYamlKey} from './config-maps.js'
import {checkInstalled, getEventing, listAll, tryRead} from './look.js'
import {resolveSink} from './sink.js'

/** Whether the server serves a kind. */
export const isServed = async (
  client: KubeClient,
  kind: Kind | undefined,
  options?: RequestOptions,
): Promise<Served> => {
  if (kind === undefined) return 'unknown'
  const answer = await tryRead((async () => ({kinds: await client.served(kind.apiVersion, options)}))())
  if (answer === 'forbidden') return 'unknown'
  if (answer === 'absent') return 'not-served'
  return answer.kinds?.some((one) => one.kind === kind.kind) === true ? 'served' : 'not-served'
}

/** default-ch-webhook. */
const readDefaults = async (client: KubeClient, options?: RequestOptions): Promise<Lookup<ChannelDefaultsFacts>> => {
  const found = await readYamlKey(client, SYSTEM_NAMESPACE, CHANNEL_DEFAULTS, CHANNEL_DEFAULTS_KEY, options)
  if (!isFound(found) || 'fault' in found) return found
  return isRecord(found.document) ? {defaults: readChannelDefaults(found.document)} : {fault: 'it is not a map'}
}

const readSubscriptions = (
  client: KubeClient,
  namespace: string,
  options?: RequestOptions,
): Promise<Lookup<readonly KubeObject[]>> => tryRead(listAll(client, {...SUBSCRIPTION, namespace}, options))

const resolved = async (
  client: KubeClient,
  sink: Sink | undefined,
  options?: RequestOptions,
): Promise<Pick<ChannelCreateFacts, 'sink'>> =>
  sink === undefined ? {} : {sink: await resolveSink(client, sink, options)}

/**
 * What `planChannelCreate` and `planChannelApply` need, in one round of requests, or two when the type has to be found out
 * first. Rejects with KnativeNotInstalled.
 */
export const channelCreateFacts = async (
  client: KubeClient,
  request: ChannelRequest,
  options?: RequestOptions,
): Promise<ChannelCreateFacts> => {
  const {namespace, name, type} = request
  const [, existing, defaults, features, deployments, sink, asked] = await Promise.all([
    checkInstalled(client, options),
    tryRead(client.get(channelRef(name, namespace), options)),
    readDefaults(client, options),
    readFeatureFlags(client, options),
    readDeployments(client, options),
    resolved(client, request.delivery.deadLetterSink, options),
    isServed(client, type, options),
  ])
  const stored = readChannelTemplate(at(isFound(existing) ? existing : undefined, 'spec', 'channelTemplate'))
  const known = isFound(defaults) && 'defaults' in defaults ? defaults.defaults : undefined
  const implied = stored ?? (known === undefined ? undefined : defaultTemplate(known, namespace)?.template)
  const served = type === undefined ? await isServed(client, implied, options) : asked
  return {existing, defaults, features, deployments, served, ...sink}
}

/** What `planChannelDelete` needs, in one round. Rejects with NotFound. */
export const channelDeleteFacts = async (
  client: KubeClient,
  {namespace = '', name}: Pick<Ref, 'name' | 'namespace'>,
  options?: RequestOptions,
): Promise<ChannelDeleteFacts> => {
  const [channel, subscriptions] = await Promise.all([
    getEventing(client, channelRef(name, namespace), options),
    readSubscriptions(client, namespace, options),
  ])
  return {channel, subscriptions}
}

/** What `planChannelUpdate` needs, in one round. Rejects with NotFound. */
export const channelUpdateFacts = async (
  client: KubeClient,
  request: ChannelUpdateRequest,
  options?: RequestOptions,
): Promise<ChannelUpdateFacts> => {
  const [facts, sink] = await Promise.all([
    channelDeleteFacts(client, request, options),
    resolved(client, request.delivery.deadLetterSink, options),
  ])
  return {...facts, ...sink}
}

/** What `describeChannel` needs, in two rounds: the real channel is known only from the Channel. Rejects with NotFound. */
export const channelDescribeFacts = async (
  client: KubeClient,
  ref: Pick<Ref, 'name' | 'namespace'>,
  {events = true, ...options}: RequestOptions & {events?: boolean} = {},
): Promise<ChannelDescribeFacts> => {
  const {namespace = '', name} = ref
  const [{channel, subscriptions}, deployments, happened] = await Promise.all([
    channelDeleteFacts(client, ref, options),
    readDeployments(client, options),
    events ? readEvents(client, channelRef(name, namespace), options) : undefined,
  ])
  const backing = backingRef(channel)
  const [found, served] = await Promise.all([
    backing === undefined ? undefined : tryRead(client.get(backing, options)),
    isServed(client, backingType(channel), options),
  ])
  return {
    channel,
    subscriptions,
    deployments,
    served,
    ...(found === undefined ? {} : {backing: found}),
    ...(happened === undefined ? {} : {events: happened}),
  }
}

/** How many subscriptions each channel has, by `namespace/name`; `undefined` when they may not be listed. */
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
