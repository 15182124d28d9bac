import type {Streams} from './streams.js'

/** One line about what is being waited for. */
export interface Progress {
  /** Shows the newest state; on a log (no terminal) one line for each change. */
  update(text: string): void
  /** Takes the line away. */
  done(): void
}

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
  const draw = (): void => {
    if (shown === undefined) return
    const line = `${FRAMES[frame++ % FRAMES.length]} ${shown}`.slice(0, Math.max(10, streams.columns - 1))
    streams.err(`\r\u001B[K${line}`)
  }
  const timer = setInterval(draw, 100)
  timer.unref()
  return {
    update(text) {
      shown = text
      draw()
    },
    done() {
      clearInterval(timer)
      if (shown !== undefined) streams.err('\r\u001B[K')
    },
  }
}
