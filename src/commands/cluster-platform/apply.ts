import {clusterPlatformFlags, readClusterPlatform} from '../../cli/flags/cluster-platform.js'
import {sharedPlatform} from '../../cli/prompts/cluster-platform.js'
import {applyCommand} from '../../cli/verbs/change.js'
import {planClusterPlatformApply} from '../../domain/sonataflow/cluster-platform/plan.js'
import {CLUSTER_PLATFORM} from '../../domain/sonataflow/names.js'
import {clusterFacts} from '../../facts/cluster-platform.js'

export default applyCommand({
  kind: CLUSTER_PLATFORM,
  dangerous: true,
  needs: '--platform NAMESPACE/NAME',
  flags: clusterPlatformFlags,
  description:
    'Server-side apply: what the flags set is owned by this program, what they no longer set is removed. Running it twice changes nothing. Where namespaces get other services by it, its name has to be typed, or given with --confirm.',
  examples: [
    {
      description: 'Share another platform from now on',
      command: 'cluster-platform apply cluster-platform --platform services-2/sonataflow-platform',
    },
    {
      description: 'See first what would change',
      command:
        'cluster-platform apply cluster-platform --platform services/sonataflow-platform --capability workflows=services --dry-run=server --diff',
    },
  ],
  inputs: (flags) => ({platform: sharedPlatform(flags.platform)}),
  request: (flags) => readClusterPlatform(flags),
  async plan(client, request, options) {
    const facts = await clusterFacts(client, request.platform)
    const {steps, findings, ...asked} = planClusterPlatformApply(request, options, facts)
    return {plan: {steps, findings}, ...asked}
  },
})
