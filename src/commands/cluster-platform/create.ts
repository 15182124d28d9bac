import {clusterPlatformFlags, readClusterPlatform} from '../../cli/flags/cluster-platform.js'
import {sharedPlatform} from '../../cli/prompts/cluster-platform.js'
import {createCommand} from '../../cli/verbs/change.js'
import {planClusterPlatformCreate} from '../../domain/sonataflow/cluster-platform/plan.js'
import {CLUSTER_PLATFORM} from '../../domain/sonataflow/names.js'
import {clusterFacts} from '../../facts/cluster-platform.js'

export default createCommand({
  kind: CLUSTER_PLATFORM,
  needs: '--platform NAMESPACE/NAME',
  flags: clusterPlatformFlags,
  summary: 'Share the services of one platform with the workflows of all namespaces.',
  description:
    'Checks the platform that is named, whether another cluster platform is active, which namespaces have services of their own, and which workflows one Data Index could not tell apart.',
  examples: [
    {
      description: 'The platform of one namespace for all',
      command: 'cluster-platform create cluster-platform --platform services/sonataflow-platform',
    },
    {
      description: 'The broker of that platform only, without its services',
      command:
        'cluster-platform create cluster-platform --platform services/sonataflow-platform --capability workflows=',
    },
  ],
  inputs: (flags) => ({platform: sharedPlatform(flags.platform)}),
  request: (flags) => readClusterPlatform(flags),
  plan: async (client, request, options) =>
    planClusterPlatformCreate(request, options, await clusterFacts(client, request.platform)),
})
