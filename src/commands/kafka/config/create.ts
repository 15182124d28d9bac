import {kafkaConfigFlags, readKafkaConfig} from '../../../cli/flags/kafka.js'
import {viaFlag} from '../../../cli/flags/via.js'
import {kafkaSettingNeeds} from '../../../cli/prompts/kafka.js'
import {createCommand} from '../../../cli/verbs/change.js'
import {CONFIG_MAP} from '../../../domain/eventing/names.js'
import {defined} from '../../../domain/core/defined.js'
import {planKafkaConfigCreate} from '../../../domain/kafka/config/plan.js'
import {kafkaConfigFacts} from '../../../facts/kafka-config.js'

export default createCommand({
  kind: CONFIG_MAP,
  noun: 'kafka config',
  singular: 'ConfigMap',
  needs: '--bootstrap-servers HOST:PORT,... --partitions N --replication-factor N',
  flags: {...kafkaConfigFlags, ...viaFlag},
  summary: 'Create a ConfigMap with the settings of Kafka brokers.',
  description:
    'Bootstrap servers, partitions and replication factor are all needed: a broker has no built-in values for them. The Secret is looked for in the namespace of the ConfigMap, which is where brokers look for it.',
  examples: [
    {
      description: 'Settings of your own, in the namespace of the context',
      command:
        'kafka config create my-kafka --bootstrap-servers my-cluster-kafka-bootstrap.kafka:9092 --partitions 10 --replication-factor 3',
    },
    {
      description: 'With credentials, and topics that keep events for a week',
      command:
        'kafka config create my-kafka --bootstrap-servers kafka-0:9093,kafka-1:9093 --partitions 10 --replication-factor 3 --auth-secret kafka-auth --topic-config retention.ms=604800000',
    },
    {
      description: 'The one that documents name, fine if it is there already',
      command:
        'kafka config create kafka-broker-config -n knative-eventing --bootstrap-servers my-cluster-kafka-bootstrap.kafka:9092 --partitions 10 --replication-factor 3 --if-not-exists',
    },
  ],
  inputs: (flags) => kafkaSettingNeeds(flags),
  request: (flags) => readKafkaConfig(flags),
  async plan(client, request, options, {flags}) {
    const {name, namespace, settings} = request
    const {authSecret} = settings
    const facts = await kafkaConfigFacts(client, {name, namespace, authSecret, withoutSecret: authSecret === undefined})
    return planKafkaConfigCreate(request, defined({...options, via: flags.via}), facts)
  },
})
