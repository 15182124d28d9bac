import {defaultNamespaceFirst} from '../../cli/list.js'
import {listCommand} from '../../cli/verbs/list.js'
import {TRIGGER} from '../../domain/eventing/names.js'
import {triggerColumns} from '../../output/eventing/trigger-list.js'

export default listCommand({
  kind: TRIGGER,
  examples: [
    {
      description: 'The triggers of the namespace, of all namespaces, or with filters, URIs and order',
      command: ['trigger list', 'trigger list -A', 'trigger list -o wide'],
    },
    {description: 'Those of one broker', command: 'trigger list -l eventing.knative.dev/broker=orders'},
    {description: 'Follow them', command: 'trigger list -w'},
  ],
  listing: ({now}) => ({
    columns: async (wide) =>
      wide ? (await import('../../output/eventing/trigger-list-wide.js')).wideTriggerColumns(now) : triggerColumns(now),
    orderOfAll: defaultNamespaceFirst,
  }),
})
