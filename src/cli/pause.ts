import {after} from '../process/timer.js'

/** Waits; ends early, without an error, when the signal aborts. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      timer.cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = after(ms, done)
    if (signal.aborted) done()
    else signal.addEventListener('abort', done)
  })
