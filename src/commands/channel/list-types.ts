import {SflCommand} from '../../cli/command.js'
import {kindsFlags, printTypes, readKindsListing} from '../../cli/list-kinds.js'
import {ExitCode, SflError} from '../../domain/core/errors.js'
import {builtInChannels, CHANNEL_TYPES} from '../../domain/eventing/source/types.js'
import {installedTypes} from '../../facts/source.js'
import {channelTypeColumns} from '../../output/eventing/source-list.js'

export default class ChannelListTypes extends SflCommand {
  static override summary = 'List the types of channels that the cluster has.'
  static override examples = [
    {description: 'What can be made of a channel here', command: '<%= config.bin %> channel list-types'},
  ]
  static override flags = {
    output: kindsFlags.output,
    'no-headers': kindsFlags['no-headers'],
    'show-managed-fields': kindsFlags['show-managed-fields'],
    'allow-missing-template-keys': kindsFlags['allow-missing-template-keys'],
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(ChannelListTypes)
    const {format} = await readKindsListing(this.runtime, flags)
    const cluster = await this.connect(flags)
    const types = await installedTypes(cluster.client, CHANNEL_TYPES, builtInChannels)
    if (types.length === 0)
      throw new SflError(
        'NoChannelTypes',
        'no or newer Knative Channels API found on the backend, please verify the installation',
        ExitCode.Failed,
        {hint: 'kubectl api-resources --api-group=messaging.knative.dev'},
      )
    await printTypes(this.runtime, types, channelTypeColumns, format, flags)
  }
}
