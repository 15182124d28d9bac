import {describe, expect, test} from 'vitest'
import {run} from '../support/run.js'

const config = (name: string, kind = 'ConfigMap'): string =>
  `apiVersion: ${kind === 'ConfigMap' ? 'v1' : 'kustomize.config.k8s.io/v1beta1'}\nkind: ${kind}\nmetadata: {name: ${name}}\n`

const files = {
  'deploy/b.yaml': config('b'),
  'deploy/a.json': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}',
  'deploy/deep/c.yml': config('c'),
  'deploy/README.md': '# no manifest',
  'with,comma.yaml': config('comma'),
  'chart/values.yaml': 'image: {tag: "1"}\n',
  'chart/templates/x.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Values.x }}}\n',
  'base/kustomization.yaml': 'resources: [a.yaml]\n',
  'base/a.yaml': config('base'),
  'other/kind.yaml': config('k', 'Kustomization'),
  'other/a.yaml': config('other'),
  'values.yaml': 'image: {tag: "1"}\n',
  'gen.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: gen-}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: gen-}\n',
}

/** How many manifests were found, and what was said on the way. */
const found = async (line: string, scenario: Parameters<typeof run>[1] = {}) => {
  const {out, err, code} = await run(`check ${line} --offline`, {files, ...scenario})
  const [, count] = / of (\d+) manifests?/.exec(out) ?? []
  return {count: count === undefined ? undefined : Number(count), err, code}
}

describe('-f, -R and -k are kubectl’s', () => {
  test.each([
    ['a file', '-f deploy/b.yaml', 1],
    ['a folder, and not what is below it', '-f deploy', 2],
    ['a folder with a slash, and -R what is below it', '-R -f deploy/', 3],
    ['several with commas between them', '-f deploy/a.json,deploy/b.yaml -f deploy/deep', 3],
    ['a path with a comma, in double quotes', `-f '"with,comma.yaml"'`, 1],
    ['a pattern that no shell has expanded', "-f 'deploy/*.yaml'", 1],
    ['a pattern for folders', "-f 'd*y/deep/[a-c].yml'", 1],
    ['the same file twice', '-f deploy/b.yaml,deploy/b.yaml', 1],
    ['two objects with generated names that begin alike', '-f gen.yaml', 2],
  ])('%s', async (_what, line, count) => {
    expect(await found(line)).toEqual({count, err: '', code: 0})
  })

  test('a URL is read', async () => {
    const scenario = {world: {readUrl: async (url: string) => config(url.split('/').at(-1) ?? '')}}
    expect(await found('-f https://example.com/a,http://example.com/b', scenario)).toEqual({count: 2, err: '', code: 0})
  })

  test('-k is built by kubectl itself', async () => {
    const asked: string[] = []
    const outputOf = async (command: readonly string[]) => {
      asked.push(command.join(' '))
      return {code: 0, out: `${config('one')}---\n${config('two')}`}
    }
    expect(await found('-k base', {outputOf})).toEqual({count: 2, err: '', code: 0})
    expect(asked).toEqual(['kubectl kustomize base'])
  })

  test('-k that kubectl cannot build ends the command; kubectl has said why', async () => {
    const scenario = {outputOf: async () => ({code: 1, out: ''})}
    expect(await found('-k base', scenario)).toEqual({
      count: undefined,
      err: 'error: kubectl kustomize base failed with exit code 1\n',
      code: 2,
    })
  })

  test.each([
    ['-f a.yaml -k base', 'error: only one of -f or -k can be specified\n'],
    ["-f '*.toml'", 'error: the path "*.toml" does not exist\n'],
    ['-f deploy/deep/nothing.yaml', /^error: cannot read deploy\/deep\/nothing\.yaml: ENOENT/],
    [
      '-f chart/templates',
      /^error: chart\/templates\/x\.yaml: line 3, column 18: this is a template that was not rendered: \{\{ \.Values\.x \}\}\nhint: render it first/,
    ],
    [
      '-f other/kind.yaml',
      'error: other/kind.yaml is for kustomize and holds no object of a cluster\nhint: -k builds its folder\n',
    ],
    ['-f values.yaml', /^error: values\.yaml: line 1, column 1: apiVersion is missing/],
  ])('%s is refused in words', async (line, expected) => {
    const {err, code} = await found(line)
    expect(code).toBe(2)
    if (typeof expected === 'string') expect(err).toBe(expected)
    else expect(err).toMatch(expected)
  })
})

describe('what lies in a folder and is no object', () => {
  test.each([
    ['base', 1, 'note: passed over base/kustomization.yaml, which is for kustomize; -k base builds it\n'],
    ['other', 1, 'note: passed over other/kind.yaml, which is for kustomize; -k other builds it\n'],
  ])('is passed over with a note: %s', async (folder, count, err) => {
    expect(await found(`-f ${folder}`)).toEqual({count, err, code: 0})
  })

  test('values of a chart beside manifests', async () => {
    const scenario = {files: {'mixed/values.yaml': 'a: 1\n', 'mixed/x.yaml': config('x')}}
    expect(await found('-f mixed', scenario)).toEqual({
      count: 1,
      err: 'note: passed over, as there is no Kubernetes object in: mixed/values.yaml\n',
      code: 0,
    })
  })
})
