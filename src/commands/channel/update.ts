import {fixedFlags, readTypeFlags} from '../../cli/flags/channel.js'
import {readDeliveryFlags} from '../../cli/flags/delivery.js'
import {updateCommand} from '../../cli/verbs/change.js'
import {planChannelUpdate, readChannelUpdateOptions} from '../../domain/eventing/channel/update.js'
import {CHANNEL, channelRef} from '../../domain/eventing/names.js'
import {channelUpdateFacts} from '../../facts/channel.js'

export default updateCommand({
  kind: CHANNEL,
  flags: fixedFlags,
  summary: 'Change labels and annotations of channels.',
  description:
    'The spec of a channel cannot be changed, its delivery settings included; if that is requested, the commands that give its subscriptions such settings, or the steps to a new channel, are printed and nothing is sent.',
  examples: [
    {description: 'A label on, another one off', command: 'channel update pipe --label team=shop --label stage-'},
    {description: 'What to do instead of changing its retries', command: 'channel update pipe --retry 5'},
  ],
  target: channelRef,
  request(flags) {
    const {delivery, ...rest} = readDeliveryFlags(flags)
    return {...rest, read: (subject) => readChannelUpdateOptions({...delivery, ...readTypeFlags(flags), ...subject})}
  },
  plan: async (client, request, options) =>
    planChannelUpdate(request, options, await channelUpdateFacts(client, request)),
})
