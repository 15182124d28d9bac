import * as Args from '@oclif/core/args'
import {SflCommand} from '../../cli/command.js'
import {metadataFlags} from '../../cli/flags/metadata.js'
import {flowFlags, readFlow, readFlowDelivery} from '../../cli/flags/subscription.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {requireName} from '../../cli/names.js'
import {perform, tasksFor, writeFormat} from '../../cli/perform.js'
import {planSubscriptionApply} from '../../domain/eventing/subscription-create.js'
import {readSubscriptionOptions} from '../../domain/eventing/subscription-options.js'
import {subscriptionCreateFacts} from '../../facts/subscription.js'

export default class SubscriptionApply extends SflCommand {
  static override summary = 'Make a subscription be as the flags say, whether it exists or not.'
  static override description =
    'Server-side apply: what the flags set is owned by this program, what they no longer set is removed, what others set is left alone. Running it twice changes nothing.'
  static override usage = 'subscription apply NAME --channel CHANNEL --sink SINK [flags]'
  static override examples = [
    {
      description: 'Create it, or bring it to three retries',
      command: '<%= config.bin %> subscription apply audit --channel pipe --sink ksvc:audit --retry 3',
    },
    {
      description: 'See first what would change',
      command:
        '<%= config.bin %> subscription apply audit --channel pipe --sink ksvc:audit --retry 3 --dry-run=server --diff',
    },
  ]
  static override args = {
    name: Args.string({required: false, ignoreStdin: true, description: 'Name of the subscription.'}),
  }
  static override flags = {
    ...flowFlags,
    force: forceFlag('Apply it in spite of errors that were found.'),
    'force-conflicts': forceFlag('Take fields over that other field managers own.'),
    ...metadataFlags,
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SubscriptionApply)
    const name = requireName('subscription apply', args.name, this.program)
    const {delivery, waitMs = DEFAULT_WAIT, note} = readFlowDelivery(flags)
    const read = (namespace: string) =>
      readSubscriptionOptions({
        ...delivery,
        ...readFlow(flags),
        name,
        namespace,
        labels: flags.label,
        annotations: flags.annotation,
      })
    writeFormat(flags.output)
    read('default')
    if (note !== undefined) this.note(note, flags)

    const cluster = await this.connect(flags)
    const tasks = await tasksFor(this.runtime, [name], async () => {
      const request = read(cluster.namespace)
      const facts = await subscriptionCreateFacts(cluster.client, request)
      const options = {
        force: flags.force,
        forceConflicts: flags['force-conflicts'],
        fieldManager: flags['field-manager'],
        ...(flags.wait ? {waitMs} : {}),
      }
      return {plan: planSubscriptionApply(request, options, facts)}
    })
    await perform(this.runtime, cluster, tasks, flags)
  }
}
