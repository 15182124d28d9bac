import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {filterFlags, filterOptions} from '../../cli/flags/filters.js'
import {metadataFlags} from '../../cli/flags/metadata.js'
import {triggerFlags} from '../../cli/flags/trigger.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {requireFlag, requireNames} from '../../cli/names.js'
import {perform, tasksFor, writeFormat} from '../../cli/perform.js'
import {planTriggerCreate} from '../../domain/eventing/trigger-create.js'
import {readTriggerOptions} from '../../domain/eventing/trigger-options.js'
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
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Names of the triggers.'}),
  }
  static override flags = {
    ...triggerFlags,
    'if-not-exists': Flags.boolean({summary: 'Succeed when the trigger exists already, and leave it as it is.'}),
    force: forceFlag('Create it in spite of errors that were found.'),
    ...filterFlags,
    ...metadataFlags,
    ...deliveryFlags,
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TriggerCreate)
    const names = requireNames('trigger create', args.names, this.program)
    const sink = requireFlag('trigger create', '--sink', flags.sink, this.program)
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const filters = await filterOptions(this.runtime, flags, parseDocument)
    const read = (name: string, namespace: string) =>
      readTriggerOptions({
        ...delivery,
        ...filters,
        name,
        namespace,
        broker: flags.broker,
        subscriber: sink,
        order: flags.order,
        injectBroker: flags['inject-broker'],
        mergeDelivery: flags['merge-delivery'],
        labels: flags.label,
        annotations: flags.annotation,
      })
    writeFormat(flags.output)
    names.forEach((name) => read(name, 'default'))
    if (note !== undefined) this.note(note, flags)

    const cluster = await this.connect(flags)
    const tasks = await tasksFor(this.runtime, names, async (name) => {
      const request = read(name, cluster.namespace)
      const facts = await triggerCreateFacts(cluster.client, request)
      const options = {
        ifNotExists: flags['if-not-exists'],
        force: flags.force,
        brokerWaitMs: waitMs,
        ...(flags.wait ? {waitMs} : {}),
      }
      return {plan: planTriggerCreate(request, options, facts)}
    })
    await perform(this.runtime, cluster, tasks, flags)
  }
}
