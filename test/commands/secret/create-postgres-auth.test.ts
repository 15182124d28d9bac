import {describe, expect, test} from 'vitest'
import {decoded} from '../../support/objects.js'
import {OTHER_PASSWORD, PASSWORD} from '../../support/credentials.js'
import {aSession, type Session} from '../../support/session.js'

const files = {'pw.txt': `${PASSWORD}\n`, 'other.txt': OTHER_PASSWORD, 'lines.txt': 'a\nb\n', '-': PASSWORD}
const open = (more: Parameters<typeof aSession>[0] = {}): Session => aSession({files, ...more})
const create = (rest: string): string => `kubectl sfl secret create-postgres-auth pg ${rest}`

const aPlatform = (secretRef: object, name = 'platform') => ({
  apiVersion: 'sonataflow.org/v1alpha08',
  kind: 'SonataFlowPlatform',
  metadata: {name, namespace: 'demo'},
  spec: {
    services: {dataIndex: {}},
    persistence: {postgresql: {secretRef, serviceRef: {name: 'postgres'}}},
  },
})

const stored = async ({sandbox}: Session) =>
  decoded(await sandbox.client().get({apiVersion: 'v1', kind: 'Secret', name: 'pg', namespace: 'demo'}))

describe('secret create-postgres-auth', () => {
  test('writes the keys that the operator asks for, into the namespace of the platform', async () => {
    const session = open()
    await session.given(aPlatform({name: 'pg'}))
    await session.type(create('--user sonataflow --password-file pw.txt'))
    await session.type(create('--user sonataflow --password-stdin'))
    expect(await stored(session)).toEqual({POSTGRESQL_USER: 'sonataflow', POSTGRESQL_PASSWORD: PASSWORD})
    await session.type(create('--user sonataflow --password-file other.txt'))
    await session.type(create('--user sonataflow --password-file other.txt --replace'))
    expect((await stored(session))['POSTGRESQL_PASSWORD']).toBe(OTHER_PASSWORD)
    await session.matches('secret-create-postgres')
  })

  test('writes other keys where these are asked for, and says when a platform wants others', async () => {
    const session = open()
    await session.given(aPlatform({name: 'pg', userKey: 'username', passwordKey: 'password'}))
    await session.type(create('--user sonataflow --password-file pw.txt'))
    await session.type(create('--user sonataflow --password-file pw.txt --user-key username --password-key password'))
    expect(await stored(session)).toEqual({username: 'sonataflow', password: PASSWORD})
    await session.matches('secret-create-postgres-keys')
  })

  test('takes any character of a password but line ends, as nothing is pasted anywhere', async () => {
    const session = open({files: {'pw.txt': `a"b\\c'd\n`}})
    await session.prepare(create('--user x --password-file pw.txt'))
    expect((await stored(session))['POSTGRESQL_PASSWORD']).toBe(`a"b\\c'd`)
  })

  test('refuses what can never do, all at once', async () => {
    const session = open()
    await session.type('kubectl sfl secret create-postgres-auth')
    await session.type(create('--user x --password-file lines.txt --user-key a/b --password-key POSTGRESQL_USER'))
    await session.type('kubectl sfl secret create-postgres-auth Post_gres --user x --password-file nowhere.txt')
    expect(session.requests()).toEqual([])
    await session.matches('secret-create-postgres-usage')
  })

  test('asks for the password at a terminal', async () => {
    const session = open({typed: [PASSWORD, PASSWORD]})
    await session.type(create('--user sonataflow'))
    expect((await stored(session))['POSTGRESQL_PASSWORD']).toBe(PASSWORD)
  })

  test('says that nobody uses it yet, or that the namespace has no platform', async () => {
    const session = open()
    await session.type(create('--user x --password-file pw.txt --dry-run=client'))
    await session.given(aPlatform({name: 'another'}, 'one'))
    await session.type(create('--user x --password-file pw.txt --dry-run=client'))
    await session.matches('secret-create-postgres-unused')
  })
})
