import {listCommand} from '../../cli/verbs/list.js'
import {BROKER} from '../../domain/eventing/names.js'
import {brokerColumns} from '../../output/eventing/broker-list.js'

export default listCommand({
  kind: BROKER,
  examples: [
    {
      description: 'The brokers of the namespace, of all namespaces, or with class, config and triggers',
      command: ['broker list', 'broker list -A', 'broker list -o wide'],
    },
    {description: 'Follow them', command: 'broker list -w'},
    {
      description: 'For scripts',
      command: ['broker list -o name', "broker list -o jsonpath='{.items[*].status.address.url}'"],
    },
  ],
  listing: ({client, namespace, now}) => ({
    async columns(wide) {
      if (!wide) return brokerColumns(now)
      // Read only when asked for: the plain list is the command that is typed most.
      const [{triggerCounts}, {wideBrokerColumns}] = await Promise.all([
        import('../../facts/broker.js'),
        import('../../output/eventing/broker-list-wide.js'),
      ])
      return wideBrokerColumns(now, await triggerCounts(client, namespace))
    },
  }),
})
