import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {basename, dirname, join, relative} from 'node:path'
import type {OutputFile} from 'esbuild'
import {bunFor} from './bun.js'
import {withoutSignature} from './mach-o.js'
import {hostTarget, type Target} from './targets.js'

/** Writes the chunks of a bundle where Bun finds them; answers the path of the entry. */
export const writeChunks = (folder: string, files: readonly OutputFile[], entry: string): string => {
  mkdirSync(folder, {recursive: true})
  for (const {path, contents} of files) writeFileSync(join(folder, basename(path)), contents)
  return join(folder, entry)
}

/**
 * Makes the executable of one target. Chunks stay apart, so that a run evaluates what it uses, and are compiled to
 * bytecode, without which it would start four times as slowly. A short command is over before compiling any further pays: the just-in-time compilers
 * wait ten times as long as they would. What lies about in the current folder (.env, bunfig.toml) is not ours to read.
 * Bun writes paths as it is given them into the executable, so that it is given them from the folder of the entry: wherever the
 * checkout is, the same sources make the same executable.
 */
export const compile = (entry: string, target: Target, outfile: string): void => {
  const args = [
    'build',
    `./${basename(entry)}`,
    '--compile',
    '--bytecode',
    '--minify',
    '--format=esm',
    '--splitting',
    '--compile-jit-policy=10',
    '--no-compile-autoload-dotenv',
    '--no-compile-autoload-bunfig',
    `--target=bun-${target.name}`,
    `--compile-executable-path=${bunFor(target)}`,
    `--outfile=${relative(dirname(entry), outfile)}`,
  ]
  execFileSync(bunFor(hostTarget()), args, {cwd: dirname(entry), stdio: ['ignore', 'ignore', 'inherit']})
  if (target.name === 'darwin-x64') writeFileSync(outfile, withoutSignature(readFileSync(outfile)))
}
