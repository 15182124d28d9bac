import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {stringify} from 'yaml'
import {readYaml} from '../../../src/kube/config/yaml-full.js'
import {readYamlSubset} from '../../../src/kube/config/yaml-subset.js'

const KUBECTL = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: 0LS0tLS1CRUdJTg==
    server: https://127.0.0.1:6443
  name: kind-kind
contexts:
- context:
    cluster: kind-kind
    namespace: "demo"
    user: kind-kind
  name: kind-kind
current-context: kind-kind
kind: Config
preferences: {}
users:
- name: kind-kind
  user:
    client-certificate-data: LS0t
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      args: null
      env: []
      interactiveMode: IfAvailable
      provideClusterInfo: false
`

const MINIKUBE = `apiVersion: v1
clusters:
- cluster:
    certificate-authority: /home/ann/.minikube/ca.crt
    extensions:
    - extension:
        last-update: Wed, 13 Nov 2024 10:11:12 UTC
        provider: minikube.sigs.k8s.io
        version: v1.34.0
      name: cluster_info
    server: https://192.168.49.2:8443
  name: minikube
`

const GCLOUD = `users:
- name: gke_project_europe-west1_one
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      command: gke-gcloud-auth-plugin
      installHint: Install gke-gcloud-auth-plugin for use with kubectl by following
        https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin
      provideClusterInfo: true
`

const BY_HAND = `--- # not the first line is a document marker
`

const WITH_COMMENTS = `# my clusters
---
apiVersion: v1   # of the file
clusters:
  # the one
  - name: 'it''s mine' # really
    cluster:
      server: "https://a\\tb"
      empty:
      notice: |
        first
          indented # no comment

        last
    more: ~
  -
    name: second
list:
- a
- 1
- true
- https://x:1/y
`

describe('the quick reader of kubeconfig files', () => {
  test.each([
    ['kubectl and kind', KUBECTL],
    ['minikube', MINIKUBE],
    ['gcloud', GCLOUD],
    ['people, with comments, quotes and block scalars', WITH_COMMENTS],
    ['nobody: an empty file', ''],
    ['people who commented everything out', '# nothing\n\n'],
  ])('understands what is written by %s, and reads it as the yaml package does', (_who, text) => {
    expect(readYamlSubset(text)).toEqual({value: readYaml(text)})
    expect(readYamlSubset(text.replaceAll('\n', '\r\n'))).toEqual({value: readYaml(text)})
  })

  test.each([
    ['an anchor', 'a: &x 1\nb: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a flow map', 'a: {b: 1}\n'],
    ['a folded block', 'a: >\n  b\n  c\n'],
    ['a number that is not a small whole one', 'a: 1e3\n'],
    ['an octal number', 'a: 0o17\n'],
    ['a tab', 'a:\n\tb: 1\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a second document', 'a: 1\n---\nb: 1\n'],
    ['a document marker with a comment', BY_HAND],
    ['a quoted scalar over two lines', 'a: "b\n  c"\n'],
    ['a letter beyond ASCII', 'a: ü\n'],
    ['a map behind a value', 'a: b\n  c: d\n'],
    ['a colon inside of a plain scalar', 'a: b: c\n'],
    ['a lone word', 'word\n'],
    ['a list that is less indented than its key', '  a:\n- b\n'],
  ])('leaves %s to the yaml package', (_what, text) => {
    expect(readYamlSubset(text)).toBeUndefined()
  })

  const word = fc.oneof(
    fc.constantFrom(
      '~',
      'null',
      'true',
      'False',
      '1',
      '007',
      '1.5',
      '.5',
      '0x1F',
      '-',
      '- a',
      'a: b',
      'a #b',
      '#x',
      'https://h:1/p',
    ),
    fc.constantFrom(
      '',
      ' ',
      'two words',
      'trailing ',
      "it's",
      '"quoted"',
      'line\nbreak',
      'a\n\n b\n',
      '{}',
      '[]',
      'x:',
      '@',
      '!',
      '&a',
      '*a',
    ),
    fc.string({maxLength: 12}),
    fc.base64String({maxLength: 30}),
  )
  const key = fc.oneof(
    fc.constantFrom('a', 'name', 'client-key-data', 'null', '1', 'a.b/c', 'x y', '__proto', ''),
    fc.string({maxLength: 5}),
  )
  const leaf = fc.oneof(word, fc.integer(), fc.double({noNaN: true}), fc.boolean(), fc.constant(null))
  const {tree} = fc.letrec<{tree: unknown}>((tie) => ({
    tree: fc.oneof(
      {maxDepth: 4},
      leaf,
      fc.array(tie('tree'), {maxLength: 3}),
      fc.dictionary(key, tie('tree'), {maxKeys: 4, noNullPrototype: true}),
    ),
  }))
  const style = fc.record({
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    defaultStringType: fc.constantFrom(
      'PLAIN' as const,
      'QUOTE_SINGLE' as const,
      'QUOTE_DOUBLE' as const,
      'BLOCK_LITERAL' as const,
    ),
  })

  test('whenever it answers, it answers the same as the yaml package, for documents that tools write', () => {
    let answered = 0
    fc.assert(
      fc.property(fc.dictionary(key, tree, {noNullPrototype: true}), style, (value, options) => {
        const text = stringify(value, options)
        const quick = readYamlSubset(text)
        if (quick === undefined) return
        answered++
        expect(quick.value).toEqual(readYaml(text))
      }),
      {numRuns: 1500},
    )
    expect(answered).toBeGreaterThan(100)
  })

  test('whenever it answers, it answers the same as the yaml package, for lines that were damaged or thrown together', () => {
    const line = fc.record({
      indent: fc.constantFrom('', '', '  ', '    ', ' ', '\t'),
      dash: fc.constantFrom('', '', '- ', '-'),
      body: fc.oneof(
        fc
          .tuple(fc.constantFrom('a', 'b', 'c: d', '"k"', "'q'", '?'), fc.constantFrom(': ', ':', ' : ', ':  '), word)
          .map((parts) => parts.join('')),
        fc.constantFrom(
          'a:',
          'b: |',
          'c: |-',
          'a: "x" # c',
          'b: >-',
          '',
          '# comment',
          'text',
          'a: b',
          '---',
          '...',
          '%YAML 1.1',
          'a: |+',
        ),
        word,
      ),
    })
    let answered = 0
    fc.assert(
      fc.property(fc.array(line, {maxLength: 7}), (lines) => {
        const text = lines.map(({indent, dash, body}) => `${indent}${dash}${body}\n`).join('')
        const quick = readYamlSubset(text)
        if (quick === undefined) return
        answered++
        expect(quick.value).toEqual(readYaml(text))
      }),
      {numRuns: 5000},
    )
    expect(answered).toBeGreaterThan(100)
  })
})
