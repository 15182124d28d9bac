import CliTable from 'cli-table3'
import stringWidth from 'string-width'

/**
 * cli-table3 draws tables of up to this many rows. It needs about 0.15 ms a row, 0.7 s for 5 000 brokers, because it
 * builds several objects a cell and measures each cell about five times; longer pages are padded here instead, to the
 * same text.
 */
export const ROWS_BY_CLI_TABLE = 16

/** Every border of cli-table3, switched off. */
const NO_BORDERS = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat('middle')
    .map((part) => [part, '']),
)

const withoutTrailingBlanks = (line: string): string => (line.endsWith(' ') ? line.trimEnd() : line)

/** By cli-table3: colours, wide characters and, should we ever need it, wrapping. */
export const drawByCliTable = (rows: readonly (readonly string[])[], widths: readonly number[]): string => {
  const table = new CliTable({
    chars: NO_BORDERS,
    colWidths: [...widths],
    style: {'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true},
  })
  table.push(...rows.map((row) => [...row]))
  return table
    .toString()
    .split('\n')
    .map((line) => `${withoutTrailingBlanks(line)}\n`)
    .join('')
}

const ASCII = /^[ -~]*$/

const pad = (text: string, width: number): string =>
  ASCII.test(text) ? text.padEnd(width) : text + ' '.repeat(Math.max(0, width - stringWidth(text)))

/** By hand, for long pages. */
export const drawByPadding = (rows: readonly (readonly string[])[], widths: readonly number[]): string => {
  let text = ''
  for (const row of rows) {
    let line = ''
    for (let index = 0; index < row.length; index++) line += pad(row[index]!, widths[index]!)
    text += `${withoutTrailingBlanks(line)}\n`
  }
  return text
}

/** Rows of equal length, one line each; `widths` include the padding and hold every cell. */
export const drawRows = (rows: readonly (readonly string[])[], widths: readonly number[]): string =>
  rows.length <= ROWS_BY_CLI_TABLE ? drawByCliTable(rows, widths) : drawByPadding(rows, widths)
