import {SflCommand} from '../../../cli/command.js'
import {describeEach, type Describer} from '../../../cli/describe.js'
import {namesArg} from '../../../cli/flags/change.js'
import {describeFlags} from '../../../cli/flags/describe.js'
import {OBJECT_FORMATS, outputFlag} from '../../../cli/flags/output.js'
import {needed} from '../../../cli/prompts/ask-missing.js'
import {existingNames, kafkaConfigs} from '../../../cli/prompts/required-input.js'
import {CONFIG_MAP} from '../../../domain/eventing/names.js'
import {describeKafkaConfig} from '../../../domain/kafka/config/description.js'
import {getConfigMap, kafkaConfigFacts} from '../../../facts/kafka-config.js'
import {kafkaConfigText} from '../../../output/kafka/kafka-config-describe.js'

export default class KafkaConfigDescribe extends SflCommand {
  static override summary =
    'Show settings of Kafka brokers, who writes them, who uses them, and what is wrong with them.'
  static override usage = 'kafka config describe NAME... [flags]'
  static override examples = [
    {
      description: 'The one that most brokers use',
      command: '<%= config.bin %> kafka config describe kafka-broker-config -n knative-eventing',
    },
    {
      description: 'The ConfigMap itself, for scripts',
      command: '<%= config.bin %> kafka config describe my-kafka -o yaml',
    },
  ]
  static override args = namesArg('ConfigMaps')
  static override flags = {
    output: outputFlag(OBJECT_FORMATS),
    verbose: describeFlags.verbose,
    'show-managed-fields': describeFlags['show-managed-fields'],
    'allow-missing-template-keys': describeFlags['allow-missing-template-keys'],
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(KafkaConfigDescribe)
    const {names} = await needed(this, flags, 'kafka config describe', {
      names: existingNames(CONFIG_MAP, args.names, kafkaConfigs),
    })
    const describe: Describer = async ({name, namespace}, {client}, options) => {
      const place = {name, namespace}
      const [configMap, facts] = await Promise.all([getConfigMap(client, place), kafkaConfigFacts(client, place)])
      return kafkaConfigText(configMap, describeKafkaConfig(place, {...facts, configMap}), options)
    }
    // Everything that is shown is our own, and events about ConfigMaps there are none.
    const all = {...flags, extras: true, 'show-events': false}
    await describeEach(this, CONFIG_MAP, names, all, describe, OBJECT_FORMATS)
  }
}
