import {describe, expect, test} from 'vitest'
import {commands} from '../../src/commands/index.js'
import {createIndex} from '../../src/cli/create-index.js'
import {VERSION} from '../../src/entry/version.js'
import {aSession, type Session} from '../support/session.js'

const index = await createIndex(commands, VERSION)
const ids = Object.keys(commands).sort()

/** Commands whose required words are not asked for, each with the reason. */
const SILENT: Readonly<Record<string, string>> = {
  'completion:script': 'works without a cluster, and its output goes into a file of the shell',
  'sandbox:run': 'what it runs is a whole command line, which nobody can choose from a list',
}

/** A word of the usage that has to be there: an argument, or a flag with its value; what is in brackets may be missing. */
const required = (usage: string, words: readonly string[]): string[] =>
  usage
    .replace(/\[[^\]]*\]/g, '')
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '--' && !words.includes(word))

const usageOf = (id: string): string => {
  const usage = index.commands[id]?.usage
  return (Array.isArray(usage) ? usage.join(' ') : (usage ?? '')).replaceAll('...', '')
}

/** One of everything that names are chosen from. */
const aRichNamespace = async (): Promise<Session> => {
  const session = aSession()
  const metadata = {namespace: 'demo'}
  await session.prepare(
    'kubectl sfl broker create orders --class MTChannelBasedBroker',
    'kubectl sfl channel create pipe --type imc',
    'kubectl sfl trigger create all --broker orders --sink broker:orders',
    'kubectl sfl subscription create sub --channel pipe --sink broker:orders',
    'kubectl sfl kafka config create cfg --bootstrap-servers kafka:9092 --partitions 3 --replication-factor 1',
    'kubectl sfl platform create shop',
    'kubectl sfl cluster-platform create main --platform demo/shop',
  )
  await session.given(
    {apiVersion: 'v1', kind: 'Secret', metadata: {...metadata, name: 'login'}, data: {}},
    {
      apiVersion: 'sonataflow.org/v1alpha08',
      kind: 'SonataFlow',
      metadata: {...metadata, name: 'flow'},
      spec: {flow: {states: [{name: 'end', type: 'inject', end: true}]}},
    },
  )
  return session
}

/** What a bare command line comes to where nobody can be asked, and at a terminal where the first question is left. */
const bare = async (session: Session, id: string) => {
  const line = `kubectl sfl ${id.replaceAll(':', ' ')}`
  const alone = await session.type(line)
  const asked = await session.type(line, {replies: ['^C']})
  return {alone, asked}
}

const needing = ids.filter((id) => required(usageOf(id), id.split(':')).length > 0)

test('the usage of every command that exists says what it requires', () => {
  expect(needing.length).toBeGreaterThan(40)
  expect(needing).toEqual(expect.arrayContaining(['trigger:create', 'platform:services:enable', 'broker:class:set']))
  expect(Object.keys(SILENT).filter((id) => !needing.includes(id))).toEqual([])
})

describe('a command with required values', async () => {
  const session = await aRichNamespace()
  test.each(needing.filter((id) => !(id in SILENT)))('%s asks for them', async (id) => {
    const {alone, asked} = await bare(session, id)
    expect(alone.code, alone.err).toBe(2)
    // Commands about Secrets say all that is wrong with their files and flags as well, each in a line.
    expect(alone.err).toMatch(/^error: (.* requires .*\nhint: See '|the name of the Secret is missing\n)/)
    expect(asked.err).toMatch(/^\? /m)
    expect(asked.err).toMatch(/error: cancelled, nothing was changed\n$/)
    expect(asked.code).toBe(130)
    expect(session.writes()).toEqual([])
  })
})

describe.each([
  ['without a terminal', {}, ''],
  ['with --no-input', {replies: []}, ' --no-input'],
  ['under CI', {replies: [], env: {CI: 'true'}}, ''],
  ['under -o json', {replies: []}, ' -o json'],
  ['under -o yaml', {replies: []}, ' -o yaml'],
])('%s nobody is asked', async (_name, scenario, flags) => {
  const session = await aRichNamespace()

  test.each(needing.filter((id) => !(id in SILENT)))('%s', async (id) => {
    if (flags.startsWith(' -o') && index.commands[id]?.flags['output'] === undefined) return
    const ran = await session.type(`kubectl sfl ${id.replaceAll(':', ' ')}${flags}`, scenario)
    expect(ran).toMatchObject({code: 2, out: ''})
    expect(ran.err).not.toMatch(/^\? /m)
    if (flags === ' -o json') expect(JSON.parse(ran.err)).toMatchObject({kind: 'Status', exitCode: 2})
    else expect(ran.err).toMatch(/^error: /)
    expect(session.requests()).toEqual([])
  })
})

describe('a command without them', async () => {
  const session = await aRichNamespace()
  const others = ids.filter((id) => !needing.includes(id) && id !== 'sandbox:start')

  test.each(others)('%s is no wrong usage when bare', async (id) => {
    const {err} = await session.type(`kubectl sfl ${id.replaceAll(':', ' ')}`)
    expect(err).not.toMatch(/ requires | is needed/)
  })
})
