import {readFile} from 'node:fs/promises'
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
  expect(examples.length).toBeGreaterThan(5)
  for (const line of examples) {
    const {code, err} = await session.type(line, {runProgram: async () => 0})
    expect(code, `${line}\n${err}`).toBe(0)
  }
})
