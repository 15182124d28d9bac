import {
  BROKER,
  CONFIG_MAP,
  DEPLOYMENT,
  KAFKA_BROKER_CONFIG,
  KAFKA_CHANNEL_CONFIG,
  KNATIVE_EVENTING,
  KNATIVE_KAFKA,
  SECRET,
  STATEFUL_SET,
  SYSTEM_NAMESPACE,
  KAFKA_SINK,
  KAFKA_SOURCE,
} from '../../eventing/names.js'
import {brokersUsing, isKafkaBroker, isKafkaDefault} from '../../kafka/config/use.js'
import {partObjects, PARTS} from '../../kafka/installation/parts.js'
import {type KafkaStatusFacts} from '../../kafka/installation/status.js'
import {type KubeObject} from '../../core/object.js'
import {textsAt} from '../../core/read.js'
import {
  brokerUses,
  channelUses,
  configPlaceOf,
  configUses,
  secretKeyOf,
  sinkUses,
  sourceUses,
  type SecretUse,
} from '../../secret/secret-uses.js'
import {type SecretRecord} from '../../secret/secret-view.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {type Snapshot} from './snapshot.js'

/** What `kafka status` reads, taken from the lists. */
export const kafkaStatusFacts = (known: Snapshot): KafkaStatusFacts => {
  const configMap = known.get(CONFIG_MAP, SYSTEM_NAMESPACE, KAFKA_BROKER_CONFIG)
  const shipped = known.configMap(SYSTEM_NAMESPACE, KAFKA_BROKER_CONFIG)
  const secret = isFound(shipped) ? shipped.secret : undefined
  const [deployments, statefulSets] = [DEPLOYMENT, STATEFUL_SET].map((kind) => known.list(kind, SYSTEM_NAMESPACE))
  const {namespace} = known.state
  const brokers = known.list(BROKER, namespace)
  return {
    configMap,
    knativeKafkas: known.list(KNATIVE_KAFKA, SYSTEM_NAMESPACE),
    knativeEventings: known.list(KNATIVE_EVENTING, SYSTEM_NAMESPACE),
    brokers,
    defaults: known.defaults,
    ...(secret === undefined ? {} : {secret}),
    // A list that is forbidden may be of a kind that is not served.
    knativeKafkaServed: isFound(known.list(KNATIVE_KAFKA, SYSTEM_NAMESPACE)),
    workloads:
      deployments !== undefined && statefulSets !== undefined && isFound(deployments) && isFound(statefulSets)
        ? [...deployments, ...statefulSets]
        : 'forbidden',
    objects: Object.fromEntries(
      PARTS.map((part) => [
        part,
        part === 'broker'
          ? isFound(brokers)
            ? brokers.filter(isKafkaBroker)
            : brokers
          : known.list(partObjects[part].kind, namespace),
      ]),
    ),
    pods: known.state.kafkaPods,
  }
}

/** A ConfigMap of Kafka settings, with the brokers that go by it. */
export interface UsedConfig {
  place: {namespace: string; name: string}
  brokers: readonly KubeObject[]
}

/** The configs of the Kafka brokers that are judged, each once. */
export const usedConfigs = (known: Snapshot): UsedConfig[] => {
  const used = new Map<string, {place: UsedConfig['place']; brokers: KubeObject[]}>()
  for (const broker of known.subjects(BROKER)) {
    const place = configPlaceOf(broker)
    if (place === undefined) continue
    const entry = used.get(secretKeyOf(place))
    if (entry === undefined) used.set(secretKeyOf(place), {place, brokers: [broker]})
    else entry.brokers.push(broker)
  }
  return [...used.values()]
}

const placeOf = ({metadata}: KubeObject): UsedConfig['place'] => ({
  namespace: metadata.namespace ?? '',
  name: metadata.name,
})

const isSystemConfig = ({namespace, name}: UsedConfig['place'], wanted: string): boolean =>
  namespace === SYSTEM_NAMESPACE && name === wanted

/**
 * The configs of Kafka brokers: of those that are judged, and those of manifests that a broker of the cluster or the
 * defaults name, or that the Kafka add-on reads. Keys decide nothing: an application's ConfigMap may have the same ones.
 */
export const brokerConfigs = (known: Snapshot): UsedConfig[] => {
  const used = usedConfigs(known)
  if (known.state.planned === undefined) return used
  const there = new Set(used.map(({place}) => secretKeyOf(place)))
  const brokers = known.all(BROKER).filter(isKafkaBroker)
  const more = known.subjects(CONFIG_MAP).flatMap((config): UsedConfig[] => {
    const place = placeOf(config)
    const readers = brokersUsing(place, {brokers})
    return !there.has(secretKeyOf(place)) &&
      (readers.length > 0 || isKafkaDefault(place, known.defaults) || isSystemConfig(place, KAFKA_BROKER_CONFIG))
      ? [{place, brokers: readers}]
      : []
  })
  return [...used, ...more]
}

/** The settings of KafkaChannels, when they are among the manifests. */
export const channelConfig = (known: Snapshot): KubeObject | undefined => {
  const config = known.get(CONFIG_MAP, SYSTEM_NAMESPACE, KAFKA_CHANNEL_CONFIG)
  return isFound(config) && known.isPlanned(config) ? config : undefined
}

/** Who names which Secret, among the objects that are judged. */
export const kafkaSecretUses = (known: Snapshot): SecretUse[] => {
  const configs = brokerConfigs(known)
  const authSecrets = new Map(
    configs.flatMap(({place}) => {
      const config = known.get(CONFIG_MAP, place.namespace, place.name)
      return isFound(config) ? [[secretKeyOf(place), textsAt(config, 'data')['auth.secret.ref.name']] as const] : []
    }),
  )
  const system = (name: string, uses: (config: KubeObject) => SecretUse[]): SecretUse[] => {
    const config = known.get(CONFIG_MAP, SYSTEM_NAMESPACE, name)
    return isFound(config) && (known.state.planned === undefined || known.isPlanned(config)) ? uses(config) : []
  }
  return [
    ...configs.flatMap(({brokers}) => brokerUses(brokers, authSecrets)),
    ...system(KAFKA_BROKER_CONFIG, configUses),
    ...system(KAFKA_CHANNEL_CONFIG, channelUses),
    ...known.subjects(KAFKA_SINK).flatMap(sinkUses),
    ...known.subjects(KAFKA_SOURCE).flatMap(sourceUses),
  ]
}

/** The Secrets that are named, as far as they may be looked at. */
export const namedSecrets = (known: Snapshot, uses: readonly SecretUse[]): ReadonlyMap<string, Lookup<SecretRecord>> =>
  new Map(uses.map(({namespace, name}) => [secretKeyOf({namespace, name}), known.secret(namespace, name)]))

/** The Secrets among the manifests. */
export const plannedSecrets = ({state}: Snapshot): Array<{namespace: string; name: string}> =>
  [...(state.planned ?? [])].flatMap((key) => {
    const [group, kind, namespace = '', name = ''] = key.split('/')
    return group === '' && kind === SECRET.kind ? [{namespace, name}] : []
  })
