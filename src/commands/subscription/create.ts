import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {createFlags, namesArg, writing} from '../../cli/flags/change.js'
import {flowFlags, readFlow, readFlowDelivery} from '../../cli/flags/subscription.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {channelFlag, newNames, sinkFlag} from '../../cli/prompts/required-input.js'
import {planSubscriptionCreate} from '../../domain/eventing/subscription/create.js'
import {readSubscriptionOptions} from '../../domain/eventing/subscription/options.js'
import {subscriptionCreateFacts} from '../../facts/subscription.js'

export default class SubscriptionCreate extends SflCommand {
  static override summary = 'Create subscriptions.'
  static override description =
    'The channel and the sinks are looked up first; a subscription that could never become ready is refused with the reason and the command that repairs it.'
  static override usage = 'subscription create NAME... --channel CHANNEL --sink SINK [flags]'
  static override examples = [
    {
      description: 'Deliver the events of a channel to a Knative service',
      command: '<%= config.bin %> subscription create audit --channel pipe --sink ksvc:audit',
    },
    {
      description: 'With answers to a broker, three retries and a dead letter sink',
      command:
        '<%= config.bin %> subscription create audit --channel pipe --sink ksvc:audit --sink-reply broker:default --retry 3 --backoff-policy linear --backoff-delay PT2S --dl-sink ksvc:dead-letters',
    },
    {
      description: 'In a runbook: fine if it is there already, done when it is ready',
      command: '<%= config.bin %> subscription create audit --channel pipe --sink ksvc:audit --if-not-exists --wait',
    },
  ]
  static override args = namesArg('subscriptions')
  static override flags = {
    ...flowFlags,
    ...createFlags('subscription'),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SubscriptionCreate)
    const {names, ...flow} = await needed(this, flags, 'subscription create', {
      names: newNames('subscription', args.names),
      channel: channelFlag(flags.channel),
      sink: sinkFlag('--sink', flags.sink),
    })
    const {delivery, waitMs = DEFAULT_WAIT, note} = readFlowDelivery(flags)
    const read = (name: string, namespace: string) =>
      readSubscriptionOptions({
        ...delivery,
        ...readFlow({...flags, ...flow}),
        name,
        namespace,
        labels: flags.label,
        annotations: flags.annotation,
      })
    const options = writing(flags, waitMs)
    await changeEach(this, flags, {
      names,
      read,
      note,
      plan: async (request, {client}) =>
        planSubscriptionCreate(request, options, await subscriptionCreateFacts(client, request)),
    })
  }
}
