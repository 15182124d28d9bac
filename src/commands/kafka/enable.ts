import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {completing} from '../../cli/flags/completing.js'
import {SflCommand} from '../../cli/command.js'
import {kafkaFlags, kafkaSettings} from '../../cli/flags/kafka.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {someWords} from '../../cli/prompts/required-input.js'
import {runPlan, tasksFor, writeFormat} from '../../cli/run-plan.js'
import {planKafkaEnable} from '../../domain/kafka/installation/enable.js'
import {PARTS} from '../../domain/kafka/installation/parts.js'
import {readKafkaEnable} from '../../domain/kafka/installation/switch-options.js'
import {kafkaEnableFacts} from '../../facts/knative-kafka.js'

export default class KafkaEnable extends SflCommand {
  static override summary = 'Enable parts of Kafka for Knative: broker, channel, source, sink.'
  static override description =
    'On OpenShift the KnativeKafka is created complete when there is none, and otherwise only what is named is changed in it. Elsewhere there is no switch: what brings the part is said.'
  static override usage = `kafka enable ${PARTS.join('|')}... [flags]`
  static override examples = [
    {
      description: 'Kafka brokers, and KafkaSinks to keep what they cannot deliver',
      command:
        '<%= config.bin %> kafka enable broker sink --bootstrap-servers my-cluster-kafka-bootstrap.kafka:9092 --wait',
    },
    {
      description: 'With credentials and numbers for new topics',
      command:
        '<%= config.bin %> kafka enable broker --bootstrap-servers kafka-0:9093 --auth-secret kafka-auth --partitions 10 --replication-factor 3',
    },
    {
      description: 'See first what would change',
      command: '<%= config.bin %> kafka enable source --dry-run=server --diff',
    },
  ]
  static override args = {
    parts: completing(
      PARTS,
      Args.string({
        multiple: true,
        required: false,
        ignoreStdin: true,
        description: `Parts to enable: ${PARTS.join(', ')}.`,
      }),
    ),
  }
  static override flags = {
    ...kafkaFlags,
    'auth-secret-namespace': Flags.string({
      helpGroup: 'KAFKA',
      helpValue: 'NAMESPACE',
      summary: 'Namespace of the Secret of channels (default knative-eventing).',
    }),
    force: forceFlag('Go on despite preflight errors.'),
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(KafkaEnable)
    const {parts} = await needed(this, flags, 'kafka enable', {parts: someWords('a part', PARTS, args.parts)})
    const request = readKafkaEnable({
      ...kafkaSettings(flags),
      parts,
      authSecretNamespace: flags['auth-secret-namespace'],
    })
    writeFormat(flags.output)
    const cluster = await this.connect(flags)
    const options = {force: flags.force, ...(flags.wait ? {waitMs: flags['wait-timeout'] ?? DEFAULT_WAIT} : {})}
    const tasks = await tasksFor(this.runtime, ['kafka'], async () => ({
      plan: planKafkaEnable(request, options, await kafkaEnableFacts(cluster.client, request.settings)),
    }))
    await runPlan(this.runtime, cluster, tasks, flags)
  }
}
