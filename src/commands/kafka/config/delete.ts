import {kafkaConfigs} from '../../../cli/prompts/required-input.js'
import {deleteCommand} from '../../../cli/verbs/delete.js'
import {CONFIG_MAP} from '../../../domain/eventing/names.js'
import {heldFindings} from '../../../domain/findings/existing.js'
import {planKafkaConfigDelete} from '../../../domain/kafka/config/plan.js'
import {getConfigMap, kafkaConfigFacts} from '../../../facts/kafka-config.js'

export default deleteCommand({
  ...kafkaConfigs,
  kind: CONFIG_MAP,
  noun: 'kafka config',
  singular: 'ConfigMap',
  summary: 'Delete ConfigMaps with settings of Kafka brokers.',
  description:
    'Refused while brokers or defaults of the cluster name the ConfigMap, because such brokers could fail or not be deleted any more, and where an operator would write it again.',
  examples: [
    {description: 'Delete one after a question', command: 'kafka config delete my-kafka'},
    {
      description: 'In a runbook: no question, fine if it is already gone',
      command: 'kafka config delete my-kafka --yes --ignore-not-found',
    },
  ],
  async plan(client, {name, namespace = ''}, options) {
    const [configMap, facts] = await Promise.all([
      getConfigMap(client, {name, namespace}),
      kafkaConfigFacts(client, {name, namespace, withoutSecret: true}),
    ])
    return planKafkaConfigDelete(configMap, options, facts)
  },
  explainTimeout: async (client, {name, namespace = ''}) =>
    heldFindings(await getConfigMap(client, {name, namespace}), 'SFL-K21'),
})
