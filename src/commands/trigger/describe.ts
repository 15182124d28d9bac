import {SflCommand} from '../../cli/command.js'
import {describeEach, type Describer} from '../../cli/describe.js'
import {namesArg} from '../../cli/flags/change.js'
import {describeFlags} from '../../cli/flags/describe.js'
import {OBJECT_FORMATS, outputFlag} from '../../cli/flags/output.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {TRIGGER} from '../../domain/eventing/names.js'
import {describeTrigger} from '../../domain/eventing/trigger/description.js'
import {triggerDescribeFacts} from '../../facts/trigger.js'
import {triggerText} from '../../output/eventing/trigger-describe.js'

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
  static override args = namesArg('triggers')
  static override flags = {...describeFlags, output: outputFlag(OBJECT_FORMATS)}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TriggerDescribe)
    const {names} = await needed(this, flags, 'trigger describe', {names: existingNames(TRIGGER, args.names)})
    const describe: Describer = async (ref, {client}, {events, ...options}) => {
      const facts = await triggerDescribeFacts(client, ref, {events})
      return triggerText(facts.trigger, describeTrigger(facts, options.now.getTime()), options)
    }
    await describeEach(this, TRIGGER, names, flags, describe, OBJECT_FORMATS)
  }
}
