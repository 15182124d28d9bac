import {fill, printCommand, sfl} from '../../domain/core/commands.js'
import {listCommand} from '../../cli/verbs/list.js'
import type {KubeObject} from '../../domain/core/object.js'
import {WORKFLOW} from '../../domain/sonataflow/names.js'
import {workflowLine} from '../../domain/sonataflow/workflow/list.js'
import {workflowListFacts} from '../../facts/workflow.js'
import {workflowColumns} from '../../output/sonataflow/workflow-list.js'

export default listCommand({
  kind: WORKFLOW,
  summary: 'List workflows, with the services, database and broker that each really uses.',
  description:
    'By the precedence of the operator: the workflow itself, its platform, the cluster platform. A * marks what a workflow was deployed with and would no longer get.',
  examples: [
    {
      description: 'The workflows of the namespace, of all namespaces, or with URL and reason',
      command: ['workflow list', 'workflow list -A', 'workflow list -o wide'],
    },
    {description: 'Follow them', command: 'workflow list -w'},
  ],
  listing({client, namespace, now, caller}) {
    let former = false
    return {
      async columns(wide) {
        const facts = await workflowListFacts(client, namespace)
        const line = (object: KubeObject) => {
          const found = workflowLine(object, facts)
          former ||= found.former.length > 0
          return found
        }
        return workflowColumns(now, line, wide)
      },
      notes: () =>
        former
          ? [
              `* was deployed with former settings: ${printCommand(sfl('workflow describe', fill('NAME')), caller)} says which, and how to renew it`,
            ]
          : [],
    }
  },
})
