import {
  configKey,
  type ConfigMaps,
  type CreateFacts,
  type DeleteFacts,
  type Deployments,
  type DescribeFacts,
  type Trigger,
  type UpdateFacts,
} from '../domain/eventing/broker/facts.js'
import {type BrokerRequest} from '../domain/eventing/broker/options.js'
import {
  brokerCreateFacts,
  brokerDeleteFacts,
  brokerFacts,
  triggerOf,
  triggersIn,
} from '../domain/eventing/broker/reading.js'
import {dependsOnDefaults, requestedBroker} from '../domain/eventing/broker/preflight.js'
import {type BrokerUpdateRequest} from '../domain/eventing/broker/update.js'
import {TRIGGER} from '../domain/eventing/names.js'
import {eventsAbout, systemDeployments} from '../domain/eventing/readings/cluster.js'
import {configMaps, featureFlags} from '../domain/eventing/readings/config-maps.js'
import {maybeSink} from '../domain/eventing/readings/sinks.js'
import {defined} from '../domain/core/defined.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {type KubeObject, type Manifest, type Ref} from '../domain/core/object.js'
import {type Place} from '../domain/reading/reader.js'
import {ask, together} from '../domain/reading/reading.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {KubeError} from '../kube/errors.js'
import {readLive} from './live.js'
import {checkInstalled, getBroker, tryRead} from './look.js'

/** ConfigMaps that brokers may name, each once. */
export const readConfigs = (
  client: KubeClient,
  places: readonly Place[],
  options?: RequestOptions & {secrets?: boolean},
): Promise<ConfigMaps> => readLive(client, configMaps(places, options), options)

/** Ready replicas of the Deployments of the system namespace. */
export const readDeployments = (client: KubeClient, options?: RequestOptions): Promise<Lookup<Deployments>> =>
  readLive(client, systemDeployments(), options)

/**
 * What `planBrokerCreate` and `planBrokerApply` need, in at most two rounds of requests. Rejects with KnativeNotInstalled
 * when the server does not serve brokers.
 */
export const createFacts = async (
  client: KubeClient,
  request: BrokerRequest,
  options?: RequestOptions,
): Promise<CreateFacts> => {
  const [, facts] = await Promise.all([
    checkInstalled(client, options),
    readLive(client, brokerCreateFacts(request), options),
  ])
  const known = facts.defaults === 'absent' || (isFound(facts.defaults) && 'defaults' in facts.defaults)
  if (known || facts.existing !== 'absent' || !dependsOnDefaults(request)) return facts
  const stored = await dryRun(client, requestedBroker(request), options)
  return {...facts, ...(stored === undefined ? {} : {stored})}
}

/** What the server would store; `undefined` when it would not, which it then says itself. */
const dryRun = async (
  client: KubeClient,
  manifest: Manifest,
  options?: RequestOptions,
): Promise<KubeObject | undefined> => {
  try {
    return await client.create(manifest, {...options, dryRun: true})
  } catch (error) {
    if (error instanceof KubeError && error.code !== 0) return undefined
    throw error
  }
}

/** What `planBrokerUpdate` needs, in one round (two when the kind of the sink must be looked up). Rejects with NotFound. */
export const updateFacts = async (
  client: KubeClient,
  request: BrokerUpdateRequest,
  options?: RequestOptions,
): Promise<UpdateFacts> =>
  defined(
    await readLive(
      client,
      together({
        broker: ask(() => getBroker(client, request, options)),
        features: featureFlags(),
        sink: maybeSink(request.delivery.deadLetterSink),
      }),
      options,
    ),
  )

/** The triggers of a namespace. */
export const readTriggers = (
  client: KubeClient,
  namespace: string,
  options?: RequestOptions,
): Promise<Lookup<readonly Trigger[]>> => readLive(client, triggersIn(namespace), options)

/** What `planBrokerDelete` and `deletionStuck` need, in at most two rounds. Rejects with NotFound. */
export const deleteFacts = (
  client: KubeClient,
  {namespace = '', name}: Pick<Ref, 'name' | 'namespace'>,
  options?: RequestOptions,
): Promise<DeleteFacts> =>
  readLive(
    client,
    brokerDeleteFacts(
      {namespace},
      ask(() => getBroker(client, {namespace, name}, options)),
    ),
    options,
  )

/** What `describeBroker` needs, in at most two rounds. Rejects with NotFound. */
export const describeFacts = (
  client: KubeClient,
  {namespace = '', name}: Pick<Ref, 'name' | 'namespace'>,
  {events = true, ...options}: RequestOptions & {events?: boolean} = {},
): Promise<DescribeFacts> =>
  readLive(
    client,
    brokerFacts(
      {name, namespace},
      ask(() => getBroker(client, {namespace, name}, options)),
      {events},
    ),
    options,
  )

/** Recent events about an object. */
export const readEvents = (
  client: KubeClient,
  about: Ref,
  options?: RequestOptions,
): Promise<Lookup<readonly KubeObject[]>> => readLive(client, eventsAbout(about), options)

/**
 * How many triggers each broker has, by `namespace/name`; one paged list. Without a namespace, of all namespaces.
 * `undefined` when triggers cannot be listed (no permission).
 */
export const triggerCounts = async (
  client: KubeClient,
  namespace?: string,
  options?: RequestOptions,
): Promise<ReadonlyMap<string, number> | undefined> => {
  const counts = new Map<string, number>()
  const counting = async (): Promise<ReadonlyMap<string, number>> => {
    for await (const page of client.list({...TRIGGER, ...(namespace === undefined ? {} : {namespace})}, options))
      for (const trigger of page.items.map(triggerOf)) {
        const key = configKey(trigger.namespace, trigger.broker)
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    return counts
  }
  const found = await tryRead(counting())
  if (found === 'forbidden') return undefined
  return found === 'absent' ? new Map() : found
}
