import {defaultNamespaceFirst} from '../../cli/list.js'
import {listCommand} from '../../cli/verbs/list.js'
import {SUBSCRIPTION} from '../../domain/eventing/names.js'
import {subscriptionColumns} from '../../output/eventing/subscription-list.js'
import {wideSubscriptionColumns} from '../../output/eventing/subscription-list-wide.js'

export default listCommand({
  kind: SUBSCRIPTION,
  description:
    'By name, as the server sends them, page by page. With -A namespace default comes first, so the table waits for the last page.',
  examples: [
    {
      description: 'The subscriptions of the namespace, of all namespaces, or with delivery settings',
      command: ['subscription list', 'subscription list -A', 'subscription list -o wide'],
    },
    {description: 'For scripts', command: 'subscription list -o name'},
  ],
  listing: ({now}) => ({
    columns: async (wide) => (wide ? wideSubscriptionColumns(now) : [...subscriptionColumns]),
    orderOfAll: defaultNamespaceFirst,
  }),
})
