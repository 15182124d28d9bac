import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type ConfigMapFacts, type DefaultsFacts} from '../../eventing/broker/facts.js'
import {fill, sfl} from '../../core/commands.js'
import {KafkaKey} from '../../eventing/names.js'
import {type KubeObject} from '../../core/object.js'
import {isRecord, textsAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {didYouMean} from '../../core/suggest.js'
import {serverFault} from './bootstrap-servers.js'
import {flagOfKey} from './options.js'
import {brokersText, brokersUsing, defaultsUsing, hasTopic, isKafkaBroker, type BrokersFacts} from './use.js'
import {isForeignToKafka, kafkaConfigFindings, readKafkaConfig} from './kafka-config.js'
import {TOPIC_CONFIG_PREFIX, topicConfigFindings, topicConfigOf} from './topic-config.js'
import {configMapRef, type ConfigMapPlace, type WriteTargetFacts} from '../write-target/write-target.js'

/** What is known about one ConfigMap, the operators that may write it, and those who use it. */
export interface KafkaConfigFacts extends WriteTargetFacts, BrokersFacts {
  defaults: Lookup<DefaultsFacts>
  /** The Secret that is named once the command is done, when one is. */
  secret?: ConfigMapFacts['secret']
}

export type ConfigData = Readonly<Record<string, string>>

export const dataOf = (configMap: Lookup<KubeObject>): ConfigData =>
  isFound(configMap) ? textsAt(configMap, 'data') : {}

export const titleOf = ({namespace, name}: ConfigMapPlace): string => `ConfigMap ${namespace}/${name}`

const known: readonly string[] = [
  KafkaKey.BootstrapServers,
  KafkaKey.Partitions,
  KafkaKey.ReplicationFactor,
  KafkaKey.AuthSecret,
]

/** Keys that no broker reads; `_example` is everywhere and documents itself. */
export const ignoredKeys = (data: ConfigData): string[] =>
  Object.keys(data)
    .filter((key) => !known.includes(key) && !key.startsWith(TOPIC_CONFIG_PREFIX) && key !== '_example')
    .sort()

/** What brokers would make of a ConfigMap with this data. */
export const judgeKafkaData = (
  place: ConfigMapPlace,
  data: ConfigData,
  secret?: ConfigMapFacts['secret'],
): Finding[] => {
  const object = configMapRef(place)
  const {bootstrapServers, replicationFactor} = readKafkaConfig(data)
  const update = sfl('kafka config update', place.name, '-n', place.namespace, '--bootstrap-servers', fill('HOST:PORT'))
  return [
    ...kafkaConfigFindings(place, {data, ...(secret === undefined ? {} : {secret})}),
    ...bootstrapServers.flatMap((server) => {
      const fault = serverFault(server)
      return fault === undefined
        ? []
        : [
            finding('SFL-K31', {
              object,
              message: `"${server}" in ${KafkaKey.BootstrapServers} of ${titleOf(place)} cannot be connected to: ${fault}`,
              repair: update,
            }),
          ]
    }),
    ...topicConfigFindings(object, topicConfigOf(data), replicationFactor),
    ...ignoredKeys(data).map((key) => ignoredFinding(place, key)),
  ]
}

const ignoredFinding = (place: ConfigMapPlace, key: string): Finding => {
  const near = didYouMean(key, known)
  const why =
    key === 'auth.secret.ref.namespace'
      ? `brokers look for the Secret in namespace ${place.namespace}`
      : `no broker reads it${near === undefined ? '' : `; ${near}`}`
  return finding('SFL-K29', {object: configMapRef(place), message: `${key} of ${titleOf(place)} is ignored: ${why}`})
}

/** None of the keys, and no Kafka broker or default that wants them: it is somebody else's. */
export const isForeign = (place: ConfigMapPlace, facts: KafkaConfigFacts): boolean =>
  isFound(facts.configMap) &&
  isForeignToKafka(dataOf(facts.configMap)) &&
  brokersUsing(place, facts).filter(isKafkaBroker).length === 0

export const foreignFindings = (place: ConfigMapPlace, facts: KafkaConfigFacts): Finding[] =>
  isForeign(place, facts)
    ? [
        finding('SFL-K28', {
          object: configMapRef(place),
          message: `${titleOf(place)} has no Kafka settings and no Kafka broker names it; something else reads it`,
          repair: sfl('kafka config list', '-n', place.namespace),
        }),
      ]
    : []

export const immutableFindings = (place: ConfigMapPlace, configMap: Lookup<KubeObject>): Finding[] =>
  isFound(configMap) && configMap['immutable'] === true
    ? [
        finding('SFL-K34', {
          object: configMapRef(place),
          message: `${titleOf(place)} is immutable: the server refuses every change of its data`,
          repair: sfl('kafka config delete', place.name, '-n', place.namespace),
        }),
      ]
    : []

/** What could not be looked at when asking who uses it. */
export const blindFindings = (place: ConfigMapPlace, facts: KafkaConfigFacts): Finding[] => {
  const blind = [
    ...(facts.brokers === 'forbidden' ? ['brokers'] : []),
    ...(facts.onlyIn === undefined ? [] : [`brokers outside namespace ${facts.onlyIn}`]),
    ...(facts.defaults === 'forbidden' ? ['config-br-defaults'] : []),
  ]
  return blind.length === 0
    ? []
    : [
        finding('SFL-K32', {
          object: configMapRef(place),
          message: `who uses ${titleOf(place)} was not fully checked: ${blind.join(' and ')} cannot be read (no permission)`,
        }),
      ]
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`

const verb = (count: number, one: string, many: string): string => (count === 1 ? one : many)

/** What a change of the data means for the brokers that are there: now, or for new topics only. */
export const effectFindings = (
  place: ConfigMapPlace,
  before: ConfigData,
  after: ConfigData,
  facts: KafkaConfigFacts,
): Finding[] => {
  const object = configMapRef(place)
  const users = brokersUsing(place, facts).filter(isKafkaBroker)
  const differing = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => before[key] !== after[key])
    .sort()
  const differs = (key: string): boolean => differing.includes(key) && !sameServers(key, before, after)
  const findings: Finding[] = []
  if (users.length > 0 && differs(KafkaKey.BootstrapServers))
    findings.push(
      finding('SFL-K18', {
        object,
        message: `${brokersText(users)} ${verb(users.length, 'connects', 'connect')} to ${after[KafkaKey.BootstrapServers] ?? 'no server'} at once; if that is another Kafka cluster, ${verb(users.length, 'its topic starts', 'their topics start')} empty there and events in the old ${verb(users.length, 'one', 'ones')} are no longer delivered`,
        repair: sfl('broker list', '-A'),
      }),
    )
  if (users.length > 0 && differs(KafkaKey.AuthSecret)) {
    const secret = after[KafkaKey.AuthSecret]
    findings.push(
      finding('SFL-K26', {
        object,
        message: `${brokersText(users)} ${verb(users.length, 'connects', 'connect')} ${secret ? `with Secret ${place.namespace}/${secret}` : 'without credentials'} at once`,
      }),
    )
  }
  const forTopics = [
    ...[KafkaKey.Partitions, KafkaKey.ReplicationFactor].filter((key) => differing.includes(key)),
    ...differing.filter((key) => key.startsWith(TOPIC_CONFIG_PREFIX)),
  ]
  if (forTopics.length > 0) findings.push(...topicFindings(place, forTopics.map(flagOfKey), users))
  return findings
}

/** Blanks and empty parts between commas make no difference to the controller. */
const sameServers = (key: string, before: ConfigData, after: ConfigData): boolean =>
  key === KafkaKey.BootstrapServers &&
  String(readKafkaConfig(before).bootstrapServers) === String(readKafkaConfig(after).bootstrapServers)

const topicFindings = (place: ConfigMapPlace, settings: readonly string[], users: readonly KubeObject[]): Finding[] => {
  const object = configMapRef(place)
  const withTopic = users.filter(hasTopic)
  const without = users.filter((broker) => !hasTopic(broker))
  const message =
    withTopic.length === 0
      ? `used when a topic is created, a later change does not reach it: ${settings.join(', ')}`
      : `for new topics only: ${settings.join(', ')}; nothing changes for the ${verb(withTopic.length, 'topic', 'topics')} of ${brokersText(withTopic)}${without.length === 0 ? '' : `; ${brokersText(without)} ${verb(without.length, 'has', 'have')} none yet and ${verb(without.length, 'gets', 'get')} it so`}`
  return [finding('SFL-K17', {object, message})]
}

/** Who stands in the way of a deletion. */
export const useFindings = (place: ConfigMapPlace, facts: KafkaConfigFacts): Finding[] => {
  const object = configMapRef(place)
  const users = brokersUsing(place, facts)
  const defaults = defaultsUsing(place, facts.defaults)
  const [copied, bare] = [users.filter(livesOnCopies), users.filter((broker) => !livesOnCopies(broker))]
  const consequences = [
    ...(bare.length === 0 ? [] : [`without it ${brokersText(bare)} could neither become ready nor be deleted`]),
    ...(copied.length === 0
      ? []
      : [
          `${brokersText(copied)} would live on from the copies in ${verb(copied.length, 'its', 'their')} status, and no change of servers or Secret would reach ${verb(copied.length, 'it', 'them')} any more`,
        ]),
  ]
  return [
    ...(users.length === 0
      ? []
      : [
          finding('SFL-K22', {
            object,
            message: `${users.length} ${verb(users.length, 'broker names', 'brokers name')} ${titleOf(place)}: ${consequences.join('; ')}`,
            repair: sfl('kafka config describe', place.name, '-n', place.namespace),
          }),
        ]),
    ...(defaults.length === 0
      ? []
      : [
          finding('SFL-K23', {
            object,
            message: `${listed(defaults)} of config-br-defaults ${verb(defaults.length, 'names', 'name')} ${titleOf(place)}: brokers that are created without a config would fail`,
            repair: sfl('broker class show', '-n', place.namespace),
          }),
        ]),
  ]
}

/** The controller has copied all it needs into the status (eventing-kafka-broker, broker.go `topicConfig`). */
const livesOnCopies = (broker: KubeObject): boolean => {
  const copies = isRecord(broker['status']) ? textsAt(broker, 'status', 'annotations') : {}
  const {bootstrapServers, partitions, replicationFactor} = readKafkaConfig(copies)
  return bootstrapServers.length > 0 && partitions !== undefined && replicationFactor !== undefined
}
