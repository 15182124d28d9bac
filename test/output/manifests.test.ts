import {describe, expect, test} from 'vitest'
import {readFoundManifests, readManifests} from '../../src/output/manifests.js'

const named = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`
const json = (name: string): string => JSON.stringify({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name}})
const namesIn = (text: string): string[] => readManifests(text, 'f').map(({manifest}) => manifest.metadata.name)

describe('manifests are read as kubectl reads them', () => {
  test.each([
    ['one JSON document behind the other', `${json('a')}${json('b')}`, ['a', 'b']],
    ['one on each line, the last without an end', `${json('a')}\n${json('{"b"}')}`, ['a', '{"b"}']],
    ['JSON between lines of dashes', `---\n${json('a')}\n---\n${json('b')}\n`, ['a', 'b']],
    ['YAML in braces, which is no JSON', '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}', ['a']],
    ['documents, some of them empty', `---\n# nothing\n---\n${named('a')}---\n\n---\n${named('b')}`, ['a', 'b']],
  ])('%s', (_what, text, expected) => {
    expect(namesIn(text)).toEqual(expected)
  })

  test('merge keys bring in what stands elsewhere, and own keys win', () => {
    const text = `${named('a')}x-base: &base {here: "1", there: "2"}\ndata:\n  <<: *base\n  there: "3"\n`
    expect(readManifests(text, 'f')[0]?.manifest['data']).toEqual({here: '1', there: '3'})
  })

  test('a generated name is stood in for, so that nothing is said to lack a name', () => {
    const [one] = readManifests('apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: tick-}\n', 'f')
    expect(one).toMatchObject({generated: true, manifest: {metadata: {name: 'tick-xxxxx', generateName: 'tick-'}}})
  })

  test('a name that is there is no generated one', () => {
    const [one] = readManifests('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: tick-1, generateName: tick-}\n', 'f')
    expect(one).toEqual({
      manifest: {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'tick-1', generateName: 'tick-'}},
      repeated: [],
    })
  })

  test('of a key that stands twice the last one counts, and it is named', () => {
    const [one] = readManifests(`${named('a')}data: {x: "1"}\ndata: {x: "2"}\n`, 'f')
    expect(one?.manifest['data']).toEqual({x: '2'})
    expect(one?.repeated).toEqual(['line 5: data'])
  })
})

describe('templates that nobody rendered', () => {
  test.each([
    [
      'a value',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Values.name }}}\n',
      'line 3, column 18',
      '{{ .Values.name }}',
    ],
    [
      'a name in quotes',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Values.name }}"}\n',
      'line 1, column 1',
      '{{ .Values.name }}',
    ],
    ['a line of Go', `{{- if .Values.on }}\n${named('a')}{{- end }}\n`, 'line 1, column 1', '{{- if .Values.on }}'],
    [
      'a field',
      `${named('a')}data:\n  {{- toYaml .Values.data | nindent 2 }}\n`,
      'line 5, column 3',
      '{{- toYaml .Values.data | nindent 2 }}',
    ],
  ])('are said to be that: %s', (_what, text, place, placeholder) => {
    expect(() => readManifests(text, 'chart.yaml')).toThrow(
      `chart.yaml: ${place}: this is a template that was not rendered: ${placeholder}`,
    )
  })

  test('braces in values of applications are none of ours', () => {
    const text = `${named('a')}data: {page: "<b>{{ name }}</b>"}\n`
    expect(readManifests(text, 'f')[0]?.manifest['data']).toEqual({page: '<b>{{ name }}</b>'})
  })
})

describe('a file that nobody has named', () => {
  test.each([
    ['values of a chart', 'image: {tag: "1"}\nreplicas: 2\n', 'strange'],
    ['an object', named('a'), 1],
    ['nothing', '# later\n', 0],
  ])('%s', (_what, text, expected) => {
    const found = readFoundManifests(text, 'f')
    expect(found === 'strange' ? found : found.length).toBe(expected)
  })

  test('is still told of when it was meant as an object', () => {
    expect(() => readFoundManifests('apiVersion: v1\nmetadata: {name: a}\n', 'f')).toThrow('kind is missing')
    expect(() => readFoundManifests(`${named('a')}---\nimage: x\n`, 'f')).toThrow('apiVersion is missing')
  })
})
