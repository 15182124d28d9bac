import {readdir, readFile} from 'node:fs/promises'
import {expect, test} from 'vitest'
import {aKnativeService} from '../support/eventing.js'
import {aSession} from '../support/session.js'

/** The lines of ```sh blocks that call this program, in order; blocks marked `no-run` are for reading only. */
const examplesIn = (markdown: string): string[] =>
  [...markdown.matchAll(/^```sh([^\n]*)\n([^]*?)^```/gm)]
    .filter(([, info = '']) => !info.includes('no-run'))
    .flatMap(([, , body = '']) => body.replaceAll(/\s*\\\n\s*/g, ' ').split('\n'))
    .map((line) =>
      line
        .replace(/^\$ /, '')
        .replace(/\s+#\s.*$/, '')
        .trim(),
    )
    .filter((line) => /^(kubectl|kn) sfl( |$)/.test(line))

test('the examples are found in the way they are written', () => {
  const markdown = [
    '```sh',
    '$ kubectl sfl version   # which one',
    'npm ci',
    'kubectl sfl broker create a \\',
    '    --class Kafka',
    '```',
    '```sh no-run',
    'kubectl sfl broker delete a',
    '```',
    '```',
    'kubectl sfl broker list',
    '```',
  ].join('\n')
  expect(examplesIn(markdown)).toEqual(['kubectl sfl version', 'kubectl sfl broker create a --class Kafka'])
})

test('every example of the README runs, one after the other', async () => {
  const session = aSession({namespace: 'default', answers: Array.from({length: 10}, () => true)})
  const sink = aKnativeService('dead-letters')
  await session.given({...sink, metadata: {...sink.metadata, namespace: 'default'}})
  const examples = examplesIn(await readFile('README.md', 'utf8'))
  expect(examples.length).toBeGreaterThan(0)
  for (const line of examples) {
    const {code, err} = await session.type(line, {runProgram: async () => 0})
    expect(code, `${line}\n${err}`).toBe(0)
  }
})

/** Lines of blocks that are for reading only, each with what runs it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'npm ci && npm run tour': '.ci/run, in a clean clone',
  'npm test': '.ci/run',
  'npm run build && npm install -g "$(npm pack --silent)"': 'test/package/install.test.ts',
  'npm install -g kubectl-sfl': 'the same package, from a registry',
  'npm run package': 'npm run test:standalone',
  'tar xzf package/kubectl-sfl_v0.1.0_linux_amd64.tar.gz -C ~/bin kubectl-sfl && ln -s kubectl-sfl ~/bin/kn-sfl':
    'test/package/release.test.ts, in npm run test:standalone',
  'npm run package -- --downloads https://example.com/sfl/v0.1.0': 'test/package/krew.test.ts, what comes of it',
  'kubectl krew index add mine https://example.com/krew-index.git && kubectl krew install mine/sfl':
    'needs a server for the index; krew’s rules for the manifest: test/package/krew.test.ts',
  'kubectl krew install --manifest=package/sfl.yaml --archive=package/kubectl-sfl_v0.1.0_linux_amd64.tar.gz':
    'needs krew; archive and manifest: test/package/release.test.ts',
}

test('every line of a shell block is run by a test, here or elsewhere', async () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/README.md']
  const folders = ['docs/workflows']
  const all = [
    ...pages,
    ...(
      await Promise.all(folders.map(async (folder) => (await readdir(folder)).map((name) => `${folder}/${name}`)))
    ).flat(),
  ]
  const texts = await Promise.all(all.map((path) => readFile(path, 'utf8')))
  const blocks = texts.flatMap((text) => [...text.matchAll(/^```(\S*)([^\n]*)\n([^]*?)^```$/gm)])
  const unread = blocks.filter(([, kind = '']) => !['sh', 'console', 'text', 'yaml', ''].includes(kind))
  expect(unread.map(([block]) => block)).toEqual([])
  const reading = blocks.filter(([, kind, info = '']) => kind === 'sh' && info.includes('no-run'))
  const lines = reading.flatMap(([, , , body = '']) => body.trim().split('\n'))
  expect(lines.toSorted()).toEqual(Object.keys(ELSEWHERE).toSorted())
  const run = blocks.filter(([, kind, info = '']) => kind === 'sh' && !info.includes('no-run'))
  expect(
    run.flatMap(([, , , body = '']) => body.trim().split('\n')).filter((line) => !/^(kubectl|kn) sfl /.test(line)),
  ).toEqual([])
})
