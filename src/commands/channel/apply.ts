import {channelFlags, readChannel} from '../../cli/flags/channel.js'
import {applyCommand} from '../../cli/verbs/change.js'
import {planChannelApply} from '../../domain/eventing/channel/create.js'
import {CHANNEL} from '../../domain/eventing/names.js'
import {channelCreateFacts} from '../../facts/channel.js'

export default applyCommand({
  kind: CHANNEL,
  flags: channelFlags,
  description:
    'Server-side apply. The spec of a channel that exists cannot be changed: what differs is refused with the way to a new channel. Running it twice changes nothing.',
  examples: [
    {
      description: 'Create it, or leave it as it is',
      command: 'channel apply orders --type kafka --partitions 6 --replication-factor 3',
    },
    {
      description: 'See first what would change',
      command: 'channel apply orders --label team=shop --dry-run=server --diff',
    },
  ],
  request: (flags) => readChannel(flags),
  plan: async (client, request, options) =>
    planChannelApply(request, options, await channelCreateFacts(client, request)),
})
