import {printCommand} from '../../../domain/core/commands.js'
import {SflCommand} from '../../../cli/command.js'
import {kindsFlags, printKinds, readKindsListing} from '../../../cli/list-kinds.js'
import {paged} from '../../../cli/list.js'
import {SYSTEM_NAMESPACE} from '../../../domain/eventing/names.js'
import {sfl} from '../../../domain/core/commands.js'
import {kafkaConfigsAmong} from '../../../domain/kafka/config/list.js'
import {kafkaConfigListFacts} from '../../../facts/kafka-config.js'
import {kafkaConfigColumns} from '../../../output/kafka/kafka-config-list.js'

export default class KafkaConfigList extends SflCommand {
  static override summary = 'List ConfigMaps with settings of Kafka brokers, and who uses them.'
  static override usage = 'kafka config list [flags]'
  static override examples = [
    {
      description: 'Those of knative-eventing, or of all namespaces with the names of the brokers',
      command:
        '<%= config.bin %> kafka config list -n knative-eventing\n<%= config.bin %> kafka config list -A -o wide',
    },
    {description: 'For scripts', command: '<%= config.bin %> kafka config list -A -o name'},
  ]
  static override flags = kindsFlags

  async run(): Promise<void> {
    const {flags} = await this.parse(KafkaConfigList)
    const options = await readKindsListing(this.runtime, flags)
    const {client, namespace: home} = await this.connect(flags)
    const namespace = flags['all-namespaces'] ? undefined : home
    const query = paged(flags)
    const facts = await kafkaConfigListFacts(client, {
      home,
      ...(namespace === undefined ? {} : {namespace}),
      ...query,
    })
    const found = kafkaConfigsAmong(facts.configMaps, facts)
    const now = this.runtime.now()
    const columns = async (wide: boolean) => kafkaConfigColumns(facts, now, wide)
    await printKinds(this.runtime, found, {plural: 'Kafka configs', columns}, options, {...flags, where: namespace})
    if (found.length === 0 && namespace !== undefined && namespace !== SYSTEM_NAMESPACE)
      this.note(
        `those of the cluster: ${printCommand(sfl('kafka config list', '-n', SYSTEM_NAMESPACE), this.runtime.caller)}`,
        flags,
      )
  }
}
