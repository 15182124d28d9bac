import {PROGRAM, printCommand, type Caller, type Command} from '../../domain/core/commands.js'
import type {Finding, Level} from '../../domain/findings/finding.js'
import {handleOf} from '../../domain/core/object.js'
import {plain, type Palette} from '../palette.js'
import {printable} from '../../domain/core/printable.js'

export interface FindingsOptions {
  /** How the program was called, for the commands. */
  caller?: Caller
  palette?: Palette
  /** Names the object in front of a message that does not name it; for reports about several objects. */
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
const repairLines = (repair: readonly Command[], caller: Caller, palette: Palette): string =>
  repair
    .map((command) => printCommand(command, caller))
    .map((line, index) => `  ${index === 0 ? palette.dim('repair:') : '       '} ${printable(line)}\n`)
    .join('')

/** Whether a text has the name as a word of its own. */
export const mentions = (text: string, name: string): boolean => text.split(/[^\w.-]+/).includes(name)

const format = (finding: Finding, {caller = PROGRAM, palette = plain, withObject = false}: FindingsOptions): string => {
  const {level, code, object, message, repair = []} = finding
  // A note only says what was done; there is nothing to look up.
  const label = paintOf(level, palette)(level === 'note' ? 'note:' : `${level}[${code}]:`)
  const namespace = object?.namespace === undefined ? '' : ` in namespace ${object.namespace}`
  const subject = withObject && object && !mentions(message, object.name) ? `${handleOf(object)}${namespace}: ` : ''
  return `${label} ${subject}${printable(message)}\n${repairLines(repair, caller, palette)}`
}

/** Findings for people, in their order: a line each, and below it the command that repairs it. */
export const formatFindings = (findings: readonly Finding[], options: FindingsOptions = {}): string =>
  findings.map((finding) => format(finding, options)).join('')
