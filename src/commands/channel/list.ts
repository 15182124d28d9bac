import * as Args from '@oclif/core/args'
import {SflCommand} from '../../cli/command.js'
import {listFlags} from '../../cli/flags/output.js'
import {defaultNamespaceFirst, printList, readListing} from '../../cli/list.js'
import {CHANNEL} from '../../domain/eventing/names.js'
import {subscriptionCounts} from '../../facts/channel.js'
import {wideChannelColumns} from '../../output/eventing/channel-list-wide.js'
import {channelColumns} from '../../output/eventing/channel-list.js'

export default class ChannelList extends SflCommand {
  static override summary = 'List channels.'
  static override description =
    'By name, as the server sends them, page by page. With -A namespace default comes first, so the table waits for the last page.'
  static override examples = [
    {
      description: 'The channels of the namespace, of all namespaces, or with what is behind them',
      command:
        '<%= config.bin %> channel list\n<%= config.bin %> channel list -A\n<%= config.bin %> channel list -o wide',
    },
    {
      description: 'For scripts',
      command: "<%= config.bin %> channel list -o jsonpath='{.items[*].status.address.url}'",
    },
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Only these channels.'}),
  }
  static override flags = listFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelList)
    const options = await readListing(this.runtime, flags, args.names ?? [])
    const cluster = await this.connect(flags)
    const now = this.runtime.now()
    const namespace = flags['all-namespaces'] ? undefined : cluster.namespace
    const columns = async (wide: boolean) =>
      wide ? wideChannelColumns(now, await subscriptionCounts(cluster.client, namespace)) : channelColumns(now)
    const order = flags['all-namespaces'] ? {order: defaultNamespaceFirst} : {}
    await printList(this.runtime, cluster, {kind: CHANNEL, plural: 'channels', columns, ...order}, options)
  }
}
