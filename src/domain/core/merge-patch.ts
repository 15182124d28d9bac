import {isRecord, type Fields} from './read.js'

/** RFC 7386: `null` removes, maps merge, everything else replaces. Neither argument is changed. */
export const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isRecord(patch)) return patch
  const merged: Record<string, unknown> = isRecord(target) ? {...target} : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else merged[key] = mergePatch(merged[key], value)
  }
  return merged
}

/** The paths that a merge patch sets or removes, with the value each has in `object`. */
export const touchedBy = (patch: Fields, object: unknown, prefix = ''): Array<{path: string; value: unknown}> =>
  Object.entries(patch).flatMap(([key, value]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`
    const here = isRecord(object) ? object[key] : undefined
    return isRecord(value) ? touchedBy(value, here, path) : [{path, value: here}]
  })
