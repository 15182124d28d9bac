import {printable} from '../domain/core/printable.js'
import {own, withoutForeign} from '../terminal/own-codes.js'
import {widthOf} from '../terminal/progress.js'
import {pause} from './pause.js'
import type {Runtime} from './runtime.js'

/** Lines that a line takes on a terminal of this width; colours take none. */
const heightOf = (line: string, columns: number): number =>
  Math.max(1, Math.ceil(widthOf(line.replace(/\u001b\[[0-9;]*m/g, '')) / columns))

const linesOf = (text: string): string[] => withoutForeign(text).split('\n').slice(0, -1)

/** As much from above as there is room for; what is scrolled away could not be drawn again. */
const cut = (lines: readonly string[], columns: number, rows: number): string[] => {
  let left = rows
  const fits = lines.findIndex((line) => (left -= heightOf(line, columns)) < 0)
  if (fits < 0) return [...lines]
  // The last line says that there is more.
  const kept = [...lines.slice(0, fits)]
  const height = (): number => kept.reduce((sum, line) => sum + heightOf(line, columns), 0)
  while (kept.length > 0 && height() > rows - 1) kept.pop()
  const hidden = lines.length - kept.length
  return [...kept, `... ${hidden} more ${hidden === 1 ? 'line' : 'lines'} in a larger window`]
}

/**
 * From where the last screen began, in one piece: what was there is erased before, since erasing behind a line that ends at
 * the edge would take its last letter.
 */
const over = (lines: readonly string[], height: number): string =>
  `${height === 0 ? '' : `${own(`${height}F`)}${own('0J')}`}${lines.map((line) => `${line}\n`).join('')}`

const clock = (now: Date): string => now.toTimeString().slice(0, 8)

interface Loss {
  since: Date
  message: string
}

/** What of a run is needed to watch. */
type Watching = Pick<Runtime, 'streams' | 'signal' | 'now' | 'translate'>

/** What is seen again and again. */
export interface Watched {
  /** Looks, and draws for a terminal of this width; `undefined` for no terminal. */
  screen(columns: number | undefined): Promise<string>
  intervalMs: number
}

/** On a terminal, in place of the last screen; the last line says that somebody still looks, or that the cluster is gone. */
const onTerminal = (runtime: Watching, intervalMs: number): ((text: string, loss: Loss | undefined) => void) => {
  const {streams} = runtime
  let drawn: readonly string[] = []
  return (text, loss) => {
    const {columns, rows} = streams.screen ?? {columns: 80, rows: 24}
    const every = intervalMs % 1000 === 0 ? `${intervalMs / 1000}s` : `${intervalMs}ms`
    const foot =
      loss === undefined
        ? streams.outPalette.dim(`${clock(runtime.now())}, every ${every}; Ctrl-C ends`)
        : streams.outPalette.red(`not seen since ${clock(loss.since)}, trying again every ${every}: ${loss.message}`)
    const room = rows - 2 - heightOf(foot, columns)
    const lines = [...cut(linesOf(text), columns, Math.max(1, room)), '', foot]
    // The width may have changed since: what was drawn is wrapped anew.
    const height = drawn.reduce((sum, line) => sum + heightOf(line, columns), 0)
    streams.out(over(lines, Math.min(height, rows - 1)))
    drawn = lines
  }
}

/** Elsewhere only what has changed, with an empty line between; trouble goes to stderr. */
const elsewhere = ({streams}: Watching): ((text: string, loss: Loss | undefined) => void) => {
  let last: {text: string; lost: boolean} | undefined
  return (text, loss) => {
    if (loss !== undefined && last?.lost !== true) streams.err(`warning: ${loss.message}; trying again\n`)
    if (loss === undefined && last?.lost === true) streams.err('note: the cluster answers again\n')
    if (text !== last?.text) streams.out(last === undefined ? text : `\n${text}`)
    last = {text, lost: loss !== undefined}
  }
}

/**
 * Shows a screen again and again until Ctrl-C. When the cluster does not answer the first time, that is an error; later, what
 * was seen last stays, with why there is nothing newer, until it answers again.
 */
export const liveScreen = async (runtime: Watching, {screen, intervalMs}: Watched): Promise<void> => {
  const {signal, streams} = runtime
  const show = streams.outIsTerminal ? onTerminal(runtime, intervalMs) : elsewhere(runtime)
  let last: string | undefined
  let loss: Loss | undefined
  while (!signal.aborted) {
    try {
      last = await screen(streams.screen?.columns)
      loss = undefined
    } catch (error) {
      if (signal.aborted) return
      if (last === undefined) throw error
      loss = {since: loss?.since ?? runtime.now(), message: printable(runtime.translate(error).message)}
    }
    show(last, loss)
    await pause(intervalMs, signal)
  }
}
