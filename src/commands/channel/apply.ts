import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {applyFlags, nameArg, writing} from '../../cli/flags/change.js'
import {readTypeFlags, typeFlags} from '../../cli/flags/channel.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {newName} from '../../cli/prompts/required-input.js'
import {planChannelApply} from '../../domain/eventing/channel/create.js'
import {readChannelOptions} from '../../domain/eventing/channel/options.js'
import {channelCreateFacts} from '../../facts/channel.js'

export default class ChannelApply extends SflCommand {
  static override summary = 'Make a channel be as the flags say, whether it exists or not.'
  static override description =
    'Server-side apply. The spec of a channel that exists cannot be changed: what differs is refused with the way to a new channel. Running it twice changes nothing.'
  static override usage = 'channel apply NAME [flags]'
  static override examples = [
    {
      description: 'Create it, or leave it as it is',
      command: '<%= config.bin %> channel apply orders --type kafka --partitions 6 --replication-factor 3',
    },
    {
      description: 'See first what would change',
      command: '<%= config.bin %> channel apply orders --label team=shop --dry-run=server --diff',
    },
  ]
  static override args = nameArg('channel')
  static override flags = {
    ...typeFlags,
    ...deliveryFlags,
    ...applyFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelApply)
    const {name: asked} = await needed(this, flags, 'channel apply', {name: newName('channel', args.name)})
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const read = (name: string, namespace: string) =>
      readChannelOptions({
        ...delivery,
        ...readTypeFlags(flags),
        name,
        namespace,
        labels: flags.label,
        annotations: flags.annotation,
      })
    const options = writing(flags, waitMs)
    await changeEach(this, flags, {
      names: [asked],
      read,
      note,
      plan: async (request, {client}) => planChannelApply(request, options, await channelCreateFacts(client, request)),
    })
  }
}
