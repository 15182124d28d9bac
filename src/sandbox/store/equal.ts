import {isRecord} from '../../domain/core/read.js'

/** JSON equality; the order of a map's keys does not matter. */
export const equal = (left: unknown, right: unknown): boolean => {
  if (left === right) return true
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => equal(item, right[index]))
  if (isRecord(left) && isRecord(right)) {
    const keys = Object.keys(left)
    return (
      keys.length === Object.keys(right).length && keys.every((key) => key in right && equal(left[key], right[key]))
    )
  }
  return false
}
