import {SflCommand} from '../../cli/command.js'
import {kindsFlags, printTypes, readKindsListing} from '../../cli/list-kinds.js'
import {ExitCode, SflError} from '../../domain/core/errors.js'
import {builtInSources, SOURCE_TYPES} from '../../domain/eventing/source/types.js'
import {installedTypes} from '../../facts/source.js'
import {sourceTypeColumns} from '../../output/eventing/source-list.js'

export default class SourceListTypes extends SflCommand {
  static override summary = 'List the types of sources that the cluster has.'
  static override description = 'S marks the types that Knative Eventing brings along.'
  static override examples = [
    {description: 'What can be made of sources here', command: '<%= config.bin %> source list-types'},
  ]
  static override flags = {
    output: kindsFlags.output,
    'no-headers': kindsFlags['no-headers'],
    'show-managed-fields': kindsFlags['show-managed-fields'],
    'allow-missing-template-keys': kindsFlags['allow-missing-template-keys'],
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(SourceListTypes)
    const {format} = await readKindsListing(this.runtime, flags)
    const cluster = await this.connect(flags)
    const types = await installedTypes(cluster.client, SOURCE_TYPES, builtInSources)
    if (types.length === 0)
      throw new SflError(
        'NoSourceTypes',
        'no or newer Knative Sources API found on the backend, please verify the installation',
        ExitCode.Failed,
        {hint: 'kubectl api-resources --api-group=sources.knative.dev'},
      )
    await printTypes(this.runtime, types, sourceTypeColumns, format, flags)
  }
}
