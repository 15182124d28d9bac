import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {applyFlags, nameArg, writing} from '../../cli/flags/change.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {filterFlags, filterOptions} from '../../cli/flags/filters.js'
import {triggerFlags} from '../../cli/flags/trigger.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {newName} from '../../cli/prompts/required-input.js'
import {planTriggerApply} from '../../domain/eventing/trigger/apply.js'
import {readTriggerOptions} from '../../domain/eventing/trigger/options.js'
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
  static override args = nameArg('trigger')
  static override flags = {
    ...triggerFlags,
    ...filterFlags,
    ...deliveryFlags,
    ...applyFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TriggerApply)
    const {name: asked} = await needed(this, flags, 'trigger apply', {name: newName('trigger', args.name)})
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const filters = await filterOptions(this.runtime, flags, parseDocument)
    const read = (name: string, namespace: string) =>
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
    const options = {...writing(flags, waitMs), broker: flags.broker, brokerWaitMs: waitMs}
    const restated = flags.broker === undefined
    await changeEach(this, flags, {
      names: [asked],
      read,
      note,
      plan: async (request, {client}) =>
        planTriggerApply(request, options, await triggerCreateFacts(client, request, {restated})),
    })
  }
}
