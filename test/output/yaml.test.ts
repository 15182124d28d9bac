import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {ExitCode, SflError} from '../../src/domain/core/errors.js'
import {parseManifests} from '../../src/output/manifests.js'
import {formatYaml, yamlListWriter} from '../../src/output/yaml.js'

test('YAML has the order and layout of kubectl, and YAML 1.1 readers get the same values', () => {
  const shared = {name: 'x'}
  const value = {
    spec: {
      list: [{b: 1, a: [shared, shared]}, 'text'],
      long: `${'word '.repeat(40)}end`,
      multi: 'one\ntwo\n',
      empty: {},
      none: [],
    },
    kind: 'Broker',
    metadata: {
      creationTimestamp: '2026-01-01T00:00:00Z',
      annotations: {
        a: 'on',
        b: 'yes',
        c: 'y',
        d: '1_000',
        e: '12:30:45',
        f: '',
        g: 'null',
        h: '1',
        i: 'a: b',
        j: '# x',
      },
      labels: {key10: '1', key2: '2', Key: '3', _: '4', 'a-b': '5', ab: '6'},
    },
  }
  expect(formatYaml(value)).toBe(`kind: Broker
metadata:
  annotations:
    a: "on"
    b: "yes"
    c: "y"
    d: "1_000"
    e: "12:30:45"
    f: ""
    g: "null"
    h: "1"
    i: 'a: b'
    j: '# x'
  creationTimestamp: "2026-01-01T00:00:00Z"
  labels:
    _: "4"
    Key: "3"
    a-b: "5"
    ab: "6"
    key2: "2"
    key10: "1"
spec:
  empty: {}
  list:
  - a:
    - name: x
    - name: x
    b: 1
  - text
  long: ${'word '.repeat(40)}end
  multi: |
    one
    two
  none: []
`)
})

test.each(['0o17', '0O17', '0X1F', '0b1', '1e5_0', '.5', '1.', '+1', '0777', '1_0', '.inf', '=', '<<', '~', 'NO'])(
  'the text %s is quoted, because kubectl would read it as something else',
  (text) => expect(formatYaml({a: text})).toBe(`a: "${text}"\n`),
)

test.each(['1.2.3', '0x', 'v1', '10m', 'PT1S', '1Gi', '127.0.0.1', 'a_1'])('the text %s needs no quotes', (text) =>
  expect(formatYaml({a: text})).toBe(`a: ${text}\n`),
)

const manifest = (data: unknown) => ({apiVersion: 'v1', data, kind: 'ConfigMap', metadata: {name: 'a'}})

test('every object that is printed can be read again', () => {
  const json = fc.jsonValue({noUnicodeString: false, maxDepth: 3})
  fc.assert(
    fc.property(json, (data) => {
      const expected: unknown = JSON.parse(JSON.stringify(manifest(data)))
      expect(parseManifests(formatYaml(expected), 'f')).toEqual([expected])
    }),
  )
})

describe('a List', () => {
  const objects = [manifest({a: '1'}), manifest({b: ['x']}), manifest({c: '3'})]

  test('is the same text however its pages are cut', () => {
    const writer = yamlListWriter()
    const text = writer.page(objects.slice(0, 2)) + writer.page(objects.slice(2)) + writer.end()
    expect(text).toBe(formatYaml({apiVersion: 'v1', items: objects, kind: 'List', metadata: {resourceVersion: ''}}))
    expect(text.slice(0, 60)).toBe('apiVersion: v1\nitems:\n- apiVersion: v1\n  data:\n    a: "1"\n  ')
  })

  test('is a List also when empty', () => {
    const writer = yamlListWriter()
    expect(writer.page([]) + writer.end()).toBe(
      'apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: ""\n',
    )
  })
})

describe('manifests', () => {
  test('several documents, empty ones, comments and Lists give all objects in order', () => {
    const text = `# brokers
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
- {apiVersion: v1, kind: ConfigMapList, items: [{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}]}
---
{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "d"}}
`
    expect(parseManifests(text, 'f').map(({metadata}) => metadata.name)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('JSON is read as well', () => {
    expect(parseManifests(`\n${JSON.stringify(manifest(null), null, '\t')}`, 'f')).toEqual([manifest(null)])
  })

  test('scalars are read as kubectl reads them', () => {
    const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {a: on, b: y, c: 1_000, d: 0o17, j: 017, e: 12:30:45, f: 2026-01-01, g: 2026-01-01T00:00:00Z, h: 0x1F, i: ~}
`
    expect(parseManifests(text, 'f')[0]).toMatchObject({
      data: {
        a: true,
        b: true,
        c: 1000,
        d: 15,
        j: 15,
        e: '12:30:45',
        f: '2026-01-01',
        g: '2026-01-01T00:00:00Z',
        h: 31,
        i: null,
      },
    })
  })

  test.each(['', '---\n', '# nothing\n', '---\n---\n'])('nothing is found in %j', (text) =>
    expect(parseManifests(text, 'f')).toEqual([]),
  )

  const head = 'apiVersion: v1\nkind: ConfigMap\n'
  test.each([
    [
      `${head}metadata:\n  name: a\n bad: x\n`,
      /^broker\.yaml: line 5, column 1: All mapping items must start at the same column$/,
    ],
    [
      `${head}metadata: {name: a}\n---\nkind: Broker\nmetadata: {name: b}\n`,
      /^broker\.yaml: line 5, column 1: apiVersion is missing or not a text$/,
    ],
    [`${head}`, /^broker\.yaml: line 1, column 1: metadata\.name is missing or not a text$/],
    [`${head}metadata: {name: 5}\n`, /^broker\.yaml: line 1, column 1: metadata\.name is missing or not a text$/],
    ['just text\n', /^broker\.yaml: line 1, column 1: this is not a Kubernetes object$/],
    ['{"kind": "List", "items": [1]}', /^broker\.yaml: items\[0\]: this is not a Kubernetes object$/],
    ['{"kind": "Broker",', /^broker\.yaml: line 1, column \d+: /],
  ])('%j is refused with the place', (text, message) => {
    try {
      parseManifests(text, 'broker.yaml')
    } catch (error) {
      if (!(error instanceof SflError)) throw error
      expect(error.message).toMatch(message)
      expect([error.reason, error.exitCode]).toEqual(['InvalidArgument', ExitCode.Usage])
      return
    }
    throw new Error('it was accepted')
  })
})

describe('texts of every kind come back as they were', () => {
  test.each([
    'one\n\ntwo',
    '  indented\nthen not\n',
    '\n',
    '\n\nx',
    'ends with blanks  \nx  ',
    'tab\there',
    '- not a list',
    'a: b',
    '# no comment',
    '? no key',
    "it's",
    'say "hi"',
    'null',
    '\u001b[31m',
    '---\nx',
    '注文\n二',
    `${'long '.repeat(60)}end`,
  ])('%j', (text) => {
    const object = manifest({map: {deep: text, [text]: text}, list: [text, [text], {a: text}]})
    expect(parseManifests(formatYaml(object), 'f')).toEqual([object])
  })
})
