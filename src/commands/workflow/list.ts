import {callerText} from '../../domain/core/commands.js'
import * as Args from '@oclif/core/args'
import {SflCommand} from '../../cli/command.js'
import {listFlags} from '../../cli/flags/output.js'
import {isTable, printList, readListing} from '../../cli/list.js'
import type {KubeObject} from '../../domain/core/object.js'
import {WORKFLOW} from '../../domain/sonataflow/names.js'
import {workflowLine} from '../../domain/sonataflow/workflow/list.js'
import {workflowListFacts} from '../../facts/workflow.js'
import {workflowColumns} from '../../output/sonataflow/workflow-list.js'

export default class WorkflowList extends SflCommand {
  static override summary = 'List workflows, with the services, database and broker that each really uses.'
  static override description =
    'By the precedence of the operator: the workflow itself, its platform, the cluster platform. A * marks what a workflow was deployed with and would no longer get.'
  static override examples = [
    {
      description: 'The workflows of the namespace, of all namespaces, or with URL and reason',
      command:
        '<%= config.bin %> workflow list\n<%= config.bin %> workflow list -A\n<%= config.bin %> workflow list -o wide',
    },
    {description: 'Follow them', command: '<%= config.bin %> workflow list -w'},
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Only these workflows.'}),
  }
  static override flags = listFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(WorkflowList)
    const options = await readListing(this.runtime, flags, args.names ?? [])
    const cluster = await this.connect(flags)
    const now = this.runtime.now()
    const namespace = flags['all-namespaces'] ? undefined : cluster.namespace
    let former = false
    const columns = async (wide: boolean) => {
      const facts = await workflowListFacts(cluster.client, namespace)
      const line = (object: KubeObject) => {
        const found = workflowLine(object, facts)
        former ||= found.former.length > 0
        return found
      }
      return workflowColumns(now, line, wide)
    }
    await printList(this.runtime, cluster, {kind: WORKFLOW, plural: 'workflows', columns}, options)
    if (former && isTable(options.format))
      this.note(
        `* was deployed with former settings: ${callerText(this.runtime.caller)} workflow describe NAME says which, and how to renew it`,
        flags,
      )
  }
}
