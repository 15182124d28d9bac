import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {duration} from '../../cli/flags/duration.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {waitForEach} from '../../cli/wait.js'
import {channelRef} from '../../domain/eventing/names.js'
import {parseWaitFor} from '../../domain/until.js'

export default class ChannelWait extends SflCommand {
  static override summary = 'Wait until channels are ready, exist, or are gone.'
  static override usage = 'channel wait NAME... [flags]'
  static override examples = [
    {
      description: 'Until it is ready, two minutes at most',
      command: '<%= config.bin %> channel wait pipe --for ready --timeout 2m',
    },
    {
      description: 'Until one condition is met, or until it is gone',
      command:
        '<%= config.bin %> channel wait pipe --for condition=Addressable\n<%= config.bin %> channel wait pipe --for delete',
    },
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'The channels.'}),
  }
  static override flags = {
    for: Flags.string({
      default: 'ready',
      helpValue: 'WHAT',
      summary: 'What to wait for: ready, create, delete, condition=TYPE[=STATUS].',
    }),
    timeout: duration({default: DEFAULT_WAIT, summary: 'How long to wait; 0 looks once, negative means a week.'}),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelWait)
    const names = requireNames('channel wait', args.names, this.program)
    const target = parseWaitFor(flags.for)
    const cluster = await this.connect(flags)
    const refs = names.map((name) => channelRef(name, cluster.namespace))
    await waitForEach(this.runtime, cluster, refs, target, flags.timeout, `${this.program} channel describe`)
  }
}
