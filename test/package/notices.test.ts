import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {bundle} from '../../scripts/bundle.js'
import {notices, packagesIn} from '../../scripts/package/notices.js'

test('the notices hold a licence text for every package in the executable, and Bun’s', async () => {
  const {metafile} = await bundle('src/standalone.ts')
  const packages = packagesIn(metafile)
  expect(packages.filter((folder) => !existsSync(join(folder, 'package.json')))).toEqual([])
  expect(new Set(packages).size).toBe(packages.length)
  const text = notices(metafile)
  for (const name of [
    'Bun',
    'JavaScriptCore',
    '@oclif/core',
    'yaml',
    'inquirer',
    'cli-table3',
    '@kubernetes/client-node',
  ])
    expect(text).toContain(name)
  expect(text).not.toMatch(/Licence: unknown/)
})
