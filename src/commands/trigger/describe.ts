import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {allowMissingKeysFlag, OBJECT_FORMATS, outputFlag, showManagedFieldsFlag} from '../../cli/flags/output.js'
import {requireNames} from '../../cli/names.js'
import {describeEach, readDescribing} from '../../cli/describe.js'
import {TRIGGER, triggerRef} from '../../domain/eventing/names.js'
import {describeTrigger} from '../../domain/eventing/trigger-description.js'
import {triggerDescribeFacts} from '../../facts/trigger.js'
import {triggerText} from '../../output/trigger-describe.js'

export default class TriggerDescribe extends SflCommand {
  static override summary = 'Show triggers in full, with what is wrong and how to repair it.'
  static override usage = 'trigger describe NAME... [flags]'
  static override examples = [
    {description: 'Everything about one trigger', command: '<%= config.bin %> trigger describe billing'},
    {
      description: 'Where its events go, for scripts',
      command: "<%= config.bin %> trigger describe billing -o jsonpath='{.status.subscriberUri}'",
    },
    {description: "kn's text exactly", command: '<%= config.bin %> trigger describe billing --no-extras'},
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Names of the triggers.'}),
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
    const {args, flags} = await this.parse(TriggerDescribe)
    const names = requireNames('trigger describe', args.names, this.program)
    const options = await readDescribing(this.runtime, flags, names, OBJECT_FORMATS)
    const cluster = await this.connect(flags)
    const now = this.runtime.now()
    const {verbose, extras} = flags
    await describeEach(this.runtime, cluster, TRIGGER, options, async (name) => {
      const facts = await triggerDescribeFacts(cluster.client, triggerRef(name, cluster.namespace), {
        events: extras && flags['show-events'],
      })
      return triggerText(facts.trigger, describeTrigger(facts, now.getTime()), {
        now,
        verbose,
        extras,
        program: this.program,
        palette: this.runtime.streams.outPalette,
      })
    })
  }
}
