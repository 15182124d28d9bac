import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {describeEach, readDescribing} from '../../cli/describe.js'
import {allowMissingKeysFlag, OBJECT_FORMATS, outputFlag, showManagedFieldsFlag} from '../../cli/flags/output.js'
import {requireNames} from '../../cli/names.js'
import {SUBSCRIPTION, subscriptionRef} from '../../domain/eventing/names.js'
import {describeSubscription} from '../../domain/eventing/subscription-description.js'
import {subscriptionDescribeFacts} from '../../facts/subscription.js'
import {subscriptionText} from '../../output/subscription-describe.js'

export default class SubscriptionDescribe extends SflCommand {
  static override summary = 'Show subscriptions in full, with what is wrong and how to repair it.'
  static override usage = 'subscription describe NAME... [flags]'
  static override examples = [
    {description: 'Everything about one subscription', command: '<%= config.bin %> subscription describe audit'},
    {description: "kn's text exactly", command: '<%= config.bin %> subscription describe audit --no-extras'},
  ]
  static override args = {
    names: Args.string({
      multiple: true,
      required: false,
      ignoreStdin: true,
      description: 'Names of the subscriptions.',
    }),
  }
  static override flags = {
    output: outputFlag(OBJECT_FORMATS),
    verbose: Flags.boolean({summary: "All labels and annotations, nothing cut; kn's bare -v."}),
    extras: Flags.boolean({allowNo: true, default: true, summary: 'Show also what kn leaves out.'}),
    'show-events': Flags.boolean({allowNo: true, default: true, summary: 'Show recent events.'}),
    'show-managed-fields': showManagedFieldsFlag,
    'allow-missing-template-keys': allowMissingKeysFlag,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SubscriptionDescribe)
    const names = requireNames('subscription describe', args.names, this.program)
    const options = await readDescribing(this.runtime, flags, names, OBJECT_FORMATS)
    const cluster = await this.connect(flags)
    const now = this.runtime.now()
    const {verbose, extras} = flags
    await describeEach(this.runtime, cluster, SUBSCRIPTION, options, async (name) => {
      const facts = await subscriptionDescribeFacts(cluster.client, subscriptionRef(name, cluster.namespace), {
        events: extras && flags['show-events'],
      })
      return subscriptionText(facts.subscription, describeSubscription(facts, now.getTime()), {
        now,
        verbose,
        extras,
        program: this.program,
        palette: this.runtime.streams.outPalette,
      })
    })
  }
}
