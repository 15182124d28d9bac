import {
  BROKER,
  CONFIG_MAP,
  KAFKA_BROKER_CONFIG,
  KAFKA_CHANNEL_CONFIG,
  KAFKA_SINK,
  KAFKA_SOURCE,
  SECRET,
  SYSTEM_NAMESPACE,
} from '../domain/eventing/names.js'
import {type CertificateBundle} from '../domain/kafka/credentials/certificates.js'
import {SecretKey} from '../domain/kafka/credentials/secret-format.js'
import {type Kind, type KubeObject} from '../domain/core/object.js'
import {textsAt} from '../domain/core/read.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {
  brokerUses,
  channelUses,
  configPlaceOf,
  configUses,
  platformUses,
  secretKeyOf,
  sinkUses,
  sourceUses,
  type SecretUse,
} from '../domain/secret/secret-uses.js'
import {type PostgresAuthFacts} from '../domain/secret/postgres-auth.js'
import {asStored, sealed, valuesOf} from '../domain/secret/secret-value.js'
import {type SecretRecord} from '../domain/secret/secret-view.js'
import {PLATFORM} from '../domain/sonataflow/names.js'
import {type KubeClient, type ListQuery, type RequestOptions} from '../kube/client.js'
import {factsOfSecret} from './sealed-secret.js'
import {readAllBrokers} from './kafka-config.js'
import {listAll, tryRead} from './look.js'

/** A Secret with its values sealed. */
export const readSecret = async (
  client: KubeClient,
  place: {namespace: string; name: string},
  options?: RequestOptions,
): Promise<Lookup<KubeObject>> => {
  const found = await tryRead(client.get({...SECRET, ...place}, options))
  return isFound(found) ? sealed(found) : found
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** What may be known of a Secret. Certificates are looked at only where there are any. */
export const recordOf = async (secret: KubeObject): Promise<SecretRecord> => {
  const object = asStored(secret)
  const values = valuesOf(object)
  const {annotations = {}, ...metadata} = object.metadata
  const {[LAST_APPLIED]: _applied, ...shown} = annotations
  const facts = factsOfSecret(object)
  return {
    metadata: {...metadata, annotations: shown},
    type: typeof object['type'] === 'string' ? object['type'] : 'Opaque',
    sizes: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.size])),
    facts,
    bundle: await bundleOf((key) => values[key]?.revealText() || undefined),
  }
}

const bundleOf = async (text: (key: string) => string | undefined): Promise<CertificateBundle> => {
  const parts = Object.fromEntries(
    (
      [
        ['authority', SecretKey.Authority],
        ['client', SecretKey.Certificate],
        ['key', SecretKey.Key],
      ] as const
    ).flatMap(([part, key]) => (text(key) === undefined ? [] : [[part, text(key)]])),
  )
  if (Object.keys(parts).length === 0) return {}
  return (await import('./certificates.js')).examineCertificates(parts)
}

/** Who refers to Secrets, and which kinds could not be looked at. */
export interface SecretUses {
  uses: readonly SecretUse[]
  unseen: readonly string[]
}

interface UserObjects {
  brokers: readonly KubeObject[]
  configs: readonly KubeObject[]
  uses: readonly SecretUse[]
  unseen: string[]
}

/** First round: everything that may name a Secret of the namespace (without one: of all). One list a kind. */
const readUsers = async (
  client: KubeClient,
  namespace: string | undefined,
  options?: RequestOptions,
): Promise<UserObjects> => {
  const where: Partial<ListQuery> = namespace === undefined ? {} : {namespace}
  const all = (kind: Kind) => tryRead(listAll(client, {...kind, ...where}, options))
  const config = (name: string) => tryRead(client.get({...CONFIG_MAP, namespace: SYSTEM_NAMESPACE, name}, options))
  const [brokers, sinks, sources, platforms, brokerConfig, channelConfig] = await Promise.all([
    // A broker of any namespace may use a ConfigMap of this one.
    namespace === undefined
      ? tryRead(listAll(client, BROKER, options)).then((found) => ({brokers: found, onlyIn: undefined}))
      : readAllBrokers(client, namespace, options),
    all(KAFKA_SINK),
    all(KAFKA_SOURCE),
    all(PLATFORM),
    config(KAFKA_BROKER_CONFIG),
    config(KAFKA_CHANNEL_CONFIG),
  ])
  const some = (found: Lookup<readonly KubeObject[]>): readonly KubeObject[] => (isFound(found) ? found : [])
  const blind: ReadonlyArray<readonly [boolean, string]> = [
    [brokers.brokers === 'forbidden', 'Brokers'],
    [brokers.onlyIn !== undefined, 'Brokers of other namespaces'],
    [sinks === 'forbidden', 'KafkaSinks'],
    [sources === 'forbidden', 'KafkaSources'],
    [platforms === 'forbidden', 'SonataFlowPlatforms'],
    [channelConfig === 'forbidden', `ConfigMap ${SYSTEM_NAMESPACE}/${KAFKA_CHANNEL_CONFIG}`],
  ]
  return {
    brokers: some(brokers.brokers),
    configs: isFound(brokerConfig) ? [brokerConfig] : [],
    uses: [
      ...(isFound(brokerConfig) ? configUses(brokerConfig) : []),
      ...(isFound(channelConfig) ? channelUses(channelConfig) : []),
      ...some(sinks).flatMap(sinkUses),
      ...some(sources).flatMap(sourceUses),
      ...some(platforms).flatMap(platformUses),
    ],
    unseen: blind.flatMap(([isBlind, what]) => (isBlind ? [what] : [])),
  }
}

/** Up to here each ConfigMap is asked for by name; from there on the namespace is listed. */
const FEW = 3

/** Second round: the ConfigMaps of Kafka brokers. They are few, and their namespaces may be large. */
const readBrokerConfigs = async (
  client: KubeClient,
  {brokers, configs}: UserObjects,
  namespace: string | undefined,
  options?: RequestOptions,
): Promise<{objects: readonly KubeObject[]; unseen: string[]}> => {
  const known = new Set(
    configs.map(({metadata}) => secretKeyOf({namespace: metadata.namespace ?? '', name: metadata.name})),
  )
  const places = new Map(
    brokers
      .flatMap((broker) => configPlaceOf(broker) ?? [])
      .filter((place) => !known.has(secretKeyOf(place)) && (namespace === undefined || place.namespace === namespace))
      .map((place) => [secretKeyOf(place), place]),
  )
  const byNamespace = new Map<string, {namespace: string; name: string}[]>()
  for (const place of places.values())
    byNamespace.set(place.namespace, [...(byNamespace.get(place.namespace) ?? []), place])
  const unseen: string[] = []
  const read = async (home: string, named: readonly {namespace: string; name: string}[]): Promise<KubeObject[]> => {
    if (named.length > FEW) {
      const found = await tryRead(listAll(client, {...CONFIG_MAP, namespace: home}, options))
      if (found === 'forbidden') unseen.push(`ConfigMaps of namespace ${home}`)
      return isFound(found) ? [...found] : []
    }
    const found = await Promise.all(named.map((place) => tryRead(client.get({...CONFIG_MAP, ...place}, options))))
    named.forEach((place, index) => {
      if (found[index] === 'forbidden') unseen.push(`ConfigMap ${secretKeyOf(place)}`)
    })
    return found.filter((one) => isFound(one))
  }
  const objects = await Promise.all([...byNamespace].map(([home, named]) => read(home, named)))
  return {objects: [...configs, ...objects.flat()], unseen}
}

const authSecretsOf = (configs: readonly KubeObject[]): ReadonlyMap<string, string | undefined> =>
  new Map(
    configs.map((config) => [
      secretKeyOf({namespace: config.metadata.namespace ?? '', name: config.metadata.name}),
      textsAt(config, 'data')['auth.secret.ref.name'],
    ]),
  )

const usesOf = (users: UserObjects, configs: {objects: readonly KubeObject[]; unseen: string[]}): SecretUses => ({
  uses: [...users.uses, ...brokerUses(users.brokers, authSecretsOf(configs.objects))],
  unseen: [...users.unseen, ...configs.unseen],
})

/** The large and many Secrets of others, which nobody refers to as credentials. */
const FOREIGN_TYPES = [
  'helm.sh/release.v1',
  'kubernetes.io/service-account-token',
  'kubernetes.io/dockercfg',
  'kubernetes.io/dockerconfigjson',
]
  .map((type) => `type!=${type}`)
  .join(',')

export interface SecretListFacts extends SecretUses {
  /** By `namespace/name`; Secrets that are referred to and not among them do not exist, unless `listed` is false. */
  secrets: ReadonlyMap<string, Lookup<SecretRecord>>
  listed: boolean
}

/**
 * What `secret list` needs, in two rounds. Where Secrets cannot be listed (no permission), those that are referred to are asked for one by
 * one as far as they are known after the first round; the rest stays unknown.
 */
export const secretListFacts = async (
  client: KubeClient,
  query: {namespace?: string; labelSelector?: string},
  options?: RequestOptions,
): Promise<SecretListFacts> => {
  const {namespace} = query
  const [listed, users] = await Promise.all([
    tryRead(listAll(client, {...SECRET, ...query, fieldSelector: FOREIGN_TYPES}, options)),
    readUsers(client, namespace, options),
  ])
  const early = [...users.uses, ...brokerUses(users.brokers, authSecretsOf(users.configs))].filter(
    (use) => namespace === undefined || use.namespace === namespace,
  )
  const places = new Map(early.map((use) => [secretKeyOf(use), {namespace: use.namespace, name: use.name}]))
  const [configs, single] = await Promise.all([
    readBrokerConfigs(client, users, namespace, options),
    isFound(listed)
      ? []
      : Promise.all([...places].map(async ([key, place]) => [key, await readSecret(client, place, options)] as const)),
  ])
  const found = isFound(listed)
    ? listed.map(
        (one) =>
          [secretKeyOf({namespace: one.metadata.namespace ?? '', name: one.metadata.name}), sealed(one)] as const,
      )
    : single
  const records = await Promise.all(
    found.map(async ([key, one]) => [key, isFound(one) ? await recordOf(one) : one] as const),
  )
  return {...usesOf(users, configs), secrets: new Map(records), listed: isFound(listed)}
}

export interface SecretDescribeFacts extends SecretUses {
  secret: SecretRecord
}

/** What `secret describe` needs, in two rounds. Rejects with NotFound. */
export const secretDescribeFacts = async (
  client: KubeClient,
  {namespace, name}: {namespace: string; name: string},
  options?: RequestOptions,
): Promise<SecretDescribeFacts> => {
  const [secret, users] = await Promise.all([
    client.get({...SECRET, namespace, name}, options).then(sealed),
    readUsers(client, namespace, options),
  ])
  const [record, configs] = await Promise.all([recordOf(secret), readBrokerConfigs(client, users, namespace, options)])
  const {uses, unseen} = usesOf(users, configs)
  return {secret: record, uses: uses.filter((use) => use.namespace === namespace && use.name === name), unseen}
}

/** What `planPostgresAuth` needs, in one round. */
export const postgresAuthFacts = async (
  client: KubeClient,
  {namespace, name}: {namespace: string; name: string},
  options?: RequestOptions,
): Promise<PostgresAuthFacts> => {
  const [existing, platforms] = await Promise.all([
    readSecret(client, {namespace, name}, options),
    tryRead(listAll(client, {...PLATFORM, namespace}, options)),
  ])
  return {existing, platforms}
}
