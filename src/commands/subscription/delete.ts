import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {deleteEach, type Deletion} from '../../cli/delete.js'
import {duration} from '../../cli/flags/duration.js'
import {forceFlag, writeFlags} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {writeFormat} from '../../cli/perform.js'
import {heldFindings} from '../../domain/existing.js'
import {SUBSCRIPTION} from '../../domain/eventing/names.js'
import {planSubscriptionDelete} from '../../domain/eventing/subscription-update.js'
import {readSubscription} from '../../facts/subscription.js'

export default class SubscriptionDelete extends SflCommand {
  static override summary = 'Delete subscriptions.'
  static override usage = 'subscription delete NAME... [flags]'
  static override examples = [
    {description: 'Delete a subscription after a question', command: '<%= config.bin %> subscription delete audit'},
    {
      description: 'In a runbook: no question, fine if it is already gone',
      command: '<%= config.bin %> subscription delete audit --yes --ignore-not-found',
    },
  ]
  static override args = {
    names: Args.string({
      multiple: true,
      required: false,
      ignoreStdin: true,
      description: 'Names of the subscriptions.',
    }),
  }
  static override flags = {
    'ignore-not-found': Flags.boolean({summary: 'Succeed when the subscription does not exist.'}),
    force: forceFlag('Delete it in spite of errors that were found.'),
    wait: Flags.boolean({allowNo: true, default: true, summary: 'Return only once it is gone.'}),
    timeout: duration({summary: 'How long to wait at most (default 5m).'}),
    'wait-timeout': duration({hidden: true, summary: "kn's word for --timeout."}),
    'wait-window': Flags.string({hidden: true, helpValue: 'SECONDS', summary: "kn's; without effect on deletion."}),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SubscriptionDelete)
    const names = requireNames('subscription delete', args.names, this.program)
    writeFormat(flags.output)
    const cluster = await this.connect(flags)
    const {client} = cluster
    const deletion: Deletion = {
      kind: SUBSCRIPTION,
      plan: async (ref, options) => planSubscriptionDelete(await readSubscription(client, ref), options),
      explainTimeout: async (ref) => heldFindings(await readSubscription(client, ref), 'SFL-S15'),
    }
    await deleteEach(this.runtime, cluster, deletion, names, flags)
  }
}
