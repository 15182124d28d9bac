import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {createFlags, nameArg, writing} from '../../cli/flags/change.js'
import {clusterPlatformFlags, clusterPlatformOptions} from '../../cli/flags/cluster-platform.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {sharedPlatform} from '../../cli/prompts/cluster-platform.js'
import {newName} from '../../cli/prompts/required-input.js'
import {planClusterPlatformCreate, readClusterPlatformOptions} from '../../domain/sonataflow/cluster-platform/plan.js'
import {clusterFacts} from '../../facts/cluster-platform.js'

export default class ClusterPlatformCreate extends SflCommand {
  static override summary = 'Share the services of one platform with the workflows of all namespaces.'
  static override description =
    'Checks the platform that is named, whether another cluster platform is active, which namespaces have services of their own, and which workflows one Data Index could not tell apart.'
  static override usage = 'cluster-platform create NAME --platform NAMESPACE/NAME [flags]'
  static override examples = [
    {
      description: 'The platform of one namespace for all',
      command: '<%= config.bin %> cluster-platform create cluster-platform --platform services/sonataflow-platform',
    },
    {
      description: 'The broker of that platform only, without its services',
      command:
        '<%= config.bin %> cluster-platform create cluster-platform --platform services/sonataflow-platform --capability workflows=',
    },
  ]
  static override args = nameArg('cluster platform')
  static override flags = {...clusterPlatformFlags, ...createFlags('cluster platform')}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ClusterPlatformCreate)
    const {name: asked, platform} = await needed(this, flags, 'cluster-platform create', {
      name: newName('cluster-platform', args.name),
      platform: sharedPlatform(flags.platform),
    })
    const options = clusterPlatformOptions(platform, flags)
    const writes = writing(flags)
    await changeEach(this, flags, {
      names: [asked],
      read: (name) => readClusterPlatformOptions({...options, name}),
      plan: async (request, {client}) =>
        planClusterPlatformCreate(request, writes, await clusterFacts(client, request.platform)),
    })
  }
}
