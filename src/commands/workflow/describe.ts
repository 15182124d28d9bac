import {SflCommand} from '../../cli/command.js'
import {describeEach, type Describer} from '../../cli/describe.js'
import {namesArg} from '../../cli/flags/change.js'
import {describeFlags} from '../../cli/flags/describe.js'
import {OBJECT_FORMATS, outputFlag} from '../../cli/flags/output.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {WORKFLOW} from '../../domain/sonataflow/names.js'
import {describeWorkflow} from '../../domain/sonataflow/workflow/description.js'
import {workflowFacts} from '../../facts/workflow.js'
import {workflowText} from '../../output/sonataflow/workflow-describe.js'

export default class WorkflowDescribe extends SflCommand {
  static override summary = 'Show which platform, services, database and broker workflows really use, and why.'
  static override usage = 'workflow describe NAME... [flags]'
  static override examples = [
    {description: 'Everything about one workflow', command: '<%= config.bin %> workflow describe greeting -n shop'},
    {description: 'The object itself, for scripts', command: '<%= config.bin %> workflow describe greeting -o yaml'},
  ]
  static override args = namesArg('workflows')
  static override flags = {
    output: outputFlag(OBJECT_FORMATS),
    verbose: describeFlags.verbose,
    'show-events': describeFlags['show-events'],
    'show-managed-fields': describeFlags['show-managed-fields'],
    'allow-missing-template-keys': describeFlags['allow-missing-template-keys'],
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(WorkflowDescribe)
    const {names} = await needed(this, flags, 'workflow describe', {names: existingNames(WORKFLOW, args.names)})
    const describe: Describer = async ({name, namespace}, {client}, {events, ...options}) => {
      const facts = await workflowFacts(client, {name, namespace}, {events})
      return workflowText(facts.workflow.object, describeWorkflow(facts, options.now.getTime()), options)
    }
    await describeEach(this, WORKFLOW, names, {...flags, extras: true}, describe, OBJECT_FORMATS)
  }
}
