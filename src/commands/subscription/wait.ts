import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {duration} from '../../cli/flags/duration.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {waitForEach} from '../../cli/wait.js'
import {subscriptionRef} from '../../domain/eventing/names.js'
import {parseWaitFor} from '../../domain/until.js'

export default class SubscriptionWait extends SflCommand {
  static override summary = 'Wait until subscriptions are ready, exist, or are gone.'
  static override usage = 'subscription wait NAME... [flags]'
  static override examples = [
    {
      description: 'Until it is ready, two minutes at most',
      command: '<%= config.bin %> subscription wait audit --for ready --timeout 2m',
    },
    {
      description: 'Until one condition is met, or until it is gone',
      command:
        '<%= config.bin %> subscription wait audit --for condition=ReferencesResolved\n<%= config.bin %> subscription wait audit --for delete',
    },
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'The subscriptions.'}),
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
    const {args, flags} = await this.parse(SubscriptionWait)
    const names = requireNames('subscription wait', args.names, this.program)
    const target = parseWaitFor(flags.for)
    const cluster = await this.connect(flags)
    const refs = names.map((name) => subscriptionRef(name, cluster.namespace))
    await waitForEach(this.runtime, cluster, refs, target, flags.timeout, `${this.program} subscription describe`)
  }
}
