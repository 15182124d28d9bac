import {deleteCommand} from '../../cli/verbs/delete.js'
import {deletionStuck, planBrokerDelete} from '../../domain/eventing/broker/delete.js'
import {BROKER} from '../../domain/eventing/names.js'
import {deleteFacts} from '../../facts/broker.js'

export default deleteCommand({
  kind: BROKER,
  description:
    'Shows the triggers that lose their broker, refuses a broker that injection would bring back, and says which finalizer holds one that does not go.',
  examples: [
    {description: 'Delete a broker after a question', command: 'broker delete orders'},
    {
      description: 'In a runbook: no question, fine if it is already gone',
      command: 'broker delete orders --yes --ignore-not-found',
    },
  ],
  plan: async (client, ref, options) => planBrokerDelete(options, await deleteFacts(client, ref)),
  async explainTimeout(client, ref) {
    const {broker, config} = await deleteFacts(client, ref)
    return deletionStuck(broker, config)
  },
})
