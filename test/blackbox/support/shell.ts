import {type ChildProcess, spawn} from 'node:child_process'
import {existsSync} from 'node:fs'
import {mkdir, mkdtemp, rm, symlink} from 'node:fs/promises'
import {constants, tmpdir} from 'node:os'
import {delimiter, join, resolve} from 'node:path'

/** What a command line left behind. */
export interface Ran {
  out: string
  err: string
  /** The shell's `$?`: 128 + signal number for what a signal ended. */
  code: number
}

export interface ShellOptions {
  env?: Readonly<Record<string, string>>
  /** stdin; left out, an empty one. */
  input?: string
  /** `open` keeps stdin open, so that it can be written to. */
  stdin?: 'open'
  cwd?: string
  /** Milliseconds after which the command counts as hanging. Default 25 000. */
  timeout?: number
}

/** A command line that is still running. */
export interface Running {
  /** Resolves as soon as stdout and stderr together match; rejects when the command ends without. */
  until(text: RegExp): Promise<void>
  /** Types into stdin. */
  type(text: string): void
  /** Sends a signal to everything the line started, as a terminal does on Ctrl-C. */
  signal(name: 'SIGINT' | 'SIGTERM'): void
  /** stdout so far. */
  seen(): string
  ended: Promise<Ran>
}

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)))

export const hasKubectl = onPath('kubectl')
/** util-linux's `script`, which gives a command a terminal of its own. */
export const hasScript = onPath('script')

/** The executable that $SFL_TEST_PROGRAM names (it goes by what it is called), or else the bundle on Node. */
const programFor = (name: string): string =>
  resolve(process.env['SFL_TEST_PROGRAM'] || join(import.meta.dirname, '../../../bin', name))

/** A shell on whose PATH the built program is, with a home folder of its own. */
export interface Shell {
  folder: string
  start(line: string, options?: ShellOptions): Running
  run(line: string, options?: ShellOptions): Promise<Ran>
  close(): Promise<void>
}

export const openShell = async (): Promise<Shell> => {
  const folder = await mkdtemp(join(tmpdir(), 'sfl-blackbox-'))
  const bin = join(folder, 'bin')
  await Promise.all([mkdir(bin), mkdir(join(folder, 'home'))])
  for (const name of ['kubectl-sfl', 'kn-sfl']) await symlink(programFor(name), join(bin, name))
  const env = {
    PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: join(folder, 'home'),
    TMPDIR: folder,
    LANG: 'C.UTF-8',
    TERM: 'xterm',
  }
  const start = (line: string, options: ShellOptions = {}): Running =>
    startLine(line, {...options, env: {...env, ...options.env}})
  return {
    folder,
    start,
    run: (line, options) => start(line, options).ended,
    close: () => rm(folder, {recursive: true, force: true}),
  }
}

const startLine = (line: string, {env, input, stdin, cwd, timeout = 25_000}: ShellOptions): Running => {
  // A group of its own, so that a signal can reach all that the line starts and nothing else.
  const child = spawn('sh', ['-c', line], {env, cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe']})
  const text = {out: '', err: ''}
  const listeners = new Set<() => void>()
  const hear = (name: 'out' | 'err') => (chunk: string) => {
    text[name] += chunk
    for (const listener of listeners) listener()
  }
  child.stdout.setEncoding('utf8').on('data', hear('out'))
  child.stderr.setEncoding('utf8').on('data', hear('err'))
  // A command that does not read its stdin may be gone before it is written.
  child.stdin.on('error', () => {})
  if (stdin !== 'open') child.stdin.end(input ?? '')
  const signal = (name: NodeJS.Signals): void => signalGroup(child, name)

  const ended = new Promise<Ran>((resolved, reject) => {
    const timer = setTimeout(() => {
      signal('SIGKILL')
      reject(new Error(`still running after ${timeout} ms: ${line}\n${text.out}${text.err}`))
    }, timeout)
    child.once('error', reject)
    child.once('close', (code, killedBy) => {
      clearTimeout(timer)
      resolved({...text, code: code ?? 128 + (killedBy === null ? 0 : constants.signals[killedBy])})
    })
  })
  ended.catch(() => {})
  return {
    ended,
    signal,
    seen: () => text.out,
    type: (typed) => void child.stdin.write(typed),
    until: (wanted) =>
      new Promise((resolved, reject) => {
        const look = (): void => {
          if (!wanted.test(text.out + text.err)) return
          listeners.delete(look)
          resolved()
        }
        listeners.add(look)
        look()
        ended.then(
          ({code}) =>
            reject(new Error(`ended with ${code} before ${String(wanted)} was seen: ${line}\n${text.out}${text.err}`)),
          reject,
        )
      }),
  }
}

const signalGroup = ({pid, exitCode}: ChildProcess, name: NodeJS.Signals): void => {
  if (pid === undefined || exitCode !== null) return
  try {
    process.kill(-pid, name)
  } catch {
    // It ended meanwhile.
  }
}
