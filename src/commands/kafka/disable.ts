import * as Args from '@oclif/core/args'
import {completing} from '../../cli/flags/completing.js'
import {present, SflCommand} from '../../cli/command.js'
import {confirmFlag, DEFAULT_WAIT, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {someWords} from '../../cli/prompts/required-input.js'
import {runPlan, tasksFor, writeFormat} from '../../cli/run-plan.js'
import {planKafkaDisable} from '../../domain/kafka/installation/disable.js'
import {PARTS} from '../../domain/kafka/installation/parts.js'
import {readParts} from '../../domain/kafka/installation/switch-options.js'
import {kafkaDisableFacts} from '../../facts/knative-kafka.js'

export default class KafkaDisable extends SflCommand {
  static override summary = 'Disable parts of Kafka for Knative: broker, channel, source, sink.'
  static override description =
    'Lists the objects that are left without a data plane and asks. The objects, their topics and the events in Kafka stay; Kafka brokers cannot be deleted until the part is enabled again.'
  static override usage = `kafka disable ${PARTS.join('|')}... [flags]`
  static override examples = [
    {description: 'After a question', command: '<%= config.bin %> kafka disable source'},
    {
      description: 'In a runbook, and until the workloads are gone',
      command: '<%= config.bin %> kafka disable broker sink --confirm knative-kafka --wait',
    },
  ]
  static override args = {
    parts: completing(
      PARTS,
      Args.string({
        multiple: true,
        required: false,
        ignoreStdin: true,
        description: `Parts to disable: ${PARTS.join(', ')}.`,
      }),
    ),
  }
  static override flags = {confirm: confirmFlag, ...waitFlags, ...writeFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(KafkaDisable)
    const asked = await needed(this, flags, 'kafka disable', {parts: someWords('a part', PARTS, args.parts)})
    const parts = readParts(asked.parts)
    writeFormat(flags.output)
    const cluster = await this.connect(flags)
    const waiting = flags.wait ? {waitMs: flags['wait-timeout'] ?? DEFAULT_WAIT} : {}
    const tasks = await tasksFor(this.runtime, ['kafka'], async () => {
      const {question, typedName, ...plan} = planKafkaDisable(
        parts,
        waiting,
        await kafkaDisableFacts(cluster.client, parts),
      )
      return {plan, ...present({question, typedName})}
    })
    await runPlan(this.runtime, cluster, tasks, flags)
  }
}
