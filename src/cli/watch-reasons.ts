import {blocking, untold, type Finding} from '../domain/findings/finding.js'
import {every} from '../process/timer.js'

/** Looked at again after so many milliseconds of waiting; a reason is no news before that. */
const EVERY_MS = 10_000

/** A look at what is waited for, repeated until it is stopped. */
export interface ReasonWatch {
  stop(): void
}

/**
 * While something is waited for, looks from time to time at what keeps it from getting ready: a pod without its image is
 * said after seconds and not when the time is over. Each reason is handed on once; a look that fails is left out.
 */
export const watchReasons = (
  look: () => Promise<readonly Finding[]>,
  onReason: (reason: Finding) => void,
  everyMs = EVERY_MS,
): ReasonWatch => {
  const said = new Set<string>()
  let busy = false
  let stopped = false
  const lookAgain = (): void => {
    if (busy) return
    busy = true
    look()
      .then((found) => {
        if (!stopped) untold(blocking(found), said).forEach(onReason)
      })
      .catch(() => undefined)
      .finally(() => (busy = false))
  }
  const timer = every(everyMs, lookAgain, {background: true})
  return {
    stop() {
      stopped = true
      timer.cancel()
    },
  }
}
