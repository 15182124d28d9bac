import {invalid} from '../domain/core/errors.js'
import type {KubeObject} from '../domain/core/object.js'
import {compileJsonPath, relaxJsonPath} from './jsonpath/jsonpath.js'
import {formatCell} from './jsonpath/print.js'
import type {Column} from './table.js'

const NOTHING = '<none>'

const column = (header: string, expression: string): Column<KubeObject> => {
  const path = compileJsonPath(relaxJsonPath(expression))
  return {
    header,
    cell: (object) => {
      const results = path.results(object)
      const cells = results.flat().map(formatCell)
      return ((results[0]?.length ?? 0) === 0 ? [NOTHING, ...cells] : cells).join(',')
    },
  }
}

/**
 * `NAME:.metadata.name,READY:.status.ready` of `-o custom-columns=` (kubectl pkg/cmd/get/customcolumn.go).
 *
 * @throws InvalidArgument in kubectl's words
 */
export const parseCustomColumns = (spec: string): Column<KubeObject>[] => {
  if (spec === '') throw invalid('custom-columns format specified but no custom columns given')
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':')
    if (colon < 0) {
      throw invalid(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    }
    return column(part.slice(0, colon), part.slice(colon + 1))
  })
}

const EXPECTED = 'Expected format is one line of space separated headers, one line of space separated column specs.'

const words = (line: string): string[] => line.split(/\s+/).filter((word) => word !== '')

/**
 * The text of a file of `-o custom-columns-file=`: a line of headers, a line of expressions.
 *
 * @throws InvalidArgument in kubectl's words
 */
export const parseCustomColumnsFile = (text: string): Column<KubeObject>[] => {
  const [headerLine, specLine] = text.split(/\r?\n/)
  if (text === '' || headerLine === undefined) throw invalid(`invalid template, missing header line. ${EXPECTED}`)
  if (specLine === undefined) throw invalid(`invalid template, missing spec line. ${EXPECTED}`)
  const [headers, specs] = [words(headerLine), words(specLine)]
  if (headers.length !== specs.length) {
    throw invalid(`number of headers (${headers.length}) and field specifications (${specs.length}) don't match`)
  }
  return headers.map((header, index) => column(header, specs[index]!))
}
