import {invalid, type SflError} from '../domain/core/errors.js'
import type {KubeObject} from '../domain/core/object.js'
import {parseCustomColumns, parseCustomColumnsFile} from './custom-columns.js'
import type {EvaluateOptions} from './jsonpath/evaluate.js'
import {compileJsonPath, type JsonPath} from './jsonpath/jsonpath.js'
import type {Column} from './table.js'

/** What can be written after `-o`, in kubectl's and kn's words. */
export const FORMAT_NAMES = [
  'custom-columns',
  'custom-columns-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'name',
  'url',
  'wide',
  'yaml',
] as const
export type FormatName = (typeof FORMAT_NAMES)[number]

/** The formats that print objects as they are, for machines. */
export type ObjectFormat =
  | {name: 'json' | 'yaml' | 'name' | 'url'}
  | {name: 'jsonpath' | 'jsonpath-as-json'; template: JsonPath}
  | {name: 'custom-columns'; columns: readonly Column<KubeObject>[]}

/** How a result is printed; templates are already read, files too. `table` is what people get without `-o`. */
export type Format = {name: 'table' | 'wide'} | ObjectFormat

/** False for what the command itself prints: its table, wide or not, or its description. */
export const isObjectFormat = (format: Format): format is ObjectFormat =>
  format.name !== 'table' && format.name !== 'wide'

export interface FormatOptions extends EvaluateOptions {
  /** What this command can print. */
  allowed: readonly FormatName[]
  /** Needed when a `…-file` format is allowed. */
  readFile?: (path: string) => string
}

const GO_TEMPLATES = new Set(['go-template', 'go-template-file', 'template', 'templatefile'])

/** Formats that are followed by `=` and a template or a path. */
const WITH_VALUE = new Set<FormatName>([
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'custom-columns',
  'custom-columns-file',
])

const unknownFormat = (text: string, name: string, allowed: readonly FormatName[]): SflError => {
  const message =
    `unable to match a printer suitable for the output format "${text}", ` +
    `allowed formats are: ${[...allowed].sort().join(',')}`
  if (GO_TEMPLATES.has(name)) {
    return invalid(message, "Go templates are not supported; use -o jsonpath='{.metadata.name}', or -o json with jq")
  }
  return invalid(message)
}

const fileText = (path: string, {readFile}: FormatOptions): string => {
  try {
    if (readFile === undefined) throw new Error('this command reads no files')
    return readFile(path)
  } catch (error) {
    throw invalid(`error reading template ${path}, ${error instanceof Error ? error.message : String(error)}`)
  }
}

const withValue = (name: FormatName, value: string, options: FormatOptions): Format => {
  switch (name) {
    case 'jsonpath':
    case 'jsonpath-as-json':
      return {name, template: compileJsonPath(value, options)}
    case 'jsonpath-file':
      return {name: 'jsonpath', template: compileJsonPath(fileText(value, options), options)}
    case 'custom-columns-file':
      return {name: 'custom-columns', columns: parseCustomColumnsFile(fileText(value, options))}
    case 'custom-columns':
      return {name, columns: parseCustomColumns(value)}
    default:
      return {name}
  }
}

/**
 * Reads the value of `-o`. Names are not case-sensitive (as in kn); templates and columns are compiled here, so that a bad one is
 * refused before the first request.
 *
 * @throws InvalidArgument in kubectl's words
 */
export const parseFormat = (text: string | undefined, options: FormatOptions): Format => {
  if (text === undefined || text === '') return {name: 'table'}
  const equals = text.indexOf('=')
  const wanted = (equals < 0 ? text : text.slice(0, equals)).toLowerCase()
  const name = options.allowed.find((known) => known === wanted)
  if (name === undefined || (equals >= 0 && !WITH_VALUE.has(name))) throw unknownFormat(text, wanted, options.allowed)
  const value = equals < 0 ? '' : text.slice(equals + 1)
  if (WITH_VALUE.has(name) && value === '') {
    if (name.startsWith('custom-columns')) throw invalid('custom-columns format specified but no custom columns given')
    throw invalid('template format specified but no template given', `write -o ${name}=…`)
  }
  return withValue(name, value, options)
}
