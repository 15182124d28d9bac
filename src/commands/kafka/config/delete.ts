import {SflCommand} from '../../../cli/command.js'
import {deleteEach, type Deletion} from '../../../cli/delete.js'
import {deleteFlags, namesArg} from '../../../cli/flags/change.js'
import {needed} from '../../../cli/prompts/ask-missing.js'
import {existingNames, kafkaConfigs} from '../../../cli/prompts/required-input.js'
import {writeFormat} from '../../../cli/run-plan.js'
import {CONFIG_MAP} from '../../../domain/eventing/names.js'
import {heldFindings} from '../../../domain/findings/existing.js'
import {planKafkaConfigDelete} from '../../../domain/kafka/config/plan.js'
import {getConfigMap, kafkaConfigFacts} from '../../../facts/kafka-config.js'

export default class KafkaConfigDelete extends SflCommand {
  static override summary = 'Delete ConfigMaps with settings of Kafka brokers.'
  static override description =
    'Refused while brokers or defaults of the cluster name the ConfigMap, because such brokers could fail or not be deleted any more, and where an operator would write it again.'
  static override usage = 'kafka config delete NAME... [flags]'
  static override examples = [
    {description: 'Delete one after a question', command: '<%= config.bin %> kafka config delete my-kafka'},
    {
      description: 'In a runbook: no question, fine if it is already gone',
      command: '<%= config.bin %> kafka config delete my-kafka --yes --ignore-not-found',
    },
  ]
  static override args = namesArg('ConfigMaps')
  static override flags = deleteFlags('ConfigMap')

  async run(): Promise<void> {
    const {args, flags} = await this.parse(KafkaConfigDelete)
    const {names} = await needed(this, flags, 'kafka config delete', {
      names: existingNames(CONFIG_MAP, args.names, kafkaConfigs),
    })
    writeFormat(flags.output)
    const cluster = await this.connect(flags)
    const {client} = cluster
    const deletion: Deletion = {
      kind: CONFIG_MAP,
      plan: async ({name, namespace = ''}, options) => {
        const [configMap, facts] = await Promise.all([
          getConfigMap(client, {name, namespace}),
          kafkaConfigFacts(client, {name, namespace, withoutSecret: true}),
        ])
        return planKafkaConfigDelete(configMap, {...options, force: flags.force}, facts)
      },
      explainTimeout: async ({name, namespace = ''}) =>
        heldFindings(await getConfigMap(client, {name, namespace}), 'SFL-K21'),
    }
    await deleteEach(this.runtime, cluster, deletion, names, flags)
  }
}
