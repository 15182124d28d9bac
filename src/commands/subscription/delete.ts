import {SflCommand} from '../../cli/command.js'
import {deleteEach, type Deletion} from '../../cli/delete.js'
import {deleteFlags, namesArg} from '../../cli/flags/change.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {writeFormat} from '../../cli/run-plan.js'
import {heldFindings} from '../../domain/findings/existing.js'
import {SUBSCRIPTION} from '../../domain/eventing/names.js'
import {planSubscriptionDelete} from '../../domain/eventing/subscription/update.js'
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
  static override args = namesArg('subscriptions')
  static override flags = deleteFlags('subscription')

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SubscriptionDelete)
    const {names} = await needed(this, flags, 'subscription delete', {names: existingNames(SUBSCRIPTION, args.names)})
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
