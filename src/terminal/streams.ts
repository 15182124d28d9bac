import {forStream} from './own-codes.js'
import {colourPalette, plainPalette, wantsColour, type ColourChoice, type Palette} from './palette.js'

/** Where text goes: results to `out`, everything else to `err`. Tests replace it whole. */
export interface Streams {
  /** Writes to stdout, without a line end of its own. Control characters that are not ours are shown instead of obeyed. */
  out(text: string): void
  /** The same on stderr. */
  err(text: string): void
  /** Values for another program: to stdout as they are, unless that is a terminal. */
  data(text: string): void
  outPalette: Palette
  errPalette: Palette
  /** stdin and stderr are terminals, so a question can be asked and answered. */
  interactive: boolean
  /** stderr can redraw a line. */
  errIsTerminal: boolean
  outIsTerminal: boolean
  columns: number
  /** The size of the terminal that stdout is; left out when it is none. */
  readonly screen?: {columns: number; rows: number} | undefined
}

export interface StreamSource {
  stdin: {isTTY?: boolean}
  stdout: {isTTY?: boolean; columns?: number; rows?: number; write(text: string): boolean}
  stderr: {isTTY?: boolean; columns?: number; write(text: string): boolean}
  env: Readonly<Record<string, string | undefined>>
}

export const createStreams = ({stdin, stdout, stderr, env}: StreamSource, choice: ColourChoice): Streams => {
  const palette = (terminal: boolean): Palette => (wantsColour(terminal, env, choice) ? colourPalette() : plainPalette)
  return {
    out: (text) => void stdout.write(forStream(text)),
    err: (text) => void stderr.write(forStream(text)),
    data: (text) => void stdout.write(stdout.isTTY === true ? forStream(text) : text),
    outPalette: palette(stdout.isTTY === true),
    errPalette: palette(stderr.isTTY === true),
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    errIsTerminal: stderr.isTTY === true && env['TERM'] !== 'dumb',
    outIsTerminal: stdout.isTTY === true,
    get screen() {
      return stdout.isTTY === true ? {columns: stdout.columns || 80, rows: stdout.rows || 24} : undefined
    },
    // A redrawn line is drawn on stderr. A terminal that does not know its size says 0.
    get columns() {
      return stderr.columns || 80
    },
  }
}
