import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {formatGoDuration, isoDuration, parseGoDuration} from '../../../src/domain/core/duration.js'

/** Says what a call ends with: its value, or its message. */
const outcome = <T>(run: () => T): T | string => {
  try {
    return run()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('durations of flags', () => {
  test.each<[string, number | undefined]>([
    ['90s', 90_000],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['500ms', 500],
    ['.5s', 500],
    ['100us', 0.1],
    ['100µs', 0.1],
    ['0', 0],
    ['30', 30_000],
    ['1.5', 1500],
    ['-1s', -1000],
    ['+2m', 120_000],
    ['', undefined],
    ['-', undefined],
    ['5x', undefined],
    ['1m 30s', undefined],
    ['s', undefined],
    ['PT1S', undefined],
    ['1d', undefined],
  ])('"%s" is %s ms', (text, ms) => {
    expect(parseGoDuration(text)).toBe(ms)
  })

  test.each([
    [0, '0s'],
    [500, '500ms'],
    [1500, '1.5s'],
    [90_000, '1m30s'],
    [120_000, '2m'],
    [3_600_000, '1h'],
    [5_400_000, '1h30m'],
    [-1000, '-1s'],
  ])('%d ms is written %s', (ms, text) => {
    expect(formatGoDuration(ms)).toBe(text)
  })

  test('what is written is read back as the same time', () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 1e10}), (ms) => {
        expect(parseGoDuration(formatGoDuration(ms))).toBe(ms)
      }),
    )
  })
})

describe('durations of delivery settings', () => {
  test.each([
    ['PT1S', 1000],
    ['PT0.5S', 500],
    ['PT1M30S', 90_000],
    ['P1D', 86_400_000],
    ['P1W', 604_800_000],
    ['P1M', 2_629_746_000],
    ['P1Y', 31_556_952_000],
    ['PT3276H', 11_793_600_000],
    ['PT0S', 0],
  ])('%s is sent as it is', (text, ms) => {
    expect(isoDuration(text)).toEqual({text, ms})
  })

  test.each([
    ['1s', 'PT1S', 'the API takes ISO 8601 durations'],
    ['500ms', 'PT0.5S', 'the API takes ISO 8601 durations'],
    ['1m30s', 'PT1M30S', 'the API takes ISO 8601 durations'],
    ['1h0m0s', 'PT1H', 'the API takes ISO 8601 durations'],
    ['PT3600S', 'PT1H', 'the Kafka controller refuses a component above 3276'],
    ['PT5000S', 'PT1H23M20S', 'the Kafka controller refuses a component above 3276'],
    ['PT4000H', 'P166DT16H', 'the Kafka controller refuses a component above 3276'],
    ['P460W', 'P3220D', undefined],
    ['P3277M', 'P273Y1M', 'the Kafka controller refuses a component above 3276'],
    ['pt1s', 'PT1S', 'ISO 8601 durations are written in upper case'],
    ['+PT1S', 'PT1S', 'the sign is left out'],
    ['PT1,5S', 'PT1.5S', 'the Kafka controller and the eventing webhook agree on this form only'],
    ['PT1.5M', 'PT1M30S', 'the Kafka controller and the eventing webhook agree on this form only'],
    ['P0.5D', 'PT12H', undefined],
    ['PT0.20S', 'PT0.2S', 'the Kafka controller and the eventing webhook agree on this form only'],
    ['P0', 'PT0S', 'the Kafka controller and the eventing webhook agree on this form only'],
    ['0', 'PT0S', 'the Kafka controller and the eventing webhook agree on this form only'],
  ])('%s is sent as %s', (typed, text, rewritten) => {
    const read = isoDuration(typed)
    if (rewritten === undefined) expect(read.ms).toBe(isoDuration(read.text).ms)
    else expect(read).toEqual({text, ms: isoDuration(text).ms, rewritten})
  })

  test.each([
    [
      'PT0.25S',
      'invalid duration for --timeout "PT0.25S": Knative keeps one decimal digit of a second and would read it as 0.2 s; write PT0.2S or PT0.3S',
    ],
    [
      'PT0.05S',
      'invalid duration for --timeout "PT0.05S": Knative keeps one decimal digit of a second and would read it as 0 s; the shortest is PT0.1S',
    ],
    [
      '1250ms',
      'invalid duration for --timeout "1250ms": Knative keeps one decimal digit of a second and would read it as 1.2 s; write PT1.2S or PT1.3S',
    ],
    ['-PT1S', 'invalid duration for --timeout "-PT1S": it is negative'],
    ['-1s', 'invalid duration for --timeout "-1s": it is negative'],
    ['10', 'invalid duration for --timeout "10": it needs a unit; for seconds write PT10S'],
    [
      '',
      'invalid duration for --timeout "": it is empty; give an ISO 8601 duration such as PT10S, PT1M30S or PT0.5S (10s, 1m30s and 500ms are converted)',
    ],
    [
      'soon',
      'invalid duration for --timeout "soon": give an ISO 8601 duration such as PT10S, PT1M30S or PT0.5S (10s, 1m30s and 500ms are converted)',
    ],
    [
      'PT1S1M',
      'invalid duration for --timeout "PT1S1M": its parts must be numbers in the order Y, M, W, D, then T, H, M, S; give an ISO 8601 duration such as PT10S, PT1M30S or PT0.5S (10s, 1m30s and 500ms are converted)',
    ],
    [
      'P',
      'invalid duration for --timeout "P": its parts must be numbers in the order Y, M, W, D, then T, H, M, S; give an ISO 8601 duration such as PT10S, PT1M30S or PT0.5S (10s, 1m30s and 500ms are converted)',
    ],
    ['P0.5Y', 'invalid duration for --timeout "P0.5Y": years and months must be whole numbers'],
    ['P4000D', 'invalid duration for --timeout "P4000D": it is longer than the 3276 days that Knative can hold'],
    ['P300Y', 'invalid duration for --timeout "P300Y": it is longer than the 292 years that Knative can hold'],
  ])('%s is refused with the reason', (text, message) => {
    expect(outcome(() => isoDuration(text, '--timeout'))).toBe(message)
  })

  /** The webhook's reader: fixed order, upper case, tenths, carried into larger units until they fit 16 bits. */
  const webhookReads = (text: string): number | undefined => {
    const match =
      /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d)\d*)?S)?)?$/.exec(text)
    if (!match || text === 'P' || text.endsWith('T')) return undefined
    const [years, months, weeks, days, hours, minutes, seconds, tenth] = match
      .slice(1)
      .map((part) => Number(part ?? 0) * 10)
    let [h, d] = [hours!, weeks! * 7 + days!]
    const allSeconds = seconds! + (tenth ?? 0) / 10
    const m = minutes! + Math.floor(allSeconds / 600) * 10
    h += Math.floor(m / 600) * 10
    if (h > 32_204) {
      d += Math.floor(h / 240) * 10
      h %= 240
    }
    if (d > 32_760) return undefined
    const y = years! + Math.floor(months! / 120) * 10
    if (y > 32_767) return undefined
    return (
      y * 3_155_695_200 +
      (months! % 120) * 262_974_600 +
      d * 8_640_000 +
      h * 360_000 +
      (m % 600) * 6000 +
      (allSeconds % 600) * 100
    )
  }

  /** The Kafka controller's reader: any order, fraction in the last component only, no component above 3276.7. */
  const kafkaReads = (text: string): number | undefined => {
    const units: Record<string, number> = {
      Y: 31_556_952e3,
      M: 2_629_746e3,
      W: 604_800e3,
      D: 86_400e3,
      TH: 3_600e3,
      TM: 60e3,
      TS: 1e3,
    }
    let [rest, time, sum, fractionSeen, days] = [text.slice(1), '', 0, false, 0]
    if (!text.startsWith('P') || rest === '') return undefined
    while (rest !== '') {
      if (rest.startsWith('T')) {
        time = 'T'
        rest = rest.slice(1)
        continue
      }
      const match = /^(\d+)(?:\.(\d)\d*)?([YMWDHS])/.exec(rest)
      const unit = match && units[(['Y', 'W', 'D'].includes(match[3]!) ? '' : time) + match[3]]
      if (!match || typeof unit !== 'number' || fractionSeen) return undefined
      const tenths = Number(match[1]) * 10 + Number(match[2] ?? 0)
      if (tenths > 32_767) return undefined
      if (match[3] === 'W') days += tenths * 7
      if (match[3] === 'D') days += tenths
      if (days > 32_767) return undefined
      fractionSeen = match[2] !== undefined && match[2] !== '0'
      sum += (tenths * unit) / 10
      rest = rest.slice(match[0].length)
    }
    return sum
  }

  const component = (unit: string, most: number) =>
    fc.option(fc.integer({min: 0, max: most})).map((count) => (count === null ? '' : `${count}${unit}`))

  test('whatever is accepted means the same to the webhook and to the Kafka controller', () => {
    const iso = fc
      .tuple(
        component('Y', 40),
        component('M', 4000),
        component('W', 200),
        component('D', 2000),
        component('H', 5000),
        component('M', 200_000),
        fc.option(fc.tuple(fc.integer({min: 0, max: 9_000_000}), fc.integer({min: 0, max: 99}))),
      )
      .map(([y, m, w, d, h, min, s]) => {
        const seconds = s === null ? '' : s[1] === 0 ? `${s[0]}S` : `${s[0]}.${String(s[1]).padStart(2, '0')}S`
        const time = h + min + seconds
        return `P${y}${m}${w}${d}${time && `T${time}`}`
      })
    const go = fc.integer({min: 0, max: 1e9}).map((tenths) => `${tenths}00ms`)
    let accepted = 0
    fc.assert(
      fc.property(fc.oneof(iso, go), (typed) => {
        const read = outcome(() => isoDuration(typed))
        if (typeof read === 'string') return
        accepted += 1
        expect(webhookReads(read.text)).toBe(read.ms)
        expect(kafkaReads(read.text)).toBe(read.ms)
        expect(isoDuration(read.text)).toEqual({text: read.text, ms: read.ms})
      }),
      {numRuns: 500},
    )
    expect(accepted).toBeGreaterThan(100)
  })
})
