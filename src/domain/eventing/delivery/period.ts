/**
 * ISO 8601 durations as the eventing webhook and the channel-based data plane read them: github.com/rickb777/date v1.13.0
 * (upper case, fixed order, tenths kept and the rest cut, signs allowed). Used to judge what is already stored.
 */
export type Period = {ms: number; negative: boolean; zero: boolean} | {fault: string}

const msOf: Readonly<Record<string, number>> = {
  Y: 31_556_952_000,
  M: 2_629_746_000,
  W: 604_800_000,
  D: 86_400_000,
  TH: 3_600_000,
  TM: 60_000,
  TS: 1000,
}

/** Tenths: the first decimal digit is kept, the others are cut. */
const tenths = (number: string): number | undefined => {
  const point = number.includes('.') ? number.indexOf('.') : number.indexOf(',')
  const digits = point < 0 ? `${number}0` : number.slice(0, point) + (number[point + 1] ?? '0')
  return /^[+-]?\d+$/.test(digits) ? Number(digits) : undefined
}

export const readPeriod = (text: string): Period => {
  if (text === 'P0') return {ms: 0, negative: false, zero: true}
  const body = text.replace(/^[+-]/, '')
  if (body === '')
    return {fault: text === '' ? 'cannot parse a blank string as a period' : 'the webhook crashes on a lone sign'}
  if (!body.startsWith('P')) return {fault: `expected 'P' period mark at the start: ${text}`}
  const [date = '', ...times] = body.slice(1).split('T')
  const time = times.join('T')

  let found = 0
  let total = 0
  let fault: string | undefined
  const take = (rest: string, marks: string, prefix: string): string => {
    for (const mark of marks) {
      const here = rest.indexOf(mark)
      if (here <= 0) continue
      const count = tenths(rest.slice(0, here))
      if (count === undefined) {
        fault ??= `expected a number before the '${mark}' marker: ${text}`
        return ''
      }
      total += (count * msOf[prefix + mark]!) / 10
      found += 1
      rest = rest.slice(here + 1)
    }
    if (rest !== '') fault ??= `unexpected remaining components ${rest}: ${text}`
    return rest
  }
  take(time, 'HMS', 'T')
  take(date, 'YMWD', '')
  if (fault !== undefined) return {fault}
  if (found === 0) return {fault: `expected 'Y', 'M', 'W', 'D', 'H', 'M', or 'S' marker: ${text}`}
  const ms = text.startsWith('-') ? -total : total
  return {ms: ms + 0, negative: ms < 0, zero: ms === 0}
}

/** The component that the Kafka controller (v1.14.1 of the library, nothing carried over) has no room for. */
export const kafkaOverflow = (text: string): string | undefined => {
  const parts = {
    years: /(\d+)Y/,
    hours: /T.*?(\d+)H/,
    minutes: /T.*?(\d+)(?:[.,]\d*)?M/,
    seconds: /T.*?(\d+)(?:[.,]\d*)?S/,
  }
  const [date = ''] = text.split('T')
  const days = Number(/(\d+)W/.exec(date)?.[1] ?? 0) * 7 + Number(/(\d+)D/.exec(date)?.[1] ?? 0)
  if (days > 3276) return 'days'
  if (Number(/(\d+)M/.exec(date)?.[1] ?? 0) > 3276) return 'months'
  return Object.entries(parts).find(([, pattern]) => Number(pattern.exec(text)?.[1] ?? 0) > 3276)?.[0]
}
