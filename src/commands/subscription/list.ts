import * as Args from '@oclif/core/args'
import {SflCommand} from '../../cli/command.js'
import {listFlags} from '../../cli/flags/output.js'
import {defaultNamespaceFirst, printList, readListing} from '../../cli/list.js'
import {SUBSCRIPTION} from '../../domain/eventing/names.js'
import {wideSubscriptionColumns} from '../../output/eventing/subscription-list-wide.js'
import {subscriptionColumns} from '../../output/eventing/subscription-list.js'

export default class SubscriptionList extends SflCommand {
  static override summary = 'List subscriptions.'
  static override description =
    'By name, as the server sends them, page by page. With -A namespace default comes first, so the table waits for the last page.'
  static override examples = [
    {
      description: 'The subscriptions of the namespace, of all namespaces, or with delivery settings',
      command:
        '<%= config.bin %> subscription list\n<%= config.bin %> subscription list -A\n<%= config.bin %> subscription list -o wide',
    },
    {description: 'For scripts', command: '<%= config.bin %> subscription list -o name'},
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Only these subscriptions.'}),
  }
  static override flags = listFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SubscriptionList)
    const options = await readListing(this.runtime, flags, args.names ?? [])
    const cluster = await this.connect(flags)
    const now = this.runtime.now()
    const columns = async (wide: boolean) => (wide ? wideSubscriptionColumns(now) : [...subscriptionColumns])
    const order = flags['all-namespaces'] ? {order: defaultNamespaceFirst} : {}
    await printList(this.runtime, cluster, {kind: SUBSCRIPTION, plural: 'subscriptions', columns, ...order}, options)
  }
}
