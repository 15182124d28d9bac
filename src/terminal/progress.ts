import type {Streams} from './streams.js'

/** One line about what is being waited for. */
export interface Progress {
  /** Shows the newest state; on a log (no terminal) one line for each change. */
  update(text: string): void
  /** Takes the line away. */
  done(): void
}

/** Seconds from which on the time is shown: before that it only flickers. */
const SHOWN_AFTER = 3

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/**
 * At a terminal a single redrawn line with a spinner, elsewhere one line per change: a log must tell the story without
 * control characters.
 */
export const startProgress = (streams: Streams): Progress => {
  let shown: string | undefined
  if (!streams.errIsTerminal) {
    return {
      update(text) {
        if (text === shown) return
        shown = text
        streams.err(`${text}\n`)
      },
      done() {},
    }
  }
  let frame = 0
  let since = performance.now()
  const draw = (): void => {
    if (shown === undefined) return
    const seconds = Math.floor((performance.now() - since) / 1000)
    const spent = seconds < SHOWN_AFTER ? '' : ` (${seconds}s)`
    const room = Math.max(10, streams.columns - 1) - spent.length
    const text = `${FRAMES[frame++ % FRAMES.length]} ${shown}`
    const line = `${text.length > room ? `${text.slice(0, room - 1)}…` : text}${spent}`
    streams.err(`\r\u001B[K${line}`)
  }
  const timer = setInterval(draw, 100)
  timer.unref()
  return {
    update(text) {
      if (shown === undefined) since = performance.now()
      shown = text
      draw()
    },
    done() {
      clearInterval(timer)
      if (shown !== undefined) streams.err('\r\u001B[K')
      shown = undefined
    },
  }
}
