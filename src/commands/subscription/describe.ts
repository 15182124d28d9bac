import {describeCommand} from '../../cli/verbs/describe.js'
import {describeSubscription} from '../../domain/eventing/subscription/description.js'
import {SUBSCRIPTION} from '../../domain/eventing/names.js'
import {subscriptionDescribeFacts} from '../../facts/subscription.js'
import {subscriptionText} from '../../output/eventing/subscription-describe.js'

export default describeCommand({
  kind: SUBSCRIPTION,
  ofKn: true,
  examples: [
    {description: 'Everything about one subscription', command: 'subscription describe audit'},
    {description: "kn's text exactly", command: 'subscription describe audit --no-extras'},
  ],
  async text(ref, {client}, {events, ...options}) {
    const facts = await subscriptionDescribeFacts(client, ref, {events})
    return subscriptionText(facts.subscription, describeSubscription(facts, options.now.getTime()), options)
  },
})
