import {SflCommand} from '../../cli/command.js'
import {outputFlag} from '../../cli/flags/output.js'
import {viewKafkaStatus} from '../../domain/kafka/installation/status.js'
import {kafkaStatusFacts} from '../../facts/knative-kafka.js'
import {parseFormat} from '../../output/format.js'
import {spokenView} from '../../output/report/spoken.js'
import {formatJson} from '../../output/json.js'
import {kafkaStatusText} from '../../output/kafka/kafka-status.js'

const FORMATS = ['json', 'yaml'] as const

export default class KafkaStatusCommand extends SflCommand {
  static override summary = 'Show how Kafka is installed for Knative, part by part, and what is wrong.'
  static override description =
    'Who installed it (OpenShift Serverless, the Knative operator, release files), which parts are enabled and whether their workloads are ready, the settings of brokers and who writes them, and the Kafka brokers that are not ready. The exit code is 0 whatever was found.'
  static override usage = 'kafka status [flags]'
  static override examples = [
    {description: 'Everything at one glance', command: '<%= config.bin %> kafka status'},
    {description: 'For scripts', command: '<%= config.bin %> kafka status -o json'},
  ]
  static override flags = {output: outputFlag(FORMATS)}

  async run(): Promise<void> {
    const {flags} = await this.parse(KafkaStatusCommand)
    const format = parseFormat(flags.output, {allowed: [...FORMATS]})
    const {client} = await this.connect(flags)
    const status = viewKafkaStatus(await kafkaStatusFacts(client))
    const {out, outPalette: palette} = this.runtime.streams
    if (format.name === 'json') out(`${formatJson(spokenView(status, this.runtime.caller))}\n`)
    else if (format.name === 'yaml')
      out((await import('../../output/yaml.js')).formatYaml(spokenView(status, this.runtime.caller)))
    else out(kafkaStatusText(status, {now: this.runtime.now(), caller: this.runtime.caller, palette}))
  }
}
