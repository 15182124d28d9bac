import {isRecord} from '../../domain/core/read.js'
import {equal} from './equal.js'
import {type Schema} from '../kinds/schema.js'

/**
 * Sets of field paths, as server-side apply keeps them for every manager (structured-merge-diff fieldpath).
 * A step is written as in `fieldsV1`: `f:name` of a map, `k:{…}` of a list with keys, `v:…` of a set.
 */
export interface FieldSet {
  /** The path itself belongs to the set. */
  member: boolean
  children: Map<string, FieldSet>
}

export const emptySet = (): FieldSet => ({member: false, children: new Map()})

export const isEmptySet = (set: FieldSet): boolean => !set.member && [...set.children.values()].every(isEmptySet)

const combine = (
  left: FieldSet | undefined,
  right: FieldSet | undefined,
  pick: (a: boolean, b: boolean) => boolean,
) => {
  const result: FieldSet = {member: pick(left?.member ?? false, right?.member ?? false), children: new Map()}
  const steps = new Set([...(left?.children.keys() ?? []), ...(right?.children.keys() ?? [])])
  for (const step of steps) {
    const child = combine(left?.children.get(step), right?.children.get(step), pick)
    if (!isEmptySet(child)) result.children.set(step, child)
  }
  return result
}

export const union = (left: FieldSet, right: FieldSet): FieldSet => combine(left, right, (a, b) => a || b)
export const intersection = (left: FieldSet, right: FieldSet): FieldSet => combine(left, right, (a, b) => a && b)
export const difference = (left: FieldSet, right: FieldSet): FieldSet => combine(left, right, (a, b) => a && !b)

/** Without the paths and everything below them: for the fields that belong to the server. */
export const without = (set: FieldSet, paths: readonly (readonly string[])[]): FieldSet => {
  const cut = (here: FieldSet, rest: readonly (readonly string[])[]): FieldSet => ({
    member: here.member,
    children: new Map(
      [...here.children]
        .filter(([step]) => !rest.some((path) => path.length === 1 && path[0] === step))
        .map(([step, child]) => [
          step,
          cut(
            child,
            rest.filter((path) => path.length > 1 && path[0] === step).map((path) => path.slice(1)),
          ),
        ]),
    ),
  })
  return cut(set, paths)
}

/** All members; on each level the fields themselves come before what is below them. */
export const membersOf = (set: FieldSet): string[][] => {
  const found: string[][] = []
  const walk = (here: FieldSet, path: string[]) => {
    const steps = [...here.children].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [step, child] of steps) if (child.member) found.push([...path, step])
    for (const [step, child] of steps) walk(child, [...path, step])
  }
  walk(set, [])
  return found
}

/** `.spec.ports[port=80,protocol="TCP"].name`, the way conflicts name a field. */
export const pathText = (path: readonly string[]): string =>
  path
    .map((step) => {
      const rest = step.slice(2)
      if (step.startsWith('f:')) return `.${rest}`
      if (step.startsWith('v:')) return `[=${rest}]`
      const keys: unknown = JSON.parse(rest)
      const pairs = Object.entries(isRecord(keys) ? keys : {}).map(([key, value]) => `${key}=${JSON.stringify(value)}`)
      return `[${pairs.join(',')}]`
    })
    .join('')

/** To `fieldsV1`; keys in order, `.` first. */
export const encodeSet = (set: FieldSet): Record<string, unknown> =>
  Object.fromEntries(
    [...set.children]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([step, child]) => [
        step,
        child.children.size === 0 ? {} : {...(child.member ? {'.': {}} : {}), ...encodeSet(child)},
      ]),
  )

export const decodeSet = (fields: unknown): FieldSet => {
  const decode = (value: unknown): FieldSet => {
    const entries = Object.entries(isRecord(value) ? value : {})
    return {
      member: entries.length === 0 || entries.some(([step]) => step === '.'),
      children: new Map(entries.filter(([step]) => step !== '.').map(([step, child]) => [step, decode(child)])),
    }
  }
  return {...decode(fields), member: false}
}

// --- how values are cut into fields -----------------------------------------------------------------------------

export const childSchema = (schema: Schema | undefined, field: string): Schema | undefined =>
  schema?.properties?.[field] ?? schema?.additionalProperties

const isAtomicMap = (schema: Schema | undefined): boolean => schema?.['x-kubernetes-map-type'] === 'atomic'

/** The items of a list that has identities by step; `undefined` when the list is one field as a whole. */
export const itemSteps = (list: readonly unknown[], schema: Schema | undefined): Map<string, unknown> | undefined => {
  const type = schema?.['x-kubernetes-list-type']
  if (type === 'set') return new Map(list.map((item) => [`v:${JSON.stringify(item)}`, item]))
  if (type !== 'map') return undefined
  const keys = [...(schema?.['x-kubernetes-list-map-keys'] ?? [])].sort()
  const steps = new Map<string, unknown>()
  for (const item of list) {
    if (!isRecord(item)) return undefined
    const present = keys.map((key) => [key, item[key] ?? schema?.items?.properties?.[key]?.default] as const)
    steps.set(`k:${JSON.stringify(Object.fromEntries(present.filter(([, value]) => value !== undefined)))}`, item)
  }
  return steps
}

/** The parts of a value that have an identity of their own, with the schema of each. */
export const partsOf = (
  value: unknown,
  schema: Schema | undefined,
): Map<string, [unknown, Schema | undefined]> | undefined => {
  if (Array.isArray(value)) {
    const steps = itemSteps(value, schema)
    return steps && new Map([...steps].map(([step, item]) => [step, [item, schema?.items]]))
  }
  if (!isRecord(value) || isAtomicMap(schema)) return undefined
  return new Map(Object.entries(value).map(([field, child]) => [`f:${field}`, [child, childSchema(schema, field)]]))
}

/** The fields that a manifest sets: its leaves, empty maps and the items of keyed lists. */
export const fieldsOf = (value: unknown, schema: Schema | undefined): FieldSet => {
  const walk = (here: unknown, schemaHere: Schema | undefined, item: boolean): FieldSet => {
    const parts = partsOf(here, schemaHere)
    if (parts === undefined || parts.size === 0) return {member: true, children: new Map()}
    return {
      member: item,
      children: new Map([...parts].map(([step, [part, schema]]) => [step, walk(part, schema, !step.startsWith('f:'))])),
    }
  }
  return {...walk(value, schema, false), member: false}
}

/**
 * A map or keyed list that is owned as one leaf owns what is in it now (structured-merge-diff
 * typed/reconcile_schema.go): so a manager whose fields were all taken over gets them back with the next write.
 */
export const expanded = (set: FieldSet, value: unknown, schema: Schema | undefined): FieldSet => {
  const children = new Map<string, FieldSet>()
  const parts = partsOf(value, schema)
  for (const [step, child] of set.children) {
    const part = parts?.get(step)
    if (part === undefined) children.set(step, child)
    else if (child.children.size > 0) children.set(step, expanded(child, part[0], part[1]))
    else {
      const typed = part[1]?.properties ?? part[1]?.additionalProperties ?? part[1]?.items
      const inside = typed === undefined ? undefined : fieldsOf(part[0], part[1])
      const granular = (partsOf(part[0], part[1])?.size ?? 0) > 0
      children.set(step, inside !== undefined && granular ? {member: true, children: inside.children} : child)
    }
  }
  return {member: set.member, children}
}

export interface Comparison {
  added: FieldSet
  modified: FieldSet
  removed: FieldSet
}

/** What changed from one object to the next, field by field. */
export const compare = (before: unknown, after: unknown, schema: Schema | undefined): Comparison => {
  const result: Comparison = {added: emptySet(), modified: emptySet(), removed: emptySet()}
  const mark = (set: FieldSet, path: readonly string[]) => {
    let here = set
    for (const step of path) {
      const next = here.children.get(step) ?? emptySet()
      here.children.set(step, next)
      here = next
    }
    here.member = true
  }
  const all = (set: FieldSet, path: string[], value: unknown, schemaHere: Schema | undefined) => {
    mark(set, path)
    for (const [step, [part, schema]] of partsOf(value, schemaHere) ?? []) all(set, [...path, step], part, schema)
  }
  const walk = (left: unknown, right: unknown, schemaHere: Schema | undefined, path: string[]) => {
    const leftParts = partsOf(left, schemaHere)
    const rightParts = partsOf(right, schemaHere)
    if (!leftParts || !rightParts || Array.isArray(left) !== Array.isArray(right)) {
      if (!equal(left, right)) mark(result.modified, path)
      return
    }
    for (const [step, [part, schema]] of leftParts) {
      const other = rightParts.get(step)
      if (other === undefined) all(result.removed, [...path, step], part, schema)
      else walk(part, other[0], schema, [...path, step])
    }
    for (const [step, [part, schema]] of rightParts)
      if (!leftParts.has(step)) all(result.added, [...path, step], part, schema)
  }
  walk(before, after, schema, [])
  return result
}
