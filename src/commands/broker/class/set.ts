import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {needed} from '../../../cli/prompts/ask-missing.js'
import {defaultClassNeeds} from '../../../cli/prompts/cluster-defaults.js'
import {changeSetting} from '../../../cli/change-setting.js'
import {SflCommand} from '../../../cli/command.js'
import {defaultDeliveryFlags, forNamespaceFlag, settingFlags, settingOptions} from '../../../cli/flags/setting.js'
import {readClassOptions} from '../../../domain/eventing/cluster-defaults/class-options.js'
import {planClassSet} from '../../../domain/eventing/cluster-defaults/class-plan.js'
import {classSetFacts} from '../../../facts/broker-class.js'
import {classChoiceFacts} from '../../../facts/class-choices.js'
import {loadEditor} from '../../../facts/document.js'

export default class BrokerClassSet extends SflCommand {
  static override summary = 'Set the class, config and delivery of brokers that name none.'
  static override description =
    'For the whole cluster, or with --for-namespace for single namespaces. The setting is written to KnativeEventing where an operator writes config-br-defaults, else to the ConfigMap; what else is in there stays, comments included. A class whose config is missing or does not fit is refused. Brokers that exist are not changed.'
  static override usage = 'broker class set CLASS [flags]'
  static override examples = [
    {description: 'Kafka for the whole cluster', command: '<%= config.bin %> broker class set Kafka'},
    {
      description: 'Two namespaces stay with channels, with retries',
      command:
        '<%= config.bin %> broker class set MTChannelBasedBroker --for-namespace dev --for-namespace test --retry 10',
    },
    {
      description: 'A Kafka cluster of its own for one namespace, in a script',
      command:
        '<%= config.bin %> broker class set Kafka --for-namespace shop --broker-config cm:shop-kafka:shop --yes --wait',
    },
  ]
  static override args = {
    class: Args.string({
      required: false,
      ignoreStdin: true,
      description: 'Kafka, KafkaNamespaced, MTChannelBasedBroker or RabbitMQBroker.',
    }),
  }
  static override flags = {
    'for-namespace': forNamespaceFlag,
    'broker-config': Flags.string({
      helpValue: 'REF',
      summary: 'What spec.config of the brokers names: NAME, cm:NAME:NAMESPACE, rmq:NAME; without it, what is shipped.',
    }),
    ...defaultDeliveryFlags,
    ...settingFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BrokerClassSet)
    // Under kn, --config is kn's own, wherever it stands on the line.
    const config = flags['broker-config'] ?? (this.program.startsWith('kn ') ? undefined : flags.config)
    const needs = defaultClassNeeds(args.class, config, flags['for-namespace'], classChoiceFacts)
    const asked = await needed(this, flags, 'broker class set', needs)
    await changeSetting(this, flags, {
      insteadOfNamespace: 'Use --for-namespace, or nothing for the whole cluster.',
      read: () =>
        readClassOptions({
          className: asked.class,
          config: asked.config,
          namespaces: flags['for-namespace'],
          dlSink: flags['dl-sink'],
          retry: flags.retry,
          backoffPolicy: flags['backoff-policy'],
          backoffDelay: flags['backoff-delay'],
        }),
      plan: async (request, {client}) => {
        const [facts, edit] = await Promise.all([classSetFacts(client, request), loadEditor()])
        return planClassSet(request, settingOptions(flags), facts, edit)
      },
    })
  }
}
