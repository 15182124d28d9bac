import {setMaxListeners} from 'node:events'
import {isatty} from 'node:tty'
import type {OutputStream, Stdio} from './stdio.js'

/**
 * A stream of this process, opened with the first write: opening takes a millisecond or two, and most runs write to one
 * of the two only.
 */
const open = (descriptor: 1 | 2, onGone: (failure?: Error) => void): OutputStream => {
  let stream: NodeJS.WriteStream | undefined
  const opened = (): NodeJS.WriteStream => {
    if (stream !== undefined) return stream
    stream = descriptor === 1 ? process.stdout : process.stderr
    // oclif listens as well, and throws: a full disk would end the program with a stack trace.
    stream.removeAllListeners('error')
    // A reader that has gone away (`| head -1`) is no failure.
    stream.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? onGone() : onGone(error)))
    return stream
  }
  return {
    get isTTY() {
      return isatty(descriptor)
    },
    get columns() {
      return isatty(descriptor) ? opened().columns : 80
    },
    get rows() {
      return isatty(descriptor) ? opened().rows : 24
    },
    write: (text) => opened().write(text),
    written: () =>
      new Promise((resolve) => {
        if (stream === undefined) resolve()
        // The stream tells of a failure a moment after it has called back.
        else stream.write('', () => void setImmediate(resolve))
      }),
  }
}

/** The streams of the process on any runtime that is like Node. */
export const nodeStdio: Stdio = {
  isTerminal: isatty,
  open,
  allowManyListeners: (signal) => setMaxListeners(0, signal),
}
