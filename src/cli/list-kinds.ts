import {isObjectFormat, parseFormat, type Format} from '../output/format.js'
import type {KubeObject} from '../domain/core/object.js'
import {objectWriter} from '../output/object-writer.js'
import {compileSort, type Sorter} from '../output/sort.js'
import {formatTable, type Column} from '../output/table.js'
import {templateReader} from './files.js'
import {listFlags, OBJECT_FORMATS} from './flags/output.js'
import {isTable, writerFor, type Listing, type ListFlagValues} from './list.js'
import type {Runtime} from './runtime.js'
import {outletOf} from './outlet.js'

/** Flags of a list that brings several kinds together; one name or one watch would not do for all of them. */
export const kindsFlags = {
  output: listFlags.output,
  'all-namespaces': listFlags['all-namespaces'],
  selector: listFlags.selector,
  'field-selector': listFlags['field-selector'],
  'sort-by': listFlags['sort-by'],
  'no-headers': listFlags['no-headers'],
  'show-labels': listFlags['show-labels'],
  'chunk-size': listFlags['chunk-size'],
  'show-managed-fields': listFlags['show-managed-fields'],
  'allow-missing-template-keys': listFlags['allow-missing-template-keys'],
}

type KindsFlagValues = Pick<ListFlagValues, keyof typeof kindsFlags>

export interface KindsOptions {
  format: Format
  sort: Sorter | undefined
}

/** Reads `-o` and the sort expression before the first request. */
export const readKindsListing = async (
  runtime: Runtime,
  flags: Pick<KindsFlagValues, 'output' | 'allow-missing-template-keys' | 'sort-by'>,
): Promise<KindsOptions> => ({
  format: parseFormat(flags.output, {
    allowed: ['wide', ...OBJECT_FORMATS],
    allowMissingKeys: flags['allow-missing-template-keys'],
    readFile: await templateReader(runtime, flags.output),
  }),
  sort: flags['sort-by'] === undefined ? undefined : compileSort(flags['sort-by']),
})

/** Prints objects of several kinds that have all been read, in their order unless `--sort-by` names another one. */
export const printKinds = async (
  runtime: Runtime,
  objects: readonly KubeObject[],
  {plural, columns}: Pick<Listing, 'plural' | 'columns'>,
  {format, sort}: KindsOptions,
  {where, ...flags}: KindsFlagValues & {where: string | undefined},
): Promise<void> => {
  if (objects.length === 0 && isTable(format)) {
    runtime.streams.err(`No ${plural} found${where === undefined ? '' : ` in ${where} namespace`}.\n`)
    return
  }
  const writer = await writerFor({columns}, format, flags, true)
  outletOf(runtime, format)(writer.page(sort === undefined ? objects : sort(objects)) + writer.end())
}

/** Prints kinds that the cluster has: a row each, or their definitions. */
export const printTypes = async <T extends {definition: KubeObject}>(
  runtime: Runtime,
  types: readonly T[],
  columns: ReadonlyArray<Column<T>>,
  format: Format,
  flags: {'no-headers': boolean; 'show-managed-fields': boolean},
): Promise<void> => {
  if (!isObjectFormat(format)) {
    runtime.streams.out(formatTable(columns, types, {headers: !flags['no-headers']}))
    return
  }
  const writer = await objectWriter(format, {
    list: true,
    showManagedFields: flags['show-managed-fields'],
    headers: !flags['no-headers'],
  })
  runtime.streams.data(writer.page(types.map(({definition}) => definition)) + writer.end())
}
