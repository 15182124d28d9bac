import {invalid} from '../domain/core/errors.js'
import type {Kind, KubeObject, Ref} from '../domain/core/object.js'
import type {ListQuery} from '../kube/client.js'
import {isKubeError, KubeError} from '../kube/errors.js'
import {isObjectFormat, parseFormat, type Format} from '../output/format.js'
import {objectWriter} from '../output/object-writer.js'
import {compileSort, type Sorter} from '../output/sort.js'
import {tableWriter, type Column} from '../output/table.js'
import {templateReader} from './files.js'
import {OBJECT_FORMATS} from './flags/output.js'
import type {Cluster, Runtime} from './runtime.js'
import {checkName} from './names.js'
import {explainAbsence} from './not-found.js'
import {aggregateFailures} from './aggregate-failures.js'
import {outletOf} from './outlet.js'

/** The flags of every list, as parsed. */
export interface ListFlagValues {
  output?: string | undefined
  'all-namespaces': boolean
  selector?: string | undefined
  'field-selector'?: string | undefined
  'sort-by'?: string | undefined
  'no-headers': boolean
  'show-labels': boolean
  'chunk-size'?: number | undefined
  watch: boolean
  'ignore-not-found': boolean
  'show-managed-fields': boolean
  'allow-missing-template-keys': boolean
}

export interface Listing {
  kind: Kind
  /** Lower case plural for people: `brokers`. */
  plural: string
  /** The kind has no namespaces. */
  ofCluster?: boolean
  /** The columns, once it is known whether the table is wide; may look further facts up. */
  columns(wide: boolean): Promise<Array<Column<KubeObject>>>
  /** The order of the table where it is not the server's; it is then printed once all is there. */
  order?(objects: readonly KubeObject[]): KubeObject[]
}

/** kn's order with -A: namespace `default` first, then by namespace. */
export const defaultNamespaceFirst = (objects: readonly KubeObject[]): KubeObject[] => {
  const rank = ({metadata: {namespace = ''}}: KubeObject): string => (namespace === 'default' ? '' : namespace)
  return objects.toSorted((a, b) => (rank(a) < rank(b) ? -1 : Number(rank(a) > rank(b))))
}

/** A list request whose values have all been checked. */
export interface ListOptions {
  names: readonly string[]
  flags: ListFlagValues
  format: Format
  sort: Sorter | undefined
}

interface Writer {
  page(objects: readonly KubeObject[]): string
  end(): string
}

/** Reads `-o` and the other values that could be wrong, before the first request. */
export const readListing = async (
  runtime: Runtime,
  flags: ListFlagValues,
  names: readonly string[],
): Promise<ListOptions> => {
  const format = parseFormat(flags.output, {
    allowed: ['wide', ...OBJECT_FORMATS],
    allowMissingKeys: flags['allow-missing-template-keys'],
    readFile: await templateReader(runtime, flags.output),
  })
  if (names.length > 0 && (flags.selector !== undefined || flags['field-selector'] !== undefined)) {
    throw invalid('names and a selector cannot be given together')
  }
  names.forEach(checkName)
  if (names.length > 0 && flags['all-namespaces']) {
    throw invalid('a name cannot be looked up in all namespaces', 'Use -A --field-selector metadata.name=NAME.')
  }
  if (flags.watch && names.length > 1) throw invalid('--watch follows one name or a whole list, not several names')
  if (flags.watch && flags['sort-by'] !== undefined) throw invalid('--watch and --sort-by cannot be given together')
  return {names, flags, format, sort: flags['sort-by'] === undefined ? undefined : compileSort(flags['sort-by'])}
}

/** Prints a list: a page as soon as it has arrived, unless sorting needs them all; `-w` goes on with every change. */
export const printList = async (
  runtime: Runtime,
  cluster: Cluster,
  listing: Listing,
  options: ListOptions,
): Promise<void> => {
  const {names, flags, format} = options
  const sort = options.sort ?? tableOrder(listing, options)
  const namespace = homeOf(listing, cluster, flags)
  if (flags.watch) return follow(runtime, cluster, listing, options)
  if (names.length > 0) return printNamed(runtime, cluster, listing, options)

  const query: ListQuery = {
    ...listing.kind,
    ...(namespace === undefined ? {} : {namespace}),
    ...paged(flags),
  }
  // The first page is on its way while the columns look up what they need.
  const pages = cluster.client.list(query)[Symbol.asyncIterator]()
  let pending = pages.next()
  pending.catch(() => {})
  const writer = await writerFor(listing, format, flags, true)
  const print = outletOf(runtime, format)
  let empty = true
  const held: KubeObject[] = []
  for (let page = await pending; page.done !== true; page = await pending) {
    pending = pages.next()
    const {items} = page.value
    if (items.length === 0) continue
    empty = false
    if (sort === undefined) print(writer.page(items))
    else held.push(...items)
  }
  if (sort !== undefined && !empty) print(writer.page(sort(held)))
  if (empty && isTable(format)) {
    runtime.streams.err(`No ${listing.plural} found${namespace === undefined ? '' : ` in ${namespace} namespace`}.\n`)
    return
  }
  print(writer.end())
}

/** The namespace to look into; `undefined` for all of them, and for kinds that have none. */
const homeOf = (
  {ofCluster = false}: Pick<Listing, 'ofCluster'>,
  {namespace}: Cluster,
  flags: Pick<ListFlagValues, 'all-namespaces'>,
): string | undefined => (ofCluster || flags['all-namespaces'] ? undefined : namespace)

/** Only tables have an order of their own: what programs read comes as it arrives. */
const tableOrder = ({order}: Listing, {format}: ListOptions): Listing['order'] =>
  isObjectFormat(format) ? undefined : order

/** Formats in which nothing at all would be printed for an empty list. */
export const isTable = (format: Format): boolean => !isObjectFormat(format) || format.name === 'custom-columns'

export const selectors = (
  flags: Pick<ListFlagValues, 'selector' | 'field-selector'>,
): Pick<ListQuery, 'labelSelector' | 'fieldSelector'> => ({
  ...(flags.selector === undefined ? {} : {labelSelector: flags.selector}),
  ...(flags['field-selector'] === undefined ? {} : {fieldSelector: flags['field-selector']}),
})

/** The selectors, and the size of a page where it was given. */
export const paged = (
  flags: Pick<ListFlagValues, 'selector' | 'field-selector' | 'chunk-size'>,
): Pick<ListQuery, 'labelSelector' | 'fieldSelector' | 'pageSize'> => ({
  ...selectors(flags),
  ...(flags['chunk-size'] === undefined ? {} : {pageSize: flags['chunk-size']}),
})

const printNamed = async (
  runtime: Runtime,
  cluster: Cluster,
  listing: Listing,
  {names, flags, format, sort}: ListOptions,
): Promise<void> => {
  const {client} = cluster
  const namespace = homeOf(listing, cluster, flags)
  const refTo = (name: string): Ref => ({...listing.kind, name, ...(namespace === undefined ? {} : {namespace})})
  const requests = Promise.allSettled(names.map((name) => client.get(refTo(name))))
  const [answers, writer] = await Promise.all([requests, writerFor(listing, format, flags, names.length > 1)])
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  const sorted = sort === undefined ? found : sort(found)
  if (sorted.length > 0) outletOf(runtime, format)(writer.page(sorted) + writer.end())
  const failures = await Promise.all(
    answers.flatMap((answer, index) =>
      answer.status === 'fulfilled' || (flags['ignore-not-found'] && isKubeError(answer.reason, 'NotFound'))
        ? []
        : [explainAbsence(runtime, cluster, refTo(names[index]!), answer.reason)],
    ),
  )
  aggregateFailures(runtime, failures, names.length)
}

/** The list as it is, then a row (or a document) for every change, until the reader or Ctrl-C ends it. */
const follow = async (runtime: Runtime, cluster: Cluster, listing: Listing, options: ListOptions): Promise<void> => {
  const {
    names: [name],
    flags,
    format,
  } = options
  const namespace = homeOf(listing, cluster, flags)
  const writer = await writerFor(listing, format, flags, false)
  const outlet = outletOf(runtime, format)
  const print = (objects: readonly KubeObject[]): void => outlet(writer.page(objects))
  const initial: KubeObject[] = []
  let synced = false
  const query = {
    ...listing.kind,
    ...(namespace === undefined ? {} : {namespace}),
    ...(name === undefined ? {} : {name}),
    ...selectors(flags),
  }
  for await (const event of cluster.client.watch(query)) {
    if (event.type === 'SYNCED') {
      if (name !== undefined && !synced && initial.length === 0 && !flags['ignore-not-found'])
        throw await nameless(runtime, cluster, {
          ...listing.kind,
          name,
          ...(namespace === undefined ? {} : {namespace}),
        })
      if (!synced && initial.length > 0) print(tableOrder(listing, options)?.(initial) ?? initial)
      synced = true
    } else if (synced) print([event.object])
    else initial.push(event.object)
  }
}

/** What `kubectl get NAME -w` says when there is nothing of that name to follow. */
const nameless = async (runtime: Runtime, cluster: Cluster, ref: Ref): Promise<unknown> => {
  const absent = new KubeError('NotFound', `"${ref.name}" not found`, {code: 404, request: {verb: 'get', ref}})
  return explainAbsence(runtime, cluster, ref, absent)
}

/** Makes the table of a listing, or the objects as they are. */
export const writerFor = async (
  listing: Pick<Listing, 'columns'>,
  format: Format,
  flags: Pick<ListFlagValues, 'show-managed-fields' | 'no-headers' | 'show-labels' | 'all-namespaces'>,
  list: boolean,
): Promise<Writer> => {
  if (isObjectFormat(format)) {
    const options = {list, showManagedFields: flags['show-managed-fields'], headers: !flags['no-headers']}
    return objectWriter(format, options)
  }
  const columns = await listing.columns(format.name === 'wide')
  const labels: Array<Column<KubeObject>> = flags['show-labels'] ? [{header: 'LABELS', cell: labelsOf}] : []
  const namespaces: Array<Column<KubeObject>> = flags['all-namespaces']
    ? [{header: 'NAMESPACE', cell: ({metadata}) => metadata.namespace ?? ''}]
    : []
  return tableWriter([...namespaces, ...columns, ...labels], {headers: !flags['no-headers']})
}

const labelsOf = ({metadata: {labels = {}}}: KubeObject): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',') || '<none>'
