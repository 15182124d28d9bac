import {type DeliverySpec} from './delivery.js'
import {BrokerClass, isKafkaClass} from '../names.js'
import {readPeriod} from './period.js'
import {printSink, sinkOf} from '../reference.js'

/** When an undeliverable event is tried again, and what becomes of it in the end. */
export interface RetrySchedule {
  retries: number
  /** The pauses before the first retries, in milliseconds; at most `shownPauses` of them. */
  pausesMs: number[]
  /** All pauses together; `undefined` when they cannot be computed. */
  totalMs?: number
  /** As kn prints a sink; left out when undeliverable events are dropped. */
  deadLetterSink?: string
  /** `5 retries after 2 s, 4 s, 8 s, 16 s, 32 s, then to ksvc:dead-letters` */
  text: string
}

/** So many pauses are named before they are abbreviated. */
const shownPauses = 6
const shownBeforeEllipsis = 4

/** `400 ms`, `1.6 s`, `3 min 20 s`, `2 h 5 min`, `4 d`. */
export const humanPause = (ms: number): string => {
  if (ms < 1000) return `${ms} ms`
  const seconds = ms / 1000
  if (seconds < 120) return `${Number(seconds.toFixed(1))} s`
  const parts: ReadonlyArray<readonly [number, string]> =
    seconds < 3600
      ? [
          [60, 'min'],
          [1, 's'],
        ]
      : seconds < 172_800
        ? [
            [3600, 'h'],
            [60, 'min'],
          ]
        : [
            [86_400, 'd'],
            [3600, 'h'],
          ]
  const [[large, largeUnit], [small, smallUnit]] = parts as [readonly [number, string], readonly [number, string]]
  const smalls = Math.round(seconds / small)
  const perLarge = large / small
  const [major, minor] = [Math.floor(smalls / perLarge), smalls % perLarge]
  return `${major.toLocaleString('en-US', {useGrouping: false})} ${largeUnit}${minor === 0 ? '' : ` ${minor} ${smallUnit}`}`
}

/** Defaults of the data planes where only some settings are given. */
const pauseRule = (
  delivery: DeliverySpec,
  className: string | undefined,
): {delayMs: number; exponential: boolean} | undefined => {
  const period = delivery.backoffDelay === undefined ? undefined : readPeriod(delivery.backoffDelay)
  const delay = period === undefined || 'fault' in period ? undefined : Math.abs(period.ms)
  if (!isKafkaClass(className)) {
    if (delay === undefined || delivery.backoffPolicy === undefined) return undefined
    return {delayMs: delay, exponential: delivery.backoffPolicy === 'exponential'}
  }
  const unset = className === BrokerClass.KafkaNamespaced ? 1000 : 200
  return {delayMs: delay ?? unset, exponential: delivery.backoffPolicy !== 'linear'}
}

const pause = (rule: {delayMs: number; exponential: boolean}, retry: number): number =>
  rule.exponential ? rule.delayMs * 2 ** retry : rule.delayMs * retry

const total = ({delayMs, exponential}: {delayMs: number; exponential: boolean}, retries: number): number =>
  exponential ? delayMs * (2 ** (retries + 1) - 2) : (delayMs * retries * (retries + 1)) / 2

/**
 * The retry schedule in numbers and words: pause before retry n is `delay × n` (linear) or `delay × 2^n` (exponential),
 * OpenShift Serverless, "Configurable event delivery parameters". Class Kafka pauses 200 ms × 2^n when delay or policy are unset (KafkaNamespaced 1000 ms); the
 * channel-based class retries at once unless both are set.
 */
export const retrySchedule = (
  delivery: DeliverySpec | undefined,
  className: string | undefined,
  namespace: string,
): RetrySchedule => {
  const retries = delivery?.retry ?? 0
  const sink = sinkOf(delivery?.deadLetterSink, namespace)
  const target = sink === undefined ? undefined : printSink(sink, namespace)
  const rule = delivery === undefined || retries === 0 ? undefined : pauseRule(delivery, className)
  const pausesMs =
    rule === undefined ? [] : Array.from({length: Math.min(retries, shownPauses)}, (_, i) => pause(rule, i + 1))
  const totalMs = rule === undefined ? (retries === 0 ? 0 : undefined) : total(rule, retries)
  return {
    retries,
    pausesMs,
    ...(totalMs === undefined || !Number.isFinite(totalMs) ? {} : {totalMs}),
    ...(target === undefined ? {} : {deadLetterSink: target}),
    text: `${retryText(retries, rule, pausesMs)}${endText(retries, target)}`,
  }
}

const retryText = (
  retries: number,
  rule: {delayMs: number; exponential: boolean} | undefined,
  pausesMs: readonly number[],
): string => {
  if (retries === 0) return 'no retries'
  const count = retries === 1 ? '1 retry' : `${retries} retries`
  if (rule === undefined || rule.delayMs === 0) return `${count} at once, without a pause`
  if (retries <= shownPauses) return `${count} after ${pausesMs.map(humanPause).join(', ')}`
  const first = pausesMs.slice(0, shownBeforeEllipsis).map(humanPause).join(', ')
  const last = pause(rule, retries)
  const all = total(rule, retries)
  const years = 365 * 86_400_000
  if (last > years) return `${count} after ${first}, … more than a year`
  return `${count} after ${first}, … ${humanPause(last)} (${humanPause(all)} in all)`
}

const endText = (retries: number, target: string | undefined): string => {
  if (target === undefined) return '; events that cannot be delivered are dropped'
  return retries === 0 ? `; events that cannot be delivered go to ${target}` : `, then to ${target}`
}
