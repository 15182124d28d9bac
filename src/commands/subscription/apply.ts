import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {applyFlags, nameArg, writing} from '../../cli/flags/change.js'
import {flowFlags, readFlow, readFlowDelivery} from '../../cli/flags/subscription.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {channelFlag, newName, sinkFlag} from '../../cli/prompts/required-input.js'
import {planSubscriptionApply} from '../../domain/eventing/subscription/create.js'
import {readSubscriptionOptions} from '../../domain/eventing/subscription/options.js'
import {subscriptionCreateFacts} from '../../facts/subscription.js'

export default class SubscriptionApply extends SflCommand {
  static override summary = 'Make a subscription be as the flags say, whether it exists or not.'
  static override description =
    'Server-side apply: what the flags set is owned by this program, what they no longer set is removed, what others set is left alone. Running it twice changes nothing.'
  static override usage = 'subscription apply NAME --channel CHANNEL --sink SINK [flags]'
  static override examples = [
    {
      description: 'Create it, or bring it to three retries',
      command: '<%= config.bin %> subscription apply audit --channel pipe --sink ksvc:audit --retry 3',
    },
    {
      description: 'See first what would change',
      command:
        '<%= config.bin %> subscription apply audit --channel pipe --sink ksvc:audit --retry 3 --dry-run=server --diff',
    },
  ]
  static override args = nameArg('subscription')
  static override flags = {
    ...flowFlags,
    ...applyFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SubscriptionApply)
    const {name: asked, ...flow} = await needed(this, flags, 'subscription apply', {
      name: newName('subscription', args.name),
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
      names: [asked],
      read,
      note,
      plan: async (request, {client}) =>
        planSubscriptionApply(request, options, await subscriptionCreateFacts(client, request)),
    })
  }
}
