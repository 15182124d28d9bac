import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {normalise, route} from '../../src/cli/argv.js'
import type {IndexedFlag} from '../../src/cli/command-index.js'
import {createIndex} from '../../src/cli/create-index.js'
import {commands, type CommandClass} from '../../src/commands/index.js'
import {VERSION} from '../../src/entry/version.js'
import {words} from '../support/run.js'

const ids = Object.keys(commands)
const all = await Promise.all(ids.map(async (id) => [id, await commands[id]!()] as const))
const index = await createIndex(commands, VERSION)
const flagsOf = (command: CommandClass) => Object.entries({...command.baseFlags, ...command.flags})

interface Example {
  description: string
  command: string
}
const examplesOf = ({examples = []}: CommandClass): Example[] =>
  examples.map((example) => (typeof example === 'string' ? {description: '', command: example} : example))

describe.each(all)('%s', (id, command) => {
  test('has a summary of one sentence and at least one example with a description', () => {
    expect(command.summary).toMatch(/^[A-Z].*\.$/)
    expect(examplesOf(command).length).toBeGreaterThan(0)
    for (const {description} of examplesOf(command)) expect(description).toMatch(/^\S.*[^.]$/)
  })

  test('has examples that its own flags understand', async () => {
    const lines = examplesOf(command).flatMap(({command: text}) => text.split('\n'))
    const own = lines.filter((line) => line.startsWith('<%= config.bin %> '))
    expect(own.length).toBeGreaterThan(0)
    const parser = await import('@oclif/core')
    for (const line of own) {
      const flags = {...command.baseFlags, ...command.flags}
      const found = route(words(line.replace('<%= config.bin %> ', '').replace(/ [|>] .*$/, '')), ids, flags)
      expect(found).toMatchObject({kind: 'run', id})
      const argv = found.kind === 'run' ? normalise(found.argv, flags) : []
      await parser.Parser.parse(argv, {args: command.args, flags, strict: command.strict})
    }
  })

  test('never takes its arguments from a pipe', () => {
    for (const [name, arg] of Object.entries(command.args)) expect(arg, name).toMatchObject({ignoreStdin: true})
  })

  test('leaves the words behind a repeatable flag alone', () => {
    for (const [name, flag] of flagsOf(command))
      if ('multiple' in flag && flag.multiple) expect(flag, `--${name}`).toMatchObject({multipleNonGreedy: true})
  })

  test('has flags in kebab case, each with a summary of one sentence', () => {
    for (const [name, {summary}] of flagsOf(command)) {
      expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
      expect(summary, `--${name}`).toMatch(/\.$/)
    }
  })

  test('has no letter twice', () => {
    const letters = flagsOf(command).flatMap(([, {char}]) => (char === undefined ? [] : [char]))
    expect(letters).toEqual([...new Set(letters)])
  })
})

test('a flag is the same thing in every command: one kind of value, one letter', () => {
  const faces = new Map<string, Set<string>>()
  // --timeout alone has two readings: kn's time limit of a delivery and kubectl's time to wait, both a DURATION.
  const face = ({type, char = '', multiple = false, helpValue = ''}: IndexedFlag): string =>
    [type, char, multiple, String(helpValue)].join(' ')
  for (const {flags} of Object.values(index.commands))
    for (const flag of Object.values(flags)) faces.set(flag.name, (faces.get(flag.name) ?? new Set()).add(face(flag)))
  const torn = [...faces].filter(([, seen]) => seen.size > 1).map(([name, seen]) => [name, ...seen])
  // kn's --type is one type for `channel create` and any number of them, -t, for `source list`.
  expect(torn.filter(([name]) => name !== 'type')).toEqual([])
})

describe('the files of src/commands', async () => {
  const folder = 'src/commands'
  const files = (await readdir(folder, {recursive: true})).filter((file) => file.endsWith('.ts')).sort()
  const verbs = files.filter((file) => !file.endsWith('index.ts'))

  test.each(verbs)('%s is a command that can be called', async (file) => {
    const id = file.replace(/\.ts$/, '').replaceAll('/', ':')
    const loaded = (await import(/* @vite-ignore */ `../../${join(folder, file)}`)) as {default: CommandClass}
    expect(ids).toContain(id)
    expect(await commands[id]!()).toBe(loaded.default)
  })

  test('are all commands there are', () => {
    expect(ids.toSorted()).toEqual(verbs.map((file) => file.replace(/\.ts$/, '').replaceAll('/', ':')).toSorted())
  })

  test.each(verbs)('%s is read in one go', async (file) => {
    const lines = (await readFile(join(folder, file), 'utf8')).trimEnd().split('\n').length
    expect(lines).toBeLessThanOrEqual(110)
  })

  test.each(files)('%s knows no process and no files', async (file) => {
    const text = await readFile(join(folder, file), 'utf8')
    expect(text).not.toMatch(/\bprocess\.\w|from 'node:/)
  })
})
