import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {readTypeFlags, typeFlags} from '../../cli/flags/channel.js'
import {deliveryFlags, readDeliveryFlags} from '../../cli/flags/delivery.js'
import {metadataFlags} from '../../cli/flags/metadata.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {perform, tasksFor, writeFormat} from '../../cli/perform.js'
import {planChannelCreate} from '../../domain/eventing/channel-create.js'
import {readChannelOptions} from '../../domain/eventing/channel-options.js'
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
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Names of the channels.'}),
  }
  static override flags = {
    ...typeFlags,
    'if-not-exists': Flags.boolean({summary: 'Succeed when the channel exists already, and leave it as it is.'}),
    force: forceFlag('Create it in spite of errors that were found.'),
    ...metadataFlags,
    ...deliveryFlags,
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelCreate)
    const names = requireNames('channel create', args.names, this.program)
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
    writeFormat(flags.output)
    names.forEach((name) => read(name, 'default'))
    if (note !== undefined) this.note(note, flags)

    const cluster = await this.connect(flags)
    const tasks = await tasksFor(this.runtime, names, async (name) => {
      const request = read(name, cluster.namespace)
      const facts = await channelCreateFacts(cluster.client, request)
      const options = {ifNotExists: flags['if-not-exists'], force: flags.force, ...(flags.wait ? {waitMs} : {})}
      return {plan: planChannelCreate(request, options, facts)}
    })
    await perform(this.runtime, cluster, tasks, flags)
  }
}
