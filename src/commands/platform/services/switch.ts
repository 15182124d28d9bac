import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../../cli/command.js'
import {editPlatform, servicesOf} from '../../../cli/edit-platform.js'
import {editFlags, servicesArg, waitMsOf} from '../../../cli/flags/platform.js'
import {planServicesSwitch} from '../../../domain/sonataflow/services-edit.js'
import {explainPlatform, planOnPlatform} from '../../../facts/platform-edit.js'

const switchFlags = {all: Flags.boolean({summary: 'Both services.'}), ...editFlags}

/** `platform services enable` and `disable` differ in one word. */
const switchCommand = (verb: 'enable' | 'disable', enabled: boolean) =>
  class ServicesSwitch extends SflCommand {
    static override usage = `platform services ${verb} SERVICE... [flags]`
    static override args = servicesArg
    static override flags = switchFlags

    async run(): Promise<void> {
      const {args, flags} = await this.parse(ServicesSwitch)
      await editPlatform(this, flags, {
        read: () => servicesOf(`platform services ${verb}`, args.services, flags.all, this.program),
        plan: (keys, client, choice) =>
          planOnPlatform(
            client,
            choice,
            (facts) => planServicesSwitch(keys, enabled, {force: flags.force}, facts),
            waitMsOf(flags),
          ),
        explain: explainPlatform,
      })
    }
  }

export class ServicesEnable extends switchCommand('enable', true) {
  static override summary = 'Enable supporting services: the operator deploys them and connects workflows with them.'
  static override description =
    'Says what does not work with one of the two alone, what services of the cluster the namespace loses, and which workflows keep their old connections until they are deployed anew.'
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
}

export class ServicesDisable extends switchCommand('disable', false) {
  static override summary = 'Disable supporting services: they stay deployed, but workflows are kept away from them.'
  static override description =
    'The operator goes on running a disabled service; "platform services remove --prune" takes it away.'
  static override examples = [
    {description: 'Workflows without timers', command: '<%= config.bin %> platform services disable job-service'},
    {
      description: 'See first what would change',
      command: '<%= config.bin %> platform services disable --all --dry-run=server --diff',
    },
  ]
}
