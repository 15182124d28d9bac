// Makes the executables that need no Node, and what is published with them, in the folder `package`:
//
//   npm run package                             all platforms: archives, their bill of materials, checksums.txt, krew's sfl.yaml
//   npm run package -- --only linux-x64         some platforms (comma-separated; `host` is this machine's)
//   npm run package -- --downloads URL --homepage URL    where the archives will be found (for sfl.yaml)
//
// The same sources make the same files, wherever and whenever; $SOURCE_DATE_EPOCH, if it is set, is the date of the bill.
import {createHash} from 'node:crypto'
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {parse} from 'yaml'
import {VERSION} from '../src/entry/version.js'
import {bundle} from './bundle.js'
import {tarball, zip} from './package/archive.js'
import {compile, writeChunks} from './package/executable.js'
import {krewFaults, krewManifest} from './package/krew.js'
import {notices} from './package/notices.js'
import {billName, billOfMaterials} from './package/sbom.js'
import {type Target, archiveOf, hostTarget, programOf, targets} from './package/targets.js'

const {values} = parseArgs({options: {only: {type: 'string'}, downloads: {type: 'string'}, homepage: {type: 'string'}}})
const homepage = values.homepage ?? 'https://github.com/kubectl-sfl/kubectl-sfl'
const downloads = values.downloads ?? `${homepage}/releases/download/v${VERSION}`

const chosen = (values.only?.split(',') ?? targets.map(({name}) => name)).map((name): Target => {
  const found = name === 'host' ? hostTarget() : targets.find((target) => target.name === name)
  if (found === undefined)
    throw new Error(`no such platform: ${name} (${targets.map((one) => one.name).join(', ')}, host)`)
  return found
})

rmSync('package', {recursive: true, force: true})
mkdirSync('package')
const {outputFiles, metafile} = await bundle('src/entry/standalone.ts')
const chunks = outputFiles.filter(({path}) => path.endsWith('.js'))
const entry = writeChunks(join('package', 'chunks'), chunks, 'standalone.js')
const texts = [
  {name: 'LICENSE', content: readFileSync('LICENSE')},
  {name: 'THIRD-PARTY-NOTICES.txt', content: Buffer.from(notices(metafile, {bun: true}))},
]

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex')
const sums = new Map<string, string>()
for (const target of chosen) {
  const folder = join('package', target.name)
  mkdirSync(folder)
  const program = programOf(target)
  compile(entry, target, join(folder, program))
  const entries = [{name: program, content: readFileSync(join(folder, program)), executable: true}, ...texts]
  const archive = archiveOf(target, VERSION)
  const packed = target.os === 'windows' ? zip(entries) : tarball(entries)
  writeFileSync(join('package', archive), packed)
  sums.set(archive, sha256(packed))
  console.log(`package/${archive}  ${(packed.length / 1e6).toFixed(1)} MB`)
}
rmSync(join('package', 'chunks'), {recursive: true})

const epoch = process.env['SOURCE_DATE_EPOCH']
const bill = billOfMaterials(metafile, {
  version: VERSION,
  homepage,
  downloads,
  archives: sums,
  targets: chosen,
  ...(epoch === undefined ? {} : {made: new Date(Number(epoch) * 1000)}),
})
writeFileSync(join('package', billName(VERSION)), bill)
const all = [...sums, [billName(VERSION), sha256(bill)]]
writeFileSync('package/checksums.txt', all.map(([name, sum]) => `${sum}  ${name}\n`).join(''))
const manifest = krewManifest({version: VERSION, homepage, downloads}, chosen, sums)
const faults = krewFaults(parse(manifest), 'sfl.yaml')
if (faults.length > 0) throw new Error(`krew would refuse sfl.yaml: ${faults.join('; ')}`)
writeFileSync('package/sfl.yaml', manifest)
