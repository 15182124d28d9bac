import {SflCommand} from '../../../cli/command.js'
import {outputFlag} from '../../../cli/flags/output.js'
import {printFindings} from '../../../cli/print-findings.js'
import {viewClass} from '../../../domain/eventing/cluster-defaults/class-view.js'
import {classShowFacts} from '../../../facts/broker-class.js'
import {classText} from '../../../output/eventing/class-view.js'
import {parseFormat} from '../../../output/format.js'
import {spokenView} from '../../../output/report/spoken.js'
import {formatJson} from '../../../output/json.js'

const FORMATS = ['json', 'yaml'] as const

export default class BrokerClassShow extends SflCommand {
  static override summary = 'Show which class, config and delivery a plain broker gets in a namespace, and why.'
  static override description =
    'Reads config-br-defaults as the webhook does when a broker names no class, says which field of the operator set each value, and whether such a broker could work.'
  static override usage = 'broker class show [flags]'
  static override examples = [
    {description: 'For one namespace', command: '<%= config.bin %> broker class show -n shop'},
    {description: 'For scripts', command: '<%= config.bin %> broker class show -n shop -o json'},
  ]
  static override flags = {output: outputFlag(FORMATS)}

  async run(): Promise<void> {
    const {flags} = await this.parse(BrokerClassShow)
    const format = parseFormat(flags.output, {allowed: [...FORMATS]})
    const {client, namespace} = await this.connect(flags)
    const view = viewClass(namespace, await classShowFacts(client, namespace))
    const {out} = this.runtime.streams
    if (format.name === 'json') out(`${formatJson(spokenView(view, this.runtime.caller))}\n`)
    else if (format.name === 'yaml')
      out((await import('../../../output/yaml.js')).formatYaml(spokenView(view, this.runtime.caller)))
    else {
      out(classText(view))
      printFindings(this.runtime, view.findings, false)
    }
  }
}
