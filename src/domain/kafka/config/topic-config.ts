import {invalid} from '../../core/errors.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Ref} from '../../core/object.js'
import {didYouMean} from '../../core/suggest.js'

/** Keys of the ConfigMap that are handed to Kafka when a topic is created (eventing-kafka-broker control-plane/pkg/kafka/topic.go). */
export const TOPIC_CONFIG_PREFIX = 'default.topic.config.'

/** What Kafka knows about a topic (Apache Kafka, topic configs); brokers of other releases may know more or fewer. */
const known: Readonly<Record<string, 'number' | 'text'>> = {
  'cleanup.policy': 'text',
  'compression.gzip.level': 'number',
  'compression.lz4.level': 'number',
  'compression.type': 'text',
  'compression.zstd.level': 'number',
  'delete.retention.ms': 'number',
  'file.delete.delay.ms': 'number',
  'flush.messages': 'number',
  'flush.ms': 'number',
  'follower.replication.throttled.replicas': 'text',
  'index.interval.bytes': 'number',
  'leader.replication.throttled.replicas': 'text',
  'local.retention.bytes': 'number',
  'local.retention.ms': 'number',
  'max.compaction.lag.ms': 'number',
  'max.message.bytes': 'number',
  'message.downconversion.enable': 'text',
  'message.format.version': 'text',
  'message.timestamp.after.max.ms': 'number',
  'message.timestamp.before.max.ms': 'number',
  'message.timestamp.difference.max.ms': 'number',
  'message.timestamp.type': 'text',
  'min.cleanable.dirty.ratio': 'text',
  'min.compaction.lag.ms': 'number',
  'min.insync.replicas': 'number',
  preallocate: 'text',
  'remote.log.copy.disable': 'text',
  'remote.log.delete.on.disable': 'text',
  'remote.storage.enable': 'text',
  'retention.bytes': 'number',
  'retention.ms': 'number',
  'segment.bytes': 'number',
  'segment.index.bytes': 'number',
  'segment.jitter.ms': 'number',
  'segment.ms': 'number',
  'unclean.leader.election.enable': 'text',
}

const kindOf = (key: string): 'number' | 'text' | undefined => (Object.hasOwn(known, key) ? known[key] : undefined)

const withoutPrefix = (key: string): string =>
  key.startsWith(TOPIC_CONFIG_PREFIX) ? key.slice(TOPIC_CONFIG_PREFIX.length) : key

/** `retention.ms`, with or without the prefix of the ConfigMap. Throws InvalidArgument. */
export const readTopicKey = (text: string, flag = '--topic-config'): string => {
  const key = withoutPrefix(text)
  if (/^[a-z][a-z0-9]*(\.[a-z0-9]+)*$/.test(key)) return key
  const near = didYouMean(key, Object.keys(known))
  throw invalid(
    `invalid ${flag} "${text}": a topic setting of Kafka is lower-case words with dots, such as retention.ms`,
    near,
  )
}

/** `--topic-config k=v`, repeated. Throws InvalidArgument. */
export const readTopicConfig = (pair: string): [key: string, value: string] => {
  const equals = pair.indexOf('=')
  if (equals < 1) throw invalid(`invalid --topic-config "${pair}": expected KEY=VALUE, such as retention.ms=604800000`)
  const [key, value] = [readTopicKey(pair.slice(0, equals)), pair.slice(equals + 1).trim()]
  if (value === '') throw invalid(`--topic-config ${key} has no value`, `to remove it: --unset topic-config:${key}`)
  if (kindOf(key) === 'number' && !/^-?\d+$/.test(value))
    throw invalid(
      `invalid --topic-config "${pair}": ${key} is a whole number${key.endsWith('.ms') ? ' of milliseconds' : key.endsWith('.bytes') ? ' of bytes' : ''}`,
    )
  return [key, value]
}

/** The topic settings among the keys of a ConfigMap, without their prefix, sorted. */
export const topicConfigOf = (data: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(data)
      .filter(([key]) => key.startsWith(TOPIC_CONFIG_PREFIX) && key !== TOPIC_CONFIG_PREFIX)
      .map(([key, value]): [string, string] => [withoutPrefix(key), value])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

/** Topic settings that Kafka would refuse, or under which it would refuse every event. */
export const topicConfigFindings = (
  object: Ref,
  topicConfig: Readonly<Record<string, string>>,
  replicationFactor: number | undefined,
): Finding[] => {
  const unknown = Object.keys(topicConfig).filter((key) => kindOf(key) === undefined)
  const insync = Number(topicConfig['min.insync.replicas'])
  return [
    ...unknown.map((key) => {
      const near = didYouMean(key, Object.keys(known))
      return finding('SFL-K24', {
        object,
        message: `${key} is no topic setting that Kafka is known to have, and Kafka refuses a topic with a setting it does not know${near === undefined ? '' : `; ${near}`}`,
      })
    }),
    ...(replicationFactor !== undefined && insync > replicationFactor
      ? [
          finding('SFL-K25', {
            object,
            message: `min.insync.replicas ${insync} is more than the replication factor ${replicationFactor}: every event would be refused with 503 (NOT_ENOUGH_REPLICAS)`,
          }),
        ]
      : []),
  ]
}
