import {promises} from 'node:fs'
import {decodedText} from '../domain/core/decoded-text.js'
import {ExitCode, invalid} from '../domain/core/errors.js'
import type {Host} from './host.js'
import type {Stdio} from './stdio.js'

/**
 * The host that a real process is; `outlets` are its streams as the runtime has them, and `readIndex` reads
 * oclif.manifest.json where this form of the program keeps it.
 */
export const processHost = (
  invokedAs: string,
  version: string,
  outlets: Stdio,
  readIndex: () => Promise<unknown>,
): Host => {
  const goneHandlers: Array<(failure?: Error) => void> = []
  const stdout = outlets.open(1, (failure) => goneHandlers.forEach((handler) => handler(failure)))
  return {
    argv: process.argv.slice(2),
    invokedAs,
    version,
    env: process.env,
    stdin: {
      get isTTY() {
        return outlets.isTerminal(0)
      },
    },
    stdout,
    written: () => stdout.written(),
    // Nobody listening to messages is no reason to stop half-way.
    stderr: outlets.open(2, () => {}),
    ...(outlets.allowManyListeners === undefined ? {} : {allowManyListeners: outlets.allowManyListeners}),
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
    onStranded(handler) {
      const idle = (): void => handler()
      const thrown = (failure: unknown): void => handler(failure ?? new Error('nothing was thrown'))
      process.on('beforeExit', idle)
      process.on('uncaughtException', thrown)
      process.on('unhandledRejection', thrown)
      return () => {
        process.off('beforeExit', idle)
        process.off('uncaughtException', thrown)
        process.off('unhandledRejection', thrown)
      }
    },
    onReaderGone: (handler) => void goneHandlers.push(handler),
    async readFile(path) {
      if (path === '-') return readStdin()
      try {
        return decodedText(await promises.readFile(path))
      } catch (error) {
        throw invalid(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`)
      }
    },
    writeFile: async (path, text, mode) => (await import('../terminal/write-file.js')).writeText(path, text, mode),
    listFolder: async (path) => (await import('../terminal/list-folder.js')).listFolder(path),
    runProgram: async (command, env) => (await import('../terminal/run-program.js')).runProgram(command, env),
    outputOf: async (command, env) => (await import('../terminal/run-program.js')).outputOf(command, env),
    loadIndex: async () => (await import('../cli/command-index.js')).unfoldIndex(await readIndex(), version),
  }
}

const readStdin = async (): Promise<string> => {
  if (process.stdin.isTTY) process.stderr.write('reading from the terminal, end with Ctrl-D\n')
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return decodedText(Buffer.concat(chunks))
}
