import type {IBufferCell, IBufferLine} from '@xterm/headless'

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']

/** One row with the names of its styles: `‹cyan bold›text‹›`. Blanks have none. */
export const styledRow = (row: IBufferLine, columns: number): string => {
  let text = ''
  let style = ''
  for (let column = 0; column < columns; column += 1) {
    const cell = row.getCell(column)
    // The second half of a wide character is a cell without width.
    if (cell === undefined || cell.getWidth() === 0) continue
    const chars = cell.getChars() || ' '
    const next = chars === ' ' && !isInverse(cell) ? '' : styleOf(cell)
    if (next !== style && !(chars === ' ' && continues(row, column, columns, style))) {
      text += `${style === '' ? '' : '‹›'}${next === '' ? '' : `‹${next}›`}`
      style = next
    }
    text += chars
  }
  return `${text.trimEnd()}${style === '' ? '' : '‹›'}`
}

/** A blank between two words of one style does not end it. */
const continues = (row: IBufferLine, from: number, columns: number, style: string): boolean => {
  for (let column = from; column < columns; column += 1) {
    const cell = row.getCell(column)
    if (cell === undefined) return false
    const chars = cell.getChars() || ' '
    if (chars !== ' ') return style !== '' && styleOf(cell) === style
  }
  return false
}

const isInverse = (cell: IBufferCell): boolean => cell.isInverse() !== 0

const styleOf = (cell: IBufferCell): string =>
  [
    ...(cell.isFgDefault() ? [] : [colourName(cell)]),
    ...(cell.isBold() ? ['bold'] : []),
    ...(cell.isDim() ? ['dim'] : []),
    ...(cell.isItalic() ? ['italic'] : []),
    ...(cell.isUnderline() ? ['underline'] : []),
    ...(isInverse(cell) ? ['inverse'] : []),
  ].join(' ')

const colourName = (cell: IBufferCell): string => {
  const colour = cell.getFgColor()
  const name = COLOURS[colour % 8] ?? 'colour'
  return cell.isFgPalette() && colour < 16 ? (colour < 8 ? name : `bright ${name}`) : `colour ${colour}`
}
