import {invalid} from './errors.js'

/** Kubernetes' rules for names, labels and annotations (k8s.io/apimachinery pkg/util/validation). */

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const qualified = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/

export const isSubdomain = (text: string): boolean => text.length <= 253 && subdomain.test(text)
export const isDnsLabel = (text: string): boolean => text.length <= 63 && label.test(text)

/** Throws InvalidArgument unless `name` can name a namespaced object. */
export const checkName = (name: string, what: string): string => {
  if (name === '') throw invalid(`${what} is empty`)
  if (isSubdomain(name)) return name
  const repaired = name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
  throw invalid(
    `invalid ${what} "${name}": at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit (DNS-1123 subdomain)`,
    isSubdomain(repaired) ? `for example: ${repaired}` : undefined,
  )
}

export const checkNamespace = (namespace: string, what = 'namespace'): string => {
  if (isDnsLabel(namespace)) return namespace
  throw invalid(
    `invalid ${what} "${namespace}": at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit (DNS-1123 label)`,
  )
}

const checkKey = (key: string, what: string): void => {
  const [name = '', prefix] = key.split('/').reverse()
  if (
    key.split('/').length > 2 ||
    name.length > 63 ||
    !qualified.test(name) ||
    (prefix !== undefined && !isSubdomain(prefix))
  )
    throw invalid(
      `invalid ${what} key "${key}": a name of at most 63 letters, digits, "-", "_" and ".", optionally after a DNS prefix and "/"`,
    )
}

const split = (pair: string, what: string): [string, string] => {
  const equals = pair.indexOf('=')
  if (equals < 1) throw invalid(`invalid ${what} "${pair}": expected KEY=VALUE`)
  return [pair.slice(0, equals), pair.slice(equals + 1)]
}

const collect = (pairs: readonly string[], what: string, check: (value: string) => void): Record<string, string> => {
  const found: Record<string, string> = {}
  for (const pair of pairs) {
    const [key, value] = split(pair, what)
    checkKey(key, what)
    check(value)
    if (found[key] !== undefined && found[key] !== value)
      throw invalid(`${what} "${key}" is given twice, as "${found[key]}" and as "${value}"`)
    found[key] = value
  }
  return found
}

/** `--label k=v`, repeated. */
export const readLabels = (pairs: readonly string[]): Record<string, string> =>
  collect(pairs, 'label', (value) => {
    if (value !== '' && (value.length > 63 || !qualified.test(value)))
      throw invalid(
        `invalid label value "${value}": at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit`,
      )
  })

/** `--annotation k=v`, repeated. Values are free text. */
export const readAnnotations = (pairs: readonly string[]): Record<string, string> =>
  collect(pairs, 'annotation', () => undefined)

export const checkLabelKey = (key: string, what: string): string => {
  checkKey(key, what)
  return key
}

/** One setting that can be given by a flag or by the annotation behind it. */
export const single = (
  flag: string,
  value: string | undefined,
  annotation: string,
  annotated: string | undefined,
): string | undefined => {
  if (value !== undefined && annotated !== undefined && value !== annotated)
    throw invalid(`${flag} "${value}" contradicts --annotation ${annotation}=${annotated}`)
  return value ?? annotated
}
