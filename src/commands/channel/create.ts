import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {createFlags, namesArg, writing} from '../../cli/flags/change.js'
import {readTypeFlags, typeFlags} from '../../cli/flags/channel.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {newNames} from '../../cli/prompts/required-input.js'
import {planChannelCreate} from '../../domain/eventing/channel/create.js'
import {readChannelOptions} from '../../domain/eventing/channel/options.js'
import {channelCreateFacts} from '../../facts/channel.js'

export default class ChannelCreate extends SflCommand {
  static override summary = 'Create channels.'
  static override description =
    'Everything in the spec of a channel is fixed at its creation, its delivery settings too; later, only its subscriptions can have others.'
  static override usage = 'channel create NAME... [flags]'
  static override examples = [
    {description: "A channel of the cluster's default type", command: '<%= config.bin %> channel create pipe'},
    {
      description: 'In Kafka, kept for a week, retried five times',
      command:
        '<%= config.bin %> channel create orders --type kafka --partitions 6 --replication-factor 3 --retention P7D --retry 5 --backoff-policy exponential --backoff-delay PT1S --dl-sink ksvc:dead-letters',
    },
    {
      description: 'In a runbook: fine if it is there already, done when it is ready',
      command: '<%= config.bin %> channel create pipe --type imc --if-not-exists --wait',
    },
    {
      description: 'The manifest for GitOps',
      command: '<%= config.bin %> channel create pipe --type imc --dry-run=client -o yaml',
    },
  ]
  static override args = namesArg('channels')
  static override flags = {
    ...typeFlags,
    ...deliveryFlags,
    ...createFlags('channel'),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelCreate)
    const {names} = await needed(this, flags, 'channel create', {names: newNames('channel', args.names)})
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const read = (name: string, namespace: string) =>
      readChannelOptions({
        ...delivery,
        ...readTypeFlags(flags),
        name,
        namespace,
        labels: flags.label,
        annotations: flags.annotation,
      })
    const options = writing(flags, waitMs)
    await changeEach(this, flags, {
      names,
      read,
      note,
      plan: async (request, {client}) => planChannelCreate(request, options, await channelCreateFacts(client, request)),
    })
  }
}
