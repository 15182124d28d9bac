import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {createFlags, namesArg, writing} from '../../cli/flags/change.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {filterFlags, filterOptions} from '../../cli/flags/filters.js'
import {triggerFlags} from '../../cli/flags/trigger.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {brokerFlag} from '../../cli/prompts/broker.js'
import {newNames, sinkFlag} from '../../cli/prompts/required-input.js'
import {planTriggerCreate} from '../../domain/eventing/trigger/create.js'
import {readTriggerOptions} from '../../domain/eventing/trigger/options.js'
import {parseDocument} from '../../facts/document.js'
import {triggerCreateFacts} from '../../facts/trigger.js'

export default class TriggerCreate extends SflCommand {
  static override summary = 'Create triggers.'
  static override description =
    'Broker, sink and dead letter sink are looked up first; a trigger that could never become ready is refused with the reason and the command that repairs it.'
  static override usage = 'trigger create NAME... --sink SINK [flags]'
  static override examples = [
    {
      description: 'Events of one type, from the broker "default" to a Knative Service',
      command: '<%= config.bin %> trigger create billing --sink ksvc:billing --filter type=dev.example.order',
    },
    {
      description: 'Events whose source begins with /orders, kept in order, with retries of its own',
      command:
        '<%= config.bin %> trigger create audit --broker orders --sink ksvc:audit --filter-prefix source=/orders --order ordered --retry 5 --merge-delivery',
    },
    {
      description: 'Filters of any depth from a file',
      command: '<%= config.bin %> trigger create audit --sink ksvc:audit --filters-file filters.yaml',
    },
    {
      description: 'Together with its broker, by injection',
      command: '<%= config.bin %> trigger create first --sink ksvc:first --inject-broker --wait',
    },
    {
      description: 'The manifest for GitOps',
      command: '<%= config.bin %> trigger create billing --sink ksvc:billing --dry-run=client -o yaml',
    },
  ]
  static override args = namesArg('triggers')
  static override flags = {
    ...triggerFlags,
    ...filterFlags,
    ...deliveryFlags,
    ...createFlags('trigger'),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TriggerCreate)
    const {names, sink, broker} = await needed(this, flags, 'trigger create', {
      names: newNames('trigger', args.names),
      broker: brokerFlag(flags.broker),
      sink: sinkFlag('--sink', flags.sink),
    })
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const filters = await filterOptions(this.runtime, flags, parseDocument)
    const read = (name: string, namespace: string) =>
      readTriggerOptions({
        ...delivery,
        ...filters,
        name,
        namespace,
        broker,
        subscriber: sink,
        order: flags.order,
        injectBroker: flags['inject-broker'],
        mergeDelivery: flags['merge-delivery'],
        labels: flags.label,
        annotations: flags.annotation,
      })
    const options = {...writing(flags, waitMs), brokerWaitMs: waitMs}
    await changeEach(this, flags, {
      names,
      read,
      note,
      plan: async (request, {client}) => planTriggerCreate(request, options, await triggerCreateFacts(client, request)),
    })
  }
}
