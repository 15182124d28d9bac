import {readFileSync, realpathSync} from 'node:fs'
import {relative, sep} from 'node:path'
import {Contrib, Enums, Models, Serialize, Spec} from '@cyclonedx/cyclonedx-library'
import type {Metafile} from 'esbuild'
import {PackageURL} from 'packageurl-js'
import parseLicense from 'spdx-expression-parse'
import {at, recordAt, textAt} from '../../src/domain/core/read.js'
import {packagesIn} from './notices.js'
import {BUN_VERSION, type Target} from './targets.js'

/** What a bill of materials is about. */
export interface Shipped {
  version: string
  homepage: string
  /** Where the archives are found, by their names; with their SHA-256. */
  downloads: string
  archives: ReadonlyMap<string, string>
  /** The Bun of each of these platforms is inside an executable. */
  targets: readonly Target[]
  /** When it is made, if that is to be written down: the same sources then no longer make the same file. */
  made?: Date
}

/** Where a package is in package-lock.json: `node_modules/a/node_modules/b`. */
const lockPath = (folder: string): string =>
  ['node_modules', ...relative(realpathSync('node_modules'), folder).split(sep)].join('/')

/** The nearest of the packages that may be meant by `name` in the folder of another, as Node looks for it. */
const resolved = (from: string, name: string, known: ReadonlyMap<string, unknown>): string | undefined => {
  const parts = from === '' ? [] : from.split(/(?:^|\/)node_modules\//).slice(1)
  for (let depth = parts.length; depth >= 0; depth--) {
    const path = [...parts.slice(0, depth), name].map((part) => `node_modules/${part}`).join('/')
    if (known.has(path)) return path
  }
  return undefined
}

const builder = new Contrib.FromNodePackageJson.Builders.ComponentBuilder(
  new Contrib.FromNodePackageJson.Factories.ExternalReferenceFactory(),
  new Contrib.License.Factories.LicenseFactory((expression) => void parseLicense(expression)),
)

interface Described {
  name: string
  version: string
  license?: string
  integrity?: string
}

const component = ({integrity, ...described}: Described, type = Enums.ComponentType.Library): Models.Component => {
  const made = builder.makeComponent(described, type)
  if (made === undefined) throw new Error(`no name for a component: ${described.name}`)
  const [, group, name = described.name] = /^(@[^/]+)\/(.+)$/.exec(described.name) ?? []
  made.purl = new PackageURL('npm', group, name, described.version).toString()
  made.bomRef.value = made.purl
  if (integrity !== undefined) made.hashes.set(...Contrib.FromNodePackageJson.Utils.parsePackageIntegrity(integrity))
  return made
}

/**
 * The CycloneDX bill of materials of the executables: the npm packages of which anything is in the bundle, with the
 * versions, licenses and hashes of package-lock.json, and what they need of one another; and the Bun that is inside.
 * What Bun itself is linked with is told by THIRD-PARTY-NOTICES.txt, in the archives.
 */
export const billOfMaterials = (metafile: Pick<Metafile, 'inputs' | 'outputs'>, shipped: Shipped): string => {
  const {version, homepage, downloads, archives, targets, made} = shipped
  const lock: unknown = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const components = new Map<string, Models.Component>()
  const packages = new Map(
    packagesIn(metafile).map((folder) => {
      const path = lockPath(folder)
      const row = at(lock, 'packages', path)
      const [found, license, integrity] = ['version', 'license', 'integrity'].map((field) => textAt(row, field))
      if (found === undefined || integrity === undefined) throw new Error(`package-lock.json does not know ${path}`)
      const name = path.replace(/^.*node_modules\//, '')
      const one = component({name, version: found, integrity, ...(license === undefined ? {} : {license})})
      // The same version in two folders is one component.
      const known = components.get(one.purl ?? '') ?? one
      components.set(one.purl ?? '', known)
      return [path, known]
    }),
  )
  const dependsOn = (from: string, field: string): Models.BomRef[] =>
    Object.keys(recordAt(lock, 'packages', from, field)).flatMap((name) => {
      const found = packages.get(resolved(from, name, packages) ?? '')
      return found === undefined ? [] : [found.bomRef]
    })
  for (const [path, one] of packages)
    for (const field of ['dependencies', 'optionalDependencies', 'peerDependencies'])
      for (const ref of dependsOn(path, field)) one.dependencies.add(ref)

  const runtimes = targets.map(({package: name, integrity}) =>
    component({name, version: BUN_VERSION, license: 'MIT', integrity}, Enums.ComponentType.Platform),
  )
  const program = component({name: 'kubectl-sfl', version, license: 'Apache-2.0'}, Enums.ComponentType.Application)
  program.externalReferences.add(new Models.ExternalReference(homepage, Enums.ExternalReferenceType.Website))
  for (const [name, sum] of archives)
    program.components.add(
      new Models.Component(Enums.ComponentType.File, name, {
        bomRef: name,
        version,
        hashes: new Models.HashDictionary([[Enums.HashAlgorithm['SHA-256'], sum]]),
        externalReferences: new Models.ExternalReferenceRepository([
          new Models.ExternalReference(`${downloads}/${name}`, Enums.ExternalReferenceType.Distribution),
        ]),
      }),
    )
  // Everything is bundled: what the program needs stands with what only its development needs.
  for (const ref of dependsOn('', 'devDependencies')) program.dependencies.add(ref)
  for (const {bomRef} of runtimes) program.dependencies.add(bomRef)

  const bom = new Models.Bom({
    metadata: new Models.Metadata({component: program, ...(made === undefined ? {} : {timestamp: made})}),
    components: new Models.ComponentRepository([...components.values(), ...runtimes]),
  })
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6))
  return `${serializer.serialize(bom, {sortLists: true, space: 2})}\n`
}

/** The name of the file, beside the archives. */
export const billName = (version: string): string => `kubectl-sfl_v${version}.cdx.json`
