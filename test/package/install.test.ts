import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {readTarball} from '../../scripts/package/archive.js'
import {VERSION} from '../../src/entry/version.js'

/** The lines of the README that install by npm, with no network: the package needs no other. */

const root = join(import.meta.dirname, '../..')
const windows = process.platform === 'win32'

const onPath = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`])
    return true
  } catch {
    return false
  }
}

const npm = (folder: string, ...args: string[]): string =>
  execFileSync('npm', [...args, '--silent', '--offline', '--cache', join(folder, 'cache')], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** Packs this folder; answers the path of the .tgz. */
const packed = (folder: string): string => {
  const name = npm(folder, 'pack', '--ignore-scripts', '--pack-destination', folder).trim()
  return join(folder, name)
}

describe.skipIf(windows || !existsSync(join(root, 'dist/launch.js')))('npm install -g of what npm pack makes', () => {
  let folder = ''
  let bin = ''
  let files: readonly string[] = []
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kubectl-sfl-install-'))
    const tarball = packed(folder)
    files = [...readTarball(readFileSync(tarball)).keys()].map((name) => name.replace(/^package\//, ''))
    mkdirSync(join(folder, 'prefix'))
    npm(folder, 'install', '-g', '--prefix', join(folder, 'prefix'), tarball)
    bin = join(folder, 'prefix', 'bin')
  }, 60_000)

  afterAll(() => rmSync(folder, {recursive: true, force: true}))

  const ran = (program: string, ...args: string[]): string =>
    execFileSync(program, args, {
      encoding: 'utf8',
      env: {...process.env, PATH: [bin, process.env['PATH']].join(delimiter), KUBECONFIG: '/nothing', HOME: bin},
    })

  test('brings the programs, licences and schemas, and nothing that only the house needs', () => {
    for (const name of [
      ...['bin/kubectl-sfl', 'bin/kn-sfl', 'bin/kubectl_complete-sfl', 'dist/launch.js', 'oclif.manifest.json'],
      ...['LICENSE', 'README.md', 'dist/THIRD-PARTY-NOTICES.txt', 'docs/schemas/check-report.schema.json'],
    ])
      expect(files).toContain(name)
    expect(
      files.filter((name) => /^(src|test|scripts|node_modules|package)\/|meta\.json$|dev\.mjs$/.test(name)),
    ).toEqual([])
    expect(readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8')).toContain('@oclif/core')
  })

  test.each(['kubectl-sfl', 'kn-sfl'])('puts %s on the PATH', (program) => {
    expect(ran(join(bin, program), 'version')).toContain(VERSION)
  })

  test('puts the helper of completion there, which kubectl looks for', () => {
    expect(ran(join(bin, 'kubectl_complete-sfl'), 'bro')).toMatch(/^broker\t.+\n:\d+\n$/)
  })

  test.skipIf(!onPath('kubectl'))('is found by kubectl, and shadows nothing', () => {
    expect(ran('kubectl', 'sfl', 'version')).toContain(VERSION)
    const plugins = ran('kubectl', 'plugin', 'list')
    expect(plugins).toContain(join(bin, 'kubectl-sfl'))
    expect(plugins).not.toMatch(/warning/i)
  })
})
