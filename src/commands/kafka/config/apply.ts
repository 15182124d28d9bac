import {changeEach} from '../../../cli/change.js'
import {SflCommand} from '../../../cli/command.js'
import {applyFlags, nameArg, writing} from '../../../cli/flags/change.js'
import {kafkaConfigFlags, kafkaSettings} from '../../../cli/flags/kafka.js'
import {viaFlag} from '../../../cli/flags/via.js'
import {needed} from '../../../cli/prompts/ask-missing.js'
import {kafkaSettingNeeds} from '../../../cli/prompts/kafka.js'
import {newName} from '../../../cli/prompts/required-input.js'
import {readKafkaConfigOptions} from '../../../domain/kafka/config/options.js'
import {planKafkaConfigApply} from '../../../domain/kafka/config/plan.js'
import {kafkaConfigFacts} from '../../../facts/kafka-config.js'

export default class KafkaConfigApply extends SflCommand {
  static override summary = 'Make the settings of Kafka brokers be as the flags say, whether they exist or not.'
  static override description =
    'Server-side apply of a ConfigMap: settings that were applied before and are left out now are removed. Where an operator writes the ConfigMap, its resource is patched with what the flags name, and nothing is removed there.'
  static override usage =
    'kafka config apply NAME --bootstrap-servers HOST:PORT,... --partitions N --replication-factor N [flags]'
  static override examples = [
    {
      description: 'Create it, or bring it to these settings',
      command:
        '<%= config.bin %> kafka config apply my-kafka --bootstrap-servers my-cluster-kafka-bootstrap.kafka:9092 --partitions 10 --replication-factor 3',
    },
    {
      description: 'See first what would change',
      command:
        '<%= config.bin %> kafka config apply my-kafka --bootstrap-servers kafka-0:9093 --partitions 10 --replication-factor 3 --dry-run=server --diff',
    },
  ]
  static override args = nameArg('ConfigMap')
  static override flags = {...kafkaConfigFlags, ...viaFlag, ...applyFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(KafkaConfigApply)
    const {name: asked, ...asSaid} = await needed(this, flags, 'kafka config apply', {
      name: newName('kafka config', args.name),
      ...kafkaSettingNeeds(flags),
    })
    const read = (name: string, namespace: string) =>
      readKafkaConfigOptions({
        ...kafkaSettings({...flags, ...asSaid}),
        name,
        namespace,
        labels: flags.label,
        annotations: flags.annotation,
      })
    const options = {...writing(flags), ...(flags.via === undefined ? {} : {via: flags.via})}
    await changeEach(this, flags, {
      names: [asked],
      read,
      plan: async (request, {client}) => {
        const {name, namespace, settings} = request
        const facts = await kafkaConfigFacts(client, {name, namespace, authSecret: settings.authSecret})
        return planKafkaConfigApply(request, options, facts)
      },
    })
  }
}
