import {at, isRecord} from '../../domain/core/read.js'
import {type Schema} from '../kinds/schema.js'
import {childSchema} from './field-set.js'
import {equal} from './equal.js'
import {badRequest, rejectedPatch} from './fault.js'

/** RFC 7386. */
export const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isRecord(patch)) return patch
  const result: Record<string, unknown> = isRecord(target) ? {...target} : {}
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete result[field]
    else result[field] = mergePatch(result[field], value)
  }
  return result
}

/** `null`s taken out of maps: what a creation makes of them. */
export const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, child]) => (child === null ? [] : [[field, withoutNulls(child)]])),
  )
}

// --- JSON patch, RFC 6902 ---------------------------------------------------------------------------------------

const pointer = (value: unknown): string[] => {
  if (value === '') return []
  if (typeof value !== 'string' || !value.startsWith('/')) throw rejectedPatch()
  return value
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

const indexIn = (step: string, last: number): number => {
  const index = Number(step)
  if (!/^(0|[1-9]\d*)$/.test(step) || index > last) throw rejectedPatch()
  return index
}

const read = (value: unknown, path: readonly string[]): unknown => {
  let here = value
  for (const step of path) {
    if (Array.isArray(here)) {
      const list: readonly unknown[] = here
      here = list[indexIn(step, list.length - 1)]
    } else if (isRecord(here) && Object.hasOwn(here, step)) here = here[step]
    else throw rejectedPatch()
  }
  return here
}

type Change = {put: unknown; insert: boolean} | 'remove'

const write = (value: unknown, path: readonly string[], change: Change): unknown => {
  const [step, ...rest] = path
  if (step === undefined) {
    if (change === 'remove') throw rejectedPatch()
    return change.put
  }
  if (Array.isArray(value)) {
    const list: unknown[] = [...value]
    if (rest.length > 0) {
      const index = indexIn(step, list.length - 1)
      list[index] = write(list[index], rest, change)
    } else if (change === 'remove') list.splice(indexIn(step, list.length - 1), 1)
    else if (change.insert) list.splice(step === '-' ? list.length : indexIn(step, list.length), 0, change.put)
    else list[indexIn(step, list.length - 1)] = change.put
    return list
  }
  if (!isRecord(value)) throw rejectedPatch()
  if (rest.length > 0) {
    if (!Object.hasOwn(value, step)) throw rejectedPatch()
    return {...value, [step]: write(value[step], rest, change)}
  }
  if (change !== 'remove') return {...value, [step]: change.put}
  if (!Object.hasOwn(value, step)) throw rejectedPatch()
  return Object.fromEntries(Object.entries(value).filter(([field]) => field !== step))
}

/** RFC 6902; anything that does not fit is answered with the server's one sentence for it. */
export const jsonPatch = (target: unknown, patch: unknown): unknown => {
  if (!Array.isArray(patch)) throw badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch')
  return patch.reduce<unknown>((value, operation: unknown) => {
    if (!isRecord(operation)) throw rejectedPatch()
    const path = pointer(operation['path'])
    switch (operation['op']) {
      case 'add':
        return write(value, path, {put: operation['value'], insert: true})
      case 'replace':
        read(value, path)
        return write(value, path, {put: operation['value'], insert: false})
      case 'remove':
        return write(value, path, 'remove')
      case 'test':
        if (!equal(read(value, path), operation['value'])) throw rejectedPatch()
        return value
      case 'copy':
        return write(value, path, {put: read(value, pointer(operation['from'])), insert: true})
      case 'move': {
        const from = pointer(operation['from'])
        return write(write(value, from, 'remove'), path, {put: read(value, from), insert: true})
      }
      default:
        throw rejectedPatch()
    }
  }, target)
}

// --- strategic merge patch --------------------------------------------------------------------------------------

const directives = ['$patch', '$retainKeys']
const isDirective = (field: string) =>
  directives.includes(field) || field.startsWith('$setElementOrder/') || field.startsWith('$deleteFromPrimitiveList/')

const mergeLists = (target: readonly unknown[], patch: readonly unknown[], schema: Schema): unknown[] => {
  if (patch.some((item) => isRecord(item) && item['$patch'] === 'replace'))
    return patch.filter((item) => !(isRecord(item) && item['$patch'] === 'replace'))
  const key = schema['x-kubernetes-patch-merge-key']
  if (key === undefined) return [...target, ...patch.filter((item) => !target.some((known) => equal(known, item)))]
  const items = patch.filter(isRecord)
  const indexOf = (item: unknown) => target.findIndex((known) => equal(at(known, key), at(item, key)))
  const merged = items
    .filter((item) => item['$patch'] !== 'delete')
    .map((item) => ({index: indexOf(item), value: strategicMerge(target[indexOf(item)] ?? {}, item, schema.items)}))
  const others = target
    .map((value, index) => ({index, value}))
    .filter(({value}) => !items.some((item) => equal(item[key], at(value, key))))
  // The server's order, with new items as far to the front as the patch's order allows (apimachinery normalizeElementOrder).
  const result: unknown[] = []
  while (merged.length > 0 || others.length > 0) {
    const patchFirst = others.length === 0 || (merged.length > 0 && merged[0]!.index < others[0]!.index)
    result.push((patchFirst ? merged : others).shift()!.value)
  }
  return result
}

/** Kubernetes' own merge: lists with a merge key are merged item by item. For kinds that are built into the server. */
export const strategicMerge = (target: unknown, patch: unknown, schema: Schema | undefined): unknown => {
  if (!isRecord(patch)) return patch
  if (patch['$patch'] === 'delete') return {}
  const replacing = patch['$patch'] === 'replace'
  const result: Record<string, unknown> = isRecord(target) && !replacing ? {...target} : {}
  const retained = patch['$retainKeys']
  if (Array.isArray(retained))
    for (const field of Object.keys(result)) if (!retained.includes(field)) delete result[field]
  for (const [field, gone] of Object.entries(patch)) {
    const list = field.startsWith('$deleteFromPrimitiveList/') ? field.slice(field.indexOf('/') + 1) : undefined
    const here = list === undefined ? undefined : result[list]
    if (list !== undefined && Array.isArray(here) && Array.isArray(gone))
      result[list] = here.filter((item) => !gone.includes(item))
  }
  for (const [field, value] of Object.entries(patch)) {
    if (isDirective(field)) continue
    const child = childSchema(schema, field)
    const here = result[field]
    if (value === null) delete result[field]
    else if (Array.isArray(value) && child?.['x-kubernetes-patch-strategy'] === 'merge')
      result[field] = mergeLists(Array.isArray(here) ? here : [], value, child)
    else result[field] = strategicMerge(here, value, child)
  }
  return result
}
