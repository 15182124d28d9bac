import {deleteCommand} from '../../cli/verbs/delete.js'
import {clusterPlatformStuck, planClusterPlatformDelete} from '../../domain/sonataflow/cluster-platform/delete.js'
import {CLUSTER_PLATFORM} from '../../domain/sonataflow/names.js'
import {clusterPlatformDeleteFacts} from '../../facts/cluster-platform.js'

export default deleteCommand({
  kind: CLUSTER_PLATFORM,
  ofCluster: true,
  dangerous: true,
  summary: 'Delete cluster platforms: the services of a platform are no longer shared.',
  description:
    'Says which namespaces lose which services. The one that is active has to be named twice: its name is typed, or given with --confirm. The platform that it shares stays.',
  examples: [
    {description: 'After its name was typed', command: 'cluster-platform delete cluster-platform'},
    {
      description: 'In a runbook',
      command: 'cluster-platform delete cluster-platform --yes --confirm cluster-platform',
    },
  ],
  plan: async (client, {name}, options) =>
    planClusterPlatformDelete(options, await clusterPlatformDeleteFacts(client, name)),
  explainTimeout: async (client, ref) => clusterPlatformStuck(await client.get(ref)),
})
