import type {Source} from '../../domain/findings/sources.js'
import type {Explanation} from '../../domain/findings/stories.js'
import {plain, type Palette} from '../palette.js'
import {formatTable} from '../table.js'
import {wrapped} from '../wrapped.js'

/** Lines of at most this many letters: it is read, not searched. */
const WIDTH = 100

const section = (title: string, text: string, {bold}: Palette, width: number): string =>
  `\n${bold(title)}\n${wrapped(text, width - 2)
    .map((line) => `  ${line}\n`)
    .join('')}`

/** A title, and its link in a line of its own that no terminal breaks. */
const sourceLines = ({title, link}: Source, width: number): string =>
  [...wrapped(title, width - 2), ...(link === undefined ? [] : [`  ${link}`])].map((line) => `  ${line}\n`).join('')

/** The long story of a finding. */
export const formatExplanation = (
  {code, level, title, means, behaviour, repair, source}: Explanation,
  palette: Palette = plain,
  columns = WIDTH,
): string => {
  const width = Math.max(40, Math.min(WIDTH, columns))
  return [
    `${palette.bold(code)} (${level}): ${title}\n`,
    section('What it means', means, palette, width),
    section('What happens', behaviour, palette, width),
    section('How to repair it', repair, palette, width),
    `\n${palette.bold('Where to read more')}\n${source.map((one) => sourceLines(one, width)).join('')}`,
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
