import {defined} from '../../core/defined.js'
import {type KubeObject} from '../../core/object.js'
import {at, textAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {ask, given, shared, together, type Reading} from '../../reading/reading.js'
import {type Place} from '../../reading/reader.js'
import {resolveBroker} from '../cluster-defaults/broker-defaults.js'
import {
  BROKER,
  BROKER_CLASS,
  CHANNEL_TEMPLATE_CONFIG,
  isKafkaClass,
  KAFKA_BROKER_CONFIG,
  SYSTEM_NAMESPACE,
  TRIGGER,
} from '../names.js'
import {eventsAbout, object, systemDeployments} from '../readings/cluster.js'
import {brokerDefaults, configMaps, featureFlags, injection, maybe} from '../readings/config-maps.js'
import {maybeSink} from '../readings/sinks.js'
import {readConfigReference, type ConfigReference} from './config.js'
import {
  configKey,
  type ClusterFacts,
  type ConfigMaps,
  type CreateFacts,
  type DeleteFacts,
  type DescribeFacts,
  type Trigger,
} from './facts.js'
import {type BrokerRequest} from './options.js'

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

/** What any judgement of a broker needs, before the broker itself is known: one round. */
const clusterFacts = (places: readonly Place[]): Reading<ClusterFacts> =>
  together({
    defaults: brokerDefaults(),
    features: featureFlags(),
    configs: configMaps([...shippedPlaces, ...places]),
    deployments: systemDeployments(),
  })

/** The second round: ConfigMaps that only the first one made known, and the Secrets of those that a Kafka broker may use. */
const completeConfigs = (places: readonly Place[], kafka: boolean): Reading<ConfigMaps> =>
  configMaps([...shippedPlaces, ...places], {secrets: kafka})

/** The part of the broker's own ConfigMap, when it names one. */
const ownConfig = (broker: KubeObject, configs: ConfigMaps): Pick<DeleteFacts, 'config'> => {
  const [place] = placeOf(readConfigReference(at(broker, 'spec', 'config')), broker.metadata.namespace ?? '')
  if (place === undefined) return {}
  return {config: configs[configKey(place.namespace, place.name)] ?? 'forbidden'}
}

/** What the rules about brokers need of a trigger. */
export const triggerOf = (trigger: KubeObject): Trigger => {
  const namespace = trigger.metadata.namespace ?? ''
  const linked = textAt(trigger, 'spec', 'brokerRef', 'namespace')
  const ref = linked === undefined || linked === namespace ? textAt(trigger, 'spec', 'brokerRef', 'name') : undefined
  return {
    name: trigger.metadata.name,
    namespace,
    labels: trigger.metadata.labels ?? {},
    annotations: trigger.metadata.annotations ?? {},
    broker: textAt(trigger, 'spec', 'broker') || ref || '',
    object: trigger,
  }
}

/** The triggers of a namespace. */
export const triggersIn = shared(function* (namespace: string): Reading<Lookup<readonly Trigger[]>> {
  const found = yield* ask((reader) => reader.list({...TRIGGER, namespace}))
  return isFound(found) ? found.map(triggerOf) : found
})

/** What a plan that creates or applies a broker needs, in at most two rounds. */
export function* brokerCreateFacts(request: BrokerRequest): Reading<CreateFacts> {
  const {namespace, name} = request
  const {existing, facts, sink} = yield* together({
    existing: object({...BROKER, namespace, name}),
    facts: clusterFacts(placeOf(request.config, namespace)),
    sink: maybeSink(request.delivery.deadLetterSink),
  })
  const stored = isFound(existing) ? existing : undefined
  const className = request.className ?? stored?.metadata.annotations?.[BROKER_CLASS]
  const config = request.config ?? readConfigReference(at(stored, 'spec', 'config'))
  const resolved =
    isFound(facts.defaults) && 'defaults' in facts.defaults
      ? resolveBroker(facts.defaults.defaults, {namespace, ...defined({className, config})})
      : undefined
  const complete = yield* completeConfigs(
    placeOf(resolved?.config ?? config, namespace),
    isKafkaClass(resolved?.className ?? className),
  )
  return defined({...facts, configs: {...facts.configs, ...complete}, existing, sink})
}

/** What a description and the checks know of a broker, in at most two rounds. `broker` reads it, or gives it. */
export function* brokerFacts(
  {name, namespace}: {name: string; namespace: string},
  broker: Reading<KubeObject>,
  {events = false} = {},
): Reading<DescribeFacts> {
  const first = yield* together({
    broker,
    facts: clusterFacts([]),
    triggers: triggersIn(namespace),
    injection: injection(namespace),
    events: maybe(events ? eventsAbout({...BROKER, name, namespace}) : undefined),
  })
  const kafka = isKafkaClass(first.broker.metadata.annotations?.[BROKER_CLASS])
  const complete = yield* completeConfigs(
    placeOf(readConfigReference(at(first.broker, 'spec', 'config')), namespace),
    kafka,
  )
  const configs = {...first.facts.configs, ...complete}
  return defined({
    ...first.facts,
    ...first.injection,
    configs,
    broker: first.broker,
    triggers: first.triggers,
    ...ownConfig(first.broker, configs),
    events: first.events,
  })
}

/** What a deletion is judged by, in at most two rounds. */
export function* brokerDeleteFacts(
  {namespace}: {namespace: string},
  broker: Reading<KubeObject>,
): Reading<DeleteFacts> {
  const first = yield* together({
    broker,
    triggers: triggersIn(namespace),
    injection: injection(namespace),
    shipped: configMaps([{namespace: SYSTEM_NAMESPACE, name: KAFKA_BROKER_CONFIG}]),
  })
  const reference = placeOf(readConfigReference(at(first.broker, 'spec', 'config')), namespace)
  const kafka = isKafkaClass(first.broker.metadata.annotations?.[BROKER_CLASS])
  const configs = kafka
    ? yield* configMaps([{namespace: SYSTEM_NAMESPACE, name: KAFKA_BROKER_CONFIG}, ...reference], {secrets: true})
    : first.shipped
  return {broker: first.broker, triggers: first.triggers, ...first.injection, ...ownConfig(first.broker, configs)}
}

/** The facts of a broker that is already there. */
export const factsOfBroker = (broker: KubeObject): Reading<DescribeFacts> => {
  const {name, namespace = ''} = broker.metadata
  return brokerFacts({name, namespace}, given(broker))
}
