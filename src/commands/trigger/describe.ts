import {describeCommand} from '../../cli/verbs/describe.js'
import {TRIGGER} from '../../domain/eventing/names.js'
import {describeTrigger} from '../../domain/eventing/trigger/description.js'
import {triggerDescribeFacts} from '../../facts/trigger.js'
import {triggerText} from '../../output/eventing/trigger-describe.js'

export default describeCommand({
  kind: TRIGGER,
  ofKn: true,
  examples: [
    {description: 'Everything about one trigger', command: 'trigger describe billing'},
    {
      description: 'Where its events go, for scripts',
      command: "trigger describe billing -o jsonpath='{.status.subscriberUri}'",
    },
    {description: "kn's text exactly", command: 'trigger describe billing --no-extras'},
  ],
  async text(ref, {client}, {events, ...options}) {
    const facts = await triggerDescribeFacts(client, ref, {events})
    return triggerText(facts.trigger, describeTrigger(facts, options.now.getTime()), options)
  },
})
