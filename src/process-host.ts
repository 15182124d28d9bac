import {readFile} from 'node:fs'
import {promisify} from 'node:util'
import type {Manifest} from './cli/help.js'
import {ExitCode, invalid} from './domain/errors.js'
import type {Host} from './host.js'

/** The host that a real process is. */
export const processHost = (invokedAs: string, version: string): Host => ({
  argv: process.argv.slice(2),
  invokedAs,
  version,
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
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
  onReaderGone(handler) {
    for (const stream of [process.stdout, process.stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EPIPE') handler()
      })
    }
  },
  async readFile(path) {
    if (path === '-') return readStdin()
    try {
      return await promisify(readFile)(path, 'utf8')
    } catch (error) {
      throw invalid(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`)
    }
  },
  runProgram: async (command, env) => (await import('./terminal/run-program.js')).runProgram(command, env),
  async loadManifest() {
    const {default: manifest} = await import('../oclif.manifest.json', {with: {type: 'json'}})
    return manifest as unknown as Manifest
  },
})

const readStdin = async (): Promise<string> => {
  if (process.stdin.isTTY) process.stderr.write('reading from the terminal, end with Ctrl-D\n')
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
