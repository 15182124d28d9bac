import {
  accessSync,
  chmodSync,
  constants,
  lstatSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {delimiter, dirname, join, resolve} from 'node:path'
import {ExitCode, SflError} from '../domain/core/errors.js'
import {shellWord} from '../domain/core/commands.js'
import {textAt} from '../domain/core/read.js'

/** The program that kubectl asks what may be typed behind `kubectl sfl` (kubectl pkg/cmd/plugin/plugin_completion.go). */
const HELPER = 'kubectl_complete-sfl'
const PROGRAM = 'kubectl-sfl'

export interface Installation {
  /** Path of the helper. */
  path: string
  /** Path of the program that it calls. */
  program: string
  done: 'created' | 'updated' | 'unchanged'
  /** kubectl finds it. */
  onPath: boolean
}

export interface InstallOptions {
  /** Default: where `kubectl-sfl` is. */
  folder?: string | undefined
  /** The search path: kubectl looks for the helper there. */
  path: string | undefined
  dryRun: boolean
  platform?: string
}

/**
 * Puts the helper beside `kubectl-sfl`: a script of one line that calls it. krew cannot do this, since it makes one link for a
 * plugin. Throws `SflError` where something else is there already, or it cannot be written.
 */
export const installHelper = ({
  folder,
  path = '',
  dryRun,
  platform = process.platform,
}: InstallOptions): Installation => {
  const folders = path.split(delimiter).filter((one) => one !== '')
  const program = findProgram(folders, platform)
  if (program === undefined)
    throw new SflError(
      'ProgramNotFound',
      `${PROGRAM} is in no folder of your PATH, so kubectl cannot run it`,
      ExitCode.Failed,
      {
        hint: `put ${PROGRAM} into a folder of your PATH, then repeat the command`,
      },
    )
  const target = join(resolve(folder ?? dirname(program)), platform === 'win32' ? `${HELPER}.cmd` : HELPER)
  const onPath = folders.some((one) => resolve(one) === dirname(target))
  const script = helperScript(program, dirname(program) === dirname(target), platform)
  const before = whatIs(target, program)
  if (before === 'ours' || before === script) return {path: target, program, done: 'unchanged', onPath}
  if (before !== undefined && !isHelperScript(before))
    throw new SflError(
      'AlreadyExists',
      `${target} is there already, and is not the helper of kubectl sfl`,
      ExitCode.Failed,
      {
        hint: `look at it, remove it, and repeat the command; or name another folder of your PATH with --dir`,
      },
    )
  const done = before === undefined ? 'created' : 'updated'
  if (!dryRun) write(target, script)
  else checkWritable(dirname(target))
  return {path: target, program, done, onPath}
}

/** What kubectl itself would run for `kubectl sfl`. */
const findProgram = (folders: readonly string[], platform: string): string | undefined => {
  const names = platform === 'win32' ? [`${PROGRAM}.exe`, `${PROGRAM}.cmd`] : [PROGRAM]
  return folders.flatMap((folder) => names.map((name) => join(resolve(folder), name))).find(isProgram)
}

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

const MARK = 'written by "kubectl sfl completion install"'

const isHelperScript = (text: string): boolean => text.includes(MARK)

/** Beside the program, it goes on working wherever the two are moved to. */
const helperScript = (program: string, besideIt: boolean, platform: string): string =>
  platform === 'win32'
    ? `@rem ${MARK}\r\n@"${besideIt ? '%~dp0' : `${dirname(program)}\\`}${PROGRAM}" __complete %*\r\n`
    : [
        '#!/bin/sh',
        `# ${MARK}: kubectl asks this what may be typed after "kubectl sfl"`,
        `exec ${besideIt ? `"\${0%/*}/${PROGRAM}"` : shellWord(program)} __complete "$@"`,
        '',
      ].join('\n')

/** The text of the file, `ours` for a link or wrapper that leads to this program anyway, `undefined` where there is nothing. */
const whatIs = (target: string, program: string): string | undefined => {
  try {
    lstatSync(target)
  } catch (error) {
    if (textAt(error, 'code') === 'ENOENT') return undefined
    throw notWritten(target, error)
  }
  try {
    const [real, realProgram] = [realpathSync(target), realpathSync(program)]
    // npm links its programs into the folder; so does whoever packages the executable.
    if (real === realProgram || (real !== target && dirname(real) === dirname(realProgram))) return 'ours'
    return readFileSync(target, 'utf8')
  } catch (error) {
    // A link that leads nowhere any more is what an older version left.
    if (textAt(error, 'code') === 'ENOENT') return MARK
    throw notWritten(target, error)
  }
}

const write = (target: string, script: string): void => {
  try {
    // Not through a link that is there: that would write another file.
    rmSync(target, {force: true})
    writeFileSync(target, script, {mode: 0o755})
    // Whatever the umask says, others who share the folder use it as well.
    chmodSync(target, 0o755)
  } catch (error) {
    throw notWritten(target, error)
  }
}

const checkWritable = (folder: string): void => {
  try {
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw notWritten(join(folder, HELPER), error)
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'that is no folder',
  ENOSPC: 'the disk is full',
}

const notWritten = (target: string, error: unknown): SflError => {
  const code = textAt(error, 'code') ?? ''
  return new SflError('NotWritten', `cannot write ${target}: ${reasons[code] ?? String(error)}`, ExitCode.Failed, {
    hint: `name a folder of your PATH that you may write to: kubectl sfl completion install --dir DIR`,
    cause: error,
  })
}
