import {defaultNamespaceFirst} from '../../cli/list.js'
import {listCommand} from '../../cli/verbs/list.js'
import {CHANNEL} from '../../domain/eventing/names.js'
import {subscriptionCounts} from '../../facts/channel.js'
import {channelColumns} from '../../output/eventing/channel-list.js'
import {wideChannelColumns} from '../../output/eventing/channel-list-wide.js'

export default listCommand({
  kind: CHANNEL,
  description:
    'By name, as the server sends them, page by page. With -A namespace default comes first, so the table waits for the last page.',
  examples: [
    {
      description: 'The channels of the namespace, of all namespaces, or with what is behind them',
      command: ['channel list', 'channel list -A', 'channel list -o wide'],
    },
    {description: 'For scripts', command: "channel list -o jsonpath='{.items[*].status.address.url}'"},
  ],
  listing: ({client, namespace, now}) => ({
    columns: async (wide) =>
      wide ? wideChannelColumns(now, await subscriptionCounts(client, namespace)) : channelColumns(now),
    orderOfAll: defaultNamespaceFirst,
  }),
})
