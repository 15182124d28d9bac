import {describe, expect, test} from 'vitest'
import {ExitCode, SflError} from '../../src/domain/core/errors.js'
import type {KubeObject} from '../../src/domain/core/object.js'
import {
  FORMAT_NAMES,
  isObjectFormat,
  parseFormat,
  type FormatOptions,
  type ObjectFormat,
} from '../../src/output/format.js'
import {formatJson} from '../../src/output/json.js'
import {objectWriter} from '../../src/output/object-writer.js'
import {formatYaml} from '../../src/output/yaml.js'

const FILES: Record<string, string> = {names: '{.items[*].metadata.name}', columns: 'NAME\n.metadata.name\n'}
const readFile = (path: string): string => {
  const text = FILES[path]
  if (text === undefined) throw new Error(`open ${path}: no such file or directory`)
  return text
}
const options = {allowed: FORMAT_NAMES, readFile}

const objectFormat = (text: string): ObjectFormat => {
  const format = parseFormat(text, options)
  if (!isObjectFormat(format)) throw new Error(`${text} is not for objects`)
  return format
}

describe('the value of -o', () => {
  test.each([
    [undefined, 'table'],
    ['', 'table'],
    ['wide', 'wide'],
    ['JSON', 'json'],
    ['Yaml', 'yaml'],
    ['name', 'name'],
    ['url', 'url'],
    ['jsonpath={.a=b}', 'jsonpath'],
    ['JsonPath-As-JSON={.a}', 'jsonpath-as-json'],
    ['jsonpath-file=names', 'jsonpath'],
    ['custom-columns=A:.a', 'custom-columns'],
    ['custom-columns-file=columns', 'custom-columns'],
  ])('%s is the format %s', (text, name) => expect(parseFormat(text, options).name).toBe(name))

  const failure = (text: string, given: FormatOptions = options): [string, string | undefined] => {
    try {
      parseFormat(text, given)
    } catch (error) {
      if (!(error instanceof SflError)) throw error
      expect([error.reason, error.exitCode]).toEqual(['InvalidArgument', ExitCode.Usage])
      return [error.message, error.hint]
    }
    throw new Error('it was accepted')
  }
  const unknown = (text: string): string =>
    `unable to match a printer suitable for the output format "${text}", allowed formats are: ` +
    'custom-columns,custom-columns-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,url,wide,yaml'

  test.each([
    ['foo', unknown('foo')],
    ['json=x', unknown('json=x')],
    ['jsonpath', 'template format specified but no template given'],
    ['jsonpath=', 'template format specified but no template given'],
    ['jsonpath={.a', 'error parsing jsonpath {.a, unclosed action'],
    ['custom-columns', 'custom-columns format specified but no custom columns given'],
    ['custom-columns=x', 'unexpected custom-columns spec: x, expected <header>:<json-path-expr>'],
    ['jsonpath-file=none', 'error reading template none, open none: no such file or directory'],
    ['custom-columns-file=names', expect.stringMatching(/^invalid template, missing spec line\./)],
  ])('%s is refused before anything is asked of the cluster', (text, message) =>
    expect(failure(text)[0]).toEqual(message),
  )

  test('Go templates are refused with the way out', () =>
    expect(failure('go-template={{.a}}')).toEqual([
      unknown('go-template={{.a}}'),
      "Go templates are not supported; use -o jsonpath='{.metadata.name}', or -o json with jq",
    ]))

  test('a format that the command does not have is named with those that it has', () =>
    expect(failure('url', {...options, allowed: ['yaml', 'json']})[0]).toBe(
      'unable to match a printer suitable for the output format "url", allowed formats are: json,yaml',
    ))

  test('missing keys can be made an error', () => {
    const format = parseFormat('jsonpath={.a}', {...options, allowMissingKeys: false})
    expect(() => format.name === 'jsonpath' && format.template.text({})).toThrow(
      'error executing jsonpath "{.a}": a is not found',
    )
  })
})

const broker = (name: string, url?: string): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {name, namespace: 'demo', managedFields: [{manager: 'kubectl-sfl'}]},
  ...(url !== undefined && {status: {address: {url}}}),
})
const bare = (name: string): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {name, namespace: 'demo'},
})

const written = async (
  text: string,
  pages: KubeObject[][],
  {list = true, showManagedFields = false, headers = true} = {},
): Promise<string[]> => {
  const writer = await objectWriter(objectFormat(text), {list, showManagedFields, headers})
  return [...pages.map((page) => writer.page(page)), writer.end()]
}
const joined = async (...given: Parameters<typeof written>): Promise<string> => (await written(...given)).join('')

const two = [[broker('a')], [broker('b')]]
const listOf = (...items: KubeObject[]): object => ({
  apiVersion: 'v1',
  items,
  kind: 'List',
  metadata: {resourceVersion: ''},
})

describe('objects are written', () => {
  test('as a List of JSON or YAML, without managedFields', async () => {
    expect(await joined('json', two)).toBe(`${formatJson(listOf(bare('a'), bare('b')))}\n`)
    expect(await joined('yaml', two)).toBe(formatYaml(listOf(bare('a'), bare('b'))))
  })

  test('each as itself when one was asked for', async () => {
    expect(await joined('json', [[broker('a')]], {list: false})).toBe(`${formatJson(bare('a'))}\n`)
    expect(await joined('yaml', [[broker('a')]], {list: false})).toBe(formatYaml(bare('a')))
    expect(await joined('yaml', two, {list: false})).toBe(`${formatYaml(bare('a'))}---\n${formatYaml(bare('b'))}`)
  })

  test('with managedFields when asked', async () =>
    expect(await joined('json', [[broker('a')]], {list: false, showManagedFields: true})).toBe(
      `${formatJson(broker('a'))}\n`,
    ))

  test('as handles, page by page', async () =>
    expect(await written('name', two)).toEqual([
      'broker.eventing.knative.dev/a\n',
      'broker.eventing.knative.dev/b\n',
      '',
    ]))

  test('as addresses, with an empty line where there is none', async () =>
    expect(await joined('url', [[broker('a', 'http://h/a'), broker('b')]])).toBe('http://h/a\n\n'))

  test('through a jsonpath over the whole List, however its pages are cut', async () => {
    expect(await written('jsonpath={.kind}: {.items[*].metadata.name}', two)).toEqual(['', '', 'List: a b'])
    expect(await written('jsonpath-file=names', two)).toEqual(['', '', 'a b'])
    expect(await joined('jsonpath-as-json={.items[*].metadata.name}', two)).toBe('[\n    "a",\n    "b"\n]\n')
  })

  test('through a jsonpath over one object', async () => {
    expect(await joined('jsonpath={.metadata.name}', [[broker('a')]], {list: false})).toBe('a')
    expect(await joined('jsonpath-as-json={.metadata}', [[broker('a')]], {list: false})).toBe(
      '[\n    {\n        "name": "a",\n        "namespace": "demo"\n    }\n]\n',
    )
  })

  test('in custom columns', async () => {
    const spec = 'custom-columns=NAME:.metadata.name,NS:.metadata.namespace'
    expect(await joined(spec, two)).toBe('NAME   NS\na      demo\nb      demo\n')
    expect(await joined(spec, two, {headers: false})).toBe('a     demo\nb     demo\n')
    expect(await written(spec, two, {list: false})).toEqual(['NAME   NS\na      demo\n', 'b      demo\n', ''])
    expect(await joined(spec, [])).toBe('NAME   NS\n')
    expect(await joined(spec, [], {headers: false})).toBe('')
  })

  test.each([
    ['json', `${formatJson(listOf())}\n`],
    ['yaml', formatYaml(listOf())],
    ['name', ''],
    ['jsonpath={.items}', '[]'],
  ])('an empty list as %s', async (text, result) => expect(await joined(text, [[]])).toBe(result))
})
