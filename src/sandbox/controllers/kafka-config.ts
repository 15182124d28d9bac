import {type KubeObject} from '../../domain/object.js'
import {at, isRecord, textAt, textsAt} from '../../domain/read.js'
import {type EventingConfig} from '../admission/config.js'

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
const goMap = (data: Readonly<Record<string, string>>): string =>
  `map[${Object.keys(data)
    .sort()
    .map((key) => `${key}:${data[key]}`)
    .join(' ')}]`

const parseNumber = (data: Readonly<Record<string, string>>, key: string): number | string => {
  const text = data[key]
  if (text === undefined) return 0
  return /^[+-]?\d+$/.test(text)
    ? Number(text)
    : `failed to parse "${key}": strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`
}

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
  const replicationFactor = parseNumber(data, 'default.topic.replication.factor')
  const broken = [partitions, replicationFactor].find((value) => typeof value === 'string')
  if (typeof partitions === 'string' || typeof replicationFactor === 'string')
    return `unable to build topic config from configmap: failed to parse config map ${namespace}/${name}: ${broken} - ConfigMap data: ${goMap(data)}`
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

const protocols = ['PLAINTEXT', 'SASL_PLAINTEXT', 'SSL', 'SASL_SSL']
const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER']

/** What the control plane finds wrong with a broker's secret (control-plane/pkg/security/scram.go, config.go). */
export const secretFault = (secret: KubeObject): string | undefined => {
  const data = Object.fromEntries(
    Object.entries(textsAt(secret, 'data')).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  )
  const legacy = Boolean(data['ca.crt']) || data['tls.enabled'] !== undefined || Boolean(data['password'])
  const protocol = data['protocol']
  if (protocol === undefined)
    return legacy ? undefined : `protocol required (key: protocol) supported protocols: [${protocols.join(' ')}]`
  if (!protocols.includes(protocol))
    return `protocol ${protocol} unsupported (key: protocol), supported protocols: [${protocols.join(' ')}]`
  if (protocol.startsWith('SASL_')) {
    const mechanism = data['sasl.mechanism'] ?? 'PLAIN'
    if (!mechanisms.includes(mechanism))
      return `[protocol ${protocol}] unsupported SASL mechanism (key: sasl.mechanism)`
    if (mechanism !== 'OAUTHBEARER') {
      if (!data['user']) return `[protocol ${protocol}] SASL user required (key: user)`
      if (!data['password']) return `[protocol ${protocol}] SASL password required (key: password)`
    }
  }
  const authority = data['ca.crt']
  if (protocol.endsWith('SSL') && authority !== undefined && !authority.includes('-----BEGIN CERTIFICATE-----'))
    return `[protocol ${protocol}] failed to parse CA certificates (key: ca.crt)`
  if (protocol === 'SSL' && data['user.skip'] !== 'true')
    for (const key of ['user.key', 'user.crt'])
      if (!data[key])
        return `[protocol SSL] required user key (key: ${key}) - use "user.skip: true" to disable client auth`
  return undefined
}
