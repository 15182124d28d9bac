import {kafkaConfigFlags, kafkaSettings} from '../../../cli/flags/kafka.js'
import {viaFlag} from '../../../cli/flags/via.js'
import {kafkaConfigs} from '../../../cli/prompts/required-input.js'
import {updateCommand} from '../../../cli/verbs/change.js'
import {CONFIG_MAP, KafkaKey} from '../../../domain/eventing/names.js'
import {defined} from '../../../domain/core/defined.js'
import {readKafkaConfigUpdate} from '../../../domain/kafka/config/options.js'
import {planKafkaConfigUpdate} from '../../../domain/kafka/config/plan.js'
import {getConfigMap, kafkaConfigFacts} from '../../../facts/kafka-config.js'

export default updateCommand({
  ...kafkaConfigs,
  kind: CONFIG_MAP,
  noun: 'kafka config',
  singular: 'ConfigMap',
  flags: {...kafkaConfigFlags, ...viaFlag},
  unsettable: ['auth-secret, topic-config:KEY', ['auth-secret', 'topic-config:']],
  summary: 'Change settings of Kafka brokers.',
  description:
    'Only what the flags name is changed. Where an operator writes the ConfigMap, its resource is patched instead. The output says which brokers use it, what changes for them at once, and what counts for new topics only.',
  examples: [
    {
      description: 'Other servers, for every broker that uses it',
      command: 'kafka config update my-kafka --bootstrap-servers kafka-0:9093,kafka-1:9093',
    },
    {
      description: 'On OpenShift through the KnativeKafka, and until its operator has done it',
      command: 'kafka config update kafka-broker-config -n knative-eventing --auth-secret kafka-auth --wait',
    },
    {
      description: 'No credentials any more, and no retention of its own for new topics',
      command: 'kafka config update my-kafka --unset auth-secret --unset topic-config:retention.ms',
    },
  ],
  target: (name, namespace) => ({...CONFIG_MAP, name, namespace}),
  request: (flags) => ({
    read: (subject) => readKafkaConfigUpdate({...kafkaSettings(flags), ...subject}),
  }),
  async plan(client, request, options, {flags}) {
    const {name, namespace, settings, removed} = request
    const withoutSecret = removed.includes(KafkaKey.AuthSecret)
    const facts = await kafkaConfigFacts(client, {name, namespace, authSecret: settings.authSecret, withoutSecret})
    const plan = planKafkaConfigUpdate(request, defined({...options, via: flags.via}), facts)
    if (facts.configMap === 'absent' && plan.target?.object === undefined) await getConfigMap(client, request)
    return plan
  },
})
