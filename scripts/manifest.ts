// Writes oclif.manifest.json from the commands themselves. `--check` only compares, for the tests.
import {readFileSync, writeFileSync} from 'node:fs'
import {createManifest} from '../src/cli/manifest.js'
import {commands} from '../src/commands/index.js'
import {VERSION} from '../src/entry/version.js'

const text = `${JSON.stringify(await createManifest(commands, VERSION), undefined, 2)}\n`
if (process.argv.includes('--check')) {
  if (readFileSync('oclif.manifest.json', 'utf8') !== text) {
    console.error('oclif.manifest.json is stale: npm run build')
    process.exitCode = 1
  }
} else writeFileSync('oclif.manifest.json', text)
