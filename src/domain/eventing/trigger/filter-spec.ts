import {type KubeObject} from '../../core/object.js'
import {at, textsAt, type Fields} from '../../core/read.js'
import {
  comparisons,
  dialects,
  filtersTouched,
  storedFilters,
  type Comparison,
  type Filter,
  type FilterChanges,
} from './filter-flags.js'

/** `spec.filter` and `spec.filters` of a trigger. `filters` overrides `filter`; the elements of `filters` must all match. */
export interface FilterSpec {
  filter?: {attributes?: Readonly<Record<string, string>>}
  filters?: readonly Filter[]
}

const isPlain = (changes: FilterChanges): boolean =>
  changes.tree === undefined &&
  changes.cesql.length === 0 &&
  Object.keys(changes.prefix).length + Object.keys(changes.suffix).length === 0

/** An empty value in `filter.attributes` means "any value", which `exact` does not know. */
const exactly = (name: string, value: string): Filter =>
  value === '' ? {cesql: `EXISTS ${name}`} : {exact: {[name]: value}}

const sorted = <T>(map: Readonly<Record<string, T>>): Array<[string, T]> =>
  Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1))

/** Elements in the order of the dialects, one attribute each: old releases refuse several in one. */
const flat = (changes: FilterChanges): Filter[] => [
  ...comparisons.flatMap((dialect) =>
    sorted(changes[dialect]).flatMap(([name, value]) =>
      value === null ? [] : dialect === 'exact' ? [exactly(name, value)] : [{[dialect]: {[name]: value}}],
    ),
  ),
  ...changes.cesql.map((cesql) => ({cesql})),
]

/** The filters of a new trigger: exact ones as kn writes them, in `filter`; anything more in `filters`. */
export const filterSpec = (changes: FilterChanges): FilterSpec => {
  if (changes.tree !== undefined) return {filters: changes.tree}
  if (!filtersTouched(changes)) return {}
  if (!isPlain(changes)) return {filters: flat(changes)}
  const attributes = Object.fromEntries(
    sorted(changes.exact).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )
  return {filter: {attributes}}
}

/** What a stored trigger filters by. */
export const filtersOf = (trigger: KubeObject): {attributes: Readonly<Record<string, string>>; filters: Filter[]} => ({
  attributes: textsAt(trigger, 'spec', 'filter', 'attributes'),
  filters: storedFilters(at(trigger, 'spec', 'filters')),
})

/**
 * `spec.filter` and `spec.filters` after an update: attributes are merged into the element that has them, CESQL
 * expressions replace those on the top level, a tree replaces everything. Filters that need `filters` move there together
 * with those in `filter`, which would be overridden.
 */
export const changedFilters = (trigger: KubeObject, changes: FilterChanges): Fields => {
  const filter = at(trigger, 'spec', 'filter')
  const stored = at(trigger, 'spec', 'filters')
  if (!filtersTouched(changes)) return {filter, filters: stored}
  if (changes.tree !== undefined) return {filter: filter === undefined ? undefined : {}, filters: changes.tree}
  const {attributes, filters} = filtersOf(trigger)
  if (filters.length === 0 && isPlain(changes)) {
    const merged = Object.fromEntries(
      Object.entries({...attributes, ...changes.exact}).filter((entry): entry is [string, string] => entry[1] !== null),
    )
    return {filter: Object.keys(merged).length === 0 ? {} : {attributes: merged}, filters: stored}
  }
  const base = filters.length > 0 ? filters : sorted(attributes).map(([name, value]) => exactly(name, value))
  const merged = comparisons.reduce((list, dialect) => mergeInto(list, dialect, changes[dialect]), base)
  const withExpressions =
    changes.cesql.length === 0
      ? merged
      : [...merged.filter(({cesql}) => cesql === undefined), ...changes.cesql.map((cesql) => ({cesql}))]
  return {filter: filter === undefined ? undefined : {}, filters: withExpressions}
}

const mergeInto = (
  list: readonly Filter[],
  dialect: Comparison,
  wanted: Readonly<Record<string, string | null>>,
): Filter[] =>
  Object.entries(wanted).reduce<Filter[]>(
    (filters, [name, value]) => {
      const has = filters.some((one) => one[dialect]?.[name] !== undefined)
      if (!has && value !== null) {
        return [...filters, dialect === 'exact' ? exactly(name, value) : {[dialect]: {[name]: value}}]
      }
      return filters.flatMap((one) => {
        const attributes = one[dialect]
        if (attributes?.[name] === undefined) return [one]
        const {[name]: _old, ...others} = attributes
        const next = value === null ? others : {...attributes, [name]: value}
        return Object.keys(next).length === 0 ? [] : [{...one, [dialect]: next}]
      })
    },
    [...list],
  )

const signs: Readonly<Record<Comparison, string>> = {exact: '=', prefix: '^=', suffix: '$='}

/** One filter on one line: `type=a`, `source^=/x` (begins with), `subject$=.png` (ends with), `any(…)`, `not(…)`. */
const filterLine = (filter: Filter): string =>
  dialects
    .flatMap((dialect) => {
      const value = filter[dialect]
      if (value === undefined) return []
      if (dialect === 'all' || dialect === 'any')
        return [`${dialect}(${(filter[dialect] ?? []).map(filterLine).join(', ')})`]
      if (dialect === 'not') return filter.not === undefined ? [] : [`not(${filterLine(filter.not)})`]
      if (dialect === 'cesql') return filter.cesql === undefined ? [] : [filter.cesql]
      return sorted(filter[dialect] ?? {}).map(([name, text]) => `${name}${signs[dialect]}${text}`)
    })
    .join(',')

/** What the trigger wants, on one line; `undefined` when it wants every event. */
export const filterText = (trigger: KubeObject): string | undefined => {
  const {attributes, filters} = filtersOf(trigger)
  const parts =
    filters.length > 0
      ? filters.map(filterLine)
      : sorted(attributes).map(([name, value]) => (value === '' ? name : `${name}=${value}`))
  return parts.length === 0 ? undefined : parts.join(',')
}
