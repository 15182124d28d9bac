import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../../cli/command.js'
import {editPlatform, servicesOf} from '../../../cli/edit-platform.js'
import {editFlags, servicesArg, waitMsOf} from '../../../cli/flags/platform.js'
import {planServicesSwitch} from '../../../domain/sonataflow/services-edit.js'
import {explainPlatform, planOnPlatform} from '../../../facts/platform-edit.js'

export default class ServicesDisable extends SflCommand {
  static override summary = 'Disable supporting services: they stay deployed, but workflows are kept away from them.'
  static override description =
    'The operator goes on running a disabled service; "platform services remove --prune" takes it away.'
  static override usage = 'platform services disable SERVICE... [flags]'
  static override examples = [
    {description: 'Workflows without timers', command: '<%= config.bin %> platform services disable job-service'},
    {
      description: 'See first what would change',
      command: '<%= config.bin %> platform services disable --all --dry-run=server --diff',
    },
  ]
  static override args = servicesArg
  static override flags = {all: Flags.boolean({summary: 'Both services.'}), ...editFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ServicesDisable)
    await editPlatform(this, flags, {
      read: () => servicesOf('platform services disable', args.services, flags.all, this.program),
      plan: (keys, client, choice) =>
        planOnPlatform(
          client,
          choice,
          (facts) => planServicesSwitch(keys, false, {force: flags.force}, facts),
          waitMsOf(flags),
        ),
      explain: explainPlatform,
    })
  }
}
