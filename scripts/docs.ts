// Writes the pages of docs/ that are made from the program itself: one per noun, and all finding codes. `--check` only
// compares, for the tests.
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {commandPages, findingsPage} from '../src/cli/pages.js'
import {createIndex} from '../src/cli/create-index.js'
import {commands, nouns} from '../src/commands/index.js'
import {VERSION} from '../src/entry/version.js'

const pages = new Map([
  ...commandPages(await createIndex(commands, VERSION), nouns).map(
    ({name, text}) => [join('docs/commands', name), text] as const,
  ),
  [join('docs', 'findings.md'), findingsPage()],
])
const old = readdirSync('docs/commands').map((name) => join('docs/commands', name))

if (process.argv.includes('--check')) {
  const stale = [...new Set([...old, ...pages.keys()])].filter((path) => {
    const text = pages.get(path)
    return text === undefined || !old.concat('docs/findings.md').includes(path) || readFileSync(path, 'utf8') !== text
  })
  if (stale.length > 0) {
    console.error(`stale, npm run build writes them: ${stale.join(', ')}`)
    process.exitCode = 1
  }
} else {
  mkdirSync('docs/commands', {recursive: true})
  for (const path of old) rmSync(path)
  for (const [path, text] of pages) writeFileSync(path, text)
}
