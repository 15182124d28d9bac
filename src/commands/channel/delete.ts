import {SflCommand} from '../../cli/command.js'
import {deleteEach, type Deletion} from '../../cli/delete.js'
import {deleteFlags, namesArg} from '../../cli/flags/change.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {writeFormat} from '../../cli/run-plan.js'
import {planChannelDelete} from '../../domain/eventing/channel/delete.js'
import {heldFindings} from '../../domain/findings/existing.js'
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
  static override args = namesArg('channels')
  static override flags = deleteFlags('channel')

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelDelete)
    const {names} = await needed(this, flags, 'channel delete', {names: existingNames(CHANNEL, args.names)})
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
