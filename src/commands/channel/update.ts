import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {fixedFlags, readTypeFlags} from '../../cli/flags/channel.js'
import {readDeliveryFlags} from '../../cli/flags/delivery.js'
import {metadataChangeFlags, readMetadataChanges} from '../../cli/flags/metadata.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {requireNames} from '../../cli/names.js'
import {explainAbsence} from '../../cli/not-found.js'
import {perform, tasksFor, writeFormat} from '../../cli/perform.js'
import {planChannelUpdate, readChannelUpdateOptions} from '../../domain/eventing/channel-update.js'
import {waitStep} from '../../domain/existing.js'
import {channelRef} from '../../domain/eventing/names.js'
import {channelUpdateFacts} from '../../facts/channel.js'

export default class ChannelUpdate extends SflCommand {
  static override summary = 'Change labels and annotations of channels.'
  static override description =
    'The spec of a channel cannot be changed, its delivery settings included; asked for, the commands that give its subscriptions such settings, or the way to a new channel, are shown and nothing is sent.'
  static override usage = 'channel update NAME... [flags]'
  static override examples = [
    {
      description: 'A label on, another one off',
      command: '<%= config.bin %> channel update pipe --label team=shop --label stage-',
    },
    {
      description: 'What to do instead of changing its retries',
      command: '<%= config.bin %> channel update pipe --retry 5',
    },
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Names of the channels.'}),
  }
  static override flags = {
    ...fixedFlags,
    unset: Flags.string({
      helpValue: 'FIELD',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'Remove label:KEY or annotation:KEY (repeatable).',
    }),
    force: forceFlag('Change it in spite of errors that were found.'),
    ...metadataChangeFlags,
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ChannelUpdate)
    const names = requireNames('channel update', args.names, this.program)
    const {delivery, waitMs = DEFAULT_WAIT, note} = readDeliveryFlags(flags)
    const changes = readMetadataChanges(flags)
    const read = (name: string, namespace: string) =>
      readChannelUpdateOptions({...delivery, ...readTypeFlags(flags), ...changes, name, namespace})
    writeFormat(flags.output)
    names.forEach((name) => read(name, 'default'))
    if (note !== undefined) this.note(note, flags)

    const cluster = await this.connect(flags)
    const tasks = await tasksFor(this.runtime, names, async (name) => {
      const request = read(name, cluster.namespace)
      const ref = channelRef(name, cluster.namespace)
      try {
        const plan = planChannelUpdate(request, {force: flags.force}, await channelUpdateFacts(cluster.client, request))
        return {plan: {...plan, steps: [...plan.steps, ...waitStep(ref, flags.wait ? waitMs : undefined)]}}
      } catch (error) {
        throw await explainAbsence(this.runtime, cluster, ref, error)
      }
    })
    await perform(this.runtime, cluster, tasks, flags)
  }
}
