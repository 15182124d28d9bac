import {describeCommand} from '../../cli/verbs/describe.js'
import {WORKFLOW} from '../../domain/sonataflow/names.js'
import {describeWorkflow} from '../../domain/sonataflow/workflow/description.js'
import {workflowFacts} from '../../facts/workflow.js'
import {workflowText} from '../../output/sonataflow/workflow-describe.js'

export default describeCommand({
  kind: WORKFLOW,
  summary: 'Show which platform, services, database and broker workflows really use, and why.',
  examples: [
    {description: 'Everything about one workflow', command: 'workflow describe greeting -n shop'},
    {description: 'The object itself, for scripts', command: 'workflow describe greeting -o yaml'},
  ],
  async text({name, namespace}, {client}, {events, ...options}) {
    const facts = await workflowFacts(client, {name, namespace}, {events})
    return workflowText(facts.workflow.object, describeWorkflow(facts, options.now.getTime()), options)
  },
})
