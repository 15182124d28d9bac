import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {filterChangeFlags, filterOptions} from '../../cli/flags/filters.js'
import {metadataChangeFlags, readMetadataChanges} from '../../cli/flags/metadata.js'
import {mergeDeliveryFlag, orderFlag, sinkFlag} from '../../cli/flags/trigger.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {explainAbsence} from '../../cli/not-found.js'
import {perform, tasksFor, writeFormat} from '../../cli/perform.js'
import {triggerRef} from '../../domain/eventing/names.js'
import {planTriggerUpdate, readTriggerUpdateOptions} from '../../domain/eventing/trigger-update.js'
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
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Names of the triggers.'}),
  }
  static override flags = {
    sink: sinkFlag,
    order: orderFlag,
    broker: Flags.string({helpValue: 'NAME', summary: 'Cannot be changed; with --recreate, the trigger is made anew.'}),
    recreate: Flags.boolean({summary: 'Delete the trigger and create it anew on the broker of --broker.'}),
    'merge-delivery': mergeDeliveryFlag,
    unset: Flags.string({
      helpValue: 'FIELD',
      multiple: true,
      multipleNonGreedy: true,
      summary:
        'Remove a setting: a delivery flag such as dl-sink, delivery, filters, filter:KEY, order, label:KEY or annotation:KEY (repeatable).',
    }),
    force: forceFlag('Change it in spite of errors that were found.'),
    ...filterChangeFlags,
    ...metadataChangeFlags,
    ...deliveryFlags,
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TriggerUpdate)
    const names = requireNames('trigger update', args.names, this.program)
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
    writeFormat(flags.output)
    names.forEach((name) => read(name, 'default'))
    if (note !== undefined) this.note(note, flags)

    const cluster = await this.connect(flags)
    const {client, namespace} = cluster
    const tasks = await tasksFor(this.runtime, names, async (name) => {
      const request = read(name, namespace)
      try {
        const options = {force: flags.force, recreateWaitMs: waitMs, ...(flags.wait ? {waitMs} : {})}
        const plan = planTriggerUpdate(request, options, await triggerUpdateFacts(client, request))
        return plan.steps.some(({verb}) => verb === 'delete')
          ? {plan, question: `Delete trigger "${name}" in namespace "${namespace}" and create it anew?`}
          : {plan}
      } catch (error) {
        throw await explainAbsence(this.runtime, cluster, triggerRef(name, namespace), error)
      }
    })
    await perform(this.runtime, cluster, tasks, flags)
  }
}
