import {kafkaConfigs} from '../../../cli/prompts/required-input.js'
import {describeCommand} from '../../../cli/verbs/describe.js'
import {CONFIG_MAP} from '../../../domain/eventing/names.js'
import {describeKafkaConfig} from '../../../domain/kafka/config/description.js'
import {getConfigMap, kafkaConfigFacts} from '../../../facts/kafka-config.js'
import {kafkaConfigText} from '../../../output/kafka/kafka-config-describe.js'

export default describeCommand({
  ...kafkaConfigs,
  kind: CONFIG_MAP,
  noun: 'kafka config',
  singular: 'ConfigMap',
  withoutEvents: true,
  summary: 'Show settings of Kafka brokers, who writes them, who uses them, and what is wrong with them.',
  examples: [
    {
      description: 'The one that most brokers use',
      command: 'kafka config describe kafka-broker-config -n knative-eventing',
    },
    {description: 'The ConfigMap itself, for scripts', command: 'kafka config describe my-kafka -o yaml'},
  ],
  async text({name, namespace}, {client}, options) {
    const place = {name, namespace}
    const [configMap, facts] = await Promise.all([getConfigMap(client, place), kafkaConfigFacts(client, place)])
    return kafkaConfigText(configMap, describeKafkaConfig(place, {...facts, configMap}), options)
  },
})
