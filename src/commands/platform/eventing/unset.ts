import {needed} from '../../../cli/prompts/ask-missing.js'
import {SflCommand} from '../../../cli/command.js'
import {editPlatform, targetOf} from '../../../cli/edit-platform.js'
import {editFlags, platformWideFlag, serviceArg, waitMsOf} from '../../../cli/flags/platform.js'
import {eventingTargetNeed} from '../../../cli/prompts/platform.js'
import {planEventingUnset} from '../../../domain/sonataflow/eventing/edit.js'
import {planOnPlatform} from '../../../facts/platform-edit.js'
import {explainPlatform} from '../../../facts/platform-explain.js'

export default class EventingUnset extends SflCommand {
  static override summary = 'Take the broker of the platform, or source and sink of a service, away.'
  static override description =
    'A service without its own uses the broker of the platform; without either, services and workflows call each other over HTTP. Triggers and the SinkBinding that are left are deleted after the change, with a question.'
  static override usage = 'platform eventing unset SERVICE|--platform-wide [flags]'
  static override examples = [
    {
      description: 'Back to the broker of the platform',
      command: '<%= config.bin %> platform eventing unset job-service',
    },
    {
      description: 'Back to HTTP, in a runbook',
      command: '<%= config.bin %> platform eventing unset --platform-wide --yes',
    },
  ]
  static override args = serviceArg
  static override flags = {'platform-wide': platformWideFlag, ...editFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(EventingUnset)
    const words = args.service === undefined ? [] : [args.service]
    const {target: wanted} = await needed(this, flags, 'platform eventing unset', {
      target: eventingTargetNeed(
        flags['platform-wide'],
        {words, platform: flags.platform},
        'What is no longer connected with brokers of its own?',
      ),
    })
    await editPlatform(this, flags, {
      read: () => {
        const target = targetOf(wanted, flags['platform-wide'])
        return target === 'platform' ? undefined : target[0]
      },
      plan: (service, client, choice) =>
        planOnPlatform(
          client,
          choice,
          (facts) => planEventingUnset(service, {force: flags.force}, facts),
          waitMsOf(flags),
        ),
      explain: explainPlatform,
    })
  }
}
