import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {scenarioFlags} from '../../cli/flags/scenario.js'
import {readScenario, sayPassedOver} from '../../cli/scenario.js'

export default class SandboxStart extends SflCommand {
  static override summary = 'Start a cluster in this process, in the foreground.'
  static override description = 'Prints the path of a kubeconfig on stdout and serves until Ctrl-C.'
  static override examples = [
    {
      description: 'In one terminal the cluster, in another one the work',
      command: '<%= config.bin %> sandbox start\nexport KUBECONFIG=/path/it/printed',
    },
    {
      description: 'A cluster as OpenShift Serverless installs it',
      command: '<%= config.bin %> sandbox start --layout openshift',
    },
  ]
  static override flags = {
    ...scenarioFlags,
    port: Flags.integer({
      min: 0,
      max: 65_535,
      default: 0,
      helpValue: 'PORT',
      summary: 'Port on 127.0.0.1; 0 takes a free one.',
    }),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(SandboxStart)
    const {signal, streams} = this.runtime
    const given = await readScenario(this.runtime, flags)
    const {openSession} = await import('../../sandbox/session.js')
    const session = await openSession(given, {port: flags.port, layout: flags.layout})
    sayPassedOver(this.runtime, session.passedOver)
    try {
      streams.out(`${session.kubeconfig}\n`)
      streams.err(`serving ${session.url}, end with Ctrl-C\nexport KUBECONFIG=${session.kubeconfig}\n`)
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve(), {once: true})
      })
    } finally {
      await session.close()
    }
  }
}
