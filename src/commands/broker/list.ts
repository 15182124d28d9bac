import * as Args from '@oclif/core/args'
import {SflCommand} from '../../cli/command.js'
import {listFlags} from '../../cli/flags/output.js'
import {printList, readListing} from '../../cli/list.js'
import {BROKER} from '../../domain/eventing/names.js'
import {brokerColumns} from '../../output/eventing/broker-list.js'

export default class BrokerList extends SflCommand {
  static override summary = 'List brokers.'
  static override examples = [
    {
      description: 'The brokers of the namespace, of all namespaces, or with class, config and triggers',
      command: '<%= config.bin %> broker list\n<%= config.bin %> broker list -A\n<%= config.bin %> broker list -o wide',
    },
    {description: 'Follow them', command: '<%= config.bin %> broker list -w'},
    {
      description: 'For scripts',
      command:
        "<%= config.bin %> broker list -o name\n<%= config.bin %> broker list -o jsonpath='{.items[*].status.address.url}'",
    },
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Only these brokers.'}),
  }
  static override flags = listFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BrokerList)
    const options = await readListing(this.runtime, flags, args.names ?? [])
    const cluster = await this.connect(flags)
    const now = this.runtime.now()
    const namespace = flags['all-namespaces'] ? undefined : cluster.namespace
    const columns = async (wide: boolean) => {
      if (!wide) return brokerColumns(now)
      // Read only when asked for: the plain list is the command that is typed most.
      const [{triggerCounts}, {wideBrokerColumns}] = await Promise.all([
        import('../../facts/broker.js'),
        import('../../output/eventing/broker-list-wide.js'),
      ])
      return wideBrokerColumns(now, await triggerCounts(cluster.client, namespace))
    }
    await printList(this.runtime, cluster, {kind: BROKER, plural: 'brokers', columns}, options)
  }
}
