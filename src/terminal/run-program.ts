import {spawn} from 'node:child_process'
import {constants} from 'node:os'

/** A program that could not be started at all. */
export class ProgramNotRun extends Error {
  override readonly name = 'ProgramNotRun'
}

/**
 * Runs another program with our streams; answers its exit code, the shell's way: 128 + signal number when it was
 * killed. A termination of ours is handed on; Ctrl-C reaches it by itself.
 */
export const runProgram = async (
  command: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> => (await ran(command, env, 'inherit')).code

/** The same, but what it writes to stdout is the answer. */
export const outputOf = (
  command: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<{code: number; out: string}> => ran(command, env, 'pipe')

const ran = (
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  stdout: 'inherit' | 'pipe',
): Promise<{code: number; out: string}> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {stdio: ['inherit', stdout, 'inherit'], env})
    const chunks: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
    const terminate = (): void => void child.kill('SIGTERM')
    process.on('SIGTERM', terminate)
    child.once('error', (error: NodeJS.ErrnoException) => {
      process.off('SIGTERM', terminate)
      reject(
        new ProgramNotRun(
          `cannot run ${program}: ${error.code === 'ENOENT' ? 'no such program on PATH' : error.message}`,
        ),
      )
    })
    child.once('close', (code, signal) => {
      process.off('SIGTERM', terminate)
      resolve({
        code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]),
        out: Buffer.concat(chunks).toString('utf8'),
      })
    })
  })
