import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {describeEach, readDescribing} from '../../cli/describe.js'
import {allowMissingKeysFlag, OBJECT_FORMATS, outputFlag, showManagedFieldsFlag} from '../../cli/flags/output.js'
import {requireNames} from '../../cli/names.js'
import {describeChannel} from '../../domain/eventing/channel-description.js'
import {CHANNEL, channelRef} from '../../domain/eventing/names.js'
import {channelDescribeFacts} from '../../facts/channel.js'
import {channelText} from '../../output/channel-describe.js'

export default class ChannelDescribe extends SflCommand {
  static override summary = 'Show channels in full, with what is wrong and how to repair it.'
  static override usage = 'channel describe NAME... [flags]'
  static override examples = [
    {description: 'Everything about one channel', command: '<%= config.bin %> channel describe pipe'},
    {description: 'Its address, for scripts', command: '<%= config.bin %> channel describe pipe -o url'},
    {description: "kn's text exactly", command: '<%= config.bin %> channel describe pipe --no-extras'},
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Names of the channels.'}),
  }
  static override flags = {
    output: outputFlag(['url', ...OBJECT_FORMATS]),
    verbose: Flags.boolean({summary: "All labels and annotations, nothing cut; kn's bare -v."}),
    extras: Flags.boolean({allowNo: true, default: true, summary: 'Show also what kn leaves out.'}),
    'show-events': Flags.boolean({allowNo: true, default: true, summary: 'Show recent events.'}),
    'show-managed-fields': showManagedFieldsFlag,
    'allow-missing-template-keys': allowMissingKeysFlag,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelDescribe)
    const names = requireNames('channel describe', args.names, this.program)
    const options = await readDescribing(this.runtime, flags, names)
    const cluster = await this.connect(flags)
    const now = this.runtime.now()
    const {verbose, extras} = flags
    await describeEach(this.runtime, cluster, CHANNEL, options, async (name) => {
      const facts = await channelDescribeFacts(cluster.client, channelRef(name, cluster.namespace), {
        events: extras && flags['show-events'],
      })
      return channelText(facts.channel, describeChannel(facts, now.getTime()), {
        now,
        verbose,
        extras,
        program: this.program,
        palette: this.runtime.streams.outPalette,
      })
    })
  }
}
