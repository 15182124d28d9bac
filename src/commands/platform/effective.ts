import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {nameArg} from '../../cli/flags/change.js'
import {listFlags, outputFlag} from '../../cli/flags/output.js'
import {checkName} from '../../cli/names.js'
import {explainAbsence} from '../../cli/not-found.js'
import {invalid} from '../../domain/core/errors.js'
import {viewPlatformEffective, viewWorkflowEffective} from '../../domain/sonataflow/effective/view.js'
import {WORKFLOW} from '../../domain/sonataflow/names.js'
import {platformDescribeFacts} from '../../facts/platform-describe.js'
import {workflowFacts} from '../../facts/workflow.js'
import {effectiveText} from '../../output/sonataflow/effective.js'
import {parseFormat} from '../../output/format.js'
import {formatJson} from '../../output/json.js'

const FORMATS = ['json', 'yaml'] as const

export default class PlatformEffective extends SflCommand {
  static override summary = 'Show what every setting comes to, which object decides, and what the cluster really has.'
  static override description =
    "One table by the operator's own rules: service before platform before cluster platform before its defaults (OpenShift Serverless Logic, precedence rules for supporting services). LIVE is read from Deployments, triggers and SinkBindings. Without a name: the platform that is active in the namespace."
  static override usage = 'platform effective [NAME] [flags]'
  static override examples = [
    {description: 'Why a service has the database it has', command: '<%= config.bin %> platform effective -n shop'},
    {
      description: 'What a workflow really uses',
      command: '<%= config.bin %> platform effective --workflow greeting -n shop',
    },
    {
      description: 'The settings that drifted, for scripts',
      command: '<%= config.bin %> platform effective -o json',
    },
  ]
  static override args = nameArg('platform')
  static override flags = {
    workflow: Flags.string({
      helpValue: 'WORKFLOW',
      summary: 'Settings of this workflow instead of those of the supporting services.',
    }),
    output: outputFlag(FORMATS),
    'no-headers': listFlags['no-headers'],
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlatformEffective)
    const {workflow} = flags
    const {name} = args
    const format = parseFormat(flags.output, {allowed: [...FORMATS]})
    for (const one of [name, workflow]) if (one !== undefined) checkName(one)
    if (workflow !== undefined && name !== undefined)
      throw invalid(
        'a platform and --workflow cannot be given together',
        'A workflow has the platform of its namespace.',
      )
    const cluster = await this.connect(flags)
    const {client, namespace} = cluster
    const read = async () =>
      workflow === undefined
        ? viewPlatformEffective(await platformDescribeFacts(client, {namespace, name}, {events: false}))
        : viewWorkflowEffective(await workflowFacts(client, {namespace, name: workflow}, {events: false}))
    const ref = {...WORKFLOW, name: workflow ?? '', namespace}
    const view = await read().catch(async (error: unknown) => {
      throw workflow === undefined ? error : await explainAbsence(this.runtime, cluster, ref, error)
    })
    const {out} = this.runtime.streams
    if (format.name === 'json') out(`${formatJson(view)}\n`)
    else if (format.name === 'yaml') out((await import('../../output/yaml.js')).formatYaml(view))
    else {
      out(effectiveText(view, {headers: !flags['no-headers']}))
      if (view.notVerified.length > 0)
        this.note(`LIVE is not complete: you may not read ${view.notVerified.join(', ')}`, flags)
    }
  }
}
