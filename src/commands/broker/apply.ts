import {brokerFlags, readBroker} from '../../cli/flags/broker.js'
import {applyCommand} from '../../cli/verbs/change.js'
import {planBrokerApply} from '../../domain/eventing/broker/apply.js'
import {BROKER} from '../../domain/eventing/names.js'
import {createFacts} from '../../facts/broker.js'

export default applyCommand({
  kind: BROKER,
  flags: brokerFlags,
  description:
    'Server-side apply: what the flags set is owned by this program, what they no longer set is removed, what others set is left alone. Running it twice changes nothing.',
  examples: [
    {description: 'Create it, or bring it to three retries', command: 'broker apply orders --class Kafka --retry 3'},
    {
      description: 'See first what would change',
      command: 'broker apply orders --class Kafka --retry 3 --dry-run=server --diff',
    },
  ],
  request: (flags) => readBroker(flags),
  plan: async (client, request, options) => planBrokerApply(request, options, await createFacts(client, request)),
})
