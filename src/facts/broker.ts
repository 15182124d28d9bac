import {
  configKey,
  type ClusterFacts,
  type ConfigMapFacts,
  type ConfigMaps,
  type CreateFacts,
  type DeleteFacts,
  type Deployments,
  type DescribeFacts,
  type Trigger,
  type UpdateFacts,
} from '../domain/eventing/broker/facts.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {readConfigReference, type ConfigReference} from '../domain/eventing/broker/config.js'
import {resolveBroker} from '../domain/eventing/cluster-defaults/broker-defaults.js'
import {type BrokerRequest} from '../domain/eventing/broker/options.js'
import {type BrokerUpdateRequest} from '../domain/eventing/broker/update.js'
import {readKafkaConfig} from '../domain/kafka/config/kafka-config.js'
import {
  BROKER,
  BROKER_CLASS,
  CHANNEL_TEMPLATE_CONFIG,
  DEPLOYMENT,
  EVENT,
  KAFKA_BROKER_CONFIG,
  NAMESPACE,
  SYSTEM_NAMESPACE,
  TRIGGER,
  isKafkaClass,
} from '../domain/eventing/names.js'
import {type Sink} from '../domain/eventing/reference.js'
import {type KubeObject, type Ref} from '../domain/core/object.js'
import {at, numberAt, textAt} from '../domain/core/read.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {readConfigMap, readDefaults, readFeatureFlags, readKafkaSecret, readSugar} from './config-maps.js'
import {checkInstalled, getBroker, listAll, tryRead} from './look.js'
import {resolveSink} from './sink.js'

/** Where a config is: namespace and name of a ConfigMap. */
export interface Place {
  namespace: string
  name: string
}

/** The configs that Knative and its Kafka add-on ship. */
export const shippedPlaces: readonly Place[] = [
  {namespace: SYSTEM_NAMESPACE, name: KAFKA_BROKER_CONFIG},
  {namespace: SYSTEM_NAMESPACE, name: CHANNEL_TEMPLATE_CONFIG},
]

/** The ConfigMap that a config reference means, if it means one. */
export const placeOf = (config: ConfigReference | undefined, brokerNamespace: string): Place[] =>
  config !== undefined && config.apiVersion === 'v1' && config.kind === 'ConfigMap'
    ? [{namespace: config.namespace ?? brokerNamespace, name: config.name}]
    : []

/** ConfigMaps that brokers may name, each once. */
export const readConfigs = async (
  client: KubeClient,
  places: readonly Place[],
  options?: RequestOptions,
): Promise<ConfigMaps> => {
  const unique = [...new Map(places.map((place) => [configKey(place.namespace, place.name), place]))]
  return Object.fromEntries(
    await Promise.all(
      unique.map(
        async ([key, {namespace, name}]) => [key, await readConfigMap(client, namespace, name, options)] as const,
      ),
    ),
  )
}

/** Adds the Secrets that these ConfigMaps name. */
export const withSecrets = async (
  client: KubeClient,
  configs: ConfigMaps,
  options?: RequestOptions,
): Promise<ConfigMaps> => {
  const read = async ([key, facts]: [string, Lookup<ConfigMapFacts>]): Promise<[string, Lookup<ConfigMapFacts>]> => {
    const secret = isFound(facts) ? readKafkaConfig(facts.data).authSecret : undefined
    if (!isFound(facts) || secret === undefined) return [key, facts]
    return [key, {...facts, secret: await readKafkaSecret(client, key.split('/')[0]!, secret, options)}]
  }
  return Object.fromEntries(await Promise.all(Object.entries(configs).map(read)))
}

/** Ready replicas of the Deployments of the system namespace. */
export const readDeployments = async (client: KubeClient, options?: RequestOptions): Promise<Lookup<Deployments>> => {
  const found = await tryRead(listAll(client, {...DEPLOYMENT, namespace: SYSTEM_NAMESPACE}, options))
  return typeof found === 'string'
    ? found
    : Object.fromEntries(found.map((one) => [one.metadata.name, numberAt(one, 'status', 'readyReplicas') ?? 0]))
}

/** First round of what any judgement of a broker needs. */
const clusterFacts = async (
  client: KubeClient,
  places: readonly Place[],
  options?: RequestOptions,
): Promise<ClusterFacts> => {
  const [defaults, features, configs, deployments] = await Promise.all([
    readDefaults(client, options),
    readFeatureFlags(client, options),
    readConfigs(client, [...shippedPlaces, ...places], options),
    readDeployments(client, options),
  ])
  return {defaults, features, configs, deployments}
}

/** Second round: ConfigMaps that only the first one made known, and the Secrets of those that a Kafka broker may use. */
const completeConfigs = async (
  client: KubeClient,
  known: ConfigMaps,
  places: readonly Place[],
  kafka: boolean,
  options?: RequestOptions,
): Promise<ConfigMaps> => {
  const open = places.filter((place) => known[configKey(place.namespace, place.name)] === undefined)
  const [first, second] = await Promise.all([
    kafka ? withSecrets(client, known, options) : known,
    readConfigs(client, open, options),
  ])
  return {...first, ...second}
}

const sinkOf = async (
  client: KubeClient,
  sink: Sink | undefined,
  options?: RequestOptions,
): Promise<Pick<CreateFacts, 'sink'>> => (sink === undefined ? {} : {sink: await resolveSink(client, sink, options)})

/**
 * What `planBrokerCreate` and `planBrokerApply` need, in at most two rounds of requests. Rejects with KnativeNotInstalled
 * when the server does not serve brokers.
 */
export const createFacts = async (
  client: KubeClient,
  request: BrokerRequest,
  options?: RequestOptions,
): Promise<CreateFacts> => {
  const {namespace} = request
  const [, existing, facts, sink] = await Promise.all([
    checkInstalled(client, options),
    tryRead(client.get({...BROKER, namespace, name: request.name}, options)),
    clusterFacts(client, placeOf(request.config, namespace), options),
    sinkOf(client, request.delivery.deadLetterSink, options),
  ])
  const stored = isFound(existing) ? existing : undefined
  const className = request.className ?? stored?.metadata.annotations?.[BROKER_CLASS]
  const config = request.config ?? readConfigReference(at(stored, 'spec', 'config'))
  const resolved =
    isFound(facts.defaults) && 'defaults' in facts.defaults
      ? resolveBroker(facts.defaults.defaults, {
          namespace,
          ...(className === undefined ? {} : {className}),
          ...(config === undefined ? {} : {config}),
        })
      : undefined
  const configs = await completeConfigs(
    client,
    facts.configs,
    placeOf(resolved?.config ?? config, namespace),
    isKafkaClass(resolved?.className ?? className),
    options,
  )
  return {...facts, configs, existing, ...sink}
}

/** What `planBrokerUpdate` needs, in one round (two when the kind of the sink must be looked up). Rejects with NotFound. */
export const updateFacts = async (
  client: KubeClient,
  request: BrokerUpdateRequest,
  options?: RequestOptions,
): Promise<UpdateFacts> => {
  const [broker, features, sink] = await Promise.all([
    getBroker(client, request, options),
    readFeatureFlags(client, options),
    sinkOf(client, request.delivery.deadLetterSink, options),
  ])
  return {broker, features, ...sink}
}

/** What the rules about brokers need of a trigger. */
export const triggerOf = (object: KubeObject): Trigger => {
  const namespace = object.metadata.namespace ?? ''
  const linked = textAt(object, 'spec', 'brokerRef', 'namespace')
  const ref = linked === undefined || linked === namespace ? textAt(object, 'spec', 'brokerRef', 'name') : undefined
  return {
    name: object.metadata.name,
    namespace,
    labels: object.metadata.labels ?? {},
    annotations: object.metadata.annotations ?? {},
    broker: textAt(object, 'spec', 'broker') || ref || '',
    object,
  }
}

export const readTriggers = async (
  client: KubeClient,
  namespace: string,
  options?: RequestOptions,
): Promise<Lookup<readonly Trigger[]>> => {
  const found = await tryRead(listAll(client, {...TRIGGER, namespace}, options))
  return typeof found === 'string' ? found : found.map(triggerOf)
}

export const readNamespaceLabels = async (
  client: KubeClient,
  namespace: string,
  options?: RequestOptions,
): Promise<Lookup<Readonly<Record<string, string>>>> => {
  const found = await tryRead(client.get({...NAMESPACE, name: namespace}, options))
  return typeof found === 'string' ? found : (found.metadata.labels ?? {})
}

/** The part of the broker's own ConfigMap, when it names one. */
const ownConfig = (broker: KubeObject, configs: ConfigMaps): Pick<DeleteFacts, 'config'> => {
  const [place] = placeOf(readConfigReference(at(broker, 'spec', 'config')), broker.metadata.namespace ?? '')
  if (place === undefined) return {}
  return {config: configs[configKey(place.namespace, place.name)] ?? 'forbidden'}
}

/** What `planBrokerDelete` and `deletionStuck` need, in at most two rounds. Rejects with NotFound. */
export const deleteFacts = async (
  client: KubeClient,
  {namespace = '', name}: Pick<Ref, 'name' | 'namespace'>,
  options?: RequestOptions,
): Promise<DeleteFacts> => {
  const [broker, triggers, sugar, namespaceLabels, configs] = await Promise.all([
    getBroker(client, {namespace, name}, options),
    readTriggers(client, namespace, options),
    readSugar(client, options),
    readNamespaceLabels(client, namespace, options),
    readConfigs(client, [{namespace: SYSTEM_NAMESPACE, name: KAFKA_BROKER_CONFIG}], options),
  ])
  const kafka = isKafkaClass(broker.metadata.annotations?.[BROKER_CLASS])
  const places = kafka ? placeOf(readConfigReference(at(broker, 'spec', 'config')), namespace) : []
  const complete = await completeConfigs(client, configs, places, kafka, options)
  return {broker, triggers, sugar, namespaceLabels, ...ownConfig(broker, complete)}
}

/** What `describeBroker` needs, in at most two rounds. Rejects with NotFound. */
export const describeFacts = async (
  client: KubeClient,
  {namespace = '', name}: Pick<Ref, 'name' | 'namespace'>,
  {events = true, ...options}: RequestOptions & {events?: boolean} = {},
): Promise<DescribeFacts> => {
  const [broker, facts, triggers, sugar, namespaceLabels, happened] = await Promise.all([
    getBroker(client, {namespace, name}, options),
    clusterFacts(client, [], options),
    readTriggers(client, namespace, options),
    readSugar(client, options),
    readNamespaceLabels(client, namespace, options),
    events ? readEvents(client, {...BROKER, namespace, name}, options) : undefined,
  ])
  const kafka = isKafkaClass(broker.metadata.annotations?.[BROKER_CLASS])
  const places = placeOf(readConfigReference(at(broker, 'spec', 'config')), namespace)
  const configs = await completeConfigs(client, facts.configs, places, kafka, options)
  return {
    ...facts,
    configs,
    broker,
    triggers,
    sugar,
    namespaceLabels,
    ...ownConfig(broker, configs),
    ...(happened === undefined ? {} : {events: happened}),
  }
}

/** Recent events about an object. */
export const readEvents = (
  client: KubeClient,
  {kind, name, namespace = ''}: Pick<Ref, 'kind' | 'name' | 'namespace'>,
  options?: RequestOptions,
): Promise<Lookup<readonly KubeObject[]>> => {
  const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name},involvedObject.namespace=${namespace}`
  return tryRead(listAll(client, {...EVENT, namespace, fieldSelector}, options))
}

/**
 * How many triggers each broker has, by `namespace/name`; one paged list. Without a namespace, of all namespaces.
 * `undefined` when triggers may not be listed.
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
