import * as Flags from '@oclif/core/flags'
import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {namesArg, updateFlags, writing} from '../../cli/flags/change.js'
import {unsettableDelivery} from '../../cli/flags/delivery.js'
import {readMetadataChanges} from '../../cli/flags/metadata.js'
import {flowFlags, readFlow, readFlowDelivery} from '../../cli/flags/subscription.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {SUBSCRIPTION, subscriptionRef} from '../../domain/eventing/names.js'
import {readSubscriptionUpdateOptions} from '../../domain/eventing/subscription/options.js'
import {planSubscriptionUpdate} from '../../domain/eventing/subscription/update.js'
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
  static override args = namesArg('subscriptions')
  static override flags = {
    ...flowFlags,
    channel: Flags.string({
      hidden: true,
      helpValue: 'CHANNEL',
      summary: 'Cannot be changed; taken in order to explain that.',
    }),
    ...updateFlags('reply, a delivery flag such as dl-sink, delivery', ['reply', ...unsettableDelivery]),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SubscriptionUpdate)
    const {names} = await needed(this, flags, 'subscription update', {names: existingNames(SUBSCRIPTION, args.names)})
    const {delivery, waitMs = DEFAULT_WAIT, note} = readFlowDelivery(flags)
    const changes = readMetadataChanges({
      ...flags,
      unset: flags.unset?.map((field) => (field === 'sink-dead-letter' ? 'dl-sink' : field)),
    })
    const read = (name: string, namespace: string) =>
      readSubscriptionUpdateOptions({...delivery, ...readFlow(flags), ...changes, name, namespace})
    const options = writing(flags, waitMs)
    await changeEach(this, flags, {
      names,
      read,
      note,
      target: subscriptionRef,
      plan: async (request, {client}) =>
        planSubscriptionUpdate(request, options, await subscriptionUpdateFacts(client, request)),
    })
  }
}
