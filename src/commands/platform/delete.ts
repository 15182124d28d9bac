import {SflCommand} from '../../cli/command.js'
import {deleteEach, type Deletion} from '../../cli/delete.js'
import {deleteFlags, namesArg} from '../../cli/flags/change.js'
import {confirmFlag} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {writeFormat} from '../../cli/run-plan.js'
import {PLATFORM} from '../../domain/sonataflow/names.js'
import {planPlatformDelete, platformStuck} from '../../domain/sonataflow/platform/delete.js'
import {platformDeleteFacts} from '../../facts/platform-delete.js'

export default class PlatformDelete extends SflCommand {
  static override summary = 'Delete platforms.'
  static override description =
    'Says what goes with it and what stays: services, triggers, data, and the workflows that go on without it. Where workflows or other namespaces depend on it, its name has to be typed, or given with --confirm.'
  static override usage = 'platform delete NAME... [flags]'
  static override examples = [
    {description: 'After a question', command: '<%= config.bin %> platform delete sonataflow-platform'},
    {
      description: 'In a runbook, although workflows depend on it',
      command: '<%= config.bin %> platform delete sonataflow-platform --yes --confirm sonataflow-platform',
    },
    {
      description: 'Only look at what would go and who would suffer',
      command: '<%= config.bin %> platform delete sonataflow-platform --dry-run=server',
    },
  ]
  static override args = namesArg('platforms')
  static override flags = {...deleteFlags('platform'), confirm: confirmFlag}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlatformDelete)
    const {names} = await needed(this, flags, 'platform delete', {names: existingNames(PLATFORM, args.names)})
    writeFormat(flags.output)
    const cluster = await this.connect(flags)
    const {client} = cluster
    const deletion: Deletion = {
      kind: PLATFORM,
      plan: async (ref, options) =>
        planPlatformDelete({...options, force: flags.force}, await platformDeleteFacts(client, ref)),
      explainTimeout: async (ref) => platformStuck(await client.get(ref)),
    }
    await deleteEach(this.runtime, cluster, deletion, names, flags)
  }
}
