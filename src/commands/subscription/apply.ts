import {flowFlags, readSubscription} from '../../cli/flags/subscription.js'
import {channelFlag, sinkFlag} from '../../cli/prompts/required-input.js'
import {applyCommand} from '../../cli/verbs/change.js'
import {planSubscriptionApply} from '../../domain/eventing/subscription/create.js'
import {SUBSCRIPTION} from '../../domain/eventing/names.js'
import {subscriptionCreateFacts} from '../../facts/subscription.js'

export default applyCommand({
  kind: SUBSCRIPTION,
  needs: '--channel CHANNEL --sink SINK',
  flags: flowFlags,
  description:
    'Server-side apply: what the flags set is owned by this program, what they no longer set is removed, what others set is left alone. Running it twice changes nothing.',
  examples: [
    {
      description: 'Create it, or bring it to three retries',
      command: 'subscription apply audit --channel pipe --sink ksvc:audit --retry 3',
    },
    {
      description: 'See first what would change',
      command: 'subscription apply audit --channel pipe --sink ksvc:audit --retry 3 --dry-run=server --diff',
    },
  ],
  inputs: (flags) => ({channel: channelFlag(flags.channel), sink: sinkFlag('--sink', flags.sink)}),
  request: (flags) => readSubscription(flags),
  plan: async (client, request, options) =>
    planSubscriptionApply(request, options, await subscriptionCreateFacts(client, request)),
})
