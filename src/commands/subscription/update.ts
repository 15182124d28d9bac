import {fixed} from '../../cli/flags/change.js'
import {unsettableDelivery} from '../../cli/flags/delivery.js'
import {flowFlags, readFlow, readFlowDelivery} from '../../cli/flags/subscription.js'
import {updateCommand} from '../../cli/verbs/change.js'
import {SUBSCRIPTION, subscriptionRef} from '../../domain/eventing/names.js'
import {readSubscriptionUpdateOptions} from '../../domain/eventing/subscription/options.js'
import {planSubscriptionUpdate} from '../../domain/eventing/subscription/update.js'
import {subscriptionUpdateFacts} from '../../facts/subscription.js'

export default updateCommand({
  kind: SUBSCRIPTION,
  flags: {...flowFlags, channel: fixed(flowFlags.channel)},
  unsettable: ['reply, a delivery flag such as dl-sink, delivery', ['reply', ...unsettableDelivery]],
  summary: 'Change sinks, delivery, labels and annotations of subscriptions.',
  description:
    'Only what the flags name is sent: one delivery setting leaves the others as they are. The channel cannot be changed; if that is requested, the steps to a new subscription are printed and nothing is sent.',
  examples: [
    {
      description: 'Another dead letter sink; retries and back-off stay',
      command: 'subscription update audit --dl-sink ksvc:dead-letters',
    },
    {
      description: 'No answers any more, and the delivery settings of the channel again',
      command: 'subscription update audit --unset reply --unset delivery',
    },
  ],
  target: subscriptionRef,
  request(flags) {
    const {delivery, ...rest} = readFlowDelivery(flags)
    return {
      ...rest,
      read: ({unset, ...subject}) =>
        readSubscriptionUpdateOptions({
          ...delivery,
          ...readFlow(flags),
          ...subject,
          unset: unset.map((field) => (field === 'sink-dead-letter' ? 'dl-sink' : field)),
        }),
    }
  },
  plan: async (client, request, options) =>
    planSubscriptionUpdate(request, options, await subscriptionUpdateFacts(client, request)),
})
