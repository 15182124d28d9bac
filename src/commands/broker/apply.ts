import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {metadataFlags} from '../../cli/flags/metadata.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {requireName} from '../../cli/names.js'
import {perform, tasksFor, writeFormat} from '../../cli/perform.js'
import {planBrokerApply} from '../../domain/eventing/broker-apply.js'
import {readBrokerOptions} from '../../domain/eventing/broker-options.js'
import {createFacts} from '../../facts/broker.js'

export default class BrokerApply extends SflCommand {
  static override summary = 'Make a broker be as the flags say, whether it exists or not.'
  static override description =
    'Server-side apply: what the flags set is owned by this program, what they no longer set is removed, what others set is left alone. Running it twice changes nothing.'
  static override usage = 'broker apply NAME [flags]'
  static override examples = [
    {
      description: 'Create it, or bring it to three retries',
      command: '<%= config.bin %> broker apply orders --class Kafka --retry 3',
    },
    {
      description: 'See first what would change',
      command: '<%= config.bin %> broker apply orders --class Kafka --retry 3 --dry-run=server --diff',
    },
  ]
  static override args = {
    name: Args.string({required: false, ignoreStdin: true, description: 'Name of the broker.'}),
  }
  static override flags = {
    class: Flags.string({helpValue: 'CLASS', summary: 'Broker class; cannot be changed once the broker exists.'}),
    'broker-config': Flags.string({
      helpValue: 'REF',
      summary: 'Object that configures the broker; cannot be changed once it exists.',
    }),
    'external-topic': Flags.string({helpValue: 'TOPIC', summary: 'Existing Kafka topic to use; needs class Kafka.'}),
    force: forceFlag('Apply it in spite of errors that were found.'),
    'force-conflicts': forceFlag('Take fields over that other field managers own.'),
    ...metadataFlags,
    ...deliveryFlags,
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BrokerApply)
    const name = requireName('broker apply', args.name, this.program)
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const read = (namespace: string) =>
      readBrokerOptions({
        ...delivery,
        name,
        namespace,
        className: flags.class,
        brokerConfig: flags['broker-config'],
        externalTopic: flags['external-topic'],
        labels: flags.label,
        annotations: flags.annotation,
      })
    writeFormat(flags.output)
    read('default')
    if (note !== undefined) this.note(note, flags)

    const cluster = await this.connect(flags)
    const tasks = await tasksFor(this.runtime, [name], async () => {
      const request = read(cluster.namespace)
      const facts = await createFacts(cluster.client, request)
      const options = {
        force: flags.force,
        forceConflicts: flags['force-conflicts'],
        fieldManager: flags['field-manager'],
        ...(flags.wait ? {waitMs} : {}),
      }
      return {plan: planBrokerApply(request, options, facts)}
    })
    await perform(this.runtime, cluster, tasks, flags)
  }
}
