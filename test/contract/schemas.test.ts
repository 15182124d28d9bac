import {readdirSync, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js'
import {Ajv} from 'ajv'
import addFormats from 'ajv-formats'
import {validateXML} from 'xmllint-wasm'
import {beforeAll, describe, expect, test} from 'vitest'
import {at, isRecord} from '../../src/domain/core/read.js'
import {allScenes} from '../commands/check/scenes/all.js'
import {home, prepared, type Scene} from '../commands/check/scenes/scene.js'
import {run} from '../support/run.js'
import type {Sandbox} from '../../src/sandbox/sandbox.js'

/** What is printed for machines is what its schema says, in scenes in which `check` finds something. */

const folder = join(import.meta.dirname, '../../docs/schemas')
const views = ['check-report', 'explanation', 'status', 'topology'] as const
type View = (typeof views)[number]

const parsed = (text: string): unknown => JSON.parse(text)
const schemaOf = (view: View): Record<string, unknown> => {
  const schema = parsed(readFileSync(join(folder, `${view}.schema.json`), 'utf8'))
  if (!isRecord(schema)) throw new Error(`${view}.schema.json is no schema`)
  return schema
}

/** Every third scene: the others differ in what is found, not in how it is told. */
const scenes = [...(await allScenes()).values()].flat().filter((_scene, index) => index % 3 === 0)
const asked = (scene: Scene): string => scene.args ?? (scene.bare === true ? '-n default' : `-n ${home}`)
const print = async (scene: Scene, sandbox: Sandbox, line: string): Promise<string> => {
  const {out, err} = await run(line, {
    sandbox,
    ...(scene.user === undefined ? {} : {user: scene.user}),
    ...(scene.files === undefined ? {} : {files: scene.files}),
  })
  if (out === '') throw new Error(err)
  return out
}

interface Printed {
  shows: string
  documents: Readonly<Partial<Record<View, unknown>>>
  sarif: string
  junit: string
}
let printed: Printed[] = []

beforeAll(async () => {
  const every: Printed[] = []
  for (const scene of scenes) {
    const sandbox = await prepared(scene)
    const where = asked(scene)
    const place = /-A|-n \S+/.exec(where)?.[0] ?? '-A'
    const json = async (line: string): Promise<unknown> => parsed(await print(scene, sandbox, `${line} -o json`))
    every.push({
      shows: scene.shows,
      documents: {
        'check-report': await json(`check ${where}`),
        status: await json(`status ${place}`),
        topology: await json(`topology ${place}`),
      },
      sarif: await print(scene, sandbox, `check ${where} -o sarif`),
      junit: await print(scene, sandbox, `check ${where} -o junit --fail-on warning`),
    })
  }
  every.push({
    shows: 'explanations',
    documents: {explanation: parsed((await run('explain -o json')).out)},
    sarif: '',
    junit: '',
  })
  printed = every
}, 180_000)

const validator = (view: View): ValidateFunction => new Ajv2020({allErrors: true, strict: true}).compile(schemaOf(view))

const faultsOf = (validate: ValidateFunction, document: unknown): unknown[] =>
  validate(document)
    ? []
    : (validate.errors ?? []).map(({instancePath, message, params}) => [instancePath, message, params])

describe('JSON', () => {
  test('every view has one, and the README says where they are', () => {
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(views.map((view) => `${view}.schema.json`)))
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
    expect(readme).toContain('docs/schemas')
  })

  test.each(views)('%s is as its schema says, whatever was found', (view) => {
    const validate = validator(view)
    const met = printed.filter(({documents}) => documents[view] !== undefined)
    expect(met.length).toBeGreaterThan(0)
    expect(
      met.flatMap(({shows, documents}) => faultsOf(validate, documents[view]).map((fault) => [shows, fault])),
    ).toEqual([])
  })

  test('explanations of one code and of several', async () => {
    const validate = validator('explanation')
    for (const line of ['explain B03 -o json', 'explain B03 D01 -o json'])
      expect(faultsOf(validate, parsed((await run(line)).out))).toEqual([])
  })

  test.each(views)('%s: what the schema does not name is a fault, at every level', (view) => {
    const validate = validator(view)
    const [first] = printed.flatMap(({documents}) => documents[view] ?? [])
    const [withMost] = printed
      .flatMap(({documents}) => documents[view] ?? [])
      .toSorted((one, other) => JSON.stringify(other).length - JSON.stringify(one).length)
    const objects: Array<Record<string, unknown>> = []
    const collect = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(collect)
      else if (isRecord(value)) {
        objects.push(value)
        Object.values(value).forEach(collect)
      }
    }
    const copy: unknown = structuredClone(withMost ?? first)
    collect(copy)
    expect(objects.length).toBeGreaterThan(0)
    for (const object of objects) {
      object['surprise'] = true
      expect(validate(copy)).toBe(false)
      delete object['surprise']
    }
    expect(validate(copy)).toBe(true)
  })

  test.each(views)('%s: every field of the schema is met in some scene', (view) => {
    const schema = schemaOf(view)
    const named = new Set<string>()
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(walk)
      else if (isRecord(value)) {
        if (isRecord(value['properties'])) Object.keys(value['properties']).forEach((name) => named.add(name))
        Object.values(value).forEach(walk)
      }
    }
    walk(schema)
    const found = new Set<string>()
    const collect = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(collect)
      else if (isRecord(value))
        for (const [name, inner] of Object.entries(value)) {
          found.add(name)
          collect(inner)
        }
    }
    for (const {documents} of printed) collect(documents[view])
    expect([...named].filter((name) => !found.has(name))).toEqual([])
  })
})

describe('SARIF', () => {
  /** The schema of OASIS as it is shipped with the Jest matchers for SARIF; its draft is older than the validator. */
  const official = (): ValidateFunction => {
    const require = createRequire(import.meta.url)
    const schema: unknown = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
    if (!isRecord(schema)) throw new Error('no schema')
    const {id: _id, $schema: _draft, ...rest} = schema
    const ajv = new Ajv({allErrors: true, strict: false, unicodeRegExp: false})
    addFormats.default(ajv)
    return ajv.compile(rest)
  }

  test('is valid by the official schema in every scene', () => {
    const validate = official()
    expect(
      printed
        .filter(({sarif}) => sarif !== '')
        .flatMap(({shows, sarif}) => faultsOf(validate, parsed(sarif)).map((fault) => [shows, fault])),
    ).toEqual([])
  })

  test('each result leads to its rule, and each rule is told of once', () => {
    for (const {sarif} of printed.filter((one) => one.sarif !== '')) {
      const log = parsed(sarif)
      const [first] = isRecord(log) && Array.isArray(log['runs']) ? log['runs'] : []
      const ids = (list: unknown, field: string): unknown[] =>
        Array.isArray(list) ? list.map((one: unknown) => at(one, field)) : []
      const known = ids(at(first, 'tool', 'driver', 'rules'), 'id')
      expect(new Set(known).size).toBe(known.length)
      const results = at(first, 'results')
      const [codes, indexes] = [ids(results, 'ruleId'), ids(results, 'ruleIndex')]
      expect(indexes.map((index) => (typeof index === 'number' ? known[index] : undefined))).toEqual(codes)
    }
  })

  test('a log with a field of its own is none', () => {
    const validate = official()
    expect(validate({version: '2.1.0', runs: [], own: 1})).toBe(false)
    expect(validate({version: '2.1.0', runs: [{tool: {driver: {}}}]})).toBe(false)
  })
})

describe('JUnit', () => {
  const xsd = readFileSync(join(import.meta.dirname, '../support/junit.xsd'), 'utf8')
  const lint = async (xml: readonly string[]): Promise<string[]> => {
    const {valid, errors} = await validateXML({
      xml: xml.map((contents, index) => ({fileName: `report-${index}.xml`, contents})),
      schema: xsd,
    })
    return valid ? [] : errors.map(({message}) => message)
  }

  test('is valid by what CI systems agree on in every scene', async () => {
    expect(await lint(printed.flatMap(({junit}) => (junit === '' ? [] : [junit])))).toEqual([])
  })

  test('a report that is not well-formed, or has two outcomes of one test, is none', async () => {
    const [report = ''] = printed.flatMap(({junit}) => (junit.includes('<failure') ? [junit] : []))
    expect((await lint([report.replace('</testsuites>', '')])).length).toBeGreaterThan(0)
    const twice = report.replace(/(<failure [^>]*>[^<]*<\/failure>)/, '$1$1')
    expect(twice).not.toBe(report)
    expect((await lint([twice])).length).toBeGreaterThan(0)
  })
})
