import {readTrigger, triggerFlags} from '../../cli/flags/trigger.js'
import {applyCommand} from '../../cli/verbs/change.js'
import {TRIGGER} from '../../domain/eventing/names.js'
import {planTriggerApply} from '../../domain/eventing/trigger/apply.js'
import {parseDocument} from '../../facts/document.js'
import {triggerCreateFacts} from '../../facts/trigger.js'

export default applyCommand({
  kind: TRIGGER,
  flags: triggerFlags,
  description:
    'Server-side apply: what the flags set is owned by this program, what they no longer set is removed, what others set is left alone. Broker and sink of an existing trigger are kept when they are left out. Running it twice changes nothing.',
  examples: [
    {
      description: 'Create it, or bring it to this filter and three retries',
      command: 'trigger apply billing --sink ksvc:billing --filter type=dev.example.order --retry 3',
    },
    {
      description: 'See first what would change',
      command: 'trigger apply billing --filter type=dev.example.order --dry-run=server --diff',
    },
  ],
  request: (flags, {runtime}) => readTrigger(runtime, flags, parseDocument),
  async plan(client, request, options, {flags: {broker}, waitMs}) {
    const facts = await triggerCreateFacts(client, request, {restated: broker === undefined})
    return planTriggerApply(request, {...options, broker, brokerWaitMs: waitMs}, facts)
  },
})
