import {SflCommand} from '../../cli/command.js'
import {describeEach, type Describer} from '../../cli/describe.js'
import {namesArg} from '../../cli/flags/change.js'
import {describeFlags} from '../../cli/flags/describe.js'
import {OBJECT_FORMATS, outputFlag} from '../../cli/flags/output.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {SUBSCRIPTION} from '../../domain/eventing/names.js'
import {describeSubscription} from '../../domain/eventing/subscription/description.js'
import {subscriptionDescribeFacts} from '../../facts/subscription.js'
import {subscriptionText} from '../../output/eventing/subscription-describe.js'

export default class SubscriptionDescribe extends SflCommand {
  static override summary = 'Show subscriptions in full, with what is wrong and how to repair it.'
  static override usage = 'subscription describe NAME... [flags]'
  static override examples = [
    {description: 'Everything about one subscription', command: '<%= config.bin %> subscription describe audit'},
    {description: "kn's text exactly", command: '<%= config.bin %> subscription describe audit --no-extras'},
  ]
  static override args = namesArg('subscriptions')
  static override flags = {...describeFlags, output: outputFlag(OBJECT_FORMATS)}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SubscriptionDescribe)
    const {names} = await needed(this, flags, 'subscription describe', {names: existingNames(SUBSCRIPTION, args.names)})
    const describe: Describer = async (ref, {client}, {events, ...options}) => {
      const facts = await subscriptionDescribeFacts(client, ref, {events})
      return subscriptionText(facts.subscription, describeSubscription(facts, options.now.getTime()), options)
    }
    await describeEach(this, SUBSCRIPTION, names, flags, describe, OBJECT_FORMATS)
  }
}
