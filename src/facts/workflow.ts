import {brokerRef, DEPLOYMENT, EVENT, SINK_BINDING, TRIGGER} from '../domain/eventing/names.js'
import {type KubeObject} from '../domain/core/object.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {
  effectiveWorkflow,
  type EffectiveWorkflow,
  type WorkflowContext,
} from '../domain/sonataflow/effective/workflow.js'
import {activePlatform, readPlatform, type Platform} from '../domain/sonataflow/model.js'
import {CLUSTER_PLATFORM, PLATFORM, POD, WORKFLOW, workflowSinkBindingName} from '../domain/sonataflow/names.js'
import {type WorkflowLiveFacts} from '../domain/sonataflow/workflow/facts.js'
import {type WorkflowListFacts} from '../domain/sonataflow/workflow/list.js'
import {
  activeClusterPlatform,
  readClusterPlatform,
  readWorkflow,
  type ClusterPlatform,
} from '../domain/sonataflow/workflow/model.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {readEvents} from './broker.js'
import {listAll, tryRead} from './look.js'
import {readClusterwide, readDatabaseService, readSecretKeys} from './platform.js'

/** Everything that belongs to a workflow has this label, with its name. */
export const WORKFLOW_LABEL = 'sonataflow.org/workflow-app'

/** Platforms of a namespace, or of all. */
export const readPlatforms = async (
  client: KubeClient,
  namespace: string | undefined,
  options?: RequestOptions,
): Promise<Lookup<readonly Platform[]>> => {
  const found = await tryRead(listAll(client, {...PLATFORM, ...(namespace === undefined ? {} : {namespace})}, options))
  return isFound(found) ? found.map(readPlatform) : found
}

/** All cluster platforms. */
export const readClusterPlatforms = async (
  client: KubeClient,
  options?: RequestOptions,
): Promise<Lookup<readonly ClusterPlatform[]>> => {
  const found = await tryRead(listAll(client, CLUSTER_PLATFORM, options))
  return isFound(found) ? found.map(readClusterPlatform) : found
}

/** What decides about workflows, with the platform of the cluster. The second round of requests. */
export const workflowContext = async (
  client: KubeClient,
  platforms: Lookup<readonly Platform[]>,
  clusterPlatforms: Lookup<readonly ClusterPlatform[]>,
  options?: RequestOptions,
): Promise<{context: WorkflowContext; clusterPlatform: Lookup<ClusterPlatform>}> => {
  const active = isFound(platforms) ? activePlatform(platforms) : undefined
  const clusterPlatform = isFound(clusterPlatforms)
    ? (activeClusterPlatform(clusterPlatforms) ?? 'absent')
    : clusterPlatforms
  const platform = isFound(clusterPlatform)
    ? await readClusterwide(client, clusterPlatform, {platforms}, options)
    : clusterPlatform
  return {
    context: {
      ...(active === undefined ? {} : {platform: active}),
      ...(isFound(clusterPlatform) ? {cluster: {clusterPlatform, platform}} : {}),
    },
    clusterPlatform,
  }
}

const brokersOf = ({sink, sources}: EffectiveWorkflow): Array<{namespace: string; name: string}> =>
  [...(sink === undefined ? [] : [sink]), ...sources.map(({from}) => from)].flatMap((one) =>
    one.mode === 'ref' && (one.kind ?? 'Broker') === 'Broker' ? [{namespace: one.namespace, name: one.name}] : [],
  )

const readTriggers = async (
  client: KubeClient,
  {name}: {name: string},
  namespaces: readonly string[],
  options?: RequestOptions,
): Promise<Lookup<readonly KubeObject[]>> => {
  const labelSelector = `${WORKFLOW_LABEL}=${name}`
  const lists = await Promise.all(
    [...new Set(namespaces)].map((namespace) =>
      tryRead(listAll(client, {...TRIGGER, namespace, labelSelector}, options)),
    ),
  )
  return lists.includes('forbidden') ? 'forbidden' : lists.flatMap((list) => (isFound(list) ? list : []))
}

const byPlace = async <T extends object>(
  places: ReadonlyArray<{namespace: string; name: string}>,
  read: (place: {namespace: string; name: string}) => Promise<Lookup<T>>,
): Promise<Record<string, Lookup<T>>> => {
  const unique = new Map(places.map((place) => [`${place.namespace}/${place.name}`, place]))
  return Object.fromEntries(
    await Promise.all([...unique].map(async ([key, place]) => [key, await read(place)] as const)),
  )
}

/** What describes a workflow, in two rounds of requests. Rejects with the server's NotFound. */
export const workflowFacts = async (
  client: KubeClient,
  {namespace, name}: {namespace: string; name: string},
  {events = true, ...options}: RequestOptions & {events?: boolean} = {},
): Promise<WorkflowLiveFacts> => {
  const labelSelector = `${WORKFLOW_LABEL}=${name}`
  const [object, platforms, clusterPlatforms, deployment, sinkBinding, pods, warnings, happened] = await Promise.all([
    client.get({...WORKFLOW, namespace, name}, options),
    readPlatforms(client, namespace, options),
    readClusterPlatforms(client, options),
    tryRead(client.get({...DEPLOYMENT, namespace, name}, options)),
    tryRead(client.get({...SINK_BINDING, namespace, name: workflowSinkBindingName(name)}, options)),
    tryRead(listAll(client, {...POD, namespace, labelSelector}, options)),
    tryRead(listAll(client, {...EVENT, namespace, fieldSelector: 'type=Warning'}, options)),
    events ? readEvents(client, {...WORKFLOW, namespace, name}, options) : undefined,
  ])
  const workflow = readWorkflow(object)
  const local = effectiveWorkflow(workflow, localContext(platforms))
  const {persistence} = local
  const database = persistence.kind === 'postgresql' ? persistence : undefined
  const secretName = database?.secret.name?.value
  const server = database?.server
  const known = isFound(clusterPlatforms) ? activeClusterPlatform(clusterPlatforms) : undefined
  const brokerPlaces = brokersOf(local)
  const [{context, clusterPlatform}, brokers, secrets, services, triggers] = await Promise.all([
    workflowContext(client, platforms, clusterPlatforms, options),
    byPlace(brokerPlaces, (place) => tryRead(client.get(brokerRef(place.name, place.namespace), options))),
    byPlace(secretName === undefined ? [] : [{namespace, name: secretName}], (place) =>
      readSecretKeys(client, place, options),
    ),
    byPlace(server === undefined ? [] : [{namespace: server.namespace.value, name: server.name.value}], (place) =>
      readDatabaseService(client, place, options),
    ),
    readTriggers(
      client,
      {name},
      [
        namespace,
        ...brokerPlaces.map((place) => place.namespace),
        // The broker of the platform of the cluster is usually beside it.
        ...(known === undefined ? [] : [known.platform.namespace]),
      ],
      options,
    ),
  ])
  return {
    workflow,
    context,
    platforms,
    clusterPlatform,
    deployment,
    sinkBinding,
    triggers,
    pods,
    brokers,
    secrets,
    services,
    warnings,
    ...(happened === undefined ? {} : {events: happened}),
  }
}

const localContext = (platforms: Lookup<readonly Platform[]>): WorkflowContext => {
  const active = isFound(platforms) ? activePlatform(platforms) : undefined
  return active === undefined ? {} : {platform: active}
}

/** What a list of workflows is made of: one list of each kind, of one namespace or of all. Two rounds at most. */
export const workflowListFacts = async (
  client: KubeClient,
  namespace: string | undefined,
  options?: RequestOptions,
): Promise<WorkflowListFacts> => {
  const home = namespace === undefined ? {} : {namespace}
  const [platforms, clusterPlatforms, deployments, sinkBindings] = await Promise.all([
    readPlatforms(client, namespace, options),
    readClusterPlatforms(client, options),
    tryRead(listAll(client, {...DEPLOYMENT, ...home, labelSelector: WORKFLOW_LABEL}, options)),
    tryRead(listAll(client, {...SINK_BINDING, ...home}, options)),
  ])
  const {context} = await workflowContext(client, platforms, clusterPlatforms, options)
  return {
    platforms,
    deployments,
    sinkBindings,
    ...(context.cluster === undefined ? {} : {cluster: context.cluster}),
  }
}
