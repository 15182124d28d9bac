import {kafkaConfigFlags, readKafkaConfig} from '../../../cli/flags/kafka.js'
import {viaFlag} from '../../../cli/flags/via.js'
import {kafkaSettingNeeds} from '../../../cli/prompts/kafka.js'
import {applyCommand} from '../../../cli/verbs/change.js'
import {CONFIG_MAP} from '../../../domain/eventing/names.js'
import {defined} from '../../../domain/core/defined.js'
import {planKafkaConfigApply} from '../../../domain/kafka/config/plan.js'
import {kafkaConfigFacts} from '../../../facts/kafka-config.js'

export default applyCommand({
  kind: CONFIG_MAP,
  noun: 'kafka config',
  singular: 'ConfigMap',
  needs: '--bootstrap-servers HOST:PORT,... --partitions N --replication-factor N',
  flags: {...kafkaConfigFlags, ...viaFlag},
  summary: 'Create or update the settings of Kafka brokers to match the flags.',
  description:
    'Server-side apply of a ConfigMap: settings that were applied before and are left out now are removed. Where an operator writes the ConfigMap, its resource is patched with what the flags name, and nothing is removed there.',
  examples: [
    {
      description: 'Create it, or bring it to these settings',
      command:
        'kafka config apply my-kafka --bootstrap-servers my-cluster-kafka-bootstrap.kafka:9092 --partitions 10 --replication-factor 3',
    },
    {
      description: 'See first what would change',
      command:
        'kafka config apply my-kafka --bootstrap-servers kafka-0:9093 --partitions 10 --replication-factor 3 --dry-run=server --diff',
    },
  ],
  inputs: (flags) => kafkaSettingNeeds(flags),
  request: (flags) => readKafkaConfig(flags),
  async plan(client, request, options, {flags}) {
    const {name, namespace, settings} = request
    const facts = await kafkaConfigFacts(client, {name, namespace, authSecret: settings.authSecret})
    return planKafkaConfigApply(request, defined({...options, via: flags.via}), facts)
  },
})
