import {readFile} from 'node:fs'
import {isatty} from 'node:tty'
import {promisify} from 'node:util'
import type {Manifest} from './cli/help.js'
import {ExitCode, invalid} from './domain/errors.js'
import type {Host} from './host.js'

/**
 * A stream of this process, opened with the first write: opening takes a millisecond or two, and most runs write to one
 * of the two only.
 */
const output = (open: () => NodeJS.WriteStream, descriptor: number, onGone: (failure?: Error) => void) => {
  let stream: NodeJS.WriteStream | undefined
  const opened = (): NodeJS.WriteStream => {
    if (stream !== undefined) return stream
    stream = open()
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
    write: (text: string): boolean => opened().write(text),
    written: (): Promise<void> =>
      new Promise((resolve) => {
        if (stream === undefined) resolve()
        // The stream tells of a failure a moment after it has called back.
        else stream.write('', () => void setImmediate(resolve))
      }),
  }
}

/** The host that a real process is. */
export const processHost = (invokedAs: string, version: string): Host => {
  const goneHandlers: Array<(failure?: Error) => void> = []
  const stdout = output(
    () => process.stdout,
    1,
    (failure) => onGone(failure),
  )
  const onGone = (failure?: Error): void => goneHandlers.forEach((handler) => handler(failure))
  return {
    argv: process.argv.slice(2),
    invokedAs,
    version,
    env: process.env,
    stdin: {
      get isTTY() {
        return isatty(0)
      },
    },
    stdout,
    written: () => stdout.written(),
    // Nobody listening to messages is no reason to stop half-way.
    stderr: output(
      () => process.stderr,
      2,
      () => {},
    ),
    now: () => new Date(),
    onSignal(handler) {
      let count = 0
      const on = (signal: 'SIGINT' | 'SIGTERM') => () => {
        // The second Ctrl-C does not wait for anything.
        if (++count > 1) process.exit(signal === 'SIGINT' ? ExitCode.Interrupted : ExitCode.Terminated)
        handler(signal)
      }
      const [interrupt, terminate] = [on('SIGINT'), on('SIGTERM')]
      process.on('SIGINT', interrupt)
      process.on('SIGTERM', terminate)
      return () => {
        process.off('SIGINT', interrupt)
        process.off('SIGTERM', terminate)
      }
    },
    onReaderGone: (handler) => void goneHandlers.push(handler),
    async readFile(path) {
      if (path === '-') return readStdin()
      try {
        return await promisify(readFile)(path, 'utf8')
      } catch (error) {
        throw invalid(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`)
      }
    },
    writeFile: async (path, text, mode) => (await import('./terminal/write-file.js')).writeText(path, text, mode),
    listFolder: async (path) => (await import('./terminal/list-folder.js')).listFolder(path),
    runProgram: async (command, env) => (await import('./terminal/run-program.js')).runProgram(command, env),
    async loadManifest() {
      const {default: manifest} = await import('../oclif.manifest.json', {with: {type: 'json'}})
      return manifest as unknown as Manifest
    },
    loadCommands: async () => (await import('./completion-commands.js')).commands,
  }
}

const readStdin = async (): Promise<string> => {
  if (process.stdin.isTTY) process.stderr.write('reading from the terminal, end with Ctrl-D\n')
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
