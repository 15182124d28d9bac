import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../src/domain/core/object.js'
import {parseCustomColumns, parseCustomColumnsFile} from '../../src/output/custom-columns.js'
import {formatTable} from '../../src/output/table.js'

const pod = (name: string, more: object = {}): KubeObject => ({
  apiVersion: 'baz',
  kind: 'Pod',
  metadata: {name},
  ...more,
})
const containers = {spec: {containers: [0, 1, 2, 3].map((index) => ({name: `fake${index}`, ports: [{number: 80}]}))}}

// The expressions of kubectl pkg/cmd/get/customcolumn_test.go.
describe('custom columns are printed as by kubectl', () => {
  test.each<[string, KubeObject[], string]>([
    ['NAME:{.metadata.name}', [pod('foo')], 'NAME\nfoo\n'],
    ['NAME:metadata.name', [pod('foo'), pod('bar')], 'NAME\nfoo\nbar\n'],
    ['NAME:.metadata.name,API_VERSION:apiVersion', [pod('foo')], 'NAME   API_VERSION\nfoo    baz\n'],
    [
      'NAME:.metadata.name,API_VERSION:{apiVersion},NOT_FOUND:.notFound',
      [pod('foo')],
      'NAME   API_VERSION   NOT_FOUND\nfoo    baz           <none>\n',
    ],
    ['NAME:.metadata.name', [pod('\u001b x')], 'NAME\n^[ x\n'],
    ['EMPTY:,NAME:.metadata.name', [pod('foo')], 'EMPTY    NAME\n<none>   foo\n'],
    [
      'A:.a,B:.b',
      [pod('foo', {a: {y: [1, 'x'], b: null}, b: null})],
      'A                      B\nmap[b:<nil> y:[1 x]]   <nil>\n',
    ],
  ])('%s', (spec, objects, text) => {
    expect(formatTable(parseCustomColumns(spec), objects)).toBe(text)
  })

  test('with the layout of every other table', () => {
    const labelled = (name: string): KubeObject => ({
      ...pod(name),
      metadata: {name, labels: {label1: name, label2: name}},
    })
    const spec = 'NAME:.metadata.name,LONG COLUMN NAME:.metadata.labels.label1,LABEL 2:.metadata.labels.label2'
    expect(formatTable(parseCustomColumns(spec), ['foo', 'bar'].map(labelled))).toBe(`NAME   LONG COLUMN NAME   LABEL 2
foo    foo                foo
bar    bar                bar
`)
  })

  test.each([
    ['[0]', 'fake0'],
    ['[3]', 'fake3'],
    ['[-1]', 'fake3'],
    ['[-2]', 'fake2'],
    ['[-4]', 'fake0'],
    ['[0:0]', '<none>'],
    ['[0:3]', 'fake0,fake1,fake2'],
    ['[1:]', 'fake1,fake2,fake3'],
    ['[0:-1]', 'fake0,fake1,fake2'],
    ['[-1:]', 'fake3'],
    ['[-4:]', 'fake0,fake1,fake2,fake3'],
    ['[-3:-1]', 'fake1,fake2'],
    ['[4:4]', '<none>'],
    ['[-5:-5]', '<none>'],
  ])('CONTAINER:.spec.containers%s.name', (index, cell) => {
    const columns = parseCustomColumns(`CONTAINER:.spec.containers${index}.name`)
    expect(formatTable(columns, [pod('a', containers)])).toBe(`CONTAINER\n${cell}\n`)
  })

  test.each(['[5]', '[-5]', '[3:1]', '[-2:-3]'])('an index out of bounds fails: %s', (index) => {
    const columns = parseCustomColumns(`CONTAINER:.spec.containers${index}.name`)
    expect(() => formatTable(columns, [pod('a', containers)])).toThrow(
      /^error executing jsonpath "\{\.spec\.containers.*": (array index out of bounds|starting index)/,
    )
  })

  test.each([
    ['', 'custom-columns format specified but no custom columns given'],
    ['invalid', 'unexpected custom-columns spec: invalid, expected <header>:<json-path-expr>'],
    ['invalid=foobar', 'unexpected custom-columns spec: invalid=foobar, expected <header>:<json-path-expr>'],
    ['invalid,foobar:blah', 'unexpected custom-columns spec: invalid, expected <header>:<json-path-expr>'],
    ['A:.a[', 'error parsing jsonpath {.a[}, unterminated array'],
  ])('%j is refused', (spec, message) => expect(() => parseCustomColumns(spec)).toThrow(message))
})

describe('custom columns from a file', () => {
  test.each([
    'NAME               API_VERSION\n{metadata.name}    {apiVersion}',
    'NAME               \t\tAPI_VERSION\n\t\t\t{metadata.name}    {apiVersion}\n',
    'NAME API_VERSION\r\n.metadata.name apiVersion\r\n',
  ])('%j', (text) =>
    expect(formatTable(parseCustomColumnsFile(text), [pod('foo')])).toBe('NAME   API_VERSION\nfoo    baz\n'),
  )

  test.each([
    ['', /^invalid template, missing header line\./],
    ['invalid', /^invalid template, missing spec line\./],
    ['A B\n.a\n', /^number of headers \(2\) and field specifications \(1\) don't match$/],
    ['A\n{.a\n', /^unexpected path string/],
  ])('%j is refused', (text, message) => expect(() => parseCustomColumnsFile(text)).toThrow(message))
})
