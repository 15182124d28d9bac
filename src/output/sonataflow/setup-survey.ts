import {type SurveyRow} from '../../domain/sonataflow/setup/survey.js'
import {plain, type Palette} from '../palette.js'
import {printable} from '../../domain/core/printable.js'
import {wrapped} from '../wrapped.js'

/** Terminals narrower than this get one thing below the other instead of two columns. */
const NARROW = 60

const signs = {there: '✔', none: '-', missing: '✖', unknown: '?'} as const

/** What was found before the first question, and below it what does not work because of what is missing. */
export const surveyText = (
  rows: readonly SurveyRow[],
  {columns, palette = plain}: {columns: number; palette?: Palette},
): string => {
  const paints = {there: palette.green, none: palette.dim, missing: palette.yellow, unknown: palette.dim}
  const width = Math.max(...rows.map(({what}) => what.length))
  const line = ({what, found, state}: SurveyRow): string[] => {
    const sign = paints[state](signs[state])
    const text = printable(found)
    if (columns < NARROW)
      return wrapped(`${what}: ${text}`, columns - 3).map((part, index) => `${index === 0 ? sign : ' '} ${part}`)
    const [first = '', ...rest] = wrapped(text, columns - width - 6)
    const indent = ' '.repeat(width + 4)
    return [`${sign} ${palette.bold(what.padEnd(width))}  ${first}`, ...rest.map((part) => indent + part)]
  }
  const consequences = rows.flatMap(({what, consequence}) =>
    consequence === undefined
      ? []
      : wrapped(`! ${what}: ${printable(consequence)}`, columns - 3).map((part, index) =>
          index === 0 ? palette.yellow(part) : palette.yellow(`  ${part}`),
        ),
  )
  return [...rows.flatMap(line), ...consequences].map((one) => `${one}\n`).join('')
}
