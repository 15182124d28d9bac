import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {kindsFlags, printKinds, readKindsListing} from '../../cli/list-kinds.js'
import {paged} from '../../cli/list.js'
import {printFindings} from '../../cli/print-findings.js'
import {ExitCode, SflError} from '../../domain/core/errors.js'
import {isFound} from '../../domain/core/seen.js'
import {
  builtInSources,
  chosenTypes,
  leftOutFindings,
  sortedSources,
  SOURCE_TYPES,
} from '../../domain/eventing/source/types.js'
import {installedTypes, readSources, type Sources} from '../../facts/source.js'
import {sourceColumns} from '../../output/eventing/source-list.js'

export default class SourceList extends SflCommand {
  static override summary = 'List sources of all types, SinkBindings included.'
  static override description =
    'One list for every type, all at once; a type that cannot be listed (no permission) is named and left out. By namespace, then by name.'
  static override examples = [
    {
      description: 'The sources of the namespace, of all namespaces, or of some types',
      command:
        '<%= config.bin %> source list\n<%= config.bin %> source list -A\n<%= config.bin %> source list --type PingSource --type SinkBinding',
    },
  ]
  static override flags = {
    ...kindsFlags,
    type: Flags.string({
      char: 't',
      helpValue: 'TYPE',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'Only sources of this type, such as PingSource (repeatable).',
    }),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(SourceList)
    const options = await readKindsListing(this.runtime, flags)
    const cluster = await this.connect(flags)
    const namespace = flags['all-namespaces'] ? undefined : cluster.namespace
    const installed = await installedTypes(cluster.client, SOURCE_TYPES, builtInSources)
    if (installed.length === 0)
      throw new SflError(
        'NoSourceTypes',
        'no sources found on the backend, please verify the installation',
        ExitCode.Failed,
        {hint: 'kubectl api-resources --api-group=sources.knative.dev'},
      )
    const {types, unknown} = chosenTypes(
      installed,
      (flags.type ?? []).flatMap((text) => text.split(',')),
    )
    for (const {type, near} of unknown)
      this.note(
        `the cluster has no sources of type ${type}${near === undefined ? '' : `; did you mean ${near}?`}`,
        flags,
      )
    const read = await readSources(cluster.client, types, {
      ...(namespace === undefined ? {} : {namespace}),
      ...paged(flags),
    })
    this.sayLeftOut(read, namespace)
    const found = sortedSources(read.flatMap((one) => (isFound(one.found) ? one.found : [])))
    const now = this.runtime.now()
    const columns = async (wide: boolean) => sourceColumns(now, wide)
    await printKinds(this.runtime, found, {plural: 'sources', columns}, options, {...flags, where: namespace})
  }

  /** A type that cannot be listed (no permission) is no failure, unless no other one is left. */
  private sayLeftOut(read: readonly Sources[], namespace: string | undefined): void {
    const forbidden = read.filter(({found}) => found === 'forbidden').map(({type}) => type.name)
    if (forbidden.length > 0 && forbidden.length === read.length)
      throw new SflError(
        'Forbidden',
        `not allowed to list ${forbidden.join(', ')} ${namespace === undefined ? 'in all namespaces' : `in namespace "${namespace}"`}`,
        ExitCode.Failed,
        {
          code: 403,
          hint: `kubectl auth can-i list ${forbidden[0]}${namespace === undefined ? ' -A' : ` -n ${namespace}`}`,
        },
      )
    printFindings(this.runtime, leftOutFindings(forbidden, namespace), false)
  }
}
