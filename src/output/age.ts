/** Ages as kubectl and kn print them (k8s.io/apimachinery pkg/util/duration). A year has 365 days; all division truncates. */

const SECOND = 1000
const HOUR_IN_MINUTES = 60
const DAY_IN_HOURS = 24
const YEAR_IN_DAYS = 365

/** `3m20s`, but `3m` where the smaller unit is zero. */
const twoUnits = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit}${small}${smallUnit}`

/** A clock that runs up to a second behind the server's is not worth a complaint. */
const beforeNow = (ms: number): string | undefined => {
  const seconds = Math.trunc(ms / SECOND)
  if (seconds < -1) return '<invalid>'
  return seconds < 0 ? '0s' : undefined
}

/** The age in a list, at most two units: `95s`, `3m20s`, `5h12m`, `3d4h`, `400d`, `3y40d`. */
export const humanDuration = (ms: number): string => {
  const odd = beforeNow(ms)
  if (odd !== undefined) return odd
  const seconds = Math.trunc(ms / SECOND)
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.trunc(seconds / 60)
  if (minutes < 10) return twoUnits(minutes, 'm', seconds % 60, 's')
  if (minutes < 3 * HOUR_IN_MINUTES) return `${minutes}m`
  const hours = Math.trunc(minutes / HOUR_IN_MINUTES)
  if (hours < 8) return twoUnits(hours, 'h', minutes % HOUR_IN_MINUTES, 'm')
  if (hours < 2 * DAY_IN_HOURS) return `${hours}h`
  const days = Math.trunc(hours / DAY_IN_HOURS)
  if (days < 8) return twoUnits(days, 'd', hours % DAY_IN_HOURS, 'h')
  if (days < 2 * YEAR_IN_DAYS) return `${days}d`
  const years = Math.trunc(days / YEAR_IN_DAYS)
  return years < 8 ? twoUnits(years, 'y', days % YEAR_IN_DAYS, 'd') : `${years}y`
}

/** The age in a description, one unit: `22s`, `1m`, `5h`, `3d`, `2y`. */
export const shortHumanDuration = (ms: number): string => {
  const odd = beforeNow(ms)
  if (odd !== undefined) return odd
  const seconds = Math.trunc(ms / SECOND)
  if (seconds < 60) return `${seconds}s`
  const minutes = Math.trunc(seconds / 60)
  if (minutes < HOUR_IN_MINUTES) return `${minutes}m`
  const hours = Math.trunc(minutes / HOUR_IN_MINUTES)
  if (hours < DAY_IN_HOURS) return `${hours}h`
  const days = Math.trunc(hours / DAY_IN_HOURS)
  return days < YEAR_IN_DAYS ? `${days}d` : `${Math.trunc(days / YEAR_IN_DAYS)}y`
}

/** Milliseconds since an RFC 3339 time; `undefined` when there is no such time. */
const elapsed = (timestamp: string | undefined, now: Date): number | undefined => {
  const then = timestamp === undefined ? NaN : Date.parse(timestamp)
  return Number.isNaN(then) ? undefined : now.getTime() - then
}

/** The AGE cell of a list; `<unknown>` without a timestamp. */
export const ageOf = (timestamp: string | undefined, now: Date): string => {
  const ms = elapsed(timestamp, now)
  return ms === undefined ? '<unknown>' : humanDuration(ms)
}

/** The age in a description; empty without a timestamp. */
export const shortAgeOf = (timestamp: string | undefined, now: Date): string => {
  const ms = elapsed(timestamp, now)
  return ms === undefined ? '' : shortHumanDuration(ms)
}
