import {changeEach} from '../../../cli/change.js'
import {SflCommand} from '../../../cli/command.js'
import {namesArg, updateFlags, writing} from '../../../cli/flags/change.js'
import {kafkaConfigFlags, kafkaSettings} from '../../../cli/flags/kafka.js'
import {readMetadataChanges} from '../../../cli/flags/metadata.js'
import {viaFlag} from '../../../cli/flags/via.js'
import {needed} from '../../../cli/prompts/ask-missing.js'
import {existingNames, kafkaConfigs} from '../../../cli/prompts/required-input.js'
import {CONFIG_MAP, KafkaKey} from '../../../domain/eventing/names.js'
import {readKafkaConfigUpdate} from '../../../domain/kafka/config/options.js'
import {planKafkaConfigUpdate} from '../../../domain/kafka/config/plan.js'
import {getConfigMap, kafkaConfigFacts} from '../../../facts/kafka-config.js'

export default class KafkaConfigUpdate extends SflCommand {
  static override summary = 'Change settings of Kafka brokers.'
  static override description =
    'Only what the flags name is changed. Where an operator writes the ConfigMap, its resource is patched instead. Said is which brokers use it, what changes for them at once, and what counts for new topics only.'
  static override usage = 'kafka config update NAME... [flags]'
  static override examples = [
    {
      description: 'Other servers, for every broker that uses it',
      command: '<%= config.bin %> kafka config update my-kafka --bootstrap-servers kafka-0:9093,kafka-1:9093',
    },
    {
      description: 'On OpenShift through the KnativeKafka, and until its operator has done it',
      command:
        '<%= config.bin %> kafka config update kafka-broker-config -n knative-eventing --auth-secret kafka-auth --wait',
    },
    {
      description: 'No credentials any more, and no retention of its own for new topics',
      command: '<%= config.bin %> kafka config update my-kafka --unset auth-secret --unset topic-config:retention.ms',
    },
  ]
  static override args = namesArg('ConfigMaps')
  static override flags = {
    ...kafkaConfigFlags,
    ...viaFlag,
    ...updateFlags('auth-secret, topic-config:KEY', ['auth-secret', 'topic-config:']),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(KafkaConfigUpdate)
    const {names} = await needed(this, flags, 'kafka config update', {
      names: existingNames(CONFIG_MAP, args.names, kafkaConfigs),
    })
    const changes = readMetadataChanges(flags)
    const read = (name: string, namespace: string) =>
      readKafkaConfigUpdate({...kafkaSettings(flags), name, namespace, ...changes})
    const options = {...writing(flags), ...(flags.via === undefined ? {} : {via: flags.via})}
    await changeEach(this, flags, {
      names,
      read,
      target: (name, namespace) => ({...CONFIG_MAP, name, namespace}),
      plan: async (request, {client}) => {
        const {name, namespace, settings, removed} = request
        const {authSecret} = settings
        const withoutSecret = removed.includes(KafkaKey.AuthSecret)
        const facts = await kafkaConfigFacts(client, {name, namespace, authSecret, withoutSecret})
        const plan = planKafkaConfigUpdate(request, options, facts)
        if (facts.configMap === 'absent' && plan.target?.object === undefined) await getConfigMap(client, request)
        return plan
      },
    })
  }
}
