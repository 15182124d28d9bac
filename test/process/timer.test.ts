import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {after, every} from '../../src/process/timer.js'

const DAY = 24 * 3600 * 1000

describe('a timer goes off when its time is over, however long that is', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** Milliseconds after which it went off. */
  const goesOffAfter = (ms: number, within: number): number | undefined => {
    const start = Date.now()
    let at: number | undefined
    const timer = after(ms, () => (at = Date.now() - start))
    vi.advanceTimersByTime(within)
    timer.cancel()
    return at
  }

  test.each([
    [0, 0],
    [-5, 0],
    [NaN, 0],
    [1, 1],
    [2 ** 31 - 1, 2 ** 31 - 1],
    [2 ** 31, 2 ** 31],
    [100 * DAY, 100 * DAY],
    [3 * 2 ** 31 + 7, 3 * 2 ** 31 + 7],
  ])('%d ms', (ms, expected) => {
    expect(goesOffAfter(ms, 200 * DAY)).toBe(expected)
  })

  test('Infinity is never, and costs no warning', () => {
    const warned = vi.spyOn(process, 'emitWarning')
    expect(goesOffAfter(Infinity, 1000 * DAY)).toBeUndefined()
    expect(warned).not.toHaveBeenCalled()
    warned.mockRestore()
  })

  test('one that is cancelled in its second stretch does not go off', () => {
    const act = vi.fn()
    const timer = after(60 * DAY, act)
    vi.advanceTimersByTime(50 * DAY)
    timer.cancel()
    vi.advanceTimersByTime(50 * DAY)
    expect(act).not.toHaveBeenCalled()
  })

  test('one that is restarted counts the whole time anew', () => {
    const act = vi.fn()
    const timer = after(60 * DAY, act)
    vi.advanceTimersByTime(50 * DAY)
    timer.restart()
    vi.advanceTimersByTime(59 * DAY)
    expect(act).not.toHaveBeenCalled()
    vi.advanceTimersByTime(DAY)
    expect(act).toHaveBeenCalledOnce()
  })

  test('what is done again and again can be cancelled while it is done', () => {
    let count = 0
    const timer = every(10, () => {
      if (++count === 3) timer.cancel()
    })
    vi.advanceTimersByTime(1000)
    expect(count).toBe(3)
  })
})
