import {execFile} from 'node:child_process'
import {randomBytes} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {promisify} from 'node:util'
import xterm from '@xterm/headless'
import {expect} from 'vitest'
import {GOLDEN_NAMESPACE} from './normalise.js'
import {styledRow} from './screen-style.js'
import type {Stage} from './stage.js'

export interface ScreenOptions {
  /** Default 80 × 24. */
  columns?: number
  rows?: number
  /** Default false: the program is told so by NO_COLOR. With colour, screens name it: `‹cyan›text‹›`. */
  colour?: boolean
  env?: Readonly<Record<string, string>>
  /** Milliseconds for the whole command. Default 60 000. */
  timeout?: number
}

/** A command at a terminal of its own, as a person sees it. */
export interface TerminalScreen {
  /**
   * Resolves once the text stands on the screen and nothing changes any more, spinners and seconds aside; rejects when
   * the command ends before or it takes too long. Styles are no part of the text, and line ends count as blanks as well, so that a pattern needs not know where
   * a narrow terminal breaks a line.
   */
  until(wanted: RegExp): Promise<void>
  type(keys: string): void
  /** The rows that are seen now, without blanks at their ends, without what differs from run to run. */
  screen(): string
  /** The same with all that has left the screen at its upper edge. */
  scrolled(): string
  /** As when somebody drags the corner of the window. */
  resize(columns: number, rows?: number): Promise<void>
  /** The exit code; the last screen can still be looked at. */
  ended: Promise<number>
}

export const ENTER = '\r'
export const UP = '\u001B[A'
export const DOWN = '\u001B[B'
export const TAB = '\t'
export const ESCAPE = '\u001B'
export const BACKSPACE = '\u007F'
export const CTRL_C = '\u0003'
export const CTRL_D = '\u0004'

/** How long a screen has to stay as it is before it counts as drawn. */
const STILL_MS = 80
const GLANCE_MS = 10
const PATIENCE_MS = 20_000

/** Runs a line, such as `kubectl sfl broker create`, at a terminal of so many columns and rows. */
export const openScreen = async (
  scene: Stage,
  line: string,
  {columns = 80, rows = 24, colour = false, env = {}, timeout = 60_000}: ScreenOptions = {},
): Promise<TerminalScreen> => {
  const terminal = new xterm.Terminal({cols: columns, rows, scrollback: 5000, allowProposedApi: true})
  const tty = join(scene.folder, `tty-${randomBytes(4).toString('hex')}`)
  const inside = `tty > ${tty}; stty cols ${columns} rows ${rows}; ${line}`
  const running = scene.start(`exec script -qec ${quoted(inside)} /dev/null`, {
    stdin: 'open',
    env: {TERM: 'xterm-256color', ...(colour ? {} : {NO_COLOR: '1'}), ...env},
    timeout,
  })
  // What the program asks the terminal itself, the terminal answers.
  terminal.onData((answer) => running.type(answer))

  let read = 0
  const catchUp = async (): Promise<void> => {
    // A narrow terminal would break the name in the middle, where it could not be found any more.
    const fresh = running.seen().replaceAll(scene.namespace, GOLDEN_NAMESPACE).slice(read)
    if (fresh === '') return
    read += fresh.length
    await new Promise<void>((resolve) => terminal.write(fresh, resolve))
  }
  const rowsFrom = (first: number, styled = colour): string => {
    const {active} = terminal.buffer
    const all = Array.from({length: active.length - first}, (_, index) => {
      const row = active.getLine(first + index)
      return row === undefined ? '' : styled ? styledRow(row, terminal.cols) : row.translateToString(true)
    })
    return scene.normal(withoutTicking(all.map((row) => row.trimEnd()).join('\n'))).trimEnd()
  }
  const screen = (styled = colour): string => rowsFrom(terminal.buffer.active.baseY, styled)

  let code: number | undefined
  const ended = running.ended.then(async (ran) => {
    await catchUp()
    code = ran.code
    return ran.code
  })
  ended.catch(() => {})
  const until = async (wanted: RegExp): Promise<void> => {
    const begun = performance.now()
    let still = {text: '', since: begun}
    for (;;) {
      await catchUp()
      const text = screen(false)
      const now = performance.now()
      if (text !== still.text) still = {text, since: now}
      const seen = [text, unbroken(text)].some((one) => wanted.test(one))
      if (seen && (now - still.since >= STILL_MS || code !== undefined)) return
      if (code !== undefined) throw new Error(`ended with ${code} before ${String(wanted)} was seen:\n${rowsFrom(0)}`)
      if (now - begun > PATIENCE_MS) {
        // Whoever fails here does not type any more, and the command would wait forever.
        running.signal('SIGTERM')
        throw new Error(`${String(wanted)} was not seen:\n${rowsFrom(0)}`)
      }
      await pause(GLANCE_MS)
    }
  }
  return {
    until,
    screen: () => screen(),
    ended,
    type: (keys) => running.type(keys),
    scrolled: () => rowsFrom(0),
    async resize(newColumns, newRows = terminal.rows) {
      const device = (await readFile(tty, 'utf8')).trim()
      await catchUp()
      terminal.resize(newColumns, newRows)
      await promisify(execFile)('stty', ['-F', device, 'cols', String(newColumns), 'rows', String(newRows)])
    },
  }
}

/** What is typed at one moment of a session at a terminal. */
export interface Move {
  /** Waited for before anything is typed. */
  see: RegExp
  keys?: string
  /** Keeps the screen, before the keys are typed, under this caption; left out, it is not kept. */
  keep?: string
}

/** A session at a terminal from its beginning to its end. */
export interface Played {
  code: number
  /** The kept screens and the last one, each with its caption and a frame: golden text. */
  screens: string
  /** All that was there to be read in the end. */
  scrolled: string
}

/** Types each answer when its question is on the screen. */
export const play = async (
  scene: Stage,
  line: string,
  moves: readonly Move[],
  options: ScreenOptions = {},
): Promise<Played> => {
  const terminal = await openScreen(scene, line, options)
  const width = options.columns ?? 80
  const kept: string[] = []
  for (const {see, keys, keep} of moves) {
    await terminal.until(see)
    if (keep !== undefined) kept.push(framed(keep, terminal.screen(), width))
    if (keys !== undefined) terminal.type(keys)
  }
  const code = await terminal.ended
  kept.push(framed(`exit ${code}`, terminal.screen(), width))
  return {code, screens: [`$ ${scene.normal(line)}`, ...kept].join('\n'), scrolled: terminal.scrolled()}
}

/** Compares screens with `test/golden/screens/NAME.txt`. */
export const matchesScreens = async (golden: string, ...played: ReadonlyArray<Played | string>): Promise<void> => {
  const texts = played.map((one) => (typeof one === 'string' ? one : one.screens))
  await expect(`${texts.join('\n')}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, '../../golden/screens', `${golden}.txt`),
  )
}

/** One screen of a golden text, its lines as wide as the terminal. */
export const framed = (caption: string, screen: string, width: number): string =>
  [`── ${caption} `.padEnd(width, '─'), screen, '─'.repeat(width)].join('\n')

/** One frame of a spinner stands for all, and the seconds are gone. */
const withoutTicking = (text: string): string =>
  text
    .replace(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, '⠋')
    .replace(/\((?:\d+m)?\d+s\)/g, '(Ns)')
    .replace(/\b(after\s)(?:\d+ min )?\d+ s\b/g, '$1N s')

const unbroken = (text: string): string => text.replace(/\s+/g, ' ')

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
