import {type KubeObject} from '../../../domain/core/object.js'
import {at, isRecord, textAt, textsAt} from '../../../domain/core/read.js'
import {type EventingConfig} from '../../admission/config.js'

/** What a Kafka broker's ConfigMap says, once it is complete. */
export interface TopicConfig {
  partitions: number
  replicationFactor: number
  bootstrapServers: readonly string[]
  secretName: string | undefined
  /** Namespace of the ConfigMap: where the secret is looked for. */
  namespace: string
  name: string
}

/** Go's `%v` of a map of strings. */
export const goMap = (data: Readonly<Record<string, string>>): string =>
  `map[${Object.keys(data)
    .sort()
    .map((key) => `${key}:${data[key]}`)
    .join(' ')}]`

const int32 = 2 ** 31

/** Go's configmap.AsInt32: a key that is not there counts as 0. */
const parseNumber = (data: Readonly<Record<string, string>>, key: string): number | string => {
  const text = data[key]
  if (text === undefined) return 0
  const fault = (why: string) => `failed to parse "${key}": strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`
  if (!/^[+-]?\d+$/.test(text)) return fault('invalid syntax')
  const number = Number(text)
  return number >= int32 || number < -int32 ? fault('value out of range') : number
}

/** Go's `int16(…)`: what does not fit turns over. */
const asInt16 = (number: number): number => (number << 16) >> 16

/** From status annotations, which outlive the ConfigMap (control-plane/pkg/reconciler/broker/broker.go). */
const fromStatus = (broker: KubeObject, namespace: string, name: string): TopicConfig | undefined => {
  const kept = textsAt(broker, 'status', 'annotations')
  const servers = kept['bootstrap.servers']
  if (servers === undefined) return undefined
  return {
    partitions: Number(kept['default.topic.partitions'] ?? 0),
    replicationFactor: Number(kept['default.topic.replication.factor'] ?? 0),
    bootstrapServers: servers.split(','),
    secretName: kept['auth.secret.ref.name'],
    namespace,
    name,
  }
}

/** The topic configuration of a Kafka broker, or the reason of its condition ConfigParsed (control-plane/pkg/kafka/topic.go). */
export const topicConfig = (broker: KubeObject, config: EventingConfig): TopicConfig | string => {
  const reference = at(broker, 'spec', 'config')
  const kind = textAt(reference, 'kind') ?? ''
  if (!isRecord(reference) || kind !== 'ConfigMap') return `supported config Kind: ConfigMap - got ${kind}`
  const namespace = textAt(reference, 'namespace') ?? broker.metadata.namespace ?? ''
  const name = textAt(reference, 'name') ?? ''
  const data = config.data(namespace, name)
  if (data === undefined)
    return (
      fromStatus(broker, namespace, name) ??
      `unable to rebuild topic config, failed to get configmap ${namespace}/${name}`
    )
  const partitions = parseNumber(data, 'default.topic.partitions')
  const factor = parseNumber(data, 'default.topic.replication.factor')
  const broken = [partitions, factor].find((value) => typeof value === 'string')
  if (typeof partitions === 'string' || typeof factor === 'string')
    return `unable to build topic config from configmap: failed to parse config map ${namespace}/${name}: ${broken} - ConfigMap data: ${goMap(data)}`
  const replicationFactor = asInt16(factor)
  const bootstrapServers = (data['bootstrap.servers'] ?? '')
    .split(',')
    .map((server) => server.trim())
    .filter((server) => server !== '')
  if (partitions <= 0 || replicationFactor <= 0 || bootstrapServers.length === 0)
    return `unable to build topic config from configmap: error validating topic config from configmap invalid configuration - numPartitions: ${partitions} - replicationFactor: ${replicationFactor} - bootstrapServers: [${bootstrapServers.join(' ')}] - ConfigMap data: ${goMap(data)} - ConfigMap data: ${goMap(data)}`
  return {
    partitions,
    replicationFactor,
    bootstrapServers,
    secretName: data['auth.secret.ref.name'],
    namespace,
    name,
  }
}
