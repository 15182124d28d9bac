import * as Flags from '@oclif/core/flags'
import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {namesArg, updateFlags, writing} from '../../cli/flags/change.js'
import {deliveryFlags, readDeliveryFlags, unsettableDelivery} from '../../cli/flags/delivery.js'
import {filterChangeFlags, filterOptions} from '../../cli/flags/filters.js'
import {readMetadataChanges} from '../../cli/flags/metadata.js'
import {mergeDeliveryFlag, orderFlag, sinkFlag} from '../../cli/flags/trigger.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {TRIGGER, triggerRef} from '../../domain/eventing/names.js'
import {planTriggerUpdate, readTriggerUpdateOptions} from '../../domain/eventing/trigger/update.js'
import {parseDocument} from '../../facts/document.js'
import {triggerUpdateFacts} from '../../facts/trigger.js'

export default class TriggerUpdate extends SflCommand {
  static override summary = 'Change sink, filters, delivery, labels and annotations of triggers.'
  static override description =
    'Only what the flags name is sent; filters are merged. The broker cannot be changed; asked for, the way to a new trigger is shown, and --recreate goes it.'
  static override usage = 'trigger update NAME... [flags]'
  static override examples = [
    {
      description: 'One filter more, another one off',
      command: '<%= config.bin %> trigger update billing --filter type=dev.example.order --filter source-',
    },
    {
      description: 'Three retries, without losing the dead letter sink of the broker',
      command: '<%= config.bin %> trigger update billing --retry 3 --merge-delivery',
    },
    {
      description: 'To another broker: deleted, created anew, waited for',
      command: '<%= config.bin %> trigger update billing --broker orders --recreate',
    },
    {
      description: 'See first what would change',
      command: '<%= config.bin %> trigger update billing --sink ksvc:billing-v2 --dry-run=server --diff',
    },
  ]
  static override args = namesArg('triggers')
  static override flags = {
    sink: sinkFlag,
    order: orderFlag,
    broker: Flags.string({helpValue: 'NAME', summary: 'Cannot be changed; with --recreate, the trigger is made anew.'}),
    recreate: Flags.boolean({summary: 'Delete the trigger and create it anew on the broker of --broker.'}),
    'merge-delivery': mergeDeliveryFlag,
    ...filterChangeFlags,
    ...deliveryFlags,
    ...updateFlags('a delivery flag such as dl-sink, delivery, filters, filter:KEY, order', [
      ...unsettableDelivery,
      'filters',
      'filter:',
      'order',
    ]),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TriggerUpdate)
    const {names} = await needed(this, flags, 'trigger update', {names: existingNames(TRIGGER, args.names)})
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const filters = await filterOptions(this.runtime, flags, parseDocument)
    const read = (name: string, namespace: string) =>
      readTriggerUpdateOptions({
        ...delivery,
        ...filters,
        ...readMetadataChanges(flags),
        name,
        namespace,
        subscriber: flags.sink,
        order: flags.order,
        broker: flags.broker,
        recreate: flags.recreate,
        mergeDelivery: flags['merge-delivery'],
      })
    const options = {...writing(flags, waitMs), recreateWaitMs: waitMs}
    await changeEach(this, flags, {
      names,
      read,
      note,
      target: triggerRef,
      plan: async (request, {client}) => {
        const plan = planTriggerUpdate(request, options, await triggerUpdateFacts(client, request))
        const {name, namespace} = request
        return plan.steps.some(({verb}) => verb === 'delete')
          ? {plan, question: `Delete trigger "${name}" in namespace "${namespace}" and create it anew?`}
          : plan
      },
    })
  }
}
