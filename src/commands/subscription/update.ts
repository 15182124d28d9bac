import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {metadataChangeFlags, readMetadataChanges} from '../../cli/flags/metadata.js'
import {flowFlags, readFlow, readFlowDelivery} from '../../cli/flags/subscription.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {explainAbsence} from '../../cli/not-found.js'
import {perform, tasksFor, writeFormat} from '../../cli/perform.js'
import {waitStep} from '../../domain/existing.js'
import {subscriptionRef} from '../../domain/eventing/names.js'
import {readSubscriptionUpdateOptions} from '../../domain/eventing/subscription-options.js'
import {planSubscriptionUpdate} from '../../domain/eventing/subscription-update.js'
import {subscriptionUpdateFacts} from '../../facts/subscription.js'

export default class SubscriptionUpdate extends SflCommand {
  static override summary = 'Change sinks, delivery, labels and annotations of subscriptions.'
  static override description =
    'Only what the flags name is sent: one delivery setting leaves the others as they are. The channel cannot be changed; asked for, the way to a new subscription is shown and nothing is sent.'
  static override usage = 'subscription update NAME... [flags]'
  static override examples = [
    {
      description: 'Another dead letter sink; retries and back-off stay',
      command: '<%= config.bin %> subscription update audit --dl-sink ksvc:dead-letters',
    },
    {
      description: 'No answers any more, and the delivery settings of the channel again',
      command: '<%= config.bin %> subscription update audit --unset reply --unset delivery',
    },
  ]
  static override args = {
    names: Args.string({
      multiple: true,
      required: false,
      ignoreStdin: true,
      description: 'Names of the subscriptions.',
    }),
  }
  static override flags = {
    ...flowFlags,
    channel: Flags.string({
      hidden: true,
      helpValue: 'CHANNEL',
      summary: 'Cannot be changed; taken in order to explain that.',
    }),
    unset: Flags.string({
      helpValue: 'FIELD',
      multiple: true,
      multipleNonGreedy: true,
      summary:
        'Remove a setting: reply, a delivery flag such as dl-sink, delivery, label:KEY or annotation:KEY (repeatable).',
    }),
    force: forceFlag('Change it in spite of errors that were found.'),
    ...metadataChangeFlags,
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SubscriptionUpdate)
    const names = requireNames('subscription update', args.names, this.program)
    const {delivery, waitMs = DEFAULT_WAIT, note} = readFlowDelivery(flags)
    const changes = readMetadataChanges({
      ...flags,
      unset: flags.unset?.map((field) => (field === 'sink-dead-letter' ? 'dl-sink' : field)),
    })
    const read = (name: string, namespace: string) =>
      readSubscriptionUpdateOptions({...delivery, ...readFlow(flags), ...changes, name, namespace})
    writeFormat(flags.output)
    names.forEach((name) => read(name, 'default'))
    if (note !== undefined) this.note(note, flags)

    const cluster = await this.connect(flags)
    const tasks = await tasksFor(this.runtime, names, async (name) => {
      const request = read(name, cluster.namespace)
      const ref = subscriptionRef(name, cluster.namespace)
      try {
        const facts = await subscriptionUpdateFacts(cluster.client, request)
        const plan = planSubscriptionUpdate(request, {force: flags.force}, facts)
        return {plan: {...plan, steps: [...plan.steps, ...waitStep(ref, flags.wait ? waitMs : undefined)]}}
      } catch (error) {
        throw await explainAbsence(this.runtime, cluster, ref, error)
      }
    })
    await perform(this.runtime, cluster, tasks, flags)
  }
}
