import {existsSync, readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {commands} from '../../src/commands/index.js'
import {rowOfNoun} from '../../src/domain/kinds/registry.js'

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')

/** The eventing nouns whose objects people make: those that the recipe was written after. */
const nouns = ['broker', 'trigger', 'channel', 'subscription']

const under = (folder: string): string[] =>
  readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'}).map((name) => join(folder, name))

describe('CONTRIBUTING names only what is there', () => {
  // Pictures are made by a test and are not kept.
  const made = ['test/pictures']
  const paths = [...text.matchAll(/`((?:src|test|docs|bin|scripts)\/[\w./-]+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !made.includes(path))

  test.each([...new Set(paths)])('%s', (path) => {
    expect(existsSync(join(root, path))).toBe(true)
  })

  test('the quick loop runs tests that exist', () => {
    for (const [, path = ''] of text.matchAll(/npx vitest run (test\/[^\s`]+)/g))
      expect(existsSync(join(root, path))).toBe(true)
  })
})

describe('the places of a new noun', () => {
  test.each(nouns)('are all there for %s', (noun) => {
    expect(rowOfNoun(noun)).toBeDefined()
    for (const file of ['options', 'facts', 'reading', 'preflight', 'create', 'update', 'description'])
      expect(existsSync(join(root, `src/domain/eventing/${noun}/${file}.ts`)), `${noun}/${file}.ts`).toBe(true)
    const fixed = [
      `src/domain/findings/stories/${noun}.ts`,
      `src/facts/${noun}.ts`,
      `src/output/eventing/${noun}-list.ts`,
      `src/output/eventing/${noun}-describe.ts`,
      `src/cli/flags/${noun}.ts`,
      `src/commands/${noun}/index.ts`,
      `src/domain/check/checks/${noun === 'subscription' ? 'channel' : noun}-checks.ts`,
      `test/domain/eventing/${noun}`,
      `test/commands/${noun}`,
      `docs/commands/${noun}.md`,
    ]
    expect(fixed.filter((path) => !existsSync(join(root, path)))).toEqual([])
    for (const verb of ['create', 'list', 'describe', 'update', 'apply', 'delete', 'wait'])
      expect(Object.keys(commands)).toContain(`${noun}:${verb}`)
    expect(under('src/sandbox').filter((path) => path.includes(noun)).length).toBeGreaterThan(0)
  })

  test.each(nouns)('a verb of %s is data: no command has a body of its own', (noun) => {
    for (const verb of ['create', 'list', 'describe', 'update', 'apply', 'delete', 'wait']) {
      const source = readFileSync(join(root, `src/commands/${noun}/${verb}.ts`), 'utf8')
      expect(source, `${noun} ${verb}`).toMatch(/export default \w+Command\(/)
      expect(source, `${noun} ${verb}`).not.toContain('extends SflCommand')
    }
  })
})
