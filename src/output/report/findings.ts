import type {Finding, Level} from '../../domain/findings/finding.js'
import {handleOf} from '../../domain/core/object.js'
import {plain, type Palette} from '../palette.js'
import {printable} from '../../domain/core/printable.js'

export interface FindingsOptions {
  palette?: Palette
  /** Names the object in front of the message; for reports about several objects. */
  withObject?: boolean
}

const paintOf = (level: Level, palette: Palette): ((text: string) => string) => {
  switch (level) {
    case 'error':
      return palette.red
    case 'warning':
      return palette.yellow
    case 'note':
      return palette.cyan
  }
}

/** Several commands stand below each other, so that they can be pasted together. */
const repairLines = (repair: string | undefined, palette: Palette): string =>
  (repair?.split('\n') ?? [])
    .map((line, index) => `  ${index === 0 ? palette.dim('repair:') : '       '} ${printable(line)}\n`)
    .join('')

const format = (finding: Finding, palette: Palette, withObject: boolean): string => {
  const {level, code, object, message, repair} = finding
  // A note only says what was done; there is nothing to look up.
  const label = paintOf(level, palette)(level === 'note' ? 'note:' : `${level}[${code}]:`)
  const namespace = object?.namespace === undefined ? '' : ` in namespace ${object.namespace}`
  const subject = withObject && object ? `${handleOf(object)}${namespace}: ` : ''
  return `${label} ${subject}${printable(message)}\n${repairLines(repair, palette)}`
}

/** Findings for people, in their order: a line each, and below it the command that repairs it. */
export const formatFindings = (
  findings: readonly Finding[],
  {palette = plain, withObject = false}: FindingsOptions = {},
): string => findings.map((finding) => format(finding, palette, withObject)).join('')
