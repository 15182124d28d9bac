import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {metadataChangeFlags, readMetadataChanges} from '../../cli/flags/metadata.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {explainAbsence} from '../../cli/not-found.js'
import {perform, tasksFor, writeFormat} from '../../cli/perform.js'
import {planBrokerUpdate, readBrokerUpdateOptions} from '../../domain/eventing/broker-update.js'
import {brokerRef} from '../../domain/eventing/names.js'
import {updateFacts} from '../../facts/broker.js'

export default class BrokerUpdate extends SflCommand {
  static override summary = 'Change delivery, labels and annotations of brokers.'
  static override description =
    'Only what the flags name is sent. Class and config cannot be changed; asked for, the way to a new broker is shown and nothing is sent.'
  static override usage = 'broker update NAME... [flags]'
  static override examples = [
    {
      description: 'Three retries, and no dead letter sink any more',
      command: '<%= config.bin %> broker update orders --retry 3 --unset dl-sink',
    },
    {
      description: 'A label on, another one off',
      command: '<%= config.bin %> broker update orders --label team=shop --label stage-',
    },
    {
      description: 'See first what would change',
      command: '<%= config.bin %> broker update orders --backoff-delay PT1S --dry-run=server --diff',
    },
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Names of the brokers.'}),
  }
  static override flags = {
    class: Flags.string({
      hidden: true,
      helpValue: 'CLASS',
      summary: 'Cannot be changed; taken in order to explain that.',
    }),
    'broker-config': Flags.string({
      hidden: true,
      helpValue: 'REF',
      summary: 'Cannot be changed; taken in order to explain that.',
    }),
    unset: Flags.string({
      helpValue: 'FIELD',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'Remove a setting: a delivery flag such as dl-sink, delivery, label:KEY or annotation:KEY (repeatable).',
    }),
    force: forceFlag('Change it in spite of errors that were found.'),
    ...metadataChangeFlags,
    ...deliveryFlags,
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BrokerUpdate)
    const names = requireNames('broker update', args.names, this.program)
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const changes = readMetadataChanges(flags)
    const read = (name: string, namespace: string) =>
      readBrokerUpdateOptions({
        ...delivery,
        name,
        namespace,
        ...changes,
        className: flags.class,
        brokerConfig: flags['broker-config'],
      })
    writeFormat(flags.output)
    names.forEach((name) => read(name, 'default'))
    if (note !== undefined) this.note(note, flags)

    const cluster = await this.connect(flags)
    const tasks = await tasksFor(this.runtime, names, async (name) => {
      const request = read(name, cluster.namespace)
      const ref = brokerRef(name, cluster.namespace)
      try {
        const plan = planBrokerUpdate(request, {force: flags.force}, await updateFacts(cluster.client, request))
        const wait = flags.wait ? [{verb: 'wait', ref, until: 'ready', timeoutMs: waitMs} as const] : []
        return {plan: {...plan, steps: [...plan.steps, ...wait]}}
      } catch (error) {
        throw await explainAbsence(this.runtime, cluster, ref, error)
      }
    })
    await perform(this.runtime, cluster, tasks, flags)
  }
}
