import {readFileSync, readdirSync, realpathSync} from 'node:fs'
import {join} from 'node:path'
import type {Metafile} from 'esbuild'
import {isRecord, textAt} from '../../src/domain/core/read.js'
import {BUN_VERSION} from './targets.js'

const folderOfPackage = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//

/** The folders of the npm packages of which anything is in the bundle, sorted by name. */
export const packagesIn = ({inputs, outputs}: Pick<Metafile, 'inputs' | 'outputs'>): string[] => {
  const used = Object.values(outputs).flatMap(({inputs: parts}) =>
    Object.entries(parts).flatMap(([path, {bytesInOutput}]) => (bytesInOutput > 0 && path in inputs ? [path] : [])),
  )
  // What the plugin puts off has its namespace in front: `deferred:…`.
  const folders = used.map((path) => folderOfPackage.exec(path.replace(/^[\w-]{2,}:/, ''))?.[1])
  const real = folders.flatMap((folder) => (folder === undefined ? [] : [realpathSync(folder)]))
  return [...new Set(real)].sort()
}

/** The text of a package's licence: its LICENSE file, or what package.json says where there is none. */
const licenceOf = (folder: string): string => {
  const described: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const title = `${textAt(described, 'name') ?? folder} ${textAt(described, 'version') ?? ''}`
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|(copyright)?notice)(\.|-|$)/i.test(name))
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8').trim())
  const author: unknown = isRecord(described) ? described['author'] : undefined
  const said = `Licence: ${textAt(described, 'license') ?? 'unknown'}\nAuthor: ${textAt(author, 'name') ?? String(author ?? 'see the package')}`
  return [title, '-'.repeat(title.length), ...(texts.length > 0 ? texts : [said])].join('\n\n')
}

const textBeside = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8').trim()

/** Bun, what it is linked with, and the texts of all their licences. */
const bunNotices = (): string[] => {
  const bun = `Bun ${BUN_VERSION} (https://bun.com), the runtime inside this executable`
  return [
    [bun, '-'.repeat(bun.length), textBeside('bun-licence.md'), textBeside('bun-licence-texts.md')].join('\n\n'),
    ...['../../LICENSE', 'licences/LGPL-2.0.txt', 'licences/LGPL-2.1.txt'].map(textBeside),
  ]
}

/** Everything that others have a right to see named: the packages in the bundle and, in executables, Bun with its parts. */
export const notices = (metafile: Pick<Metafile, 'inputs' | 'outputs'>, {bun}: {bun: boolean}): string =>
  [
    'This program contains the following software, under the licences below.',
    ...(bun ? bunNotices() : []),
    ...packagesIn(metafile).map(licenceOf),
  ]
    .join(`\n\n${'='.repeat(80)}\n\n`)
    .concat('\n')
