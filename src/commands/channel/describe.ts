import {SflCommand} from '../../cli/command.js'
import {describeEach, type Describer} from '../../cli/describe.js'
import {namesArg} from '../../cli/flags/change.js'
import {describeFlags} from '../../cli/flags/describe.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {describeChannel} from '../../domain/eventing/channel/description.js'
import {CHANNEL} from '../../domain/eventing/names.js'
import {channelDescribeFacts} from '../../facts/channel.js'
import {channelText} from '../../output/eventing/channel-describe.js'

export default class ChannelDescribe extends SflCommand {
  static override summary = 'Show channels in full, with what is wrong and how to repair it.'
  static override usage = 'channel describe NAME... [flags]'
  static override examples = [
    {description: 'Everything about one channel', command: '<%= config.bin %> channel describe pipe'},
    {description: 'Its address, for scripts', command: '<%= config.bin %> channel describe pipe -o url'},
    {description: "kn's text exactly", command: '<%= config.bin %> channel describe pipe --no-extras'},
  ]
  static override args = namesArg('channels')
  static override flags = describeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelDescribe)
    const {names} = await needed(this, flags, 'channel describe', {names: existingNames(CHANNEL, args.names)})
    const describe: Describer = async (ref, {client}, {events, ...options}) => {
      const facts = await channelDescribeFacts(client, ref, {events})
      return channelText(facts.channel, describeChannel(facts, options.now.getTime()), options)
    }
    await describeEach(this, CHANNEL, names, flags, describe)
  }
}
