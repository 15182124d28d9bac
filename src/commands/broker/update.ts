import * as Flags from '@oclif/core/flags'
import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {namesArg, updateFlags, writing} from '../../cli/flags/change.js'
import {deliveryFlags, readDeliveryFlags, unsettableDelivery} from '../../cli/flags/delivery.js'
import {readMetadataChanges} from '../../cli/flags/metadata.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {planBrokerUpdate, readBrokerUpdateOptions} from '../../domain/eventing/broker/update.js'
import {BROKER, brokerRef} from '../../domain/eventing/names.js'
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
  static override args = namesArg('brokers')
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
    ...deliveryFlags,
    ...updateFlags('a delivery flag such as dl-sink, delivery', unsettableDelivery),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BrokerUpdate)
    const {names} = await needed(this, flags, 'broker update', {names: existingNames(BROKER, args.names)})
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
    const options = writing(flags, waitMs)
    await changeEach(this, flags, {
      names,
      read,
      note,
      target: brokerRef,
      plan: async (request, {client}) => planBrokerUpdate(request, options, await updateFacts(client, request)),
    })
  }
}
