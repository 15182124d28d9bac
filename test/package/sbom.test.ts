import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {Ajv} from 'ajv'
import addFormats from 'ajv-formats'
import {beforeAll, describe, expect, test} from 'vitest'
import {bundle} from '../../scripts/bundle.js'
import {packagesIn} from '../../scripts/package/notices.js'
import {billOfMaterials, type Shipped} from '../../scripts/package/sbom.js'
import {BUN_VERSION, targets} from '../../scripts/package/targets.js'
import {isRecord, listAt, recordAt, textAt} from '../../src/domain/core/read.js'
import {VERSION} from '../../src/entry/version.js'

const shipped: Shipped = {
  version: VERSION,
  homepage: 'https://example.com/sfl',
  downloads: 'https://example.com/sfl/v1',
  archives: new Map([['kubectl-sfl_v1_linux_amd64.tar.gz', 'a'.repeat(64)]]),
  targets: targets.slice(0, 2),
}

/** CycloneDX's own schema, which the library brings. */
const schemaOf = (name: string): object => {
  const library = dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json'))
  const schema: unknown = JSON.parse(readFileSync(join(library, 'res/schema', `${name}.SNAPSHOT.schema.json`), 'utf8'))
  if (!isRecord(schema)) throw new Error(`${name} is not a schema`)
  return schema
}

describe('the bill of materials', () => {
  let text: string
  let bill: unknown
  let metafile: Awaited<ReturnType<typeof bundle>>['metafile']
  beforeAll(async () => {
    ;({metafile} = await bundle('src/entry/standalone.ts'))
    text = billOfMaterials(metafile, shipped)
    bill = JSON.parse(text)
  })

  test('is what CycloneDX 1.6 says that it has to be', () => {
    const ajv = new Ajv({strict: false})
    addFormats.default(ajv)
    for (const name of ['spdx', 'jsf-0.82'])
      ajv.addSchema(schemaOf(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`)
    for (const format of ['iri-reference', 'idn-email']) ajv.addFormat(format, true)
    const validate = ajv.compile(schemaOf('bom-1.6'))
    validate(bill)
    expect(validate.errors).toBeNull()
    expect(textAt(bill, 'specVersion')).toBe('1.6')
  })

  test('names every package in the bundle with its version, license and hash, and the Bun of each platform', () => {
    const inBundle = packagesIn(metafile).map((folder) => {
      const described: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      return `pkg:npm/${textAt(described, 'name')?.replace('@', '%40')}@${textAt(described, 'version')}`
    })
    const components = listAt(bill, 'components')
    expect(components.map((one) => textAt(one, 'purl')).sort()).toEqual(
      [
        ...new Set([
          ...inBundle,
          `pkg:npm/%40oven/bun-linux-aarch64@${BUN_VERSION}`,
          `pkg:npm/%40oven/bun-linux-x64@${BUN_VERSION}`,
        ]),
      ].sort(),
    )
    for (const one of components) {
      expect(listAt(one, 'licenses'), textAt(one, 'name')).toHaveLength(1)
      expect(textAt(listAt(one, 'hashes')[0], 'content'), textAt(one, 'name')).toMatch(/^[0-9a-f]{128}$/)
    }
  })

  test('says what needs what, of what it names', () => {
    const edges = new Map(
      listAt(bill, 'dependencies').map((one) => [textAt(one, 'ref'), listAt(one, 'dependsOn').map(String)]),
    )
    for (const needed of [...edges.values()].flat()) expect([...edges.keys()]).toContain(needed)
    const names = (ref: string | undefined): string[] => (edges.get(ref) ?? []).map((one) => one.replace(/@[^@]*$/, ''))
    expect(names(`pkg:npm/kubectl-sfl@${VERSION}`)).toEqual(
      expect.arrayContaining([
        'pkg:npm/%40oclif/core',
        'pkg:npm/inquirer',
        'pkg:npm/yaml',
        'pkg:npm/%40oven/bun-linux-x64',
      ]),
    )
    expect(names([...edges.keys()].find((ref) => ref?.startsWith('pkg:npm/cli-table3@')))).toContain(
      'pkg:npm/string-width',
    )
  })

  test('knows the archives by their hashes, and where they are found', () => {
    const [archive] = listAt(bill, 'metadata', 'component', 'components')
    expect(recordAt(archive)).toMatchObject({
      name: 'kubectl-sfl_v1_linux_amd64.tar.gz',
      hashes: [{alg: 'SHA-256', content: 'a'.repeat(64)}],
      externalReferences: [{type: 'distribution', url: 'https://example.com/sfl/v1/kubectl-sfl_v1_linux_amd64.tar.gz'}],
    })
  })

  test('is the same when it is made again, and has a date only if it is given one', () => {
    expect(billOfMaterials(metafile, shipped)).toBe(text)
    expect(textAt(bill, 'metadata', 'timestamp')).toBeUndefined()
    const dated: unknown = JSON.parse(billOfMaterials(metafile, {...shipped, made: new Date(1_700_000_000_000)}))
    expect(textAt(dated, 'metadata', 'timestamp')).toBe('2023-11-14T22:13:20.000Z')
  })
})
