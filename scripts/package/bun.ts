import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {BUN_VERSION, type Target} from './targets.js'
import {readTarball} from './archive.js'

const cache = resolve('node_modules/.cache/kubectl-sfl')

/**
 * Bun's own executable for a target: from the npm registry, through the npm client, and only if it is the very one that
 * the table of targets names. Kept in node_modules/.cache.
 */
export const bunFor = (target: Target): string => {
  const windows = target.os === 'windows'
  const path = join(cache, `bun-${BUN_VERSION}-${target.name}${windows ? '.exe' : ''}`)
  if (existsSync(path)) return path
  mkdirSync(cache, {recursive: true})
  const folder = mkdtempSync(join(cache, 'download-'))
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const args = ['pack', '--silent', '--prefer-offline', `${target.package}@${BUN_VERSION}`]
    const name = execFileSync(npm, args, {cwd: folder, encoding: 'utf8', shell: npm.endsWith('.cmd')}).trim()
    const tarball = readFileSync(join(folder, name))
    const found = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
    if (found !== target.integrity) throw new Error(`${target.package}@${BUN_VERSION} is not what it was: ${found}`)
    const program = readTarball(tarball).get(`package/bin/bun${windows ? '.exe' : ''}`)
    if (program === undefined) throw new Error(`${target.package}@${BUN_VERSION} has no program in it`)
    const whole = join(folder, 'bun')
    writeFileSync(whole, program, {mode: 0o755})
    // Whoever finds it finds all of it.
    renameSync(whole, path)
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
  return path
}
