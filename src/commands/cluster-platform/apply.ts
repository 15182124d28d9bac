import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {applyFlags, nameArg, writing} from '../../cli/flags/change.js'
import {clusterPlatformFlags, clusterPlatformOptions} from '../../cli/flags/cluster-platform.js'
import {confirmFlag} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {sharedPlatform} from '../../cli/prompts/cluster-platform.js'
import {newName} from '../../cli/prompts/required-input.js'
import {planClusterPlatformApply, readClusterPlatformOptions} from '../../domain/sonataflow/cluster-platform/plan.js'
import {clusterFacts} from '../../facts/cluster-platform.js'

export default class ClusterPlatformApply extends SflCommand {
  static override summary = 'Make a cluster platform be as the flags say, whether it exists or not.'
  static override description =
    'Server-side apply: what the flags set is owned by this program, what they no longer set is removed. Running it twice changes nothing. Where namespaces get other services by it, its name has to be typed, or given with --confirm.'
  static override usage = 'cluster-platform apply NAME --platform NAMESPACE/NAME [flags]'
  static override examples = [
    {
      description: 'Share another platform from now on',
      command: '<%= config.bin %> cluster-platform apply cluster-platform --platform services-2/sonataflow-platform',
    },
    {
      description: 'See first what would change',
      command:
        '<%= config.bin %> cluster-platform apply cluster-platform --platform services/sonataflow-platform --capability workflows=services --dry-run=server --diff',
    },
  ]
  static override args = nameArg('cluster platform')
  static override flags = {...clusterPlatformFlags, ...applyFlags, confirm: confirmFlag}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ClusterPlatformApply)
    const {name: asked, platform} = await needed(this, flags, 'cluster-platform apply', {
      name: newName('cluster-platform', args.name),
      platform: sharedPlatform(flags.platform),
    })
    const options = clusterPlatformOptions(platform, flags)
    const writes = writing(flags)
    await changeEach(this, flags, {
      names: [asked],
      read: (name) => readClusterPlatformOptions({...options, name}),
      plan: async (request, {client}) => {
        const {steps, findings, ...asked} = planClusterPlatformApply(
          request,
          writes,
          await clusterFacts(client, request.platform),
        )
        return {plan: {steps, findings}, ...asked}
      },
    })
  }
}
