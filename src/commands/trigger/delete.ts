import {SflCommand} from '../../cli/command.js'
import {deleteEach, type Deletion} from '../../cli/delete.js'
import {deleteFlags, namesArg} from '../../cli/flags/change.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {writeFormat} from '../../cli/run-plan.js'
import {heldFindings} from '../../domain/findings/existing.js'
import {TRIGGER} from '../../domain/eventing/names.js'
import {planTriggerDelete} from '../../domain/eventing/trigger/delete.js'
import {getEventing} from '../../facts/look.js'

export default class TriggerDelete extends SflCommand {
  static override summary = 'Delete triggers.'
  static override description = 'Waits until they are gone, and says which finalizer holds one that does not go.'
  static override usage = 'trigger delete NAME... [flags]'
  static override examples = [
    {description: 'Delete a trigger after a question', command: '<%= config.bin %> trigger delete billing'},
    {
      description: 'In a runbook: no question, fine if it is already gone',
      command: '<%= config.bin %> trigger delete billing --yes --ignore-not-found',
    },
  ]
  static override args = namesArg('triggers')
  static override flags = deleteFlags('trigger')

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TriggerDelete)
    const {names} = await needed(this, flags, 'trigger delete', {names: existingNames(TRIGGER, args.names)})
    writeFormat(flags.output)
    const cluster = await this.connect(flags)
    const {client} = cluster
    const deletion: Deletion = {
      kind: TRIGGER,
      plan: async (ref, options) => planTriggerDelete(await getEventing(client, ref), options),
      explainTimeout: async (ref) => heldFindings(await client.get(ref), 'SFL-T18'),
    }
    await deleteEach(this.runtime, cluster, deletion, names, flags)
  }
}
