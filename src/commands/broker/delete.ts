import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {deleteEach, type Deletion} from '../../cli/delete.js'
import {duration} from '../../cli/flags/duration.js'
import {forceFlag, writeFlags} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {writeFormat} from '../../cli/perform.js'
import {deletionStuck, planBrokerDelete} from '../../domain/eventing/broker-delete.js'
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
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Names of the brokers.'}),
  }
  static override flags = {
    'ignore-not-found': Flags.boolean({summary: 'Succeed when the broker does not exist.'}),
    force: forceFlag('Delete it in spite of errors that were found.'),
    wait: Flags.boolean({allowNo: true, default: true, summary: 'Return only once it is gone.'}),
    timeout: duration({summary: 'How long to wait at most (default 5m).'}),
    'wait-timeout': duration({hidden: true, summary: "kn's word for --timeout."}),
    'wait-window': Flags.string({hidden: true, helpValue: 'SECONDS', summary: "kn's; without effect on deletion."}),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BrokerDelete)
    const names = requireNames('broker delete', args.names, this.program)
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
