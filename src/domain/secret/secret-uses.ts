import {readConfigReference} from '../eventing/broker/config.js'
import {KAFKA_CHANNEL_CONFIG, KafkaKey, SYSTEM_NAMESPACE} from '../eventing/names.js'
import {isKafkaBroker} from '../kafka/config/use.js'
import {refOf, type KubeObject, type Ref} from '../core/object.js'
import {at, textAt, textsAt} from '../core/read.js'
import {readPostgres} from '../sonataflow/model.js'
import {DEFAULT_PASSWORD_KEY, DEFAULT_USER_KEY, serviceKeys} from '../sonataflow/names.js'

/** What becomes of a Secret at the one who names it. */
export type UseKind = 'broker' | 'channel' | 'sink' | 'source' | 'platform'

/** Somebody who refers to a Secret. */
export interface SecretUse {
  namespace: string
  name: string
  by: Ref
  kind: UseKind
  /** `namespace/name` of the ConfigMap that stands in between. */
  through?: string
  /** Keys that are asked for by name. */
  keys?: readonly string[]
}

export const secretKeyOf = ({namespace, name}: {namespace: string; name: string}): string => `${namespace}/${name}`

/** The ConfigMap of a Kafka broker. */
export const configPlaceOf = (broker: KubeObject): {namespace: string; name: string} | undefined => {
  if (!isKafkaBroker(broker)) return undefined
  const config = readConfigReference(at(broker, 'spec', 'config'))
  return config?.kind === 'ConfigMap'
    ? {namespace: config.namespace ?? broker.metadata.namespace ?? '', name: config.name}
    : undefined
}

/**
 * A broker's Secret is named by its ConfigMap and lies beside it; where that could not be read, the name that the controller
 * has copied into the broker's status stands for it.
 */
export const brokerUses = (
  brokers: readonly KubeObject[],
  authSecrets: ReadonlyMap<string, string | undefined>,
): SecretUse[] =>
  brokers.flatMap((broker) => {
    const place = configPlaceOf(broker)
    if (place === undefined) return []
    const through = secretKeyOf(place)
    const name = authSecrets.has(through)
      ? authSecrets.get(through)
      : textsAt(broker, 'status', 'annotations')[KafkaKey.AuthSecret]
    return name ? [{namespace: place.namespace, name, by: refOf(broker), kind: 'broker' as const, through}] : []
  })

/** The settings of KafkaChannels; their Secret may lie elsewhere. */
export const channelUses = (config: KubeObject): SecretUse[] => {
  const data = textsAt(config, 'data')
  const name = data[KafkaKey.AuthSecret]
  if (config.metadata.name !== KAFKA_CHANNEL_CONFIG || !name) return []
  return [
    {
      namespace: data['auth.secret.ref.namespace'] || SYSTEM_NAMESPACE,
      name,
      by: refOf(config),
      kind: 'channel',
    },
  ]
}

/** The default settings of brokers name a Secret, whether or not a broker uses them. */
export const configUses = (config: KubeObject): SecretUse[] => {
  const name = textsAt(config, 'data')[KafkaKey.AuthSecret]
  return name ? [{namespace: config.metadata.namespace ?? '', name, by: refOf(config), kind: 'broker'}] : []
}

export const sinkUses = (sink: KubeObject): SecretUse[] => {
  const name = textAt(sink, 'spec', 'auth', 'secret', 'ref', 'name')
  return name ? [{namespace: sink.metadata.namespace ?? '', name, by: refOf(sink), kind: 'sink'}] : []
}

const sourceFields: ReadonlyArray<readonly ['sasl' | 'tls', string]> = [
  ['sasl', 'user'],
  ['sasl', 'password'],
  ['sasl', 'type'],
  ['tls', 'cert'],
  ['tls', 'key'],
  ['tls', 'caCert'],
]

/** A KafkaSource names each key itself (`spec.net`), of one Secret or of several. */
export const sourceUses = (source: KubeObject): SecretUse[] => {
  const keys = new Map<string, string[]>()
  for (const [part, field] of sourceFields) {
    if (at(source, 'spec', 'net', part, 'enable') !== true) continue
    const name = textAt(source, 'spec', 'net', part, field, 'secretKeyRef', 'name')
    const key = textAt(source, 'spec', 'net', part, field, 'secretKeyRef', 'key')
    if (name && key) keys.set(name, [...(keys.get(name) ?? []), key])
  }
  const namespace = source.metadata.namespace ?? ''
  return [...keys].map(([name, asked]) => ({namespace, name, by: refOf(source), kind: 'source', keys: asked}))
}

/** The database of a platform and those of its services. Pods read the Secret, so it lies in the platform's namespace. */
export const platformUses = (platform: KubeObject): SecretUse[] => {
  const databases = [
    at(platform, 'spec', 'persistence', 'postgresql'),
    ...serviceKeys.map((key) => at(platform, 'spec', 'services', key, 'persistence', 'postgresql')),
  ]
  const uses = new Map<string, Set<string>>()
  for (const database of databases) {
    const {name, userKey, passwordKey} = readPostgres(database)?.secretRef ?? {}
    if (name === undefined) continue
    const keys = uses.get(name) ?? new Set<string>()
    uses.set(name, keys.add(userKey ?? DEFAULT_USER_KEY).add(passwordKey ?? DEFAULT_PASSWORD_KEY))
  }
  const namespace = platform.metadata.namespace ?? ''
  return [...uses].map(([name, keys]) => ({namespace, name, by: refOf(platform), kind: 'platform', keys: [...keys]}))
}
