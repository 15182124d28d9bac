import * as Flags from '@oclif/core/flags'
import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {createFlags, namesArg, writing} from '../../cli/flags/change.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {classFlag, deadLetterFlag} from '../../cli/prompts/broker.js'
import {newNames} from '../../cli/prompts/required-input.js'
import {invalid} from '../../domain/core/errors.js'
import {planBrokerCreate} from '../../domain/eventing/broker/create.js'
import {readBrokerOptions} from '../../domain/eventing/broker/options.js'
import {createFacts} from '../../facts/broker.js'
import {classChoiceFacts} from '../../facts/class-choices.js'

export default class BrokerCreate extends SflCommand {
  static override summary = 'Create brokers.'
  static override description =
    'The class and config that the cluster would give are worked out first; a broker that could never become ready is refused with the reason and the command that repairs it.'
  static override usage = 'broker create NAME... [flags]'
  static override examples = [
    {description: "A broker of the cluster's default class", command: '<%= config.bin %> broker create default'},
    {
      description: 'A Kafka broker that retries five times and keeps what cannot be delivered',
      command:
        '<%= config.bin %> broker create orders --class Kafka --dl-sink ksvc:dead-letters --retry 5 --backoff-policy exponential --backoff-delay PT1S',
    },
    {
      description: 'On an existing Kafka topic, with a ConfigMap of its own',
      command:
        '<%= config.bin %> broker create orders --class Kafka --broker-config cm:my-kafka:my-namespace --external-topic orders.v1',
    },
    {
      description: 'In a runbook: fine if it is there already, done when it is ready',
      command: '<%= config.bin %> broker create orders --class Kafka --if-not-exists --wait --wait-timeout 5m',
    },
    {
      description: 'The manifest for GitOps',
      command: '<%= config.bin %> broker create orders --class Kafka --dry-run=client -o yaml',
    },
  ]
  static override args = namesArg('brokers')
  static override flags = {
    class: Flags.string({
      helpValue: 'CLASS',
      summary: 'Broker class: Kafka, KafkaNamespaced, MTChannelBasedBroker; left out, the default of the cluster.',
    }),
    'broker-config': Flags.string({
      helpValue: 'REF',
      summary:
        'Object that configures the broker: NAME or cm:NAME[:NAMESPACE] for a ConfigMap, or APIVERSION:KIND:NAME[:NAMESPACE].',
    }),
    'external-topic': Flags.string({
      helpValue: 'TOPIC',
      summary: 'Existing Kafka topic to use instead of one of its own; needs class Kafka.',
    }),
    ...deliveryFlags,
    ...createFlags('broker'),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BrokerCreate)
    const {names, className, dlSink} = await needed(this, flags, 'broker create', {
      names: newNames('broker', args.names),
      className: classFlag(flags.class, classChoiceFacts),
      dlSink: deadLetterFlag(flags['dl-sink']),
    })
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags({...flags, 'dl-sink': dlSink})
    const read = (name: string, namespace: string) =>
      readBrokerOptions({
        ...delivery,
        name,
        namespace,
        className,
        brokerConfig: flags['broker-config'],
        externalTopic: flags['external-topic'],
        labels: flags.label,
        annotations: flags.annotation,
      })
    if (names.length > 1 && flags['external-topic'] !== undefined)
      throw invalid("--external-topic belongs to one broker: two on one topic would receive each other's events")
    const options = writing(flags, waitMs)
    await changeEach(this, flags, {
      names,
      read,
      note,
      plan: async (request, {client}) => planBrokerCreate(request, options, await createFacts(client, request)),
    })
  }
}
