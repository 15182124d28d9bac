import * as Flags from '@oclif/core/flags'
import {needed} from '../../../cli/prompts/ask-missing.js'
import {SflCommand} from '../../../cli/command.js'
import {editPlatform, servicesOf} from '../../../cli/edit-platform.js'
import {editFlags, servicesArg, waitMsOf} from '../../../cli/flags/platform.js'
import {servicesNeed} from '../../../cli/prompts/platform.js'
import {planServicesSwitch} from '../../../domain/sonataflow/services/edit.js'
import {planOnPlatform} from '../../../facts/platform-edit.js'
import {explainPlatform} from '../../../facts/platform-explain.js'

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
    const {services} = await needed(this, flags, 'platform services disable', {
      services: servicesNeed(flags.all, {words: args.services, platform: flags.platform}),
    })
    await editPlatform(this, flags, {
      read: () => servicesOf(services, flags.all),
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
