import {invalid} from '../../core/errors.js'
import {isRecord, type Fields} from '../../core/read.js'
import {didYouMean} from '../../core/suggest.js'
import {cesqlFault} from './cesql.js'
import {collectFaults} from '../../core/option-faults.js'

/** One element of `spec.filters`: exactly one dialect is set (knative/eventing pkg/apis/eventing/v1/trigger_types.go). */
export interface Filter {
  all?: readonly Filter[]
  any?: readonly Filter[]
  not?: Filter
  exact?: Readonly<Record<string, string>>
  prefix?: Readonly<Record<string, string>>
  suffix?: Readonly<Record<string, string>>
  cesql?: string
}

/** The dialects that compare attributes with texts. */
export const comparisons = ['exact', 'prefix', 'suffix'] as const
export type Comparison = (typeof comparisons)[number]
/** Every dialect, in the order in which kn prints them. */
export const dialects = ['all', 'any', 'not', ...comparisons, 'cesql'] as const

/** Filter flags as typed. In an update, `KEY-` removes. */
export interface FilterOptions {
  filter?: readonly string[] | undefined
  filterPrefix?: readonly string[] | undefined
  filterSuffix?: readonly string[] | undefined
  filterCesql?: readonly string[] | undefined
  /** The document of `--filters-file`. */
  filterTree?: unknown
}

/** What is wanted of the filters of a trigger; `null` removes an attribute. */
export interface FilterChanges {
  exact: Readonly<Record<string, string | null>>
  prefix: Readonly<Record<string, string | null>>
  suffix: Readonly<Record<string, string | null>>
  cesql: readonly string[]
  /** Replaces everything. */
  tree?: readonly Filter[]
}

export const noFilterChanges: FilterChanges = {exact: {}, prefix: {}, suffix: {}, cesql: []}

export const filtersTouched = ({exact, prefix, suffix, cesql, tree}: FilterChanges): boolean =>
  tree !== undefined ||
  [exact, prefix, suffix].some((attributes) => Object.keys(attributes).length > 0) ||
  cesql.length > 0

const attributeName = /^[a-z][a-z0-9]*$/

const checkAttribute = (name: string, flag: string): string => {
  if (attributeName.test(name)) return name
  const repaired = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  throw invalid(
    `invalid ${flag} attribute "${name}": it begins with a letter and has only lower-case letters and digits`,
    attributeName.test(repaired) ? `for example: ${repaired}` : undefined,
  )
}

/** kn splits at commas; so does this, but only where another `name=` follows. `"a=b,c=d"` in quotes stays one. */
const pairsOf = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => {
    const quoted = /^"(.*)"$/s.exec(text)
    return quoted === null ? text.split(/,(?=[A-Za-z][A-Za-z0-9]*(?:=|-(?:,|$)))/) : [quoted[1]!.replaceAll('""', '"')]
  })

const readPairs = (
  texts: readonly string[],
  flag: string,
  {removals, anyValue}: {removals: boolean; anyValue: boolean},
): Record<string, string | null> => {
  const found: Record<string, string | null> = {}
  const readPair = (pair: string): void => {
    const equals = pair.indexOf('=')
    const removal = removals && equals < 0 && pair.endsWith('-')
    if (equals < 1 && !removal)
      throw invalid(`invalid ${flag} "${pair}": expected KEY=VALUE${removals ? ', or KEY- to remove it' : ''}`)
    const name = checkAttribute(removal ? pair.slice(0, -1) : pair.slice(0, equals), flag)
    const value = removal ? null : pair.slice(equals + 1)
    if (value === '' && !anyValue) throw invalid(`invalid ${flag} "${pair}": the value is empty`)
    const before = found[name]
    if (before !== undefined && before !== value)
      throw invalid(`${flag} "${name}" is given twice, as "${before ?? ''}" and as "${value ?? ''}"`)
    found[name] = value
  }
  const {attempt, check} = collectFaults()
  for (const pair of pairsOf(texts)) attempt(() => readPair(pair))
  check()
  return found
}

const readExpression = (expression: string): string => {
  const fault = cesqlFault(expression)
  if (fault !== undefined) throw invalid(`invalid --filter-cesql "${expression}": ${fault}`)
  return expression
}

/** Checks the filter flags. Throws InvalidArgument; several faults come as one error with `causes`. */
export const readFilterFlags = (options: FilterOptions, {removals = false} = {}): FilterChanges => {
  const {attempt, reject, check} = collectFaults()
  const pairs = (texts: readonly string[] | undefined, flag: string, anyValue: boolean) =>
    attempt(() => readPairs(texts ?? [], flag, {removals, anyValue})) ?? {}
  const changes: FilterChanges = {
    exact: pairs(options.filter, '--filter', true),
    prefix: pairs(options.filterPrefix, '--filter-prefix', false),
    suffix: pairs(options.filterSuffix, '--filter-suffix', false),
    cesql: [...new Set((options.filterCesql ?? []).flatMap((text) => attempt(() => readExpression(text)) ?? []))],
  }
  const {filterTree} = options
  const tree = filterTree === undefined ? undefined : attempt(() => readFilterTree(filterTree))
  if (
    filterTree !== undefined &&
    (options.filter ?? options.filterPrefix ?? options.filterSuffix ?? options.filterCesql)
  )
    reject('--filters-file holds all filters; the other filter flags cannot be given with it')
  check()
  return tree === undefined ? changes : {...changes, tree}
}

/**
 * The document of `--filters-file`: the list of `spec.filters`, or a map that holds it under `filters` or `spec.filters`.
 * Throws InvalidArgument that names the place of every fault.
 */
export const readFilterTree = (document: unknown): Filter[] => {
  const spec = isRecord(document) && isRecord(document['spec']) ? document['spec'] : document
  const list = isRecord(spec) && spec['filters'] !== undefined ? spec['filters'] : spec
  if (!Array.isArray(list))
    throw invalid('--filters-file: expected a list of filters', 'for example: [{"prefix": {"source": "/orders"}}]')
  const {attempt, check} = collectFaults()
  const filters = list.flatMap((one: unknown, index) => attempt(() => readFilter(one, `filters[${index}]`)) ?? [])
  check()
  return filters
}

const fault = (place: string, what: string, hint?: string) => invalid(`--filters-file: ${place}: ${what}`, hint)

const readFilter = (value: unknown, place: string): Filter => {
  if (!isRecord(value)) throw fault(place, 'expected a map with one dialect')
  const fields = Object.keys(value)
  const unknown = fields.find((field) => !dialects.some((dialect) => dialect === field))
  if (unknown !== undefined) {
    const near = didYouMean(unknown, dialects)
    throw fault(
      place,
      `no such dialect: "${unknown}"${near === undefined ? '' : `, ${near}`}`,
      `dialects: ${dialects.join(', ')}`,
    )
  }
  if (fields.length !== 1)
    throw fault(
      place,
      fields.length === 0 ? 'it is empty' : `a filter has one dialect, this one has ${fields.join(', ')}`,
      fields.length === 0 ? undefined : 'Put them into a list below "all".',
    )
  const {attempt, check} = collectFaults()
  const several = (dialect: 'all' | 'any'): Filter[] => {
    const list = value[dialect]
    if (!Array.isArray(list) || list.length === 0) throw fault(`${place}.${dialect}`, 'expected a list of filters')
    return list.flatMap((one: unknown, index) => attempt(() => readFilter(one, `${place}.${dialect}[${index}]`)) ?? [])
  }
  const read = (): Filter => {
    if ('all' in value) return {all: several('all')}
    if ('any' in value) return {any: several('any')}
    if ('not' in value) return {not: readFilter(value['not'], `${place}.not`)}
    if ('cesql' in value) return {cesql: readCesql(value['cesql'], `${place}.cesql`)}
    const dialect = comparisons.find((one) => one in value) ?? 'exact'
    return {[dialect]: readAttributes(value[dialect], `${place}.${dialect}`)}
  }
  const filter = read()
  check()
  return filter
}

const readCesql = (value: unknown, place: string): string => {
  if (typeof value !== 'string') throw fault(place, 'expected a text')
  const wrong = cesqlFault(value)
  if (wrong !== undefined) throw fault(place, wrong)
  return value
}

const readAttributes = (value: unknown, place: string): Record<string, string> => {
  if (!isRecord(value) || Object.keys(value).length === 0) throw fault(place, 'expected attributes with their values')
  return Object.fromEntries(
    Object.entries(value).map(([name, wanted]) => {
      if (!attributeName.test(name))
        throw fault(`${place}.${name}`, 'an attribute begins with a letter and has only lower-case letters and digits')
      if (typeof wanted !== 'string' || wanted === '')
        throw fault(
          `${place}.${name}`,
          wanted === '' ? 'the value is empty' : 'the value must be a text: put it in quotes',
        )
      return [name, wanted]
    }),
  )
}

/** A stored filter as far as it can be read; what is not understood is left out. */
export const storedFilters = (value: unknown): Filter[] =>
  Array.isArray(value) ? value.flatMap((one: unknown) => (isRecord(one) ? [storedFilter(one)] : [])) : []

const texts = (value: unknown): Record<string, string> =>
  isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      )
    : {}

const storedFilter = (value: Fields): Filter => {
  const [all, any] = [storedFilters(value['all']), storedFilters(value['any'])]
  const {not, cesql} = value
  return {
    ...(all.length === 0 ? {} : {all}),
    ...(any.length === 0 ? {} : {any}),
    ...(isRecord(not) ? {not: storedFilter(not)} : {}),
    ...Object.fromEntries(
      comparisons.flatMap((dialect) => {
        const attributes = texts(value[dialect])
        return Object.keys(attributes).length === 0 ? [] : [[dialect, attributes]]
      }),
    ),
    ...(typeof cesql === 'string' && cesql !== '' ? {cesql} : {}),
  }
}
