import {clusterKinds, onlySystemKinds, scopedKinds, sourceKinds, systemKinds} from '../domain/check/snapshot/kinds.js'
import {
  type ClusterState,
  type ParseYaml,
  type Right,
  type SecretShelf,
} from '../domain/check/snapshot/cluster-state.js'
import {destinationsOf} from '../domain/check/snapshot/destinations.js'
import {
  covers,
  EVERYWHERE,
  indexKey,
  indexedList,
  type IndexedList,
  type ResourceIndex,
} from '../domain/check/snapshot/resource-index.js'
import {
  BROKER,
  CHANNEL,
  CONFIG_MAP,
  DEPLOYMENT,
  EVENT,
  KafkaKey,
  POD,
  SECRET,
  SINK_BINDING,
  SUBSCRIPTION,
  SYSTEM_NAMESPACE,
  TRIGGER,
} from '../domain/eventing/names.js'
import {controlPlane, dataPlane, PARTS} from '../domain/kafka/installation/parts.js'
import {type Kind, type KubeObject} from '../domain/core/object.js'
import {recordAt, textAt, textsAt} from '../domain/core/read.js'
import {type SecretRecord} from '../domain/secret/secret-view.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {migrationJobs} from '../domain/sonataflow/migration/job.js'
import {usedBrokers} from '../domain/sonataflow/eventing/preflight.js'
import {readClusterPlatform} from '../domain/sonataflow/workflow/model.js'
import {usedDatabases} from '../domain/sonataflow/persistence/preflight.js'
import {readPlatform} from '../domain/sonataflow/model.js'
import {
  CLUSTER_PLATFORM,
  ENDPOINTS,
  JOB,
  NETWORK_POLICY,
  PLATFORM,
  serviceKeys,
  serviceSuffix,
} from '../domain/sonataflow/names.js'
import {type KubeClient, type ListQuery, type RequestOptions} from '../kube/client.js'
import {listAll, tryRead} from './look.js'
import {readSchema} from './platform.js'
import {recordOf} from './secret.js'
import {operatorFacts} from './sonataflow-operator.js'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
/** What a ConfigMap of brokers, channels or settings has; the data of all others is let go. */
const settingsKeys: readonly string[] = [
  KafkaKey.BootstrapServers,
  KafkaKey.Partitions,
  KafkaKey.ReplicationFactor,
  KafkaKey.AuthSecret,
  'channel-template-spec',
  'channelTemplateSpec',
]

/** Without what nobody here looks at, so that many objects need little memory. */
const slim = (object: KubeObject): KubeObject => {
  const {managedFields: _managed, annotations, ...metadata} = object.metadata
  const {[LAST_APPLIED]: _applied, ...kept} = annotations ?? {}
  const lean = {...object, metadata: {...metadata, ...(annotations === undefined ? {} : {annotations: kept})}}
  if (object.kind !== CONFIG_MAP.kind || object.metadata.namespace === SYSTEM_NAMESPACE) return lean
  const data = recordAt(object, 'data')
  return settingsKeys.some((key) => Object.hasOwn(data, key)) ? lean : {...lean, data: {}}
}

const readShelf = async (client: KubeClient, query: ListQuery, options?: RequestOptions): Promise<IndexedList> => {
  const read = async (): Promise<KubeObject[]> => {
    const objects: KubeObject[] = []
    for await (const {items} of client.list(query, options)) for (const item of items) objects.push(slim(item))
    return objects
  }
  return indexedList(await tryRead(read()))
}

/** The large and many Secrets of others, which nobody refers to as credentials. */
const FOREIGN_TYPES = ['helm.sh/release.v1', 'kubernetes.io/service-account-token', 'kubernetes.io/dockerconfigjson']

/** A page at a time: no value outlives the page that it came with. */
const readSecrets = async (
  client: KubeClient,
  where: {namespace?: string},
  options?: RequestOptions,
): Promise<SecretShelf> => {
  const fieldSelector = FOREIGN_TYPES.map((type) => `type!=${type}`).join(',')
  const read = async (): Promise<SecretRecord[]> => {
    const records: SecretRecord[] = []
    for await (const {items} of client.list({...SECRET, ...where, fieldSelector}, options))
      for (const item of items) records.push(await recordOf(item))
    return records
  }
  const found = await tryRead(read())
  return typeof found === 'string' ? {records: [], unseen: found} : {records: found}
}

type Wanted = Kind & {namespace?: string}

/** Every list once, all at the same time. */
const readShelves = async (
  client: KubeClient,
  wanted: readonly Wanted[],
  options?: RequestOptions,
): Promise<Map<string, Map<string, IndexedList>>> => {
  const unique = [...new Map(wanted.map((one) => [`${indexKey(one)} ${one.namespace ?? EVERYWHERE}`, one])).values()]
  const read = await Promise.all(unique.map((query) => readShelf(client, query, options)))
  const shelves = new Map<string, Map<string, IndexedList>>()
  unique.forEach((query, index) => {
    const key = indexKey(query)
    const rows = shelves.get(key) ?? new Map<string, IndexedList>()
    shelves.set(key, rows.set(query.namespace ?? EVERYWHERE, read[index]!))
  })
  return shelves
}

const firstRound = (namespace: string | undefined): Wanted[] => {
  const within = (kind: Kind, home: string | undefined): Wanted =>
    home === undefined ? kind : {...kind, namespace: home}
  return [
    ...scopedKinds.map((kind) => within(kind, namespace)),
    ...systemKinds.map((kind) => within(kind, namespace)),
    ...(namespace === undefined ? [] : systemKinds.map((kind) => within(kind, SYSTEM_NAMESPACE))),
    ...onlySystemKinds.map((kind) => within(kind, SYSTEM_NAMESPACE)),
    ...clusterKinds,
  ]
}

const storedOf = (shelves: ResourceIndex, kind: Kind): KubeObject[] =>
  [...(shelves.get(indexKey(kind))?.values() ?? [])].flatMap(({objects}) => [...objects])

const isOfKnative = ({apiVersion}: Kind): boolean => /\.knative\.dev\//.test(apiVersion)

/** What the first round and the manifests have pointed at, and nobody has read: sinks of other kinds or namespaces, configs, databases. */
const secondRound = (
  shelves: ResourceIndex,
  namespace: string | undefined,
  manifests: readonly KubeObject[],
): Wanted[] => {
  const objectsOf = (from: ResourceIndex, kind: Kind): KubeObject[] => [
    ...storedOf(from, kind),
    ...manifests.filter((one) => indexKey(one) === indexKey(kind)),
  ]
  const holders = [BROKER, TRIGGER, CHANNEL, SUBSCRIPTION, ...sourceKinds, SINK_BINDING]
  const sinks = holders.flatMap((kind) => objectsOf(shelves, kind).flatMap(destinationsOf))
  const configs = objectsOf(shelves, BROKER).flatMap((broker) => {
    const reference = recordAt(broker, 'spec', 'config')
    return reference['kind'] === CONFIG_MAP.kind
      ? [{...CONFIG_MAP, namespace: textAt(reference, 'namespace') ?? broker.metadata.namespace ?? ''}]
      : []
  })
  const databases = objectsOf(shelves, PLATFORM).flatMap((object) =>
    usedDatabases(readPlatform(object)).flatMap(({database: {server}}) =>
      server === undefined
        ? []
        : [
            {...ENDPOINTS, namespace: server.namespace.value},
            {apiVersion: 'v1', kind: 'Service', namespace: server.namespace.value},
          ],
    ),
  )
  const platforms = [...objectsOf(shelves, PLATFORM).map(readPlatform)]
  const brokerHomes = platforms.flatMap((platform) => [
    ...usedBrokers(platform).map((broker) => broker.namespace),
    ...platform.status.triggers.map((trigger) => trigger.namespace),
  ])
  const shared = objectsOf(shelves, CLUSTER_PLATFORM).map((one) => readClusterPlatform(one).platform.namespace)
  const further = [
    ...brokerHomes.flatMap((home) => [BROKER, TRIGGER].map((kind) => ({...kind, namespace: home}))),
    ...shared.flatMap((home) => [PLATFORM, DEPLOYMENT, NETWORK_POLICY].map((kind) => ({...kind, namespace: home}))),
  ]
  // What is stored under the names of the manifests themselves.
  const named = manifests.map(({apiVersion, kind, metadata}) => ({
    apiVersion,
    kind,
    namespace: metadata.namespace ?? EVERYWHERE,
  }))
  return [...sinks, ...configs, ...databases, ...further, ...named.filter(isOfKnative)]
    .filter(({namespace: home}) => home !== '')
    .filter((one) => !covers(shelves, one, one.namespace))
    .map(({apiVersion, kind, namespace: home}) => ({
      apiVersion,
      kind,
      ...(namespace === undefined ? {} : {namespace: home}),
    }))
}

/** Where Secrets are that the lists name, beyond those of the first round. */
const secretHomes = (shelves: ResourceIndex, manifests: readonly KubeObject[]): string[] =>
  [...storedOf(shelves, CONFIG_MAP), ...manifests.filter(({kind}) => kind === CONFIG_MAP.kind)].flatMap((config) => {
    const data = textsAt(config, 'data')
    return data[KafkaKey.AuthSecret] ? [data['auth.secret.ref.namespace'] || (config.metadata.namespace ?? '')] : []
  })

const asked: ReadonlyArray<readonly [verb: string, resource: string, home?: 'system']> = [
  ['create', 'brokers.eventing.knative.dev'],
  ['create', 'triggers.eventing.knative.dev'],
  ['create', 'secrets'],
  ['patch', 'configmaps', 'system'],
  ['patch', 'sonataflowplatforms.sonataflow.org'],
]

const readRights = async (
  client: KubeClient,
  namespace: string | undefined,
  options?: RequestOptions,
): Promise<Right[]> =>
  Promise.all(
    asked.map(async ([verb, name, home]): Promise<Right> => {
      const [resource = '', ...group] = name.split('.')
      const where = home === 'system' ? {namespace: SYSTEM_NAMESPACE} : namespace === undefined ? {} : {namespace}
      const answer = await tryRead(
        client.can({verb, group: group.join('.'), resource, ...where}, options).then((allowed) => ({allowed})),
      )
      return {verb, resource: name, ...where, allowed: isFound(answer) ? answer.allowed : true}
    }),
  )

/** OpenShift's installer leaves its answers here; other clusters have no such ConfigMap. */
const readInstallConfig = async (client: KubeClient, options?: RequestOptions): Promise<string | undefined> => {
  const found = await tryRead(client.get({...CONFIG_MAP, namespace: 'kube-system', name: 'cluster-config-v1'}, options))
  return isFound(found) ? textAt(found, 'data', 'install-config') : undefined
}

const servicePods = `app.kubernetes.io/name in (${serviceKeys.map((key) => serviceSuffix[key]).join(',')})`
const kafkaApps = [...controlPlane, ...PARTS.flatMap((part) => dataPlane[part])].map(({name}) => name)

const readSome = (
  client: KubeClient,
  query: ListQuery,
  options?: RequestOptions,
): Promise<Lookup<readonly KubeObject[]>> => tryRead(listAll(client, query, options))

export interface StateScope {
  /** Left out: all namespaces. */
  namespace?: string
  /** Asks what the user may do, too. */
  rights?: boolean
  /** Manifests that are to be judged with the cluster: what they point at is read as well. */
  manifests?: readonly KubeObject[]
}

/**
 * Everything that checks look at, of one namespace or of all: one list per kind, all at once, and a second round for what
 * the first one points at outside of it. The number of requests does not depend on the number of objects.
 */
export const readClusterState = async (
  client: KubeClient,
  {namespace, rights = false, manifests = []}: StateScope,
  options?: RequestOptions,
): Promise<ClusterState> => {
  const where = namespace === undefined ? {} : {namespace}
  const [first, secrets, systemSecrets, kafkaPods, pods, schema, operator, installConfig, allowed] = await Promise.all([
    readShelves(client, firstRound(namespace), options),
    readSecrets(client, where, options),
    namespace === undefined || namespace === SYSTEM_NAMESPACE
      ? undefined
      : readSecrets(client, {namespace: SYSTEM_NAMESPACE}, options),
    readSome(client, {...POD, namespace: SYSTEM_NAMESPACE, labelSelector: `app in (${kafkaApps.join(',')})`}, options),
    readSome(client, {...POD, ...where, labelSelector: servicePods}, options),
    readSchema(client, options),
    operatorFacts(client, options),
    readInstallConfig(client, options),
    rights ? readRights(client, namespace, options) : [],
  ])
  const shelvesOfSecrets = new Map<string, SecretShelf>([
    [namespace ?? EVERYWHERE, secrets],
    ...(systemSecrets === undefined ? [] : [[SYSTEM_NAMESPACE, systemSecrets] as const]),
  ])
  const jobs = migrationJobs(storedOf(first, JOB)).map(({metadata}) => metadata.name)
  const foreign =
    namespace === undefined ? [] : secretHomes(first, manifests).filter((home) => !shelvesOfSecrets.has(home))
  const [second, jobPods, warnings, ...further] = await Promise.all([
    readShelves(client, secondRound(first, namespace, manifests), options),
    jobs.length === 0
      ? []
      : readSome(client, {...POD, ...where, labelSelector: `job-name in (${[...new Set(jobs)].join(',')})`}, options),
    storedOf(first, PLATFORM).length === 0
      ? []
      : readSome(client, {...EVENT, ...where, fieldSelector: 'type=Warning'}, options),
    ...[...new Set(foreign)].map(
      async (home) => [home, await readSecrets(client, {namespace: home}, options)] as const,
    ),
  ])
  for (const [key, rows] of second) first.set(key, new Map([...(first.get(key) ?? []), ...rows]))
  return {
    ...where,
    shelves: first,
    secrets: new Map([...shelvesOfSecrets, ...further]),
    kafkaPods,
    servicePods: pods,
    jobPods,
    warnings,
    schema,
    operator,
    rights: allowed,
    ...(installConfig === undefined ? {} : {installConfig}),
  }
}

/** The parser for YAML in values, loaded once. */
export const loadYamlParser = async (): Promise<ParseYaml> => (await import('./yaml.js')).parseYaml

/** What remains of a Secret of a file. */
export const recordsOf = (secrets: readonly KubeObject[]): Promise<SecretRecord[]> => Promise.all(secrets.map(recordOf))
