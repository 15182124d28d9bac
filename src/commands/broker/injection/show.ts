import {SflCommand} from '../../../cli/command.js'
import {outputFlag} from '../../../cli/flags/output.js'
import {printFindings} from '../../../cli/print-findings.js'
import {viewInjection} from '../../../domain/eventing/injection/view.js'
import {injectionShowFacts} from '../../../facts/injection.js'
import {parseFormat} from '../../../output/format.js'
import {injectionText} from '../../../output/eventing/injection-view.js'
import {spokenView} from '../../../output/report/spoken.js'
import {formatJson} from '../../../output/json.js'

const FORMATS = ['json', 'yaml'] as const

export default class BrokerInjectionShow extends SflCommand {
  static override summary = 'Show whether injection creates brokers for a namespace and its triggers.'
  static override description =
    'Evaluates config-sugar for the labels of the namespace of -n and of each of its triggers, as the sugar controller does.'
  static override usage = 'broker injection show [flags]'
  static override examples = [
    {description: 'For one namespace', command: '<%= config.bin %> broker injection show -n shop'},
    {description: 'For scripts', command: '<%= config.bin %> broker injection show -n shop -o json'},
  ]
  static override flags = {output: outputFlag(FORMATS)}

  async run(): Promise<void> {
    const {flags} = await this.parse(BrokerInjectionShow)
    const format = parseFormat(flags.output, {allowed: [...FORMATS]})
    const {client, namespace} = await this.connect(flags)
    const view = viewInjection(namespace, await injectionShowFacts(client, namespace))
    const {out} = this.runtime.streams
    if (format.name === 'json') out(`${formatJson(spokenView(view, this.runtime.caller))}\n`)
    else if (format.name === 'yaml')
      out((await import('../../../output/yaml.js')).formatYaml(spokenView(view, this.runtime.caller)))
    else {
      out(injectionText(view))
      printFindings(this.runtime, view.findings, false)
    }
  }
}
