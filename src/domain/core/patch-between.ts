import {isRecord, type Fields} from './read.js'

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** The smallest RFC 7386 merge patch that makes `before` into `after`; `undefined` when they are the same. */
export const patchBetween = (before: Fields, after: Fields): Fields | undefined => {
  const patch: Record<string, unknown> = {}
  for (const key of Object.keys(before)) if (after[key] === undefined && before[key] !== undefined) patch[key] = null
  for (const [key, wanted] of Object.entries(after)) {
    if (wanted === undefined) continue
    const present = before[key]
    if (isRecord(wanted)) {
      const inner = patchBetween(isRecord(present) ? present : {}, wanted)
      if (inner !== undefined) patch[key] = inner
      else if (!isRecord(present)) patch[key] = {}
    } else if (!same(present, wanted)) patch[key] = wanted
  }
  return Object.keys(patch).length === 0 ? undefined : patch
}
