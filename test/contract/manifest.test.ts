import {readFile} from 'node:fs/promises'
import {expect, test} from 'vitest'
import {createManifest} from '../../src/cli/manifest.js'
import {commands} from '../../src/commands/index.js'
import {VERSION} from '../../src/entry/version.js'

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8')) as unknown

test('the manifest tells of the commands as they are', async () => {
  const manifest: unknown = JSON.parse(JSON.stringify(await createManifest(commands, VERSION)))
  expect(await readJson('oclif.manifest.json'), 'npm run build writes it anew').toEqual(manifest)
})

test('the program, the package and the manifest have one version', async () => {
  expect(await readJson('package.json')).toMatchObject({version: VERSION})
  expect(await readJson('package-lock.json')).toMatchObject({version: VERSION, packages: {'': {version: VERSION}}})
  expect(await readJson('oclif.manifest.json')).toMatchObject({version: VERSION})
})

/**
 * All commands, arguments and flags in one text: the deprecation policy. A line that goes away or changes its letter or
 * its value breaks somebody's script; a line may be added.
 */
test('commands and flags stay what they were', async () => {
  const manifest = await createManifest(commands, VERSION)
  const global = new Set(Object.keys(manifest.commands['options']!.flags))
  const lines = Object.values(manifest.commands).flatMap(({id, hidden, args, flags}) => [
    `${id.replaceAll(':', ' ')}${hidden ? ' (hidden)' : ''}`,
    ...Object.values(args).map(({name, multiple}) => `  ${name.toUpperCase()}${multiple ? '...' : ''}`),
    ...Object.values(flags)
      .filter(({name}) => !global.has(name) || id === 'options')
      .map((flag) =>
        [
          `  --${flag.allowNo ? '[no-]' : ''}${flag.name}`,
          flag.char === undefined ? '' : `-${flag.char}`,
          flag.type === 'option' ? String(flag.helpValue ?? 'VALUE') : '',
          flag.multiple ? '(repeatable)' : '',
          flag.options === undefined ? '' : flag.options.join('|'),
          flag.default === undefined ? '' : `default ${String(flag.default)}`,
          flag.hidden ? '(hidden)' : '',
        ]
          .filter(Boolean)
          .join(' '),
      ),
  ])
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/commands/command-snapshot.txt')
})
