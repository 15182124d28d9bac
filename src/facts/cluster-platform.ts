import {EVENT} from '../domain/eventing/names.js'
import {isFound} from '../domain/core/seen.js'
import {type ClusterPlatformDeleteFacts} from '../domain/sonataflow/cluster-platform/delete.js'
import {type ClusterDescribeFacts} from '../domain/sonataflow/cluster-platform/description.js'
import {readPlatform} from '../domain/sonataflow/model.js'
import {CLUSTER_PLATFORM, NETWORK_POLICY, PLATFORM, WORKFLOW} from '../domain/sonataflow/names.js'
import {type ClusterFacts} from '../domain/sonataflow/platform/facts.js'
import {readClusterPlatform, readWorkflow} from '../domain/sonataflow/workflow/model.js'
import {type KubeClient} from '../kube/client.js'
import {listAll, tryRead} from './look.js'
import {readClusterPlatforms, readPlatforms} from './workflow.js'

/** What a cluster platform is judged by; `platform` is the one that it names. One round of reads. */
export const clusterFacts = async (
  client: KubeClient,
  {name, namespace}: {name: string; namespace: string},
): Promise<ClusterFacts> => {
  const [clusterPlatforms, referenced, platforms, workflows, networkPolicies] = await Promise.all([
    readClusterPlatforms(client),
    tryRead(client.get({...PLATFORM, name, namespace})),
    readPlatforms(client, undefined),
    tryRead(listAll(client, WORKFLOW)),
    tryRead(listAll(client, {...NETWORK_POLICY, namespace})),
  ])
  return {
    clusterPlatforms,
    networkPolicies,
    referenced: isFound(referenced) ? readPlatform(referenced) : referenced,
    platforms,
    workflows: isFound(workflows) ? workflows.map(readWorkflow) : workflows,
  }
}

/** What is looked at before a cluster platform is deleted. Rejects with the server's NotFound. */
export const clusterPlatformDeleteFacts = async (
  client: KubeClient,
  name: string,
): Promise<ClusterPlatformDeleteFacts> => {
  const clusterPlatform = readClusterPlatform(await client.get({...CLUSTER_PLATFORM, name}))
  return {clusterPlatform, ...(await clusterFacts(client, clusterPlatform.platform))}
}

/** What describes a cluster platform, in two rounds. Rejects with the server's NotFound. */
export const clusterPlatformDescribeFacts = async (
  client: KubeClient,
  name: string,
  {events = true}: {events?: boolean} = {},
): Promise<ClusterDescribeFacts> => {
  // Events about objects without a namespace are kept in one nevertheless.
  const fieldSelector = `involvedObject.kind=${CLUSTER_PLATFORM.kind},involvedObject.name=${name}`
  const [object, happened] = await Promise.all([
    client.get({...CLUSTER_PLATFORM, name}),
    events ? tryRead(listAll(client, {...EVENT, fieldSelector})) : undefined,
  ])
  const clusterPlatform = readClusterPlatform(object)
  const facts = await clusterFacts(client, clusterPlatform.platform)
  return {...facts, clusterPlatform, ...(happened === undefined ? {} : {events: happened})}
}

/** What a list of cluster platforms is made of: one list of each kind. */
export const clusterListFacts = async (
  client: KubeClient,
): Promise<Pick<ClusterFacts, 'clusterPlatforms' | 'platforms' | 'workflows'>> => {
  const [clusterPlatforms, platforms, workflows] = await Promise.all([
    readClusterPlatforms(client),
    readPlatforms(client, undefined),
    tryRead(listAll(client, WORKFLOW)),
  ])
  return {clusterPlatforms, platforms, workflows: isFound(workflows) ? workflows.map(readWorkflow) : workflows}
}
