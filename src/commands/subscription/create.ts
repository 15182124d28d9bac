import {flowFlags, readSubscription} from '../../cli/flags/subscription.js'
import {channelFlag, sinkFlag} from '../../cli/prompts/required-input.js'
import {createCommand} from '../../cli/verbs/change.js'
import {planSubscriptionCreate} from '../../domain/eventing/subscription/create.js'
import {SUBSCRIPTION} from '../../domain/eventing/names.js'
import {subscriptionCreateFacts} from '../../facts/subscription.js'

export default createCommand({
  kind: SUBSCRIPTION,
  several: true,
  needs: '--channel CHANNEL --sink SINK',
  flags: flowFlags,
  description:
    'The channel and the sinks are looked up first; a subscription that could never become ready is refused with the reason and the command that repairs it.',
  examples: [
    {
      description: 'Deliver the events of a channel to a Knative service',
      command: 'subscription create audit --channel pipe --sink ksvc:audit',
    },
    {
      description: 'With answers to a broker, three retries and a dead letter sink',
      command:
        'subscription create audit --channel pipe --sink ksvc:audit --sink-reply broker:default --retry 3 --backoff-policy linear --backoff-delay PT2S --dl-sink ksvc:dead-letters',
    },
    {
      description: 'In a runbook: fine if it is there already, done when it is ready',
      command: 'subscription create audit --channel pipe --sink ksvc:audit --if-not-exists --wait',
    },
  ],
  inputs: (flags) => ({channel: channelFlag(flags.channel), sink: sinkFlag('--sink', flags.sink)}),
  request: (flags) => readSubscription(flags),
  plan: async (client, request, options) =>
    planSubscriptionCreate(request, options, await subscriptionCreateFacts(client, request)),
})
