import {isRecord} from '../../domain/core/read.js'
import {compactJson, formatJson} from '../json.js'

/** Go's shortest form: small numbers get an exponent earlier than in JavaScript, of at least two digits. */
const formatNumber = (value: number): string => {
  const text = value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value)
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}

const formatScalar = (value: unknown): string => (typeof value === 'number' ? formatNumber(value) : String(value))

/** One result of a jsonpath: texts as they are, objects and arrays as JSON. */
export const formatResult = (value: unknown): string =>
  Array.isArray(value) || isRecord(value) ? compactJson(value) : formatScalar(value)

/** All results of a template: those of one part are separated by a blank. */
export const formatResults = (results: readonly (readonly unknown[])[]): string =>
  results.map((values) => values.map(formatResult).join(' ')).join('')

/** The same for `-o jsonpath-as-json`: an array for each part. */
export const formatResultsAsJson = (results: readonly (readonly unknown[])[]): string =>
  results.map((values) => `${formatJson(values)}\n`).join('')

/** A cell of custom columns: Go's own notation, `map[a:1 b:2]` and `[1 2]`, as kubectl prints it. */
export const formatCell = (value: unknown): string => {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(formatCell).join(' ')}]`
  if (!isRecord(value)) return formatScalar(value)
  const fields = Object.keys(value).sort()
  return `map[${fields.map((key) => `${key}:${formatCell(value[key])}`).join(' ')}]`
}
