import type {FindingEntry} from '../../domain/findings/catalogue.js'
import {plain, type Palette} from '../palette.js'
import {formatTable} from '../table.js'
import {wrapped} from '../wrapped.js'

/** An entry of the catalogue with its code: the view that `explain` prints in every format. */
export interface Explanation extends FindingEntry {
  code: string
}

/** Lines of at most this many letters: it is read, not searched. */
const WIDTH = 100

const section = (title: string, text: string, {bold}: Palette, width: number): string =>
  `\n${bold(title)}\n${wrapped(text, width - 2)
    .map((line) => `  ${line}\n`)
    .join('')}`

/** The long story of a finding. */
export const formatExplanation = (
  {code, level, title, means, behaviour, repair, documented}: Explanation,
  palette: Palette = plain,
  columns = WIDTH,
): string => {
  const width = Math.max(40, Math.min(WIDTH, columns))
  return [
    `${palette.bold(code)} (${level}): ${title}\n`,
    section('What it means', means, palette, width),
    section('What the operators make of it', behaviour, palette, width),
    section('How to repair it', repair, palette, width),
    section('Where it is documented', documented, palette, width),
  ].join('')
}

/** All codes, a line each. */
export const formatCodes = (entries: readonly Explanation[]): string =>
  formatTable(
    [
      {header: 'CODE', cell: ({code}) => code},
      {header: 'LEVEL', cell: ({level}) => level},
      {header: 'TITLE', cell: ({title}) => title},
    ],
    entries,
  )
