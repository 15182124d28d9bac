import {SflCommand} from '../../cli/command.js'
import {describeEach, type Describer} from '../../cli/describe.js'
import {namesArg} from '../../cli/flags/change.js'
import {describeFlags} from '../../cli/flags/describe.js'
import {OBJECT_FORMATS, outputFlag} from '../../cli/flags/output.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {describeClusterPlatform} from '../../domain/sonataflow/cluster-platform/description.js'
import {CLUSTER_PLATFORM} from '../../domain/sonataflow/names.js'
import {clusterPlatformDescribeFacts} from '../../facts/cluster-platform.js'
import {clusterPlatformText} from '../../output/sonataflow/cluster-platform.js'

export default class ClusterPlatformDescribe extends SflCommand {
  static override summary = 'Show what cluster platforms share, which namespaces use it, and which override it.'
  static override usage = 'cluster-platform describe NAME... [flags]'
  static override examples = [
    {
      description: 'Who uses the services of the cluster',
      command: '<%= config.bin %> cluster-platform describe cluster-platform',
    },
    {
      description: 'The object itself, for scripts',
      command: '<%= config.bin %> cluster-platform describe cluster-platform -o yaml',
    },
  ]
  static override args = namesArg('cluster platforms')
  static override flags = {
    output: outputFlag(OBJECT_FORMATS),
    verbose: describeFlags.verbose,
    'show-events': describeFlags['show-events'],
    'show-managed-fields': describeFlags['show-managed-fields'],
    'allow-missing-template-keys': describeFlags['allow-missing-template-keys'],
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ClusterPlatformDescribe)
    const {names} = await needed(this, flags, 'cluster-platform describe', {
      names: existingNames(CLUSTER_PLATFORM, args.names, {ofCluster: true}),
    })
    const describe: Describer = async ({name}, {client}, {events, ...options}) => {
      const facts = await clusterPlatformDescribeFacts(client, name, {events})
      const description = describeClusterPlatform(facts, options.now.getTime())
      return clusterPlatformText(facts.clusterPlatform.object, description, options)
    }
    const all = {...flags, extras: true}
    await describeEach(this, CLUSTER_PLATFORM, names, all, describe, OBJECT_FORMATS, {ofCluster: true})
  }
}
