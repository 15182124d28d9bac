import {PassThrough} from 'node:stream'
import {after} from '../process/timer.js'

/** What keys are read from: `process.stdin` at a terminal. */
export interface KeySource {
  on(event: 'data', listener: (chunk: Buffer | string) => void): unknown
  on(event: 'end', listener: () => void): unknown
  off(event: 'data', listener: (chunk: Buffer | string) => void): unknown
  off(event: 'end', listener: () => void): unknown
  pause(): unknown
  resume(): unknown
  setRawMode?(raw: boolean): unknown
}

/** The keys for one question. */
export interface Keys {
  /** A terminal, as readline sees it. */
  input: PassThrough
  /** Aborted when no answer will come any more: Ctrl-D on an empty line, or the terminal is gone. */
  gone: AbortSignal
  close(): void
}

/** A stretch of text, a key that sends an escape sequence, or any other key; bytes as latin1, so that none is lost. */
const KEY = /\u001B(?:\[[0-9;]*[~A-Za-z]|O.)|[\0-\u001F\u007F]|[^\0-\u001F\u007F]+/g
const INTERRUPT = '\u0003'

/** Milliseconds in which all is read that was typed before the question. */
const STALE_MS = 20

const isEnter = (key: string): boolean => key === '\r' || key === '\n'

const drawn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

/**
 * Hands keys to a question one after the other, each when the one before has been dealt with: Inquirer's search looks its
 * choices up after every key, and ignores an Enter that comes meanwhile, as it does when a line is pasted. What is pasted
 * behind the first line is dropped, like all that was typed before the question was there, Ctrl-C aside: that was no
 * answer to it.
 */
export const keysOf = async (source: KeySource): Promise<Keys> => {
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode(raw: boolean) {
      source.setRawMode?.(raw)
      return input
    },
  })
  const gone = new AbortController()
  let asked = false
  let closed = false
  let before: Promise<void> = Promise.resolve()

  const hand = async (chunk: string): Promise<void> => {
    for (const [key] of chunk.matchAll(KEY)) {
      if (closed) return
      input.write(Buffer.from(key, 'latin1'))
      await drawn()
      if (isEnter(key)) return
    }
  }
  const leave = (): void => {
    if (!closed) gone.abort()
  }
  const hear = (chunk: Buffer | string): void => {
    const keys = (typeof chunk === 'string' ? Buffer.from(chunk) : chunk).toString('latin1')
    if (asked) before = before.then(() => hand(keys))
    else if (keys.includes(INTERRUPT)) leave()
  }
  // Readline resumes its input when it is set up, and pauses it when it ends by itself: Ctrl-D.
  input.once('resume', () => setImmediate(() => (asked = true)))
  input.on('pause', leave)
  source.on('data', hear)
  source.on('end', leave)
  // Only a raw terminal hands over what was typed without Enter.
  source.setRawMode?.(true)
  source.resume()
  await new Promise<void>((resolve) => void after(STALE_MS, resolve))
  return {
    input,
    gone: gone.signal,
    close() {
      closed = true
      source.setRawMode?.(false)
      source.off('data', hear)
      source.off('end', leave)
      source.pause()
    },
  }
}
