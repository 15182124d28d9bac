import {invalid} from './errors.js'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY
/** 365.2425 days and a twelfth of that, as github.com/rickb777/date counts them. */
const YEAR = 31_556_952 * SECOND
const MONTH = 2_629_746 * SECOND

const goUnits: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
}
const goNumber = /^(\d+\.?\d*|\.\d+)/
const goUnit = /^(ns|us|µs|μs|ms|s|m|h)/

/**
 * Milliseconds of a duration as kubectl's flags take it: `90s`, `1m30s`, `1.5h`, `500ms`, `0`; a bare number is seconds
 * (kn's way). A leading `-` is allowed, its meaning is the flag's. `undefined` when it is not a duration.
 */
export const parseGoDuration = (text: string): number | undefined => {
  const sign = text.startsWith('-') ? -1 : 1
  let rest = text.replace(/^[-+]/, '')
  if (/^(\d+(\.\d*)?|\.\d+)$/.test(rest)) return sign * Number(rest) * SECOND + 0
  if (rest === '') return undefined
  let total = 0
  while (rest !== '') {
    const number = goNumber.exec(rest)?.[0]
    if (number === undefined) return undefined
    const unit = goUnit.exec(rest.slice(number.length))?.[0]
    if (unit === undefined) return undefined
    total += Number(number) * goUnits[unit]!
    rest = rest.slice(number.length + unit.length)
  }
  return Number.isFinite(total) ? sign * Number(total.toFixed(6)) + 0 : undefined
}

/** Go's spelling without its zero parts: `2m`, `1h30m`, `1.5s`, `500ms`, `0s`. */
export const formatGoDuration = (ms: number): string => {
  if (ms < 0) return `-${formatGoDuration(-ms)}`
  if (ms === 0) return '0s'
  if (ms < SECOND) return `${Number(ms.toFixed(6))}ms`
  const hours = Math.floor(ms / HOUR)
  const minutes = Math.floor((ms % HOUR) / MINUTE)
  const seconds = Number(((ms % MINUTE) / SECOND).toFixed(9))
  return [[hours, 'h'] as const, [minutes, 'm'] as const, [seconds, 's'] as const].reduce(
    (text, [count, unit]) => (count === 0 ? text : `${text}${count}${unit}`),
    '',
  )
}

/** A delivery duration as it will be sent. */
export interface IsoDuration {
  /** ISO 8601, understood alike by the eventing webhook and the Kafka controller. */
  text: string
  ms: number
  /** Why `text` is not what was typed, as a clause. */
  rewritten?: string
}

/** The most that one component may hold: github.com/rickb777/date v1.14.1 keeps tenths in 16 bits. */
export const largestIsoComponent = 3276

/** Nanoseconds in 64 bits, Go's time.Duration. */
const longest = 9_223_372_036_854

const decimal = String.raw`(\d+(?:[.,]\d+)?)`
const isoForm = new RegExp(
  `^P(?:${decimal}Y)?(?:${decimal}M)?(?:${decimal}W)?(?:${decimal}D)?` +
    `(T(?:${decimal}H)?(?:${decimal}M)?(?:${decimal}S)?)?$`,
)
const directForm = /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d)?S)?)?$/

interface Calendar {
  years: number
  months: number
  /** Weeks, days and the time of day, in milliseconds. */
  exactMs: number
  /** Weeks or days were written, so they are kept apart from hours. */
  days: boolean
}

/** `1.25` × unit in whole milliseconds; `undefined` when it is not whole. */
const product = (number: string | undefined, unitMs: number): number | undefined => {
  if (number === undefined) return 0
  const [whole = '0', fraction = ''] = number.replace(',', '.').split('.')
  const digits = fraction.replace(/0+$/, '')
  if (digits.length > 9) return undefined
  const part = (Number(digits || '0') * unitMs) / 10 ** digits.length
  return Number.isInteger(part) ? Number(whole) * unitMs + part : undefined
}

const readIso = (text: string): Calendar | undefined => {
  const match = isoForm.exec(text)
  if (!match) return undefined
  const [, years, months, weeks, days, time, hours, minutes, seconds] = match
  if (time === 'T' || [years, months, weeks, days, hours, minutes, seconds].every((part) => part === undefined))
    return undefined
  const parts = [
    product(weeks, WEEK),
    product(days, DAY),
    product(hours, HOUR),
    product(minutes, MINUTE),
    product(seconds, SECOND),
  ]
  const fullYears = product(years, 1)
  const fullMonths = product(months, 1)
  if (fullYears === undefined || fullMonths === undefined) return undefined
  const exactMs = parts.reduce<number>((sum, part) => sum + (part ?? NaN), 0)
  return {years: fullYears, months: fullMonths, exactMs, days: weeks !== undefined || days !== undefined}
}

const component = (count: number, unit: string): string => (count === 0 ? '' : `${count}${unit}`)

const writeIso = ({years, months, exactMs, days}: Calendar): string => {
  const hoursInAll = Math.floor(exactMs / HOUR)
  const split = days || hoursInAll > largestIsoComponent
  const wholeDays = split ? Math.floor(hoursInAll / 24) : 0
  const hours = hoursInAll - wholeDays * 24
  const minutes = Math.floor((exactMs % HOUR) / MINUTE)
  const seconds = (exactMs % MINUTE) / SECOND
  const carried = months > largestIsoComponent ? Math.floor(months / 12) : 0
  const date = component(years + carried, 'Y') + component(months - carried * 12, 'M') + component(wholeDays, 'D')
  const time = component(hours, 'H') + component(minutes, 'M') + component(Number(seconds.toFixed(1)), 'S')
  return date + time === '' ? 'PT0S' : `P${date}${time && `T${time}`}`
}

/** No component overflows, neither as written nor after the webhook's library has rippled hours up into days. */
const fits = (text: string): boolean => {
  const counts = [...text.matchAll(/(\d+)(?:\.\d)?[YMWDHS]/g)].map(([, count]) => Number(count))
  const weeks = Number(/(\d+)W/.exec(text)?.[1] ?? 0)
  const days = Number(/(\d+)D/.exec(text)?.[1] ?? 0)
  return counts.every((count) => count <= largestIsoComponent) && weeks * 7 + days <= largestIsoComponent
}

const form = 'an ISO 8601 duration such as PT10S, PT1M30S or PT0.5S (10s, 1m30s and 500ms are converted)'

const preciseOnly = (text: string, shown: string, exactMs: number): void => {
  if (Number.isInteger(exactMs / 100)) return
  const below = Math.floor(exactMs / 100) * 100
  const write = (ms: number): string => writeIso({years: 0, months: 0, exactMs: ms, days: false})
  const choice = below === 0 ? `the shortest is ${write(100)}` : `write ${write(below)} or ${write(below + 100)}`
  throw invalid(
    `invalid ${shown} "${text}": Knative keeps one decimal digit of a second and would read it as ` +
      `${Number((below / SECOND).toFixed(1))} s; ${choice}`,
  )
}

/**
 * A delivery duration in the form that the eventing webhook and the Kafka controller both take with the same meaning
 * (knative/eventing pkg/apis/duck/v1/delivery_types.go with rickb777/date v1.13.0, eventing-kafka-broker with v1.14.1).
 * Throws InvalidArgument naming `what` (`--backoff-delay`).
 */
export const isoDuration = (text: string, what = 'duration'): IsoDuration => {
  const shown = what === 'duration' ? 'duration' : `duration for ${what}`
  const refuse = (why: string): never => {
    throw invalid(`invalid ${shown} "${text}": ${why}`)
  }
  if (text === '') refuse(`it is empty; give ${form}`)
  if (text.startsWith('-')) refuse('it is negative')

  const upper = text.replace(/^\+/, '').toUpperCase()
  const zero = upper === 'P0' || text === '0'
  const iso = zero ? {years: 0, months: 0, exactMs: 0, days: false} : readIso(upper)
  const goMs = iso ?? (/^\+?[\d.]+$/.test(text) ? undefined : parseGoDuration(text))
  if (goMs === undefined) {
    if (/^\+?(\d+(\.\d*)?|\.\d+)$/.test(text)) refuse(`it needs a unit; for seconds write PT${text.replace('+', '')}S`)
    if (/^P/.test(upper) && /[.,]\d+[YM](?!.*T.*M)/.test(upper.split('T')[0] ?? ''))
      refuse('years and months must be whole numbers')
    refuse(
      /^P/.test(upper)
        ? `its parts must be numbers in the order Y, M, W, D, then T, H, M, S; give ${form}`
        : `give ${form}`,
    )
  }
  const read: Calendar = iso ?? {years: 0, months: 0, exactMs: Number(goMs), days: false}
  if (Number.isNaN(read.exactMs)) refuse('Knative keeps one decimal digit of a second; write whole tenths')
  preciseOnly(text, shown, read.exactMs)

  const ms = read.years * YEAR + read.months * MONTH + read.exactMs
  if (read.exactMs > largestIsoComponent * DAY)
    refuse(`it is longer than the ${largestIsoComponent} days that Knative can hold`)
  if (ms > longest) refuse('it is longer than the 292 years that Knative can hold')
  if (directForm.test(text) && fits(text)) return {text, ms}

  const written = writeIso(read)
  return {text: written, ms, rewritten: reasonFor(text, upper, iso !== undefined)}
}

const reasonFor = (text: string, upper: string, iso: boolean): string => {
  if (!iso) return 'the API takes ISO 8601 durations'
  if (directForm.test(upper) && !fits(upper))
    return `the Kafka controller refuses a component above ${largestIsoComponent}`
  if (text !== upper)
    return text.startsWith('+') ? 'the sign is left out' : 'ISO 8601 durations are written in upper case'
  return 'the Kafka controller and the eventing webhook agree on this form only'
}
