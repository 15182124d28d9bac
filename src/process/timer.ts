/** The one place that sets timers: Node takes a time above 24.8 days for "at once", and only warns of it. */

/** Milliseconds that one timer of Node's can take. */
const LONGEST = 2 ** 31 - 1

export interface Timer {
  /** It will not go off any more. */
  cancel(): void
  /** Counts the whole time anew. */
  restart(): void
}

export interface TimerOptions {
  /** The process does not stay alive for its sake. */
  background?: boolean
}

/** Calls back once after so many milliseconds, however many they are; after `Infinity` never. Nothing and less is at once. */
export const after = (ms: number, act: () => void, {background = false}: TimerOptions = {}): Timer => {
  let handle: NodeJS.Timeout | undefined
  const arm = (left: number): void => {
    const stretch = Math.min(left, LONGEST)
    handle = setTimeout(() => (left > stretch ? arm(left - stretch) : act()), stretch)
    if (background) handle.unref()
  }
  const timer: Timer = {
    cancel: () => clearTimeout(handle),
    restart() {
      clearTimeout(handle)
      arm(Math.max(0, ms) || 0)
    },
  }
  timer.restart()
  return timer
}

/** Calls back again and again, so many milliseconds apart. */
export const every = (ms: number, act: () => void, options: TimerOptions = {}): Pick<Timer, 'cancel'> => {
  const timer = after(
    ms,
    () => {
      timer.restart()
      act()
    },
    options,
  )
  return timer
}
