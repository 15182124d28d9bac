import {seen} from '../domain/seen.js'
import {type ClusterPlatformDeleteFacts} from '../domain/sonataflow/cluster-platform-delete.js'
import {readPlatform} from '../domain/sonataflow/model.js'
import {CLUSTER_PLATFORM, PLATFORM, WORKFLOW} from '../domain/sonataflow/names.js'
import {type ClusterFacts} from '../domain/sonataflow/platform-facts.js'
import {readClusterPlatform, readWorkflow} from '../domain/sonataflow/workflow-model.js'
import {type KubeClient} from '../kube/client.js'
import {listAll, look} from './look.js'
import {readClusterPlatforms, readPlatforms} from './workflow.js'

/** What a cluster platform is judged by; `platform` is the one that it names. One round of reads. */
export const clusterFacts = async (
  client: KubeClient,
  {name, namespace}: {name: string; namespace: string},
): Promise<ClusterFacts> => {
  const [clusterPlatforms, referenced, platforms, workflows] = await Promise.all([
    readClusterPlatforms(client),
    look(client.get({...PLATFORM, name, namespace})),
    readPlatforms(client, undefined),
    look(listAll(client, WORKFLOW)),
  ])
  return {
    clusterPlatforms,
    referenced: seen(referenced) ? readPlatform(referenced) : referenced,
    platforms,
    workflows: seen(workflows) ? workflows.map(readWorkflow) : workflows,
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
