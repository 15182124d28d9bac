import {deleteCommand} from '../../cli/verbs/delete.js'
import {SUBSCRIPTION} from '../../domain/eventing/names.js'
import {planSubscriptionDelete} from '../../domain/eventing/subscription/update.js'
import {heldFindings} from '../../domain/findings/existing.js'
import {readSubscription} from '../../facts/subscription.js'

export default deleteCommand({
  kind: SUBSCRIPTION,
  examples: [
    {description: 'Delete a subscription after a question', command: 'subscription delete audit'},
    {
      description: 'In a runbook: no question, fine if it is already gone',
      command: 'subscription delete audit --yes --ignore-not-found',
    },
  ],
  plan: async (client, ref, options) => planSubscriptionDelete(await readSubscription(client, ref), options),
  explainTimeout: async (client, ref) => heldFindings(await readSubscription(client, ref), 'SFL-S15'),
})
