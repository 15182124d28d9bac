import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdirSync, readFileSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {bundle} from '../../scripts/bundle.js'
import {readTarball, tarball} from '../../scripts/package/archive.js'
import {compile, writeChunks} from '../../scripts/package/executable.js'
import {krewFaults} from '../../scripts/package/krew.js'
import {billName} from '../../scripts/package/sbom.js'
import {archiveOf, hostTarget, programOf} from '../../scripts/package/targets.js'
import {listAt, textAt} from '../../src/domain/core/read.js'
import {VERSION} from '../../src/entry/version.js'
import {temporaryFolder} from '../support/connection.js'

/** What `npm run package` made, in the folder $SFL_TEST_PACKAGE; `npm run test:standalone` sets it. */
const made = process.env['SFL_TEST_PACKAGE'] ?? ''

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex')

describe.skipIf(made === '')('the release', () => {
  const read = (name: string): Buffer => readFileSync(join(made, name))
  const sums = (): Array<[name: string, sum: string]> =>
    read('checksums.txt')
      .toString()
      .trim()
      .split('\n')
      .map((line) => [line.slice(66), line.slice(0, 64)])

  test('has checksums that verify, and a manifest with the same', () => {
    const manifest: unknown = parse(read('sfl.yaml').toString())
    expect(krewFaults(manifest, 'sfl.yaml')).toEqual([])
    expect(execFileSync('sha256sum', ['--check', '--strict', 'checksums.txt'], {cwd: made, encoding: 'utf8'})).toBe(
      sums()
        .map(([name]) => `${name}: OK\n`)
        .join(''),
    )
    const archives = sums().filter(([name]) => name !== billName(VERSION))
    const platforms = listAt(manifest, 'spec', 'platforms')
    expect(platforms.map((one) => textAt(one, 'sha256'))).toEqual(archives.map(([, sum]) => sum))
    expect(platforms.map((one) => textAt(one, 'uri')?.replace(/^.*\//, ''))).toEqual(archives.map(([name]) => name))
  })

  test('has a bill of materials that knows the archives by the same checksums', () => {
    const bill: unknown = JSON.parse(read(billName(VERSION)).toString())
    expect(
      listAt(bill, 'metadata', 'component', 'components').map((one) => [
        textAt(one, 'name'),
        textAt(listAt(one, 'hashes')[0], 'content'),
      ]),
    ).toEqual(sums().filter(([name]) => name !== billName(VERSION)))
  })

  test('is unpacked to a program that runs under both names, its licence, and those of its parts', () => {
    const host = hostTarget()
    const archive = archiveOf(host, VERSION)
    const files = host.os === 'windows' ? undefined : readTarball(read(archive))
    if (files !== undefined) expect([...files.keys()]).toEqual([programOf(host), 'LICENSE', 'THIRD-PARTY-NOTICES.txt'])
    const folder = temporaryFolder()
    execFileSync('tar', ['xf', join(made, archive)], {cwd: folder})
    const licence = readFileSync(join(import.meta.dirname, '../../LICENSE'), 'utf8')
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(licence)
    const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8')
    for (const part of ['Bun', 'GNU LIBRARY GENERAL PUBLIC LICENSE', '@oclif/core']) expect(notices).toContain(part)
    const program = join(folder, programOf(host))
    expect(execFileSync(program, ['version'], {encoding: 'utf8'})).toContain(VERSION)
    if (host.os === 'windows') return
    symlinkSync(program, join(folder, 'kn-sfl'))
    expect(execFileSync(join(folder, 'kn-sfl'), ['version'], {encoding: 'utf8'})).toContain(VERSION)
  })

  test(
    'comes out the same when it is made again from the same sources, wherever that is',
    {timeout: 240_000},
    async () => {
      const host = hostTarget()
      const make = async (name: string): Promise<string> => {
        const {outputFiles} = await bundle('src/entry/standalone.ts')
        const chunks = outputFiles.filter(({path}) => path.endsWith('.js'))
        const folder = join(temporaryFolder(), name)
        mkdirSync(join(folder, host.name), {recursive: true})
        const program = join(folder, host.name, programOf(host))
        compile(writeChunks(join(folder, 'chunks'), chunks, 'standalone.js'), host, program)
        const content = readFileSync(program)
        expect(content.includes(folder)).toBe(false)
        return sha256(tarball([{name: programOf(host), content, executable: true}]))
      }
      expect(await make('here')).toBe(await make('some/where else'))
    },
  )
})
