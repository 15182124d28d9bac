import {SflCommand} from '../../cli/command.js'
import {describeEach, type Describer} from '../../cli/describe.js'
import {namesArg} from '../../cli/flags/change.js'
import {describeFlags} from '../../cli/flags/describe.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {describeBroker} from '../../domain/eventing/broker/description.js'
import {BROKER} from '../../domain/eventing/names.js'
import {describeFacts} from '../../facts/broker.js'
import {brokerText} from '../../output/eventing/broker-describe.js'

export default class BrokerDescribe extends SflCommand {
  static override summary = 'Show brokers in full, with what is wrong and how to repair it.'
  static override usage = 'broker describe NAME... [flags]'
  static override examples = [
    {description: 'Everything about one broker', command: '<%= config.bin %> broker describe orders'},
    {description: 'Its address, for scripts', command: '<%= config.bin %> broker describe orders -o url'},
    {description: "kn's text exactly", command: '<%= config.bin %> broker describe orders --no-extras'},
  ]
  static override args = namesArg('brokers')
  static override flags = describeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BrokerDescribe)
    const {names} = await needed(this, flags, 'broker describe', {names: existingNames(BROKER, args.names)})
    const describe: Describer = async (ref, {client}, {events, ...options}) => {
      const facts = await describeFacts(client, ref, {events})
      return brokerText(facts.broker, describeBroker(facts, options.now.getTime()), options)
    }
    await describeEach(this, BROKER, names, flags, describe)
  }
}
