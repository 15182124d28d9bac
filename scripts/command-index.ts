// Writes oclif.manifest.json from the commands themselves. `--check` only compares, for the tests.
import {readFileSync, writeFileSync} from 'node:fs'
import {createIndex, indexText} from '../src/cli/create-index.js'
import {commands} from '../src/commands/index.js'
import {VERSION} from '../src/entry/version.js'

const text = indexText(await createIndex(commands, VERSION))
if (process.argv.includes('--check')) {
  if (readFileSync('oclif.manifest.json', 'utf8') !== text) {
    console.error('oclif.manifest.json is stale: npm run build')
    process.exitCode = 1
  }
} else writeFileSync('oclif.manifest.json', text)
