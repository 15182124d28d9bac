import {writeSync} from 'node:fs'
import {isRecord, textAt} from '../domain/core/read.js'
import type {OutputStream, Stdio} from './stdio.js'

/** `process.stdout` and its like: to evaluate what they are made of takes Bun ten milliseconds. */
const streamOf = (descriptor: 0 | 1 | 2): {isTTY?: boolean; columns?: number; rows?: number} =>
  descriptor === 0 ? process.stdin : descriptor === 1 ? process.stdout : process.stderr

/** The call behind `node:tty`'s isatty, without the rest of that module. */
const isTerminal = (descriptor: 0 | 1 | 2): boolean => {
  const binding: unknown = Reflect.get(process, 'binding')
  const found: unknown = typeof binding === 'function' ? Reflect.apply(binding, process, ['tty_wrap']) : undefined
  const ask = isRecord(found) ? found['isTTY'] : undefined
  const answer: unknown = typeof ask === 'function' ? Reflect.apply(ask, found, [descriptor]) : undefined
  return typeof answer === 'boolean' ? answer : streamOf(descriptor).isTTY === true
}

/** Milliseconds between two attempts to write to a pipe that is full and does not block. */
const FULL = 2
const pause = new Int32Array(new SharedArrayBuffer(4))

const writeAll = (descriptor: 1 | 2, text: string): void => {
  for (let rest = Buffer.from(text); rest.length > 0;) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      if (textAt(error, 'code') !== 'EAGAIN') throw error
      Atomics.wait(pause, 0, 0, FULL)
    }
  }
}

/** Writes at once, as Node does with files, pipes and terminals; nothing is ever under way. */
const open = (descriptor: 1 | 2, onGone: (failure?: Error) => void): OutputStream => {
  let gone = false
  return {
    get isTTY() {
      return isTerminal(descriptor)
    },
    get columns() {
      return (isTerminal(descriptor) ? streamOf(descriptor).columns : undefined) ?? 80
    },
    get rows() {
      return (isTerminal(descriptor) ? streamOf(descriptor).rows : undefined) ?? 24
    },
    write(text) {
      if (gone) return false
      try {
        writeAll(descriptor, text)
      } catch (error) {
        gone = true
        // A reader that has gone away (`| head -1`) is no failure.
        if (textAt(error, 'code') === 'EPIPE') onGone()
        else onGone(error instanceof Error ? error : new Error(String(error)))
      }
      return !gone
    },
    written: () => Promise.resolve(),
  }
}

/** The streams of a process on Bun, without Node's stream classes. Not for Windows, whose consoles take no bytes. */
export const bunStdio: Stdio = {isTerminal, open}
