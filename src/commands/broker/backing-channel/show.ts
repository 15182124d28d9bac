import {SflCommand} from '../../../cli/command.js'
import {outputFlag} from '../../../cli/flags/output.js'
import {printFindings} from '../../../cli/print-findings.js'
import {viewBackingChannel} from '../../../domain/eventing/cluster-defaults/backing-channel-view.js'
import {backingFacts} from '../../../facts/backing-channel.js'
import {backingText} from '../../../output/eventing/backing-channel-view.js'
import {parseFormat} from '../../../output/format.js'
import {spokenView} from '../../../output/report/spoken.js'
import {formatJson} from '../../../output/json.js'

const FORMATS = ['json', 'yaml'] as const

export default class BrokerBackingChannelShow extends SflCommand {
  static override summary = 'Show the channel behind channel-based brokers, and the brokers that have it.'
  static override description =
    'Reads channel-template-spec of config-br-default-channel, a setting of the whole cluster, and says who set it and whether such channels could work.'
  static override usage = 'broker backing-channel show [flags]'
  static override examples = [
    {description: 'For people', command: '<%= config.bin %> broker backing-channel show'},
    {description: 'For scripts', command: '<%= config.bin %> broker backing-channel show -o json'},
  ]
  static override flags = {output: outputFlag(FORMATS)}

  async run(): Promise<void> {
    const {flags} = await this.parse(BrokerBackingChannelShow)
    const format = parseFormat(flags.output, {allowed: [...FORMATS]})
    const {client} = await this.connect(flags)
    const view = viewBackingChannel(await backingFacts(client))
    const {out} = this.runtime.streams
    if (format.name === 'json') out(`${formatJson(spokenView(view, this.runtime.caller))}\n`)
    else if (format.name === 'yaml')
      out((await import('../../../output/yaml.js')).formatYaml(spokenView(view, this.runtime.caller)))
    else {
      out(backingText(view))
      printFindings(this.runtime, view.findings, false)
    }
  }
}
