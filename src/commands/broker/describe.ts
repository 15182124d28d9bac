import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {allowMissingKeysFlag, OBJECT_FORMATS, outputFlag, showManagedFieldsFlag} from '../../cli/flags/output.js'
import {requireNames} from '../../cli/names.js'
import {describeEach, readDescribing} from '../../cli/describe.js'
import {describeBroker} from '../../domain/eventing/broker-description.js'
import {BROKER, brokerRef} from '../../domain/eventing/names.js'
import {describeFacts} from '../../facts/broker.js'
import {brokerText} from '../../output/broker-describe.js'

export default class BrokerDescribe extends SflCommand {
  static override summary = 'Show brokers in full, with what is wrong and how to repair it.'
  static override usage = 'broker describe NAME... [flags]'
  static override examples = [
    {description: 'Everything about one broker', command: '<%= config.bin %> broker describe orders'},
    {description: 'Its address, for scripts', command: '<%= config.bin %> broker describe orders -o url'},
    {description: "kn's text exactly", command: '<%= config.bin %> broker describe orders --no-extras'},
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Names of the brokers.'}),
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
    const {args, flags} = await this.parse(BrokerDescribe)
    const names = requireNames('broker describe', args.names, this.program)
    const options = await readDescribing(this.runtime, flags, names)
    const cluster = await this.connect(flags)
    const now = this.runtime.now()
    const {verbose, extras} = flags
    await describeEach(this.runtime, cluster, BROKER, options, async (name) => {
      const facts = await describeFacts(cluster.client, brokerRef(name, cluster.namespace), {
        events: extras && flags['show-events'],
      })
      const description = describeBroker(facts, now.getTime())
      return brokerText(facts.broker, description, {
        now,
        verbose,
        extras,
        program: this.program,
        palette: this.runtime.streams.outPalette,
      })
    })
  }
}
