import {SflCommand} from '../../cli/command.js'
import {invalid} from '../../domain/core/errors.js'
import {scenarioFlags} from '../../cli/flags/scenario.js'
import {readScenario, sayPassedOver} from '../../cli/scenario.js'

export default class SandboxRun extends SflCommand {
  static override summary = 'Run a command against a cluster that lives only as long as it runs.'
  static override description =
    'Starts a Kubernetes API with stand-ins for the Knative controllers in this process, sets KUBECONFIG for the command, and ends with its exit code.'
  static override usage = 'sandbox run [--layout knative|operator|openshift] [--with FILE]... -- COMMAND [ARG]...'
  static override examples = [
    {
      description: 'Look around',
      command: '<%= config.bin %> sandbox run -- kubectl get configmaps -n knative-eventing',
    },
    {
      description: 'Rehearse a runbook, with objects that are there from the start',
      command: '<%= config.bin %> sandbox run --with scenario.yaml -- sh ./runbook.sh',
    },
    {
      description: 'Rehearse with a copy of your own cluster',
      command:
        'kubectl get brokers,triggers,services -n shop -o yaml | <%= config.bin %> sandbox run --with - -- <%= config.bin %> check -A',
    },
    {
      description: 'The same where operators write the settings',
      command: '<%= config.bin %> sandbox run --layout openshift -- kubectl get knativekafkas,knativeeventings -A',
    },
  ]
  static override strict = false
  static override flags = scenarioFlags

  async run(): Promise<number> {
    const {argv, flags} = await this.parse(SandboxRun)
    const command = argv.map(String)
    if (command.length === 0)
      throw invalid("'sandbox run' needs a command", `${this.program} sandbox run -- kubectl get brokers -A`)
    const given = await readScenario(this.runtime, flags)
    const {openSession} = await import('../../sandbox/session.js')
    const session = await openSession(given, {layout: flags.layout})
    sayPassedOver(this.runtime, session.passedOver)
    try {
      return await this.runtime.runProgram(command, {KUBECONFIG: session.kubeconfig})
    } finally {
      await session.close()
    }
  }
}
