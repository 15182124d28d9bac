import {readFile} from 'node:fs/promises'
import {expect, test} from 'vitest'
import {listAt, recordAt, textAt} from '../../src/domain/core/read.js'

/** The files of the bundle that are loaded together with one of them. */
const loadedWith = (outputs: unknown, start: string): string[] => {
  const found = new Set([start])
  for (const name of found)
    for (const one of listAt(outputs, name, 'imports'))
      if (textAt(one, 'kind') === 'import-statement') found.add(textAt(one, 'path') ?? '')
  return [...found]
}

test('what completion loads at its start has no oclif in it, no catalogue of findings, no client-node', async () => {
  const meta: unknown = JSON.parse(await readFile('dist/meta.json', 'utf8'))
  const outputs = recordAt(meta, 'outputs')
  const starts = ['src/entry/start.ts', 'src/app/complete.ts'].map(
    (entry) => Object.keys(outputs).find((name) => textAt(outputs, name, 'entryPoint') === entry) ?? entry,
  )
  const sources = starts
    .flatMap((start) => loadedWith(outputs, start))
    .flatMap((name) => Object.keys(recordAt(outputs, name, 'inputs')))
  expect(sources).toContain('src/completion/complete.ts')
  // ansis is there for the colours of error messages, and small.
  expect(sources.filter((path) => /node_modules\/(?!ansis)|findings|src\/commands\/[a-z-]+\//.test(path))).toEqual([])
})
