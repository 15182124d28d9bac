import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {deleteEach, type Deletion} from '../../cli/delete.js'
import {duration} from '../../cli/flags/duration.js'
import {writeFlags} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {writeFormat} from '../../cli/perform.js'
import {heldFindings} from '../../domain/existing.js'
import {TRIGGER} from '../../domain/eventing/names.js'
import {planTriggerDelete} from '../../domain/eventing/trigger-delete.js'
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
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Names of the triggers.'}),
  }
  static override flags = {
    'ignore-not-found': Flags.boolean({summary: 'Succeed when the trigger does not exist.'}),
    wait: Flags.boolean({allowNo: true, default: true, summary: 'Return only once it is gone.'}),
    timeout: duration({summary: 'How long to wait at most (default 5m).'}),
    'wait-timeout': duration({hidden: true, summary: "kn's word for --timeout."}),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TriggerDelete)
    const names = requireNames('trigger delete', args.names, this.program)
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
