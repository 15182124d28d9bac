import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {createIndex} from '../../src/cli/create-index.js'
import {commandPages, findingsPage} from '../../src/cli/pages.js'
import {commands, nouns} from '../../src/commands/index.js'
import {VERSION} from '../../src/entry/version.js'
import {rerun} from '../support/pages.js'

const docs = join(import.meta.dirname, '../../docs')

test('the pages about commands and findings are those that the program makes', async () => {
  const pages = commandPages(await createIndex(commands, VERSION), nouns)
  expect(readdirSync(join(docs, 'commands')).sort(), 'npm run build writes them').toEqual(
    pages.map(({name}) => name).sort(),
  )
  for (const {name, text} of pages)
    expect(readFileSync(join(docs, 'commands', name), 'utf8'), `docs/commands/${name}: npm run build writes it`).toBe(
      text,
    )
  expect(readFileSync(join(docs, 'findings.md'), 'utf8'), 'npm run build writes it').toBe(findingsPage())
})

test('the README shows what the program prints', async () => {
  const path = join(docs, '../README.md')
  await expect(await rerun(readFileSync(path, 'utf8'))).toMatchFileSnapshot(path)
})

describe('the workflows print what their pages show', () => {
  const pages = readdirSync(join(docs, 'workflows')).filter((name) => name.endsWith('.md'))
  // One waits a quarter of a minute, as its user would.
  test.concurrent.for(pages)('%s', async (name, {expect}) => {
    const path = join(docs, 'workflows', name)
    await expect(await rerun(readFileSync(path, 'utf8'))).toMatchFileSnapshot(path)
  })
})
