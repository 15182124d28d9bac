import {BROKER, DEPLOYMENT, SERVICE, SINK_BINDING, TRIGGER} from '../../eventing/names.js'
import {type KubeObject} from '../../core/object.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {usedDatabases} from '../../sonataflow/persistence/preflight.js'
import {usedBrokers} from '../../sonataflow/eventing/preflight.js'
import {type PlatformDescribeFacts} from '../../sonataflow/workload/live-facts.js'
import {readPlatform, type Platform} from '../../sonataflow/model.js'
import {
  AUTOSCALER,
  CLUSTER_PLATFORM,
  ENDPOINT_SLICE,
  JOB,
  NETWORK_POLICY,
  OPERATOR,
  PLATFORM,
  SERVICE_NAME,
  sinkBindingName,
  WORKFLOW,
} from '../../sonataflow/names.js'
import {databaseServiceOf} from '../../sonataflow/platform/database-service.js'
import {type ClusterFacts, type DatabaseService, type SecretKeys} from '../../sonataflow/platform/facts.js'
import {
  activeClusterPlatform,
  readClusterPlatform,
  readWorkflow,
  type ClusterPlatform,
} from '../../sonataflow/workflow/model.js'
import {type Snapshot} from './snapshot.js'

const mapped = <T>(list: Lookup<readonly KubeObject[]>, read: (object: KubeObject) => T): Lookup<readonly T[]> =>
  isFound(list) ? list.map(read) : list

const groups = new WeakMap<readonly KubeObject[], ReadonlyMap<string, readonly KubeObject[]>>()

/** Sorted out once for all platforms: by namespace, or within one by the label that the operator gives its children. */
const grouped = (
  list: readonly KubeObject[],
  key: (object: KubeObject) => string,
): ReadonlyMap<string, readonly KubeObject[]> => {
  const known = groups.get(list)
  if (known !== undefined) return known
  const made = new Map<string, KubeObject[]>()
  for (const object of list) {
    const group = made.get(key(object))
    if (group === undefined) made.set(key(object), [object])
    else group.push(object)
  }
  groups.set(list, made)
  return made
}

const within = (list: Lookup<readonly KubeObject[]>, namespace: string): Lookup<readonly KubeObject[]> =>
  isFound(list) ? (grouped(list, ({metadata}) => metadata.namespace ?? '').get(namespace) ?? []) : list

/** All cluster platforms. */
export const clusterPlatformsOf = (known: Snapshot): Lookup<readonly ClusterPlatform[]> =>
  mapped(known.list(CLUSTER_PLATFORM), readClusterPlatform)

const activeOne = (known: Snapshot): Lookup<ClusterPlatform> => {
  const all = clusterPlatformsOf(known)
  return isFound(all) ? (activeClusterPlatform(all) ?? 'absent') : all
}

const platformNamed = (known: Snapshot, {name, namespace}: {name: string; namespace: string}): Lookup<Platform> => {
  const found = known.get(PLATFORM, namespace, name)
  return isFound(found) ? readPlatform(found) : found
}

const secretKeys = (known: Snapshot, {namespace, name}: {namespace: string; name: string}): Lookup<SecretKeys> => {
  const found = known.secret(namespace, name)
  return isFound(found) ? {keys: found.facts.keys} : found
}

const databaseService = (
  known: Snapshot,
  {namespace, name}: {namespace: string; name: string},
): Lookup<DatabaseService> => {
  const service = known.get(SERVICE, namespace, name)
  const slices = known.list(ENDPOINT_SLICE, namespace)
  const own = isFound(slices)
    ? (grouped(slices, ({metadata}) => metadata.labels?.[SERVICE_NAME] ?? '').get(name) ?? [])
    : slices
  // A Service of a manifest has had no time to find its pods.
  const unknown = isFound(service) && known.isNew(service) && own.length === 0
  return databaseServiceOf(service, unknown ? 'absent' : own)
}

const byPlace = <T extends object>(
  places: ReadonlyArray<{namespace: string; name: string}>,
  read: (place: {namespace: string; name: string}) => Lookup<T>,
): Record<string, Lookup<T>> =>
  Object.fromEntries(places.map((place) => [`${place.namespace}/${place.name}`, read(place)]))

const ofOperator = ({metadata}: KubeObject): boolean => metadata.labels?.['app.kubernetes.io/managed-by'] === OPERATOR

/** Triggers that may be this platform's, in the namespaces where there may be some. */
const triggersOf = (
  known: Snapshot,
  {name}: Platform,
  namespaces: readonly string[],
): Lookup<readonly KubeObject[]> => {
  const lists = [...new Set(namespaces)].map((namespace) => known.list(TRIGGER, namespace))
  if (lists.includes('forbidden')) return 'forbidden'
  return lists.flatMap((list) =>
    isFound(list) ? [...(grouped(list, ({metadata}) => metadata.labels?.['app'] ?? '').get(name) ?? [])] : [],
  )
}

/** What `platform describe` reads, taken from the lists. */
export const platformFactsOf = (known: Snapshot, platform: Platform): PlatformDescribeFacts => {
  const {name, namespace} = platform
  const {state} = known
  const clusterPlatform = activeOne(known)
  const clusterwide = isFound(clusterPlatform) ? platformNamed(known, clusterPlatform.platform) : clusterPlatform
  const databases = usedDatabases(platform).map(({database}) => database)
  const servers = databases.flatMap(({server}) =>
    server === undefined ? [] : [{name: server.name.value, namespace: server.namespace.value}],
  )
  const secrets = databases.flatMap(({secret}) =>
    secret.name === undefined ? [] : [{name: secret.name.value, namespace: secret.namespace}],
  )
  const beside = secrets.flatMap((secret) =>
    servers.map((server) => ({name: secret.name, namespace: server.namespace})),
  )
  const brokers = usedBrokers(platform)
  const brokerHomes = [
    namespace,
    ...brokers.map((broker) => broker.namespace),
    ...platform.status.triggers.map((trigger) => trigger.namespace),
  ]
  const clusterHome = isFound(clusterPlatform)
    ? clusterPlatform.platform.namespace
    : platform.status.clusterPlatform?.platform.namespace
  return {
    platform,
    schema: state.schema,
    operator: state.operator,
    platforms: mapped(known.list(PLATFORM, namespace), readPlatform),
    clusterPlatform,
    clusterwide,
    workflows: mapped(known.list(WORKFLOW, namespace), readWorkflow),
    jobs: known.list(JOB, namespace),
    deployments: known.list(DEPLOYMENT, namespace),
    autoscalers: known.list(AUTOSCALER, namespace),
    ...(state.offline === true ? {} : {knativeInstalled: known.list(BROKER, namespace) !== 'absent'}),
    secrets: byPlace(
      // A Secret that nobody looked for beside the database is no fault.
      [...secrets, ...beside.filter((place) => isFound(known.secret(place.namespace, place.name)))],
      (place) => secretKeys(known, place),
    ),
    services: byPlace(servers, (place) => databaseService(known, place)),
    brokers: byPlace(brokers, (place) => known.get(BROKER, place.namespace, place.name)),
    triggers: triggersOf(known, platform, brokerHomes),
    sinkBinding: known.get(SINK_BINDING, namespace, sinkBindingName(name)),
    pods: within(state.servicePods, namespace),
    jobPods: within(state.jobPods, namespace),
    warnings: within(state.warnings, namespace),
    serviceObjects: ofOperatorOnly(known.list(SERVICE, namespace)),
    ...(platform.services !== undefined || !clusterHome
      ? {}
      : {clusterDeployments: ofOperatorOnly(known.list(DEPLOYMENT, clusterHome))}),
  }
}

const ofOperatorOnly = (list: Lookup<readonly KubeObject[]>): Lookup<readonly KubeObject[]> =>
  isFound(list) ? list.filter(ofOperator) : list

/** What `cluster-platform describe` reads, taken from the lists; `onlyIn`: other namespaces were not looked at. */
export const clusterFactsOf = (known: Snapshot, one: ClusterPlatform): ClusterFacts => {
  const everywhere = known.state.namespace === undefined
  return {
    clusterPlatforms: clusterPlatformsOf(known),
    networkPolicies: known.list(NETWORK_POLICY, one.platform.namespace),
    referenced: platformNamed(known, one.platform),
    platforms: everywhere ? mapped(known.list(PLATFORM), readPlatform) : 'absent',
    workflows: everywhere ? mapped(known.list(WORKFLOW), readWorkflow) : 'absent',
  }
}
