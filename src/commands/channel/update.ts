import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {namesArg, updateFlags, writing} from '../../cli/flags/change.js'
import {fixedFlags, readTypeFlags} from '../../cli/flags/channel.js'
import {readDeliveryFlags} from '../../cli/flags/delivery.js'
import {readMetadataChanges} from '../../cli/flags/metadata.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {planChannelUpdate, readChannelUpdateOptions} from '../../domain/eventing/channel/update.js'
import {CHANNEL, channelRef} from '../../domain/eventing/names.js'
import {channelUpdateFacts} from '../../facts/channel.js'

export default class ChannelUpdate extends SflCommand {
  static override summary = 'Change labels and annotations of channels.'
  static override description =
    'The spec of a channel cannot be changed, its delivery settings included; asked for, the commands that give its subscriptions such settings, or the way to a new channel, are shown and nothing is sent.'
  static override usage = 'channel update NAME... [flags]'
  static override examples = [
    {
      description: 'A label on, another one off',
      command: '<%= config.bin %> channel update pipe --label team=shop --label stage-',
    },
    {
      description: 'What to do instead of changing its retries',
      command: '<%= config.bin %> channel update pipe --retry 5',
    },
  ]
  static override args = namesArg('channels')
  static override flags = {
    ...fixedFlags,
    ...updateFlags(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelUpdate)
    const {names} = await needed(this, flags, 'channel update', {names: existingNames(CHANNEL, args.names)})
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const changes = readMetadataChanges(flags)
    const read = (name: string, namespace: string) =>
      readChannelUpdateOptions({...delivery, ...readTypeFlags(flags), ...changes, name, namespace})
    const options = writing(flags, waitMs)
    await changeEach(this, flags, {
      names,
      read,
      note,
      target: channelRef,
      plan: async (request, {client}) => planChannelUpdate(request, options, await channelUpdateFacts(client, request)),
    })
  }
}
