import {SflCommand} from '../../cli/command.js'
import {deleteEach, type Deletion} from '../../cli/delete.js'
import {deleteFlags, namesArg} from '../../cli/flags/change.js'
import {confirmFlag} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {writeFormat} from '../../cli/run-plan.js'
import {clusterPlatformStuck, planClusterPlatformDelete} from '../../domain/sonataflow/cluster-platform/delete.js'
import {CLUSTER_PLATFORM} from '../../domain/sonataflow/names.js'
import {clusterPlatformDeleteFacts} from '../../facts/cluster-platform.js'

export default class ClusterPlatformDelete extends SflCommand {
  static override summary = 'Delete cluster platforms: the services of a platform are no longer shared.'
  static override description =
    'Says which namespaces lose which services. The one that is active has to be named twice: its name is typed, or given with --confirm. The platform that it shares stays.'
  static override usage = 'cluster-platform delete NAME... [flags]'
  static override examples = [
    {
      description: 'After its name was typed',
      command: '<%= config.bin %> cluster-platform delete cluster-platform',
    },
    {
      description: 'In a runbook',
      command: '<%= config.bin %> cluster-platform delete cluster-platform --yes --confirm cluster-platform',
    },
  ]
  static override args = namesArg('cluster platforms')
  static override flags = {...deleteFlags('cluster platform'), confirm: confirmFlag}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ClusterPlatformDelete)
    const {names} = await needed(this, flags, 'cluster-platform delete', {
      names: existingNames(CLUSTER_PLATFORM, args.names, {ofCluster: true}),
    })
    writeFormat(flags.output)
    const cluster = await this.connect(flags)
    const {client} = cluster
    const deletion: Deletion = {
      kind: CLUSTER_PLATFORM,
      ofCluster: true,
      plan: async ({name}, options) =>
        planClusterPlatformDelete({...options, force: flags.force}, await clusterPlatformDeleteFacts(client, name)),
      explainTimeout: async (ref) => clusterPlatformStuck(await client.get(ref)),
    }
    await deleteEach(this.runtime, cluster, deletion, names, flags)
  }
}
