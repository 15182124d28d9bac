import {describeCommand} from '../../cli/verbs/describe.js'
import {describeBroker} from '../../domain/eventing/broker/description.js'
import {BROKER} from '../../domain/eventing/names.js'
import {describeFacts} from '../../facts/broker.js'
import {brokerText} from '../../output/eventing/broker-describe.js'

export default describeCommand({
  kind: BROKER,
  addressable: true,
  ofKn: true,
  examples: [
    {description: 'Everything about one broker', command: 'broker describe orders'},
    {description: 'Its address, for scripts', command: 'broker describe orders -o url'},
    {description: "kn's text exactly", command: 'broker describe orders --no-extras'},
  ],
  async text(ref, {client}, {events, ...options}) {
    const facts = await describeFacts(client, ref, {events})
    return brokerText(facts.broker, describeBroker(facts, options.now.getTime()), options)
  },
})
