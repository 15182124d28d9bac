import * as Args from '@oclif/core/args'
import {SflCommand} from '../../cli/command.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {filterFlags, filterOptions} from '../../cli/flags/filters.js'
import {metadataFlags} from '../../cli/flags/metadata.js'
import {triggerFlags} from '../../cli/flags/trigger.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {requireName} from '../../cli/names.js'
import {perform, tasksFor, writeFormat} from '../../cli/perform.js'
import {planTriggerApply} from '../../domain/eventing/trigger-apply.js'
import {readTriggerOptions} from '../../domain/eventing/trigger-options.js'
import {parseDocument} from '../../facts/document.js'
import {triggerCreateFacts} from '../../facts/trigger.js'

export default class TriggerApply extends SflCommand {
  static override summary = 'Make a trigger be as the flags say, whether it exists or not.'
  static override description =
    'Server-side apply: what the flags set is owned by this program, what they no longer set is removed, what others set is left alone. Broker and sink of an existing trigger are kept when they are left out. Running it twice changes nothing.'
  static override usage = 'trigger apply NAME [flags]'
  static override examples = [
    {
      description: 'Create it, or bring it to this filter and three retries',
      command: '<%= config.bin %> trigger apply billing --sink ksvc:billing --filter type=dev.example.order --retry 3',
    },
    {
      description: 'See first what would change',
      command: '<%= config.bin %> trigger apply billing --filter type=dev.example.order --dry-run=server --diff',
    },
  ]
  static override args = {
    name: Args.string({required: false, ignoreStdin: true, description: 'Name of the trigger.'}),
  }
  static override flags = {
    ...triggerFlags,
    force: forceFlag('Apply it in spite of errors that were found.'),
    'force-conflicts': forceFlag('Take fields over that other field managers own.'),
    ...filterFlags,
    ...metadataFlags,
    ...deliveryFlags,
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TriggerApply)
    const name = requireName('trigger apply', args.name, this.program)
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const filters = await filterOptions(this.runtime, flags, parseDocument)
    const read = (namespace: string) =>
      readTriggerOptions({
        ...delivery,
        ...filters,
        name,
        namespace,
        broker: flags.broker,
        subscriber: flags.sink,
        order: flags.order,
        injectBroker: flags['inject-broker'],
        mergeDelivery: flags['merge-delivery'],
        labels: flags.label,
        annotations: flags.annotation,
      })
    writeFormat(flags.output)
    read('default')
    if (note !== undefined) this.note(note, flags)

    const cluster = await this.connect(flags)
    const tasks = await tasksFor(this.runtime, [name], async () => {
      const request = read(cluster.namespace)
      const facts = await triggerCreateFacts(cluster.client, request, {restated: flags.broker === undefined})
      const options = {
        force: flags.force,
        forceConflicts: flags['force-conflicts'],
        fieldManager: flags['field-manager'],
        broker: flags.broker,
        brokerWaitMs: waitMs,
        ...(flags.wait ? {waitMs} : {}),
      }
      return {plan: planTriggerApply(request, options, facts)}
    })
    await perform(this.runtime, cluster, tasks, flags)
  }
}
