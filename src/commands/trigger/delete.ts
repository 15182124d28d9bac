import {deleteCommand} from '../../cli/verbs/delete.js'
import {TRIGGER} from '../../domain/eventing/names.js'
import {planTriggerDelete} from '../../domain/eventing/trigger/delete.js'
import {heldFindings} from '../../domain/findings/existing.js'
import {getEventing} from '../../facts/look.js'

export default deleteCommand({
  kind: TRIGGER,
  description: 'Waits until they are gone, and says which finalizer holds one that does not go.',
  examples: [
    {description: 'Delete a trigger after a question', command: 'trigger delete billing'},
    {
      description: 'In a runbook: no question, fine if it is already gone',
      command: 'trigger delete billing --yes --ignore-not-found',
    },
  ],
  plan: async (client, ref, options) => planTriggerDelete(await getEventing(client, ref), options),
  explainTimeout: async (client, ref) => heldFindings(await client.get(ref), 'SFL-T18'),
})
