import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {metadataFlags} from '../../cli/flags/metadata.js'
import {flowFlags, readFlow, readFlowDelivery} from '../../cli/flags/subscription.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {perform, tasksFor, writeFormat} from '../../cli/perform.js'
import {planSubscriptionCreate} from '../../domain/eventing/subscription-create.js'
import {readSubscriptionOptions} from '../../domain/eventing/subscription-options.js'
import {subscriptionCreateFacts} from '../../facts/subscription.js'

export default class SubscriptionCreate extends SflCommand {
  static override summary = 'Create subscriptions.'
  static override description =
    'The channel and the sinks are looked up first; a subscription that could never become ready is refused with the reason and the command that repairs it.'
  static override usage = 'subscription create NAME... --channel CHANNEL --sink SINK [flags]'
  static override examples = [
    {
      description: 'Deliver the events of a channel to a Knative service',
      command: '<%= config.bin %> subscription create audit --channel pipe --sink ksvc:audit',
    },
    {
      description: 'With answers to a broker, three retries and a dead letter sink',
      command:
        '<%= config.bin %> subscription create audit --channel pipe --sink ksvc:audit --sink-reply broker:default --retry 3 --backoff-policy linear --backoff-delay PT2S --dl-sink ksvc:dead-letters',
    },
    {
      description: 'In a runbook: fine if it is there already, done when it is ready',
      command: '<%= config.bin %> subscription create audit --channel pipe --sink ksvc:audit --if-not-exists --wait',
    },
  ]
  static override args = {
    names: Args.string({
      multiple: true,
      required: false,
      ignoreStdin: true,
      description: 'Names of the subscriptions.',
    }),
  }
  static override flags = {
    ...flowFlags,
    'if-not-exists': Flags.boolean({summary: 'Succeed when the subscription exists already, and leave it as it is.'}),
    force: forceFlag('Create it in spite of errors that were found.'),
    ...metadataFlags,
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SubscriptionCreate)
    const names = requireNames('subscription create', args.names, this.program)
    const {delivery, waitMs = DEFAULT_WAIT, note} = readFlowDelivery(flags)
    const read = (name: string, namespace: string) =>
      readSubscriptionOptions({
        ...delivery,
        ...readFlow(flags),
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
      const facts = await subscriptionCreateFacts(cluster.client, request)
      const options = {ifNotExists: flags['if-not-exists'], force: flags.force, ...(flags.wait ? {waitMs} : {})}
      return {plan: planSubscriptionCreate(request, options, facts)}
    })
    await perform(this.runtime, cluster, tasks, flags)
  }
}
