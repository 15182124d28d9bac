import {readTrigger, triggerFlags} from '../../cli/flags/trigger.js'
import {brokerFlag} from '../../cli/prompts/broker.js'
import {sinkFlag} from '../../cli/prompts/required-input.js'
import {createCommand} from '../../cli/verbs/change.js'
import {TRIGGER} from '../../domain/eventing/names.js'
import {planTriggerCreate} from '../../domain/eventing/trigger/create.js'
import {parseDocument} from '../../facts/document.js'
import {triggerCreateFacts} from '../../facts/trigger.js'

export default createCommand({
  kind: TRIGGER,
  several: true,
  needs: '--sink SINK',
  flags: triggerFlags,
  description:
    'Broker, sink and dead letter sink are looked up first; a trigger that could never become ready is refused with the reason and the command that repairs it.',
  examples: [
    {
      description: 'Events of one type, from the broker "default" to a Knative Service',
      command: 'trigger create billing --sink ksvc:billing --filter type=dev.example.order',
    },
    {
      description: 'Events whose source begins with /orders, kept in order, with retries of its own',
      command:
        'trigger create audit --broker orders --sink ksvc:audit --filter-prefix source=/orders --order ordered --retry 5 --merge-delivery',
    },
    {
      description: 'Filters of any depth from a file',
      command: 'trigger create audit --sink ksvc:audit --filters-file filters.yaml',
    },
    {
      description: 'Together with its broker, by injection',
      command: 'trigger create first --sink ksvc:first --inject-broker --wait',
    },
    {
      description: 'The manifest for GitOps',
      command: 'trigger create billing --sink ksvc:billing --dry-run=client -o yaml',
    },
  ],
  inputs: (flags) => ({broker: brokerFlag(flags.broker), sink: sinkFlag('--sink', flags.sink)}),
  request: (flags, {runtime}) => readTrigger(runtime, flags, parseDocument),
  plan: async (client, request, options, {waitMs}) =>
    planTriggerCreate(request, {...options, brokerWaitMs: waitMs}, await triggerCreateFacts(client, request)),
})
