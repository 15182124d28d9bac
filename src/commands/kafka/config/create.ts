import {changeEach} from '../../../cli/change.js'
import {SflCommand} from '../../../cli/command.js'
import {createFlags, nameArg, writing} from '../../../cli/flags/change.js'
import {kafkaConfigFlags, kafkaSettings} from '../../../cli/flags/kafka.js'
import {viaFlag} from '../../../cli/flags/via.js'
import {needed} from '../../../cli/prompts/ask-missing.js'
import {kafkaSettingNeeds} from '../../../cli/prompts/kafka.js'
import {newName} from '../../../cli/prompts/required-input.js'
import {readKafkaConfigOptions} from '../../../domain/kafka/config/options.js'
import {planKafkaConfigCreate} from '../../../domain/kafka/config/plan.js'
import {kafkaConfigFacts} from '../../../facts/kafka-config.js'

export default class KafkaConfigCreate extends SflCommand {
  static override summary = 'Create a ConfigMap with the settings of Kafka brokers.'
  static override description =
    'Bootstrap servers, partitions and replication factor are all needed: a broker has no built-in values for them. The Secret is looked for in the namespace of the ConfigMap, which is where brokers look for it.'
  static override usage =
    'kafka config create NAME --bootstrap-servers HOST:PORT,... --partitions N --replication-factor N [flags]'
  static override examples = [
    {
      description: 'Settings of your own, in the namespace of the context',
      command:
        '<%= config.bin %> kafka config create my-kafka --bootstrap-servers my-cluster-kafka-bootstrap.kafka:9092 --partitions 10 --replication-factor 3',
    },
    {
      description: 'With credentials, and topics that keep events for a week',
      command:
        '<%= config.bin %> kafka config create my-kafka --bootstrap-servers kafka-0:9093,kafka-1:9093 --partitions 10 --replication-factor 3 --auth-secret kafka-auth --topic-config retention.ms=604800000',
    },
    {
      description: 'The one that documents name, fine if it is there already',
      command:
        '<%= config.bin %> kafka config create kafka-broker-config -n knative-eventing --bootstrap-servers my-cluster-kafka-bootstrap.kafka:9092 --partitions 10 --replication-factor 3 --if-not-exists',
    },
  ]
  static override args = nameArg('ConfigMap')
  static override flags = {...kafkaConfigFlags, ...viaFlag, ...createFlags('ConfigMap')}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(KafkaConfigCreate)
    const {name: asked, ...asSaid} = await needed(this, flags, 'kafka config create', {
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
        const {authSecret} = settings
        const question = {name, namespace, authSecret, withoutSecret: authSecret === undefined}
        return planKafkaConfigCreate(request, options, await kafkaConfigFacts(client, question))
      },
    })
  }
}
