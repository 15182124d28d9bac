import {SflCommand} from '../../cli/command.js'
import {describeEach, type Describer} from '../../cli/describe.js'
import {namesArg} from '../../cli/flags/change.js'
import {describeFlags} from '../../cli/flags/describe.js'
import {OBJECT_FORMATS, outputFlag} from '../../cli/flags/output.js'
import {requireNames} from '../../cli/names.js'
import type {Cluster} from '../../cli/runtime.js'
import {describePlatform} from '../../domain/sonataflow/platform/description.js'
import {PLATFORM} from '../../domain/sonataflow/names.js'
import {choosePlatform} from '../../domain/sonataflow/platform/choice.js'
import {platformDescribeFacts} from '../../facts/platform-describe.js'
import {readPlatforms} from '../../facts/workflow.js'
import {platformText} from '../../output/sonataflow/platform-describe.js'

export default class PlatformDescribe extends SflCommand {
  static override summary = 'Show platforms in full: what really runs, where each setting comes from, what is wrong.'
  static override description =
    'A platform calls itself ready whatever becomes of its services, so this looks at Deployments, pods, Jobs, triggers, the SinkBinding and events. Without a name: the platform that is active in the namespace.'
  static override usage = 'platform describe [NAME...] [flags]'
  static override examples = [
    {description: 'The platform of the namespace', command: '<%= config.bin %> platform describe -n shop'},
    {description: 'A platform by name', command: '<%= config.bin %> platform describe shop-platform -n shop'},
    {
      description: 'The object itself, for scripts',
      command: '<%= config.bin %> platform describe shop-platform -n shop -o yaml',
    },
  ]
  static override args = namesArg('platforms')
  static override flags = {
    output: outputFlag(OBJECT_FORMATS),
    verbose: describeFlags.verbose,
    'show-events': describeFlags['show-events'],
    'show-managed-fields': describeFlags['show-managed-fields'],
    'allow-missing-template-keys': describeFlags['allow-missing-template-keys'],
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlatformDescribe)
    const describe: Describer = async ({name, namespace}, {client}, {events, ...options}) => {
      const facts = await platformDescribeFacts(client, {name, namespace}, {events})
      return platformText(facts.platform.object, describePlatform(facts, options.now.getTime()), options)
    }
    const activeOne = async ({client, namespace}: Cluster): Promise<string[]> => [
      choosePlatform({platforms: await readPlatforms(client, namespace)}, {namespace}).name,
    ]
    const names = args.names === undefined ? activeOne : requireNames('platform describe', args.names, this.program)
    await describeEach(this, PLATFORM, names, {...flags, extras: true}, describe, OBJECT_FORMATS)
  }
}
