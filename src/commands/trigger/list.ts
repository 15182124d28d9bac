import * as Args from '@oclif/core/args'
import {SflCommand} from '../../cli/command.js'
import {listFlags} from '../../cli/flags/output.js'
import {defaultNamespaceFirst, printList, readListing} from '../../cli/list.js'
import {TRIGGER} from '../../domain/eventing/names.js'
import {triggerColumns} from '../../output/eventing/trigger-list.js'

export default class TriggerList extends SflCommand {
  static override summary = 'List triggers.'
  static override examples = [
    {
      description: 'The triggers of the namespace, of all namespaces, or with filters, URIs and order',
      command:
        '<%= config.bin %> trigger list\n<%= config.bin %> trigger list -A\n<%= config.bin %> trigger list -o wide',
    },
    {
      description: 'Those of one broker',
      command: '<%= config.bin %> trigger list -l eventing.knative.dev/broker=orders',
    },
    {description: 'Follow them', command: '<%= config.bin %> trigger list -w'},
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Only these triggers.'}),
  }
  static override flags = listFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TriggerList)
    const options = await readListing(this.runtime, flags, args.names ?? [])
    const cluster = await this.connect(flags)
    const now = this.runtime.now()
    const columns = async (wide: boolean) =>
      wide ? (await import('../../output/eventing/trigger-list-wide.js')).wideTriggerColumns(now) : triggerColumns(now)
    const order = flags['all-namespaces'] ? {order: defaultNamespaceFirst} : {}
    await printList(this.runtime, cluster, {kind: TRIGGER, plural: 'triggers', columns, ...order}, options)
  }
}
