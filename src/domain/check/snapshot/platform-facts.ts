import {BROKER, DEPLOYMENT, SERVICE, SINK_BINDING, TRIGGER} from '../../eventing/names.js'
import {type KubeObject} from '../../core/object.js'
import {listAt, numberAt} from '../../core/read.js'
import {seen, type Seen} from '../../core/seen.js'
import {usedDatabases} from '../../sonataflow/persistence/preflight.js'
import {usedBrokers} from '../../sonataflow/eventing/preflight.js'
import {type PlatformDescribeFacts} from '../../sonataflow/workload/live-facts.js'
import {readPlatform, type Platform} from '../../sonataflow/model.js'
import {
  AUTOSCALER,
  CLUSTER_PLATFORM,
  ENDPOINTS,
  JOB,
  NETWORK_POLICY,
  OPERATOR,
  PLATFORM,
  sinkBindingName,
  WORKFLOW,
} from '../../sonataflow/names.js'
import {type ClusterFacts, type DatabaseService, type SecretKeys} from '../../sonataflow/platform/facts.js'
import {
  activeClusterPlatform,
  readClusterPlatform,
  readWorkflow,
  type ClusterPlatform,
} from '../../sonataflow/workflow/model.js'
import {type Knowledge} from './snapshot.js'

const mapped = <T>(list: Seen<readonly KubeObject[]>, read: (object: KubeObject) => T): Seen<readonly T[]> =>
  seen(list) ? list.map(read) : list

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

const within = (list: Seen<readonly KubeObject[]>, namespace: string): Seen<readonly KubeObject[]> =>
  seen(list) ? (grouped(list, ({metadata}) => metadata.namespace ?? '').get(namespace) ?? []) : list

/** All cluster platforms. */
export const clusterPlatformsOf = (known: Knowledge): Seen<readonly ClusterPlatform[]> =>
  mapped(known.list(CLUSTER_PLATFORM), readClusterPlatform)

const activeOne = (known: Knowledge): Seen<ClusterPlatform> => {
  const all = clusterPlatformsOf(known)
  return seen(all) ? (activeClusterPlatform(all) ?? 'absent') : all
}

const platformNamed = (known: Knowledge, {name, namespace}: {name: string; namespace: string}): Seen<Platform> => {
  const found = known.get(PLATFORM, namespace, name)
  return seen(found) ? readPlatform(found) : found
}

const secretKeys = (known: Knowledge, {namespace, name}: {namespace: string; name: string}): Seen<SecretKeys> => {
  const found = known.secret(namespace, name)
  return seen(found) ? {keys: found.facts.keys} : found
}

const databaseService = (
  known: Knowledge,
  {namespace, name}: {namespace: string; name: string},
): Seen<DatabaseService> => {
  const service = known.get(SERVICE, namespace, name)
  if (!seen(service)) return service
  const endpoints = known.get(ENDPOINTS, namespace, name)
  const ready = (object: KubeObject): number =>
    listAt(object, 'subsets').reduce((sum: number, subset) => sum + listAt(subset, 'addresses').length, 0)
  return {
    ports: listAt(service, 'spec', 'ports').flatMap((port) => numberAt(port, 'port') ?? []),
    readyAddresses: seen(endpoints) ? ready(endpoints) : endpoints === 'absent' ? 0 : undefined,
  }
}

const byPlace = <T extends object>(
  places: ReadonlyArray<{namespace: string; name: string}>,
  read: (place: {namespace: string; name: string}) => Seen<T>,
): Record<string, Seen<T>> =>
  Object.fromEntries(places.map((place) => [`${place.namespace}/${place.name}`, read(place)]))

const ofOperator = ({metadata}: KubeObject): boolean => metadata.labels?.['app.kubernetes.io/managed-by'] === OPERATOR

/** Triggers that may be this platform's, in the namespaces where there may be some. */
const triggersOf = (known: Knowledge, {name}: Platform, namespaces: readonly string[]): Seen<readonly KubeObject[]> => {
  const lists = [...new Set(namespaces)].map((namespace) => known.list(TRIGGER, namespace))
  if (lists.includes('forbidden')) return 'forbidden'
  return lists.flatMap((list) =>
    seen(list) ? [...(grouped(list, ({metadata}) => metadata.labels?.['app'] ?? '').get(name) ?? [])] : [],
  )
}

/** What `platform describe` reads, taken from the lists. */
export const platformFactsOf = (known: Knowledge, platform: Platform): PlatformDescribeFacts => {
  const {name, namespace} = platform
  const {state} = known
  const clusterPlatform = activeOne(known)
  const clusterwide = seen(clusterPlatform) ? platformNamed(known, clusterPlatform.platform) : clusterPlatform
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
  const clusterHome = seen(clusterPlatform)
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
      [...secrets, ...beside.filter((place) => seen(known.secret(place.namespace, place.name)))],
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

const ofOperatorOnly = (list: Seen<readonly KubeObject[]>): Seen<readonly KubeObject[]> =>
  seen(list) ? list.filter(ofOperator) : list

/** What `cluster-platform describe` reads, taken from the lists; `onlyIn`: other namespaces were not looked at. */
export const clusterFactsOf = (known: Knowledge, one: ClusterPlatform): ClusterFacts => {
  const everywhere = known.state.namespace === undefined
  return {
    clusterPlatforms: clusterPlatformsOf(known),
    networkPolicies: known.list(NETWORK_POLICY, one.platform.namespace),
    referenced: platformNamed(known, one.platform),
    platforms: everywhere ? mapped(known.list(PLATFORM), readPlatform) : 'absent',
    workflows: everywhere ? mapped(known.list(WORKFLOW), readWorkflow) : 'absent',
  }
}
