import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {duration} from '../../cli/flags/duration.js'
import {DEFAULT_WAIT, forceFlag, writeFlags} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {explainAbsence} from '../../cli/not-found.js'
import {perform, tasksFor, writeFormat} from '../../cli/perform.js'
import {planChannelDelete} from '../../domain/eventing/channel-delete.js'
import {heldFindings} from '../../domain/eventing/existing.js'
import {channelRef} from '../../domain/eventing/names.js'
import {channelDeleteFacts} from '../../facts/channel.js'

export default class ChannelDelete extends SflCommand {
  static override summary = 'Delete channels.'
  static override description =
    'Shows the subscriptions that lose their channel, and says which finalizer holds one that does not go.'
  static override usage = 'channel delete NAME... [flags]'
  static override examples = [
    {description: 'Delete a channel after a question', command: '<%= config.bin %> channel delete pipe'},
    {
      description: 'In a runbook: no question, fine if it is already gone',
      command: '<%= config.bin %> channel delete pipe --yes --ignore-not-found',
    },
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Names of the channels.'}),
  }
  static override flags = {
    'ignore-not-found': Flags.boolean({summary: 'Succeed when the channel does not exist.'}),
    force: forceFlag('Delete it in spite of errors that were found.'),
    wait: Flags.boolean({allowNo: true, default: true, summary: 'Return only once it is gone.'}),
    timeout: duration({summary: 'How long to wait at most (default 5m).'}),
    'wait-timeout': duration({hidden: true, summary: "kn's word for --timeout."}),
    'wait-window': Flags.string({hidden: true, helpValue: 'SECONDS', summary: "kn's; without effect on deletion."}),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelDelete)
    const names = requireNames('channel delete', args.names, this.program)
    writeFormat(flags.output)
    const timeoutMs = flags.timeout ?? flags['wait-timeout'] ?? DEFAULT_WAIT
    const options = {force: flags.force, ...(flags.wait && timeoutMs !== 0 ? {waitMs: timeoutMs} : {})}
    const cluster = await this.connect(flags)
    const {client, namespace} = cluster

    const tasks = await tasksFor(this.runtime, names, async (name) => {
      const ref = channelRef(name, namespace)
      try {
        return {
          plan: planChannelDelete(options, await channelDeleteFacts(client, ref)),
          question: `Delete channel "${name}" in namespace "${namespace}"?`,
          explainTimeout: async () => heldFindings((await channelDeleteFacts(client, ref)).channel, 'SFL-C17'),
        }
      } catch (error) {
        throw await explainAbsence(this.runtime, cluster, ref, error)
      }
    })
    const wanted = tasks.filter(
      (task) => !(flags['ignore-not-found'] && 'failure' in task && task.failure.reason === 'NotFound'),
    )
    await perform(this.runtime, cluster, wanted, flags)
  }
}
