/**
 * Careful looks into unknown data. Nothing that comes from a cluster or a file is trusted to have a shape:
 * each reader answers `undefined` (or an empty list or record) where the shape is another one.
 */

export type Fields = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Walks down a path of field names. */
export const at = (value: unknown, ...path: string[]): unknown => {
  let here = value
  for (const step of path) here = isRecord(here) ? here[step] : undefined
  return here
}

export const textAt = (value: unknown, ...path: string[]): string | undefined => {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : undefined
}

export const numberAt = (value: unknown, ...path: string[]): number | undefined => {
  const found = at(value, ...path)
  return typeof found === 'number' ? found : undefined
}

export const booleanAt = (value: unknown, ...path: string[]): boolean | undefined => {
  const found = at(value, ...path)
  return typeof found === 'boolean' ? found : undefined
}

export const listAt = (value: unknown, ...path: string[]): readonly unknown[] => {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

export const recordAt = (value: unknown, ...path: string[]): Fields => {
  const found = at(value, ...path)
  return isRecord(found) ? found : {}
}

/** The entries of a map of strings; entries of another type are left out. */
export const textsAt = (value: unknown, ...path: string[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(recordAt(value, ...path)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
