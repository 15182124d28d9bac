import {after} from '../../process/timer.js'

/** Time as the requests see it; tests bring their own. */
export interface Clock {
  /** Milliseconds since whenever */
  now(): number
  /** Ends early, with a rejection, when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** From 0 to 1 */
  random(): number
}

export const realClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      const stop = (): void => {
        timer.cancel()
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'))
      }
      const timer = after(ms, wake)
      if (signal?.aborted) stop()
      else signal?.addEventListener('abort', stop, {once: true})
    }),
  random: Math.random,
}

/** Requests are sent at most so often. */
export const MAX_ATTEMPTS = 5
/** Milliseconds; a server that wants us to wait longer than this is not waited for. */
export const MAX_RETRY_AFTER = 30_000

const FIRST_PAUSE = 200
const LONGEST_PAUSE = 5_000

/** Milliseconds before attempt number `attempt` (2, 3, …): doubled each time, capped, and anywhere in the upper half. */
export const pauseBefore = (
  attempt: number,
  random: () => number,
  {first = FIRST_PAUSE, longest = LONGEST_PAUSE}: {first?: number; longest?: number} = {},
): number => {
  const full = Math.min(longest, first * 2 ** Math.max(0, attempt - 2))
  return full / 2 + (full / 2) * random()
}

/** Seconds, from `Retry-After` in either of its two forms (RFC 9110 10.2.3). */
export const retryAfterSeconds = (header: string | undefined, date: string | undefined): number | undefined => {
  if (header === undefined) return undefined
  if (/^\d+$/.test(header.trim())) return Number(header)
  const until = Date.parse(header)
  const from = date === undefined ? NaN : Date.parse(date)
  return Number.isNaN(until) || Number.isNaN(from) ? undefined : Math.max(0, Math.ceil((until - from) / 1000))
}
