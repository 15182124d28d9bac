import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {duration} from '../../cli/flags/duration.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {waitForEach} from '../../cli/wait.js'
import {triggerRef} from '../../domain/eventing/names.js'
import {parseWaitFor} from '../../domain/until.js'

export default class TriggerWait extends SflCommand {
  static override summary = 'Wait until triggers are ready, exist, or are gone.'
  static override usage = 'trigger wait NAME... [flags]'
  static override examples = [
    {
      description: 'Until it is ready, two minutes at most',
      command: '<%= config.bin %> trigger wait billing --for ready --timeout 2m',
    },
    {
      description: 'Until one condition is met, or until it is gone',
      command:
        '<%= config.bin %> trigger wait billing --for condition=SubscriberResolved\n<%= config.bin %> trigger wait billing --for delete',
    },
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'The triggers.'}),
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
    const {args, flags} = await this.parse(TriggerWait)
    const names = requireNames('trigger wait', args.names, this.program)
    const target = parseWaitFor(flags.for)
    const cluster = await this.connect(flags)
    const refs = names.map((name) => triggerRef(name, cluster.namespace))
    await waitForEach(this.runtime, cluster, refs, target, flags.timeout, `${this.program} trigger describe`)
  }
}
