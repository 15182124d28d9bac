import {chmodSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {SflError} from '../../../src/domain/core/errors.js'
import {newAuthority} from '../../support/certificates.js'
import {base64, connectTo, faultServer, temporaryFolder} from '../../support/connection.js'
import {type FaultServer, json, status} from '../../support/fault-server.js'
import {brokerObject, brokerRef} from '../../support/objects.js'

const V1 = 'client.authentication.k8s.io/v1'

/** A credential plugin that counts its runs in a file, shows what it was given in another, and prints `answer`. */
const plugin = (answer: unknown, exitCode = 0): {command: string; runs(): number; info(): unknown} => {
  const folder = temporaryFolder()
  const command = join(folder, 'login')
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
  writeFileSync(
    command,
    `#!/bin/sh\necho run >> '${folder}/runs'\nprintf '%s' "$KUBERNETES_EXEC_INFO" > '${folder}/info'\ncat <<'END'\n${text}\nEND\nexit ${exitCode}\n`,
  )
  chmodSync(command, 0o755)
  const info = (): unknown => JSON.parse(readFileSync(join(folder, 'info'), 'utf8'))
  return {command, info, runs: () => readFileSync(join(folder, 'runs'), 'utf8').trim().split('\n').length}
}

const answering = (status: object, apiVersion = V1): object => ({apiVersion, kind: 'ExecCredential', status})

const serverOf = async (answers: number): Promise<FaultServer> => {
  const server = await faultServer()
  server.script(...Array.from({length: answers}, () => json(brokerObject())))
  return server
}

const authorizations = ({received}: FaultServer): unknown[] => received.map(({headers}) => headers.authorization)

const failureOf = async (pending: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await pending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof SflError ? {exitCode: error.exitCode, message: error.message, hint: error.hint} : error
}

describe('ways to log in', () => {
  test('a token file is read again, because service account tokens are renewed', async () => {
    const server = await serverOf(2)
    const file = join(temporaryFolder(), 'token')
    writeFileSync(file, 'first\n')
    const {client} = await connectTo(server, {user: {tokenFile: file}})
    await client.get(brokerRef())
    writeFileSync(file, 'second\n')
    await client.get(brokerRef())
    expect(authorizations(server)).toEqual(['Bearer first', 'Bearer second'])
  })

  test('user name and password', async () => {
    const server = await serverOf(1)
    const {client} = await connectTo(server, {user: {username: 'ann', password: 'pw'}})
    await client.get(brokerRef())
    expect(authorizations(server)).toEqual([`Basic ${base64('ann:pw')}`])
  })

  test('nobody in particular', async () => {
    const server = await serverOf(1)
    const {client} = await connectTo(server, {user: {}})
    await client.get(brokerRef())
    expect(authorizations(server)).toEqual([undefined])
  })

  test.each<[string, object, string]>([
    [
      'half of a client certificate',
      {'client-certificate-data': base64('x')},
      'user "tester" has a client certificate but no client key',
    ],
    [
      'a certificate file that is gone',
      {'client-certificate': '/gone', 'client-key': '/gone'},
      'client certificate /gone cannot be read: it does not exist',
    ],
  ])('%s is refused before anything is sent', async (_what, user, message) => {
    expect(await failureOf(connectTo({url: 'https://127.0.0.1:1'}, {user}))).toMatchObject({exitCode: 6, message})
  })

  test('a certificate that does not belong to its key is refused in words', async () => {
    const authority = await newAuthority()
    const [one, other] = [await authority.issue(), await authority.issue()]
    const user = {'client-certificate-data': base64(one.cert), 'client-key-data': base64(other.key)}
    const server = await serverOf(0)
    const {client} = await connectTo(server, {user})
    expect(await failureOf(client.get(brokerRef()))).toMatchObject({
      exitCode: 6,
      message: 'cannot log in with the kubeconfig: the client key does not belong to the client certificate',
    })
  })
})

describe('credentials that a server does not accept', () => {
  test('a client certificate that expired is named as the reason', async () => {
    const expired = await (
      await newAuthority()
    ).issue({notBefore: new Date('2020-01-01'), notAfter: new Date('2020-02-01')})
    const server = await faultServer()
    server.script(status(401, 'Unauthorized', 'Unauthorized'))
    const user = {'client-certificate-data': base64(expired.cert), 'client-key-data': base64(expired.key)}
    const {client} = await connectTo(server, {user})
    await expect(client.get(brokerRef())).rejects.toMatchObject({
      reason: 'Unauthorized',
      code: 401,
      message: 'the client certificate of the kubeconfig expired on 2020-02-01',
    })
  })

  test('a token that no header can carry is refused without showing it', async () => {
    const server = await serverOf(0)
    const {client} = await connectTo(server, {user: {token: 's3cret\nline'}})
    const error = await failureOf(client.get(brokerRef()))
    expect(error).toMatchObject({
      exitCode: 6,
      message: 'the token, or the user or group to act as, has characters that a request cannot carry',
    })
    expect(JSON.stringify(error)).not.toContain('s3cret')
  })
})

describe('credential plugins', () => {
  test('run once, only when the first request needs them, and are told about the cluster', async () => {
    const server = await serverOf(3)
    const login = plugin(answering({token: 'from-plugin'}))
    const {client} = await connectTo(server, {
      user: {exec: {apiVersion: V1, command: login.command, provideClusterInfo: true, interactiveMode: 'IfAvailable'}},
      cluster: {extensions: [{name: 'client.authentication.k8s.io/exec', extension: {audience: 'x'}}]},
    })
    expect(login.runs).toThrow()
    await Promise.all([client.get(brokerRef()), client.get(brokerRef())])
    await client.get(brokerRef())
    expect(authorizations(server)).toEqual(Array.from({length: 3}, () => 'Bearer from-plugin'))
    expect(login.runs()).toBe(1)
    expect(login.info()).toEqual({
      kind: 'ExecCredential',
      apiVersion: V1,
      spec: {
        cluster: {
          server: server.url,
          'certificate-authority-data': base64(server.authority.cert),
          config: {audience: 'x'},
        },
        interactive: false,
      },
    })
  })

  test('run again when what they gave has expired, as in a long watch', async () => {
    const server = await serverOf(3)
    const login = plugin(answering({token: 't', expirationTimestamp: '2026-01-01T01:00:00Z'}))
    let today = Date.parse('2026-01-01T00:00:00Z')
    const user = {exec: {apiVersion: V1, command: login.command}}
    const {client} = await connectTo(server, {user}, {today: () => today})
    await client.get(brokerRef())
    today += 30 * 60_000
    await client.get(brokerRef())
    expect(login.runs()).toBe(1)
    today += 30 * 60_000
    expect(await failureOf(client.get(brokerRef()))).toMatchObject({
      exitCode: 6,
      message: `the credential plugin ${login.command} of user "tester" answered with a credential that expired at 2026-01-01T01:00:00Z`,
      hint: 'log in again with your cluster’s own tool, then repeat the command',
    })
    expect(login.runs()).toBe(2)
  })

  test('may give a client certificate instead of a token', async () => {
    const authority = await newAuthority()
    const own = await authority.issue({commonName: 'ann'})
    const server = await faultServer({
      authority,
      tls: {ca: authority.cert, requestCert: true, rejectUnauthorized: true},
    })
    server.script(json(brokerObject()))
    const login = plugin(answering({clientCertificateData: own.cert, clientKeyData: own.key}))
    const {client} = await connectTo(server, {user: {exec: {apiVersion: V1, command: login.command}}})
    expect((await client.get(brokerRef())).kind).toBe('Broker')
    expect(authorizations(server)).toEqual([undefined])
  })

  test('get the environment that the kubeconfig gives them', async () => {
    const server = await serverOf(1)
    const folder = temporaryFolder()
    const command = join(folder, 'login')
    writeFileSync(
      command,
      `#!/bin/sh\nprintf '{"apiVersion":"${V1}","kind":"ExecCredential","status":{"token":"%s-%s"}}' "$WHO" "$1"\n`,
    )
    chmodSync(command, 0o755)
    const exec = {apiVersion: V1, command, args: ['arg'], env: [{name: 'WHO', value: 'ann'}]}
    const {client} = await connectTo(server, {user: {exec}})
    await client.get(brokerRef())
    expect(authorizations(server)).toEqual(['Bearer ann-arg'])
  })

  test.each<[string, unknown, number, string]>([
    ['fails', '', 3, 'failed with exit code 3'],
    ['says nothing', '', 0, 'answered nothing'],
    ['prints something else', 'Welcome! token=abc', 0, 'answered with something that is not JSON'],
    ['answers with another kind', {kind: 'Pod'}, 0, 'did not answer with an ExecCredential'],
    [
      'speaks another version',
      answering({token: 't'}, `${V1}beta1`),
      0,
      `answered in version "${V1}beta1", but the kubeconfig expects ${V1}`,
    ],
    ['gives no status', {apiVersion: V1, kind: 'ExecCredential'}, 0, 'answered without a status'],
    ['gives an empty status', answering({}), 0, 'answered with neither a token nor a client certificate'],
    ['gives half a pair', answering({clientKeyData: 'k'}), 0, 'answered with only one of client certificate and key'],
    [
      'gives a credential that expired',
      answering({token: 't', expirationTimestamp: '2020-01-01T00:00:00Z'}),
      0,
      'answered with a credential that expired at 2020-01-01T00:00:00Z',
    ],
  ])('one that %s ends the command with a clear word', async (_what, answer, exitCode, message) => {
    const login = plugin(answer, exitCode)
    const server = await serverOf(0)
    const {client} = await connectTo(server, {user: {exec: {apiVersion: V1, command: login.command}}})
    expect(await failureOf(client.get(brokerRef()))).toMatchObject({
      exitCode: 6,
      message: `the credential plugin ${login.command} of user "tester" ${message}`,
    })
    expect(server.received).toEqual([])
  })

  test('one that is not installed is named with its own hint', async () => {
    const exec = {apiVersion: V1, command: 'no-such-login-plugin', installHint: 'install it with …'}
    const server = await serverOf(0)
    const {client} = await connectTo(server, {user: {exec}})
    expect(await failureOf(client.get(brokerRef()))).toEqual({
      exitCode: 6,
      message: 'the credential plugin no-such-login-plugin of user "tester" is not installed, or not on PATH',
      hint: 'install it with …',
    })
  })

  test('one that must ask the user is not started without a terminal, nor one of an unknown version', async () => {
    const login = plugin(answering({token: 't'}))
    const server = await serverOf(0)
    const asking = await connectTo(server, {
      user: {exec: {apiVersion: V1, command: login.command, interactiveMode: 'Always'}},
    })
    expect(await failureOf(asking.client.get(brokerRef()))).toMatchObject({
      message: `the credential plugin ${login.command} of user "tester" wants to ask you something, but standard input is not a terminal`,
    })
    const old = await connectTo(server, {
      user: {exec: {apiVersion: 'client.authentication.k8s.io/v1alpha1', command: login.command}},
    })
    expect(await failureOf(old.client.get(brokerRef()))).toMatchObject({
      message: `the credential plugin ${login.command} of user "tester" is configured with the version "client.authentication.k8s.io/v1alpha1", which is not supported`,
    })
    expect(login.runs).toThrow()
  })
})

describe('auth providers', () => {
  const token = (expires: number): string =>
    [{alg: 'none'}, {exp: expires}, 'x']
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')

  test('a valid OpenID Connect token is sent', async () => {
    const server = await serverOf(1)
    const valid = token(Math.floor(Date.now() / 1000) + 3600)
    const {client} = await connectTo(server, {user: {'auth-provider': {name: 'oidc', config: {'id-token': valid}}}})
    await client.get(brokerRef())
    expect(authorizations(server)).toEqual([`Bearer ${valid}`])
  })

  test('one that expired and cannot be renewed says so', async () => {
    const server = await serverOf(0)
    const {client} = await connectTo(server, {
      user: {'auth-provider': {name: 'oidc', config: {'id-token': token(1000)}}},
    })
    expect(await failureOf(client.get(brokerRef()))).toEqual({
      exitCode: 6,
      message: 'the OpenID Connect token of user "tester" has expired, and there is no refresh-token to renew it with',
      hint: 'log in again with your identity provider’s tool, then repeat the command',
    })
  })

  test.each([
    ['gcp', 'which kubectl has removed, too', 'use the credential plugin gke-gcloud-auth-plugin instead'],
    ['other', 'which is not supported', 'use a token, a client certificate or an exec plugin'],
  ])('%s is refused with its successor', async (name, words, hint) => {
    const server = await serverOf(0)
    const {client} = await connectTo(server, {user: {'auth-provider': {name}}})
    expect(await failureOf(client.get(brokerRef()))).toEqual({
      exitCode: 6,
      message: `user "tester" logs in with the auth provider "${name}", ${words}`,
      hint,
    })
  })
})
