import {
  BROKER,
  brokerRef,
  CUSTOM_RESOURCE,
  DEPLOYMENT,
  SECRET,
  SERVICE,
  SINK_BINDING,
  TRIGGER,
} from '../domain/eventing/names.js'
import {type KubeObject, type Ref} from '../domain/core/object.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {recordAt} from '../domain/core/read.js'
import {usedDatabases} from '../domain/sonataflow/persistence/preflight.js'
import {usedBrokers} from '../domain/sonataflow/eventing/preflight.js'
import {readPlatformSchema, type PlatformSchema} from '../domain/sonataflow/generation.js'
import {readPlatform, type Platform} from '../domain/sonataflow/model.js'
import {
  AUTOSCALER,
  CLUSTER_PLATFORM,
  ENDPOINT_SLICE,
  JOB,
  PLATFORM,
  PLATFORM_CRD,
  SERVICE_NAME,
  sinkBindingName,
  WORKFLOW,
} from '../domain/sonataflow/names.js'
import {databaseServiceOf} from '../domain/sonataflow/platform/database-service.js'
import {
  type DatabaseService,
  type OperatorFacts,
  type PlatformFacts,
  type SecretKeys,
} from '../domain/sonataflow/platform/facts.js'
import {
  activeClusterPlatform,
  readClusterPlatform,
  readWorkflow,
  type ClusterPlatform,
  type Workflow,
} from '../domain/sonataflow/workflow/model.js'
import {type KubeClient, type ListQuery, type RequestOptions} from '../kube/client.js'
import {listAll, tryRead} from './look.js'
import {operatorFacts} from './sonataflow-operator.js'

/** What can be read without knowing what a platform says: the first of two rounds. */
export interface Surroundings {
  schema: Lookup<PlatformSchema>
  platforms: Lookup<readonly Platform[]>
  operator: Lookup<OperatorFacts>
  clusterPlatform: Lookup<ClusterPlatform>
  workflows: Lookup<readonly Workflow[]>
  jobs: Lookup<readonly KubeObject[]>
  deployments: Lookup<readonly KubeObject[]>
  autoscalers: Lookup<readonly KubeObject[]>
  knativeInstalled?: boolean
}

const listed = async <T>(
  client: KubeClient,
  query: ListQuery,
  read: (object: KubeObject) => T,
  options?: RequestOptions,
): Promise<Lookup<readonly T[]>> => {
  const found = await tryRead(listAll(client, query, options))
  return isFound(found) ? found.map(read) : found
}

const itself = (object: KubeObject): KubeObject => object

/** The CRD of platforms, in the generation that is installed. */
export const readSchema = async (client: KubeClient, options?: RequestOptions): Promise<Lookup<PlatformSchema>> => {
  const crd = await tryRead(client.get({...CUSTOM_RESOURCE, name: PLATFORM_CRD}, options))
  return isFound(crd) ? readPlatformSchema(crd) : crd
}

/** The cluster platform that counts. */
const activeOne = async (client: KubeClient, options?: RequestOptions): Promise<Lookup<ClusterPlatform>> => {
  const all = await listed(client, CLUSTER_PLATFORM, readClusterPlatform, options)
  return isFound(all) ? (activeClusterPlatform(all) ?? 'absent') : all
}

/** The first round. */
export const readSurroundings = async (
  client: KubeClient,
  namespace: string,
  options?: RequestOptions,
): Promise<Surroundings> => {
  const within = <T>(kind: {apiVersion: string; kind: string}, read: (object: KubeObject) => T) =>
    listed(client, {...kind, namespace}, read, options)
  const [schema, platforms, operator, clusterPlatform, workflows, jobs, deployments, autoscalers, knative] =
    await Promise.all([
      readSchema(client, options),
      within(PLATFORM, readPlatform),
      operatorFacts(client, options),
      activeOne(client, options),
      within(WORKFLOW, readWorkflow),
      within(JOB, itself),
      within(DEPLOYMENT, itself),
      within(AUTOSCALER, itself),
      client.served(TRIGGER.apiVersion, options).then(
        (kinds) => kinds !== undefined,
        () => undefined,
      ),
    ])
  return {
    schema,
    platforms,
    operator,
    clusterPlatform,
    workflows,
    jobs,
    deployments,
    autoscalers,
    ...(knative === undefined ? {} : {knativeInstalled: knative}),
  }
}

/** Keys of a Secret; its values are dropped here. */
export const readSecretKeys = async (
  client: KubeClient,
  place: {namespace: string; name: string},
  options?: RequestOptions,
): Promise<Lookup<SecretKeys>> => {
  const found = await tryRead(client.get({...SECRET, ...place}, options))
  return isFound(found) ? {keys: Object.keys(recordAt(found, 'data'))} : found
}

/** A Service with a database behind it: its ports, and how many addresses are ready. */
export const readDatabaseService = async (
  client: KubeClient,
  place: {namespace: string; name: string},
  options?: RequestOptions,
): Promise<Lookup<DatabaseService>> => {
  const {namespace, name} = place
  const [service, slices] = await Promise.all([
    tryRead(client.get({...SERVICE, ...place}, options)),
    tryRead(listAll(client, {...ENDPOINT_SLICE, namespace, labelSelector: `${SERVICE_NAME}=${name}`}, options)),
  ])
  return databaseServiceOf(service, slices)
}

/** By `namespace/name`, each once. */
const each = async <P extends {namespace: string; name: string}, T extends object>(
  places: readonly P[],
  read: (place: P) => Promise<Lookup<T>>,
): Promise<Record<string, Lookup<T>>> => {
  const unique = new Map(places.map((place) => [`${place.namespace}/${place.name}`, place]))
  return Object.fromEntries(
    await Promise.all([...unique].map(async ([key, place]) => [key, await read(place)] as const)),
  )
}

/** For those who have mistyped the name of one. */
const readBrokerNames = async (
  client: KubeClient,
  places: ReadonlyArray<{namespace: string}>,
  options?: RequestOptions,
): Promise<Record<string, Lookup<readonly string[]>>> => {
  const namespaces = [...new Set(places.map(({namespace}) => namespace))]
  const lists = await Promise.all(
    namespaces.map((namespace) =>
      listed(client, {...BROKER, namespace, metadataOnly: true}, ({metadata}) => metadata.name, options),
    ),
  )
  return Object.fromEntries(namespaces.map((namespace, index) => [namespace, lists[index] ?? 'absent']))
}

/** Triggers that may be this platform's, in all namespaces where there may be some; one list a namespace. */
const readTriggers = async (
  client: KubeClient,
  {name, namespace}: Ref & {namespace: string},
  namespaces: readonly string[],
  options?: RequestOptions,
): Promise<Lookup<readonly KubeObject[]>> => {
  const lists = await Promise.all(
    [...new Set([namespace, ...namespaces])].map((place) =>
      tryRead(listAll(client, {...TRIGGER, namespace: place, labelSelector: `app=${name}`}, options)),
    ),
  )
  if (lists.includes('forbidden')) return 'forbidden'
  return lists.every((list) => list === 'absent') ? 'absent' : lists.flatMap((list) => (isFound(list) ? list : []))
}

/**
 * The second round: what the platforms in question name. `before` is the platform as it is and `after` as it would be;
 * a description has one of them only.
 */
export const readPlatformFacts = async (
  client: KubeClient,
  surroundings: Surroundings,
  platforms: readonly Platform[],
  options?: RequestOptions,
): Promise<PlatformFacts> => {
  const {clusterPlatform} = surroundings
  const [first] = platforms
  const ref = {...PLATFORM, name: first?.name ?? '', namespace: first?.namespace ?? ''}
  const databases = platforms.flatMap((platform) => usedDatabases(platform).map(({database}) => database))
  const secretPlaces = databases.flatMap(({secret: {name, namespace}}) =>
    name === undefined ? [] : [{name: name.value, namespace}],
  )
  const servicePlaces = databases.flatMap(({server}) =>
    server === undefined ? [] : [{name: server.name.value, namespace: server.namespace.value}],
  )
  const brokerPlaces = platforms.flatMap(usedBrokers)
  const namespaces = [
    ...brokerPlaces.map(({namespace}) => namespace),
    ...platforms.flatMap(({status}) => status.triggers.map(({namespace}) => namespace)),
  ]
  const [secrets, services, brokers, brokerNames, triggers, sinkBinding, clusterwide] = await Promise.all([
    // A Secret beside the database is a usual mistake, so both places are looked at.
    each(
      secretPlaces.flatMap((secret) => [
        secret,
        ...servicePlaces.map(({namespace}) => ({name: secret.name, namespace})),
      ]),
      (place) => readSecretKeys(client, place, options),
    ),
    each(servicePlaces, (place) => readDatabaseService(client, place, options)),
    each(brokerPlaces, ({namespace, name}) => tryRead(client.get(brokerRef(name, namespace), options))),
    readBrokerNames(client, brokerPlaces, options),
    readTriggers(client, ref, namespaces, options),
    tryRead(client.get({...SINK_BINDING, name: sinkBindingName(ref.name), namespace: ref.namespace}, options)),
    isFound(clusterPlatform)
      ? readClusterwide(client, clusterPlatform, surroundings, options)
      : Promise.resolve(clusterPlatform),
  ])
  return {...surroundings, secrets, services, brokers, brokerNames, triggers, sinkBinding, clusterwide}
}

/** The platform that the cluster platform names; often one that was read already. */
export const readClusterwide = async (
  client: KubeClient,
  {platform: {name, namespace}}: ClusterPlatform,
  {platforms}: Pick<Surroundings, 'platforms'>,
  options?: RequestOptions,
): Promise<Lookup<Platform>> => {
  const known = isFound(platforms)
    ? platforms.find((one) => one.name === name && one.namespace === namespace)
    : undefined
  if (known !== undefined) return known
  const found = await tryRead(client.get({...PLATFORM, name, namespace}, options))
  return isFound(found) ? readPlatform(found) : found
}
