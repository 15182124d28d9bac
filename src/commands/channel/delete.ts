import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {deleteEach, type Deletion} from '../../cli/delete.js'
import {duration} from '../../cli/flags/duration.js'
import {forceFlag, writeFlags} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {writeFormat} from '../../cli/perform.js'
import {planChannelDelete} from '../../domain/eventing/channel-delete.js'
import {heldFindings} from '../../domain/existing.js'
import {CHANNEL} from '../../domain/eventing/names.js'
import {channelDeleteFacts} from '../../facts/channel.js'

export default class ChannelDelete extends SflCommand {
  static override summary = 'Delete channels.'
  static override description =
    'Shows the subscriptions that lose their channel, and says which finalizer holds one that does not go.'
  static override usage = 'channel delete NAME... [flags]'
  static override examples = [
    {description: 'Delete a channel after a question', command: '<%= config.bin %> channel delete pipe'},
    {
      description: 'In a runbook: no question, fine if it is already gone',
      command: '<%= config.bin %> channel delete pipe --yes --ignore-not-found',
    },
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Names of the channels.'}),
  }
  static override flags = {
    'ignore-not-found': Flags.boolean({summary: 'Succeed when the channel does not exist.'}),
    force: forceFlag('Delete it in spite of errors that were found.'),
    wait: Flags.boolean({allowNo: true, default: true, summary: 'Return only once it is gone.'}),
    timeout: duration({summary: 'How long to wait at most (default 5m).'}),
    'wait-timeout': duration({hidden: true, summary: "kn's word for --timeout."}),
    'wait-window': Flags.string({hidden: true, helpValue: 'SECONDS', summary: "kn's; without effect on deletion."}),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelDelete)
    const names = requireNames('channel delete', args.names, this.program)
    writeFormat(flags.output)
    const cluster = await this.connect(flags)
    const {client} = cluster
    const deletion: Deletion = {
      kind: CHANNEL,
      plan: async (ref, options) =>
        planChannelDelete({...options, force: flags.force}, await channelDeleteFacts(client, ref)),
      explainTimeout: async (ref) => heldFindings((await channelDeleteFacts(client, ref)).channel, 'SFL-C17'),
    }
    await deleteEach(this.runtime, cluster, deletion, names, flags)
  }
}
