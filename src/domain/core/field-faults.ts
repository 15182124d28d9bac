/** Field errors as knative.dev/pkg/apis renders them: merged by message, sorted, one text each. */

export interface FieldFault {
  message: string
  paths: readonly string[]
  details?: string
}

export const missing = (...paths: string[]): FieldFault => ({message: 'missing field(s)', paths})
export const disallowed = (...paths: string[]): FieldFault => ({message: 'must not set the field(s)', paths})
export const invalidValue = (value: unknown, path: string, details?: string): FieldFault => ({
  message: `invalid value: ${String(value)}`,
  paths: [path],
  ...(details === undefined ? {} : {details}),
})

const isIndex = (part: string): boolean => part.startsWith('[') && part.endsWith(']')

/** Joins path parts: `a.b`, `a[0]`, `a[key]`. Parts are split at every dot, also inside keys (the original does). */
const join = (prefix: string, path: string): string =>
  [...prefix.split('.'), ...path.split('.')]
    .filter((part) => part !== '')
    .reduce((text, part) => (text === '' ? part : isIndex(part) ? text + part : `${text}.${part}`), '')

/** The faults of a part, seen from the whole. */
export const via = (prefix: string, faults: readonly FieldFault[]): FieldFault[] =>
  faults.map((fault) => ({...fault, paths: fault.paths.map((path) => join(prefix, path))}))

const byCode = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** One text per fault, in the order of the webhook's answer; join them with line breaks. */
export const renderFaults = (faults: readonly FieldFault[]): string[] => {
  const merged = new Map<string, {message: string; details: string; paths: string[]}>()
  for (const {message, details = '', paths} of faults) {
    const key = `${message}\u0000${details}`
    const known = merged.get(key) ?? {message, details, paths: []}
    known.paths.push(...paths.filter((path) => !known.paths.includes(path)))
    merged.set(key, known)
  }
  return [...merged.values()]
    .sort((a, b) => byCode(a.message, b.message) || byCode(a.details, b.details))
    .map(
      ({message, details, paths}) =>
        `${message}: ${[...paths].sort(byCode).join(', ')}${details === '' ? '' : `\n${details}`}`,
    )
}
