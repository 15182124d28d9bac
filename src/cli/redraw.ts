import {pause} from './pause.js'
import type {Runtime} from './runtime.js'

/** Lines that a text takes on a terminal of this width; colours take none. */
const heightOf = (text: string, columns: number): number =>
  text
    .split('\n')
    .slice(0, -1)

    .map((line) => line.replace(/\u001b\[[0-9;]*m/g, ''))
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0)

/** Up to where the last screen began, and nothing of it left. */
const erase = (lines: number): string => (lines === 0 ? '' : `\u001b[${lines}F\u001b[0J`)

/**
 * Shows a screen again and again until Ctrl-C: on a terminal in place of the last one, elsewhere only when it has changed,
 * with an empty line between.
 */
export const redraw = async (
  {streams, signal}: Runtime,
  screen: () => Promise<string>,
  intervalMs: number,
): Promise<void> => {
  let last: string | undefined
  while (!signal.aborted) {
    const text = await screen()
    if (text !== last) {
      if (streams.outIsTerminal) streams.out(erase(last === undefined ? 0 : heightOf(last, streams.columns)) + text)
      else streams.out(last === undefined ? text : `\n${text}`)
      last = text
    }
    await pause(intervalMs, signal)
  }
}
