import * as Args from '@oclif/core/args'
import {SflCommand} from '../../cli/command.js'
import {readTypeFlags, typeFlags} from '../../cli/flags/channel.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {metadataFlags} from '../../cli/flags/metadata.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {requireName} from '../../cli/names.js'
import {perform, tasksFor, writeFormat} from '../../cli/perform.js'
import {planChannelApply} from '../../domain/eventing/channel-create.js'
import {readChannelOptions} from '../../domain/eventing/channel-options.js'
import {channelCreateFacts} from '../../facts/channel.js'

export default class ChannelApply extends SflCommand {
  static override summary = 'Make a channel be as the flags say, whether it exists or not.'
  static override description =
    'Server-side apply. The spec of a channel that exists cannot be changed: what differs is refused with the way to a new channel. Running it twice changes nothing.'
  static override usage = 'channel apply NAME [flags]'
  static override examples = [
    {
      description: 'Create it, or leave it as it is',
      command: '<%= config.bin %> channel apply orders --type kafka --partitions 6 --replication-factor 3',
    },
    {
      description: 'See first what would change',
      command: '<%= config.bin %> channel apply orders --label team=shop --dry-run=server --diff',
    },
  ]
  static override args = {
    name: Args.string({required: false, ignoreStdin: true, description: 'Name of the channel.'}),
  }
  static override flags = {
    ...typeFlags,
    force: forceFlag('Apply it in spite of errors that were found.'),
    'force-conflicts': forceFlag('Take fields over that other field managers own.'),
    ...metadataFlags,
    ...deliveryFlags,
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelApply)
    const name = requireName('channel apply', args.name, this.program)
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const read = (namespace: string) =>
      readChannelOptions({
        ...delivery,
        ...readTypeFlags(flags),
        name,
        namespace,
        labels: flags.label,
        annotations: flags.annotation,
      })
    writeFormat(flags.output)
    read('default')
    if (note !== undefined) this.note(note, flags)

    const cluster = await this.connect(flags)
    const tasks = await tasksFor(this.runtime, [name], async () => {
      const request = read(cluster.namespace)
      const facts = await channelCreateFacts(cluster.client, request)
      const options = {force: flags.force, forceConflicts: flags['force-conflicts'], ...(flags.wait ? {waitMs} : {})}
      return {plan: planChannelApply(request, options, facts)}
    })
    await perform(this.runtime, cluster, tasks, flags)
  }
}
