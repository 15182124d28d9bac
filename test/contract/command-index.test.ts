import {readFile, stat} from 'node:fs/promises'
import {Config} from '@oclif/core'
import {expect, test} from 'vitest'
import {unfoldIndex} from '../../src/cli/command-index.js'
import {createIndex, indexText} from '../../src/cli/create-index.js'
import {commands} from '../../src/commands/index.js'
import {VERSION} from '../../src/entry/version.js'

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8')) as unknown

test('oclif.manifest.json tells of the commands as they are', async () => {
  const index = await createIndex(commands, VERSION)
  expect(await readFile('oclif.manifest.json', 'utf8'), 'npm run build writes it').toBe(indexText(index))
  expect(unfoldIndex(await readJson('oclif.manifest.json'), VERSION)).toEqual(index)
})

test('it is short, since the program travels with it and reads it at a press of TAB', async () => {
  expect((await stat('oclif.manifest.json')).size).toBeLessThan(150_000)
})

test('oclif reads it, too, and knows every command by it without loading one', async () => {
  const config = await Config.load({root: process.cwd()})
  expect(config.commandIDs.sort()).toEqual(Object.keys(commands).sort())
  expect(config.findCommand('broker:create')).toMatchObject({
    summary: 'Create brokers.',
    args: {names: {multiple: true}},
    flags: {'if-not-exists': {type: 'boolean'}},
  })
})

test.each([
  ['another version', {version: '0.0.0', flags: {}, everywhere: [], commands: {}}],
  ['something else', []],
])('a file of %s is refused, and the way out is named', (_, value) => {
  expect(() => unfoldIndex(value, VERSION)).toThrow(
    expect.objectContaining({
      message: `oclif.manifest.json is not that of version ${VERSION}`,
      hint: 'Install kubectl-sfl again.',
    }),
  )
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
  const index = await createIndex(commands, VERSION)
  const global = new Set(Object.keys(index.commands['options']!.flags))
  const lines = Object.values(index.commands).flatMap(({id, hidden, args, flags}) => [
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
