import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {startProgress} from '../../src/terminal/progress.js'
import type {Streams} from '../../src/terminal/streams.js'
import {streamsTo} from '../support/streams.js'

const fakeStreams = (errIsTerminal: boolean, columns = 80): {streams: Streams; written: string[]} => {
  const written: string[] = []
  return {
    written,
    streams: streamsTo(
      {out: (text) => void written.push(`out ${text}`), err: (text) => void written.push(text)},
      {errIsTerminal, columns},
    ),
  }
}

/** What a terminal shows in its last line: the first column and `[K` clear it. */
const shownBy = (written: readonly string[]): string => written.join('').split('\u001B[G\u001B[K').at(-1) ?? ''

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('in a log is one line for every change, without control characters', () => {
    const {streams, written} = fakeStreams(false)
    const progress = startProgress(streams)
    progress.update('waiting: NoAddress')
    progress.update('waiting: NoAddress')
    vi.advanceTimersByTime(1000)
    progress.update('waiting: NotReady')
    progress.done()
    expect(written).toEqual(['waiting: NoAddress\n', 'waiting: NotReady\n'])
  })

  test('at a terminal is one line that moves, and is gone in the end', () => {
    const {streams, written} = fakeStreams(true)
    const progress = startProgress(streams)
    expect(written).toEqual([])
    progress.update('waiting')
    const first = shownBy(written)
    vi.advanceTimersByTime(100)
    const second = shownBy(written)
    expect([first, second].map((line) => line.slice(2))).toEqual(['waiting', 'waiting'])
    expect(second).not.toBe(first)
    progress.update('nearly')
    expect(shownBy(written).slice(2)).toBe('nearly')
    progress.done()
    expect(shownBy(written)).toBe('')
    expect(written.join('')).not.toContain('\n')
  })

  test('leaves room at the end for the ^C of a terminal, so that the line never wraps', () => {
    const {streams, written} = fakeStreams(true, 20)
    startProgress(streams).update('a text that is longer than the terminal is wide')
    expect(shownBy(written)).toHaveLength(17)
  })

  test('is silent once it is done, and writes nothing when nothing happened', () => {
    const {streams, written} = fakeStreams(true)
    startProgress(streams).done()
    expect(written).toEqual([])
    const progress = startProgress(streams)
    progress.update('waiting')
    progress.done()
    const count = written.length
    vi.advanceTimersByTime(1000)
    progress.done()
    expect(written.slice(count).join('')).toMatch(/^(\u001B\[G\u001B\[K)?$/)
  })
})
