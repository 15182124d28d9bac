import * as Flags from '@oclif/core/flags'
import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {applyFlags, nameArg, writing} from '../../cli/flags/change.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {newName} from '../../cli/prompts/required-input.js'
import {planBrokerApply} from '../../domain/eventing/broker/apply.js'
import {readBrokerOptions} from '../../domain/eventing/broker/options.js'
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
  static override args = nameArg('broker')
  static override flags = {
    class: Flags.string({helpValue: 'CLASS', summary: 'Broker class; cannot be changed once the broker exists.'}),
    'broker-config': Flags.string({
      helpValue: 'REF',
      summary: 'Object that configures the broker; cannot be changed once it exists.',
    }),
    'external-topic': Flags.string({helpValue: 'TOPIC', summary: 'Existing Kafka topic to use; needs class Kafka.'}),
    ...deliveryFlags,
    ...applyFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BrokerApply)
    const {name: asked} = await needed(this, flags, 'broker apply', {name: newName('broker', args.name)})
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const read = (name: string, namespace: string) =>
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
    const options = writing(flags, waitMs)
    await changeEach(this, flags, {
      names: [asked],
      read,
      note,
      plan: async (request, {client}) => planBrokerApply(request, options, await createFacts(client, request)),
    })
  }
}
