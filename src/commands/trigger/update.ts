import * as Flags from '@oclif/core/flags'
import {deliveryFlags, readDeliveryFlags, unsettableDelivery} from '../../cli/flags/delivery.js'
import {filterChangeFlags, filterOptions} from '../../cli/flags/filters.js'
import {mergeDeliveryFlag, orderFlag, sinkFlag} from '../../cli/flags/trigger.js'
import {updateCommand} from '../../cli/verbs/change.js'
import {TRIGGER, triggerRef} from '../../domain/eventing/names.js'
import {planTriggerUpdate, readTriggerUpdateOptions} from '../../domain/eventing/trigger/update.js'
import {parseDocument} from '../../facts/document.js'
import {triggerUpdateFacts} from '../../facts/trigger.js'

const flags = {
  sink: sinkFlag,
  order: orderFlag,
  broker: Flags.string({helpValue: 'NAME', summary: 'Cannot be changed; with --recreate, the trigger is recreated.'}),
  recreate: Flags.boolean({summary: 'Delete the trigger and recreate it on the broker of --broker.'}),
  'merge-delivery': mergeDeliveryFlag,
  ...filterChangeFlags,
  ...deliveryFlags,
}

export default updateCommand({
  kind: TRIGGER,
  flags,
  unsettable: [
    'a delivery flag such as dl-sink, delivery, filters, filter:KEY, order',
    [...unsettableDelivery, 'filters', 'filter:', 'order'],
  ],
  summary: 'Change sink, filters, delivery, labels and annotations of triggers.',
  description:
    'Only what the flags name is sent; filters are merged. The broker cannot be changed; if that is requested, the steps to a new trigger are printed, and --recreate takes them.',
  examples: [
    {
      description: 'One filter more, another one off',
      command: 'trigger update billing --filter type=dev.example.order --filter source-',
    },
    {
      description: 'Three retries, without losing the dead letter sink of the broker',
      command: 'trigger update billing --retry 3 --merge-delivery',
    },
    {
      description: 'To another broker: deleted, recreated, waited for',
      command: 'trigger update billing --broker orders --recreate',
    },
    {
      description: 'See first what would change',
      command: 'trigger update billing --sink ksvc:billing-v2 --dry-run=server --diff',
    },
  ],
  target: triggerRef,
  async request(flags, {runtime}) {
    const {delivery, ...rest} = readDeliveryFlags(flags)
    const filters = await filterOptions(runtime, flags, parseDocument)
    return {
      ...rest,
      read: (subject) =>
        readTriggerUpdateOptions({
          ...delivery,
          ...filters,
          ...subject,
          subscriber: flags.sink,
          order: flags.order,
          broker: flags.broker,
          recreate: flags.recreate,
          mergeDelivery: flags['merge-delivery'],
        }),
    }
  },
  async plan(client, request, options, {waitMs}) {
    const facts = await triggerUpdateFacts(client, request)
    const plan = planTriggerUpdate(request, {...options, recreateWaitMs: waitMs}, facts)
    const {name, namespace} = request
    return plan.steps.some(({verb}) => verb === 'delete')
      ? {plan, question: `Delete trigger "${name}" in namespace "${namespace}" and recreate it?`}
      : plan
  },
})
