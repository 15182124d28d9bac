import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {startProgress} from '../../src/terminal/progress.js'
import {streamsTo} from '../support/streams.js'

const opened = (errIsTerminal: boolean) => {
  const written: string[] = []
  const progress = startProgress(streamsTo({err: (text) => void written.push(text)}, {errIsTerminal}))
  return {progress, text: () => written.join('')}
}

describe('a line that stays', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('stands above the one that moves, which goes on', () => {
    const {progress, text} = opened(true)
    progress.update('waiting')
    const before = text()
    progress.say('✔ done')
    const after = text().slice(before.length)
    expect(after).toMatch(/^\u001B\[G\u001B\[K✔ done\n\u001B\[G\u001B\[K\S waiting$/)
    vi.advanceTimersByTime(100)
    expect(text().length).toBeGreaterThan(before.length + after.length)
    progress.done()
  })

  test('is a line of its own where nothing moves, and in a log', () => {
    for (const terminal of [true, false]) {
      const {progress, text} = opened(terminal)
      progress.say('✔ done')
      expect(text()).toBe('✔ done\n')
      progress.done()
    }
  })

  test('after one wait is over, the next one moves as well', () => {
    const {progress, text} = opened(true)
    progress.update('first')
    progress.done()
    progress.update('second')
    const before = text()
    vi.advanceTimersByTime(300)
    expect(text().slice(before.length).split('second')).toHaveLength(4)
    progress.done()
  })
})
