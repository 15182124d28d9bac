import {KAFKA_CHANNEL_CONFIG, KafkaKey, SYSTEM_NAMESPACE} from '../../eventing/names.js'
import {type KubeObject} from '../../core/object.js'
import {textsAt} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {type KafkaConfigFacts} from './preflight.js'
import {brokerNames, brokersUsing, defaultsUsing, isKafkaBroker, isKafkaDefault, type BrokersFacts} from './use.js'
import {isForeignToKafka} from './kafka-config.js'

/** Who uses the ConfigMaps of a list. */
export type UsersFacts = BrokersFacts & Pick<KafkaConfigFacts, 'defaults'>

const placeOf = ({metadata}: KubeObject) => ({namespace: metadata.namespace ?? '', name: metadata.name})

const isForChannels = ({metadata}: KubeObject): boolean =>
  metadata.namespace === SYSTEM_NAMESPACE && metadata.name === KAFKA_CHANNEL_CONFIG

/** The ConfigMaps with any of the Kafka keys, and those that a Kafka broker or a default for one names without having them. */
export const kafkaConfigsAmong = (configMaps: readonly KubeObject[], facts: UsersFacts): KubeObject[] =>
  configMaps.filter(
    (configMap) =>
      !isForeignToKafka(textsAt(configMap, 'data')) ||
      brokersUsing(placeOf(configMap), facts).some(isKafkaBroker) ||
      isKafkaDefault(placeOf(configMap), facts.defaults),
  )

/** `2 brokers, default`; with names where there is room. */
export const usedBy = (configMap: KubeObject, facts: UsersFacts, wide: boolean): string => {
  const brokers = brokersUsing(placeOf(configMap), facts)
  const defaults = defaultsUsing(placeOf(configMap), facts.defaults)
  const parts = [
    ...(brokers.length === 0
      ? []
      : [wide ? brokerNames(brokers) : `${brokers.length} broker${brokers.length === 1 ? '' : 's'}`]),
    ...(defaults.length === 0 ? [] : wide ? defaults : ['default']),
    ...(isForChannels(configMap) ? ['KafkaChannels'] : []),
  ]
  if (parts.length > 0) return parts.join(', ')
  return isFound(facts.brokers) && facts.onlyIn === undefined ? '<none>' : '<unknown>'
}

/** The settings of a ConfigMap as stored; what is missing is left out. */
export const settingsOf = (configMap: KubeObject) => {
  const data = textsAt(configMap, 'data')
  return {
    bootstrapServers: data[KafkaKey.BootstrapServers],
    partitions: data[KafkaKey.Partitions],
    replicationFactor: data[KafkaKey.ReplicationFactor],
    authSecret: data[KafkaKey.AuthSecret],
  }
}

/** Kind and name of the operator's resource that owns it. */
export const ownerOf = ({metadata}: KubeObject): string | undefined => {
  const [owner] = metadata.ownerReferences ?? []
  return owner === undefined ? undefined : `${owner.kind}/${owner.name}`
}
