import * as Flags from '@oclif/core/flags'
import {needed} from '../../../cli/prompts/ask-missing.js'
import {SflCommand} from '../../../cli/command.js'
import {editPlatform, servicesOf} from '../../../cli/edit-platform.js'
import {editFlags, servicesArg, waitMsOf} from '../../../cli/flags/platform.js'
import {servicesNeed} from '../../../cli/prompts/platform.js'
import {planServicesSwitch} from '../../../domain/sonataflow/services/edit.js'
import {planOnPlatform} from '../../../facts/platform-edit.js'
import {explainPlatform} from '../../../facts/platform-explain.js'

export default class ServicesEnable extends SflCommand {
  static override summary = 'Enable supporting services: the operator deploys them and connects workflows with them.'
  static override description =
    'Says what does not work with one of the two alone, what services of the cluster the namespace loses, and which workflows keep their old connections until they are redeployed.'
  static override usage = 'platform services enable SERVICE... [flags]'
  static override examples = [
    {
      description: 'Both, and until their pods are ready',
      command: '<%= config.bin %> platform services enable --all --wait',
    },
    {
      description: 'One, on a platform that is not the active one',
      command: '<%= config.bin %> platform services enable job-service --platform staging',
    },
  ]
  static override args = servicesArg
  static override flags = {all: Flags.boolean({summary: 'Both services.'}), ...editFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ServicesEnable)
    const {services} = await needed(this, flags, 'platform services enable', {
      services: servicesNeed(flags.all, {words: args.services, platform: flags.platform}),
    })
    await editPlatform(this, flags, {
      read: () => servicesOf(services, flags.all),
      plan: (keys, client, choice) =>
        planOnPlatform(
          client,
          choice,
          (facts) => planServicesSwitch(keys, true, {force: flags.force}, facts),
          waitMsOf(flags),
        ),
      explain: explainPlatform,
    })
  }
}
