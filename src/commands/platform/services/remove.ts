import * as Flags from '@oclif/core/flags'
import {needed} from '../../../cli/prompts/ask-missing.js'
import {SflCommand} from '../../../cli/command.js'
import {editPlatform, servicesOf} from '../../../cli/edit-platform.js'
import {editFlags, servicesArg, waitMsOf} from '../../../cli/flags/platform.js'
import {servicesNeed} from '../../../cli/prompts/platform.js'
import {isFound} from '../../../domain/core/seen.js'
import {planServicesRemove} from '../../../domain/sonataflow/services/edit.js'
import {readOperatorObjects} from '../../../facts/platform-delete.js'
import {planOnPlatform} from '../../../facts/platform-edit.js'
import {explainPlatform} from '../../../facts/platform-explain.js'

export default class ServicesRemove extends SflCommand {
  static override summary = 'Remove supporting services from a platform.'
  static override description =
    'Takes their settings out of the platform. The operator deletes nothing of them: Deployment, Service, ConfigMap and triggers go with --prune, after a question. Without any service left, those of the cluster serve the namespace again.'
  static override usage = 'platform services remove SERVICE... [flags]'
  static override examples = [
    {
      description: 'With everything that the operator would leave behind',
      command: '<%= config.bin %> platform services remove job-service --prune',
    },
    {
      description: 'Back to the services of the cluster, in a runbook',
      command: '<%= config.bin %> platform services remove --all --prune --yes',
    },
  ]
  static override args = servicesArg
  static override flags = {
    all: Flags.boolean({summary: 'Both services.'}),
    prune: Flags.boolean({summary: 'Delete the objects of the services as well.'}),
    ...editFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ServicesRemove)
    const {services} = await needed(this, flags, 'platform services remove', {
      services: servicesNeed(flags.all, {words: args.services, platform: flags.platform}),
    })
    const {prune, force} = flags
    await editPlatform(this, flags, {
      read: () => servicesOf(services, flags.all),
      plan: (keys, client, choice) => {
        const pending = readOperatorObjects(client, choice.namespace)
        // Its failure is that of the plan, unless that fails before.
        pending.catch(() => {})
        return planOnPlatform(
          client,
          choice,
          async (facts) => {
            const {objects, unread} = await pending
            const distant = isFound(facts.triggers)
              ? facts.triggers.filter(({metadata}) => metadata.namespace !== choice.namespace)
              : []
            return planServicesRemove(keys, {prune, force}, {...facts, objects: [...objects, ...distant], unread})
          },
          waitMsOf(flags),
        )
      },
      explain: explainPlatform,
    })
  }
}
