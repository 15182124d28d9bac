import {describeCommand} from '../../cli/verbs/describe.js'
import {describeChannel} from '../../domain/eventing/channel/description.js'
import {CHANNEL} from '../../domain/eventing/names.js'
import {channelDescribeFacts} from '../../facts/channel.js'
import {channelText} from '../../output/eventing/channel-describe.js'

export default describeCommand({
  kind: CHANNEL,
  addressable: true,
  ofKn: true,
  examples: [
    {description: 'Everything about one channel', command: 'channel describe pipe'},
    {description: 'Its address, for scripts', command: 'channel describe pipe -o url'},
    {description: "kn's text exactly", command: 'channel describe pipe --no-extras'},
  ],
  async text(ref, {client}, {events, ...options}) {
    const facts = await channelDescribeFacts(client, ref, {events})
    return channelText(facts.channel, describeChannel(facts, options.now.getTime()), options)
  },
})
