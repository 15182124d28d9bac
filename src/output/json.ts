import type {KubeObject} from '../domain/core/object.js'
import {isRecord} from '../domain/core/read.js'

/** kubectl indents by four. */
const INDENT = '    '

/**
 * Go's encoding/json escapes what could end a script element or a JavaScript line; so does `kubectl -o json`, and
 * scripts compare texts.
 */
const GO_ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/** What a terminal might obey, which Go and JavaScript leave as it is; inside of JSON's texts only. */
const UNSAFE = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/
const EACH_UNSAFE = new RegExp(UNSAFE, 'g')

/** The same JSON without a character that a terminal could obey. */
export const harmlessJson = (json: string): string =>
  UNSAFE.test(json)
    ? json.replace(EACH_UNSAFE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : json

const quote = (text: string): string => {
  const quoted = harmlessJson(JSON.stringify(text))
  return /[<>&\u2028\u2029]/.test(quoted) ? quoted.replace(/[<>&\u2028\u2029]/g, (c) => GO_ESCAPES[c]!) : quoted
}

/** Written by hand because JavaScript's objects always list keys that look like integers first. */
const write = (value: unknown, step: string, indent: string): string => {
  const [open, close, colon] = step === '' ? ['', '', ':'] : [`\n${indent}${step}`, `\n${indent}`, ': ']
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[${value.map((item) => open + write(item, step, indent + step)).join(',')}${close}]`
  }
  if (isRecord(value)) {
    const keys = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
    if (keys.length === 0) return '{}'
    const fields = keys.map((key) => `${open}${quote(key)}${colon}${write(value[key], step, indent + step)}`)
    return `{${fields.join(',')}${close}}`
  }
  return typeof value === 'string' ? quote(value) : (JSON.stringify(value) ?? 'null')
}

/** JSON as kubectl prints it: keys in alphabetical order, indented by four; no line end after it. */
export const formatJson = (value: unknown): string => write(value, INDENT, '')

/** The same on one line without blanks, as jsonpath prints objects and arrays. */
export const compactJson = (value: unknown): string => write(value, '', '')

/** An element of the list that `jsonListWriter` writes, or of any array one level deep. */
const formatItem = (value: unknown): string => `\n${INDENT}${INDENT}${write(value, INDENT, INDENT + INDENT)}`

/** Without `metadata.managedFields`, which nobody reads unless `--show-managed-fields` asks for it. */
export const withoutManagedFields = (object: KubeObject): KubeObject => {
  if (object.metadata.managedFields === undefined) return object
  const metadata = {...object.metadata}
  delete metadata.managedFields
  return {...object, metadata}
}

/** kubectl's List of any objects, written page by page. */
export const jsonListWriter = (): {page(objects: readonly KubeObject[]): string; end(): string} => {
  let written = 0
  const start = `{\n${INDENT}"apiVersion": "v1",\n${INDENT}"items": [`
  const finish = `],\n${INDENT}"kind": "List",\n${INDENT}"metadata": {\n${INDENT}${INDENT}"resourceVersion": ""\n${INDENT}}\n}\n`
  return {
    page(objects) {
      if (objects.length === 0) return ''
      const before = written === 0 ? start : ','
      written += objects.length
      return before + objects.map(formatItem).join(',')
    },
    end: () => (written === 0 ? start + finish : `\n${INDENT}${finish}`),
  }
}
