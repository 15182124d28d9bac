import {type Finding} from '../../findings/finding.js'
import {BROKER_CLASS, KafkaKey} from '../../eventing/names.js'
import {type KubeObject} from '../../core/object.js'
import {readinessOf, type Readiness} from '../../core/readiness.js'
import {textsAt} from '../../core/read.js'
import {isFound, type NotFound} from '../../core/seen.js'
import {
  blindFindings,
  dataOf,
  foreignFindings,
  ignoredKeys,
  isForeign,
  judgeKafkaData,
  type KafkaConfigFacts,
} from './preflight.js'
import {brokersUsing, defaultsUsing} from './use.js'
import {readKafkaConfig} from './kafka-config.js'
import {judgeKafkaSecret} from '../credentials/secret-format.js'
import {topicConfigOf} from './topic-config.js'
import {writtenBy} from './writer.js'
import {type ConfigMapPlace} from '../write-target/write-target.js'

/** A broker that names the ConfigMap. */
export interface ConfigUser {
  namespace: string
  name: string
  className?: string
  readiness: Readiness
  topic?: string
}

/** Everything that `kafka config describe` shows, as data. */
export interface KafkaConfigDescription {
  /** As stored, well-formed or not. */
  bootstrapServers: readonly string[]
  partitions?: string
  replicationFactor?: string
  authSecret?: {name: string; state: string}
  topicConfig: Readonly<Record<string, string>>
  ignoredKeys: readonly string[]
  /** Who writes it, a sentence. */
  writtenBy: string
  users: readonly ConfigUser[] | NotFound
  /** Only the brokers of this namespace could be looked at. */
  onlyIn?: string
  /** Entries of default-br-config that name it. */
  defaults: readonly string[]
  findings: readonly Finding[]
}

/** What a Secret holds, in a few words: never a value that is a credential. */
export const secretState = (secret: KafkaConfigFacts['secret']): string => {
  if (secret === 'absent') return 'does not exist'
  if (!isFound(secret)) return 'no permission to read'
  const {format, protocol, mechanism, faults} = judgeKafkaSecret(secret)
  const what = [protocol, mechanism].filter((word) => word !== undefined).join(', ')
  const good = format === 'legacy' ? 'format of old channels' : what
  return faults.length === 0 ? good || 'in order' : `${good === '' ? '' : `${good}, `}not usable`
}

const userOf = (broker: KubeObject): ConfigUser => {
  const className = broker.metadata.annotations?.[BROKER_CLASS]
  const topic = textsAt(broker, 'status', 'annotations')[KafkaKey.Topic]
  return {
    namespace: broker.metadata.namespace ?? '',
    name: broker.metadata.name,
    ...(className ? {className} : {}),
    readiness: readinessOf(broker),
    ...(topic === undefined ? {} : {topic}),
  }
}

/** Describes a ConfigMap that was read. */
export const describeKafkaConfig = (place: ConfigMapPlace, facts: KafkaConfigFacts): KafkaConfigDescription => {
  const data = dataOf(facts.configMap)
  const {bootstrapServers, authSecret} = readKafkaConfig(data)
  const [partitions, replicationFactor] = [data[KafkaKey.Partitions], data[KafkaKey.ReplicationFactor]]
  return {
    bootstrapServers,
    ...(partitions === undefined ? {} : {partitions}),
    ...(replicationFactor === undefined ? {} : {replicationFactor}),
    ...(authSecret === undefined ? {} : {authSecret: {name: authSecret, state: secretState(facts.secret)}}),
    topicConfig: topicConfigOf(data),
    ignoredKeys: ignoredKeys(data),
    writtenBy: writtenBy(place, facts),
    users: isFound(facts.brokers) ? brokersUsing(place, facts).map(userOf) : facts.brokers,
    ...(facts.onlyIn === undefined ? {} : {onlyIn: facts.onlyIn}),
    defaults: defaultsUsing(place, facts.defaults),
    findings: [
      ...(isForeign(place, facts) ? foreignFindings(place, facts) : judgeKafkaData(place, data, facts.secret)),
      ...blindFindings(place, facts),
    ],
  }
}
