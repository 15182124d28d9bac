import {ExitCode, invalid, SflError} from '../domain/core/errors.js'
import type {KubeObject} from '../domain/core/object.js'
import {compileJsonPath, relaxJsonPath} from './jsonpath/jsonpath.js'
import {compareQuantities, parseQuantity} from './quantity.js'

const compareTexts = (a: string, b: string): number => {
  const [x, y] = [parseQuantity(a), parseQuantity(b)]
  if (x !== undefined && y !== undefined) return compareQuantities(x, y)
  return a < b ? -1 : Number(a > b)
}

const unsortable = (a: unknown, b: unknown, path: string): SflError => {
  const types = [...new Set([typeof a, typeof b])].join(' and ')
  return new SflError('UnsortableField', `field ${path} is an unsortable type: ${types}`, ExitCode.Failed)
}

const compareValues = (a: unknown, b: unknown, path: string): number => {
  if (a === null || b === null) return Number(b === null) - Number(a === null)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (Array.isArray(a) && Array.isArray(b)) {
    const length = Math.min(a.length, b.length)
    for (let index = 0; index < length; index++) {
      const difference = compareValues(a[index], b[index], path)
      if (difference !== 0) return difference
    }
    return a.length - b.length
  }
  throw unsortable(a, b, path)
}

/** Sorts objects; made from an expression that was found to be valid. */
export type Sorter = <T extends KubeObject>(objects: readonly T[]) => T[]

/**
 * `--sort-by` as kubectl does it (pkg/cmd/get/sorter.go): by the first result of the expression; objects without it come
 * first; texts in the order of their bytes (RFC 3339 times, which servers write in UTC, thereby in theirs), as amounts
 * where both are quantities; equals stay in their order.
 *
 * @throws InvalidArgument for an expression that cannot be read; the sorter fails (exit code 1) when no object has the field
 */
export const compileSort = (expression: string): Sorter => {
  if (expression === '') throw invalid('--sort-by needs a field, e.g. --sort-by=.metadata.name')
  const path = relaxJsonPath(expression)
  const jsonPath = compileJsonPath(path)
  return (objects) => {
    const keyed = objects.map((object) => ({object, key: jsonPath.results(object)[0] ?? []}))
    if (keyed.length > 0 && keyed.every(({key}) => key.length === 0)) {
      const message = `couldn't find any field with path ${JSON.stringify(path)} in the list of objects`
      throw new SflError('FieldNotFound', message, ExitCode.Failed)
    }
    return keyed
      .sort((a, b) => {
        if (a.key.length === 0 || b.key.length === 0) return Number(b.key.length === 0) - Number(a.key.length === 0)
        return compareValues(a.key[0], b.key[0], path)
      })
      .map(({object}) => object)
  }
}

/** Reads the expression and sorts at once. */
export const sortBy = <T extends KubeObject>(objects: readonly T[], expression: string): T[] =>
  compileSort(expression)(objects)
