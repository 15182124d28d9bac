import {SflCommand} from '../../cli/command.js'
import {deleteEach, type Deletion} from '../../cli/delete.js'
import {deleteFlags, namesArg} from '../../cli/flags/change.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {writeFormat} from '../../cli/run-plan.js'
import {deletionStuck, planBrokerDelete} from '../../domain/eventing/broker/delete.js'
import {BROKER} from '../../domain/eventing/names.js'
import {deleteFacts} from '../../facts/broker.js'

export default class BrokerDelete extends SflCommand {
  static override summary = 'Delete brokers.'
  static override description =
    'Shows the triggers that lose their broker, refuses a broker that injection would bring back, and says which finalizer holds one that does not go.'
  static override usage = 'broker delete NAME... [flags]'
  static override examples = [
    {description: 'Delete a broker after a question', command: '<%= config.bin %> broker delete orders'},
    {
      description: 'In a runbook: no question, fine if it is already gone',
      command: '<%= config.bin %> broker delete orders --yes --ignore-not-found',
    },
  ]
  static override args = namesArg('brokers')
  static override flags = deleteFlags('broker')

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BrokerDelete)
    const {names} = await needed(this, flags, 'broker delete', {names: existingNames(BROKER, args.names)})
    writeFormat(flags.output)
    const cluster = await this.connect(flags)
    const {client} = cluster
    const deletion: Deletion = {
      kind: BROKER,
      plan: async (ref, options) => planBrokerDelete({...options, force: flags.force}, await deleteFacts(client, ref)),
      explainTimeout: async (ref) => {
        const {broker, config} = await deleteFacts(client, ref)
        return deletionStuck(broker, config)
      },
    }
    await deleteEach(this.runtime, cluster, deletion, names, flags)
  }
}
