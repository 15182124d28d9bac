import stringWidth from 'string-width'
import {printable} from '../domain/core/printable.js'
import {drawRows} from './table-drawing.js'

/** One column of a list. */
export interface Column<T> {
  /** As printed, in capital letters. */
  header: string
  cell(item: T): string
  /** Colours a finished cell; the width is taken before. */
  paint?(text: string, item: T): string
}

/** Makes the text of a table page by page; each text ends with a line end, or is empty. */
export interface TableWriter<T> {
  /** The rows of these items, after the header if they are the first. */
  page(items: readonly T[]): string
  /** What is left to print once all pages are there. */
  end(): string
}

/** kn's and kubectl's tabwriter: no column narrower than this, blanks included. */
const MIN_WIDTH = 6
/** Blanks between the longest cell and the next column. */
const PADDING = 3

const ASCII = /^[ -~]*$/
/** Terminal cells, not characters: CJK and emoji take two. */
const widthOf = (text: string): number => (ASCII.test(text) ? text.length : stringWidth(text))

/**
 * A table in the layout of kubectl and kn. Rows can be printed as pages arrive: a later page is at least as wide as
 * the ones before, so columns only ever move to the right. An empty list prints nothing, not even a header.
 */
export const tableWriter = <T>(columns: readonly Column<T>[], {headers}: {headers: boolean}): TableWriter<T> => {
  const last = columns.length - 1
  const widths: number[] = columns.map((_, index) => (index === last ? 1 : MIN_WIDTH))
  let headerDue = headers

  const widen = (row: readonly string[]): void =>
    row.forEach((text, index) => {
      const wanted = widthOf(text) + (index === last ? 0 : PADDING)
      if (wanted > widths[index]!) widths[index] = wanted
    })

  return {
    page(items) {
      if (items.length === 0) return ''
      const rows: string[][] = []
      if (headerDue) {
        headerDue = false
        rows.push(columns.map(({header}) => printable(header)))
      }
      const head = rows.length
      for (const item of items) rows.push(columns.map((column) => printable(column.cell(item))))
      rows.forEach(widen)
      columns.forEach(({paint}, index) => {
        if (paint) items.forEach((item, at) => (rows[head + at]![index] = paint(rows[head + at]![index]!, item)))
      })
      return drawRows(rows, widths)
    },
    end: () => '',
  }
}

/** A whole table at once. */
export const formatTable = <T>(
  columns: readonly Column<T>[],
  items: readonly T[],
  {headers = true}: {headers?: boolean} = {},
): string => {
  const writer = tableWriter(columns, {headers})
  return writer.page(items) + writer.end()
}
