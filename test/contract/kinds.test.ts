import {beforeAll, describe, expect, test} from 'vitest'
import {ALIASES, route} from '../../src/cli/argv.js'
import {commands, nouns} from '../../src/commands/index.js'
import {namedKind} from '../../src/completion/kinds.js'
import {countedAs} from '../../src/domain/check/snapshot/kinds.js'
import {isKnownKind} from '../../src/domain/check/snapshot/manifests.js'
import {indexKey} from '../../src/domain/check/snapshot/resource-index.js'
import {allChecks} from '../../src/domain/check/engine/report.js'
import {refOf, type KubeObject} from '../../src/domain/core/object.js'
import {at, listAt, textAt} from '../../src/domain/core/read.js'
import {readinessOf} from '../../src/domain/core/readiness.js'
import {parseBrokerConfig, printBrokerConfig} from '../../src/domain/eventing/broker/config.js'
import {parseChannelReference, parseChannelType, printChannelType} from '../../src/domain/eventing/channel/type.js'
import {parseSink, printSink} from '../../src/domain/eventing/reference.js'
import {describeType} from '../../src/domain/eventing/source/types.js'
import type {KindRow} from '../../src/domain/kinds/kind.js'
import * as names from '../../src/domain/kinds/names.js'
import {
  isCalled,
  kinds,
  resourceNameOf,
  resourceOf,
  rowOf,
  rowOfNoun,
  versionState,
} from '../../src/domain/kinds/registry.js'
import {knownResource} from '../../src/kube/resources.js'
import {installedKinds, layouts} from '../../src/sandbox/kinds/all.js'
import {family} from '../../src/output/topology/words.js'
import {tab} from '../completion/support.js'
import {aSandbox, run} from '../support/run.js'

const handle = ({kind, group}: Pick<KindRow, 'kind' | 'group'>): string => (group === '' ? kind : `${kind}.${group}`)
const titled = <T extends KindRow>(rows: readonly T[]): Array<[string, T]> => rows.map((row) => [handle(row), row])
const ids = Object.keys(commands)

/** As much of an object as every kind lets through; its status keeps the controllers of the sandbox away. */
const anObject = ({apiVersion, kind, namespaced}: KindRow, name = 'one'): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, ...(namespaced ? {namespace: 'demo'} : {})},
  status: {},
})

test('every kind that has a name has one row, and every row a name', () => {
  const named = Object.values(names).flatMap((value) => (typeof value === 'object' ? [indexKey(value)] : []))
  expect(named.toSorted()).toEqual(kinds.map(indexKey).toSorted())
  expect(new Set(named).size).toBe(named.length)
})

test('a word leads to one kind: nouns, words of sinks, of channels and of configs', () => {
  for (const words of [
    kinds.flatMap(({noun}) => noun ?? []),
    kinds.flatMap(({sink}) => sink?.words ?? []),
    kinds.flatMap(({channel, singular, shortNames}) => (channel ? [channel.alias, singular, ...shortNames] : [])),
    kinds.flatMap(({configWords}) => configWords ?? []),
  ]) {
    expect(words.length).toBeGreaterThan(0)
    const twice = words.filter((word, index) => words.indexOf(word) !== index)
    // `imc` is kn's word and kubectl's short name.
    expect(twice.filter((word) => word !== 'imc')).toEqual([])
  }
})

describe.each(titled(kinds))('%s', (_title, row) => {
  const {apiVersion, kind, group, versions, deprecated, former, plural, singular, noun, sink, channel} = row

  test('is found by its kind in any version, and asked for as its server calls it', () => {
    expect(rowOf({apiVersion: group === '' ? 'v0' : `${group}/v0`, kind})).toBe(row)
    expect(apiVersion).toBe(group === '' ? versions[0] : `${group}/${versions[0]}`)
    expect(plural).toMatch(/^[a-z]+$/)
    expect(singular).toBe(kind.toLowerCase())
    expect(resourceOf(row)).toBe(plural)
    expect(resourceNameOf(row)).toBe(group === '' ? plural : `${plural}.${group}`)
    expect(knownResource(row)).toMatchObject({plural, namespaced: row.namespaced})
    for (const word of [kind, singular, plural, ...row.shortNames]) expect(isCalled(row, word), word).toBe(true)
  })

  test('says of each of its versions what has become of it', () => {
    for (const version of [...versions, ...former]) expect(version).toMatch(/^([a-z0-9.]+\/)?v\d+((alpha|beta)\d+)?$/)
    expect(versions).toEqual(expect.arrayContaining([...deprecated]))
    expect(deprecated).not.toContain(versions[0])
    const full = (version: string): string => (version.includes('/') || group === '' ? version : `${group}/${version}`)
    for (const version of versions)
      expect(versionState({apiVersion: full(version), kind})).toEqual(
        deprecated.includes(version) ? {state: 'deprecated', successor: apiVersion} : {state: 'served'},
      )
    for (const version of former)
      expect(versionState({apiVersion: full(version), kind}), version).toEqual({state: 'gone', successor: apiVersion})
  })

  test('is ready by the condition that sums up its others', () => {
    const {condition} = row
    const status = {conditions: [{type: condition ?? 'Ready', status: 'True'}]}
    expect(readinessOf({...anObject(row), status}).state).toBe('ready')
    if (condition !== undefined)
      expect(readinessOf({...anObject(row), status: {conditions: [{type: 'Other', status: 'True'}]}}).message).toBe(
        `it has no condition ${condition}`,
      )
  })

  test('can be a sink only where events can be sent to it, and is printed as it is typed', () => {
    if (sink === undefined) return
    expect(row.address).toBeDefined()
    for (const word of sink.words) {
      const parsed = parseSink(`${word}:one`, 'demo')
      expect(parsed).toEqual({ref: {apiVersion, kind, resource: plural, name: 'one', namespace: 'demo'}})
      const printed = printSink(parsed, 'demo')
      expect(printed).toBe(sink.printed ? `${sink.words[0]}:one` : `${plural}.${apiVersion}:one`)
      expect(parseSink(printed, 'demo')).toEqual(parsed)
    }
  })

  test('is a type of channel, and a config of brokers, under its words', () => {
    if (channel !== undefined) {
      for (const word of [channel.alias, singular, ...row.shortNames]) {
        expect(parseChannelType(word)).toEqual({apiVersion, kind})
        expect(parseChannelReference(`${word}:one`)).toEqual({apiVersion, kind, name: 'one'})
      }
      expect(printChannelType(row)).toBe(channel.alias)
    }
    for (const word of row.configWords ?? []) {
      const parsed = parseBrokerConfig(`${word}:one`)
      expect(parsed).toEqual({apiVersion, kind, name: 'one'})
      expect(printBrokerConfig(parsed, 'demo')).toBe(`${row.configWords?.[0]}:one`)
    }
  })

  test('is called by completion as sentences call several of it', () => {
    expect(namedKind(row)).toMatchObject({apiVersion, kind, plural: row.several})
  })

  test('is judged, counted and listed together', () => {
    if (row.judged === undefined) return
    expect(row.listed, 'who judges a kind reads its lists').toBeDefined()
    expect(row.condition).toBeDefined()
    expect(allChecks.map(({category}) => category)).toContain(row.judged)
    expect(countedAs(row)).toBe(noun === undefined ? row.judged : row.several)
  })

  test('is known where manifests are checked when its lists are read', () => {
    expect(isKnownKind(indexKey(row))).toBe(row.listed !== undefined || kind === 'Secret')
  })

  test('has a colour of its role in pictures', () => {
    const role = row.role === undefined || row.role === 'binding' ? undefined : row.role
    const node = {id: `${indexKey(row)}/demo/one`, kind, name: 'one', state: 'ready' as const}
    expect(family(node)).toBe(group === 'sources.knative.dev' ? 'source' : (role ?? 'place'))
  })

  test('is described in lists of types when kn describes it', () => {
    expect(describeType(row)).toBe(row.typeText ?? '')
    if (row.typeText !== undefined) expect(row.role === 'hub' ? row.channel : row.role).toBeDefined()
  })
})

describe.each(titled(kinds.filter(({noun}) => noun !== undefined)))('%s has a noun', (_title, row) => {
  const {noun = '', several, shortNames, hasWait} = row
  const words = noun.split(' ')

  test('whose objects can be listed and described, and waited for where it says so', () => {
    expect(rowOfNoun(noun)).toBe(row)
    const verbs = ids
      .filter((id) => id.startsWith(`${words.join(':')}:`))
      .map((id) => id.slice(id.lastIndexOf(':') + 1))
    expect(verbs).toEqual(expect.arrayContaining(['describe', 'list']))
    expect(verbs.includes('wait')).toBe(hasWait === true)
    expect(nouns[words.join(':')], 'a sentence for help').toBeDefined()
  })

  test('that can be typed in the plural, and by the short names of kubectl', () => {
    const others = [`${words.at(-1)}s`, ...(words.length === 1 ? shortNames : [])]
    for (const other of others)
      expect(route([...words.slice(0, -1), other, 'list'], ids, {}), other).toEqual({
        kind: 'run',
        id: `${words.join(':')}:list`,
        argv: [],
      })
    for (const alias of ALIASES.keys()) expect(ids).not.toContain(alias)
  })

  test('behind which completion offers the names of what there is', async () => {
    const sandbox = aSandbox()
    sandbox.load([{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'demo'}}, anObject(row)])
    expect((await tab(`${noun} describe ·`, {sandbox, namespace: 'demo'})).values).toContain('one')
    const none = await tab(`${noun} describe zz`, {sandbox, namespace: 'demo'})
    expect(none.hints).toEqual([`no ${several} begin with "zz"${row.namespaced ? ' in namespace "demo"' : ''}`])
  })
})

describe('the sandbox', () => {
  const served = new Map(
    layouts.flatMap((layout) => installedKinds({}, layout)).map((info) => [`${info.group}/${info.kind}`, info]),
  )

  test('serves the kinds of which the registry says so, and no others', () => {
    expect([...served.keys()].toSorted()).toEqual(
      kinds
        .filter(({sandbox}) => sandbox)
        .map(indexKey)
        .toSorted(),
    )
  })

  test.each(titled(kinds.filter(({sandbox}) => sandbox)))('serves %s as the registry names it', (_title, row) => {
    const info = served.get(indexKey(row))
    expect(info).toMatchObject({
      plural: row.plural,
      singular: row.singular,
      shortNames: row.shortNames,
      namespaced: row.namespaced,
      builtin: row.from === 'kubernetes',
    })
    expect(row.versions).toEqual(expect.arrayContaining([...(info?.versions ?? [])]))
    expect(info?.versions[0]).toBe(row.versions[0])
  })

  test.each([
    ['kafka', installedKinds({kafka: false})],
    ['sonataflow', installedKinds({sonataflow: 'none'})],
  ])('does not serve what comes from %s where that is not installed', (origin, left) => {
    const gone = kinds.filter(({from, sandbox}) => from === origin && sandbox)
    expect(gone.length).toBeGreaterThan(0)
    for (const row of gone) expect(left.map((info) => `${info.group}/${info.kind}`)).not.toContain(indexKey(row))
  })
})

describe('what check, status and topology read', () => {
  let requests: readonly string[]
  let status: unknown
  let drawn: unknown
  const judged = kinds.filter((row) => row.judged !== undefined)

  beforeAll(async () => {
    const sandbox = aSandbox({layout: 'openshift'})
    sandbox.load([
      {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'demo'}},
      ...judged.map((row) => anObject(row)),
    ])
    const asked = async (command: string): Promise<unknown> =>
      JSON.parse((await run([command, '-o', 'json', '-n', 'demo'], {sandbox})).out)
    status = await asked('status')
    requests = sandbox.requests
    drawn = await asked('topology')
  })

  test('is every list that the registry marks', () => {
    for (const row of kinds.filter(({listed}) => listed !== undefined)) {
      const asked = requests.filter((line) => line.startsWith(`list ${row.apiVersion} ${row.kind}`))
      expect(asked.length, handle(row)).toBeGreaterThan(0)
    }
  })

  test.each(titled(judged))('is what people make: %s', (_title, row) => {
    const counted = listAt(status, 'rows').find((one) => textAt(one, 'what') === countedAs(row))
    expect(at(counted, 'total')).toBeGreaterThan(0)
    const {kind, name} = refOf(anObject(row))
    const nodes = listAt(drawn, 'nodes').filter((one) => textAt(one, 'kind') === kind && textAt(one, 'name') === name)
    expect(nodes).toHaveLength(1)
  })
})
