import {describe, expect, test} from 'vitest'
import {connectTo, faultServer} from '../../support/connection.js'
import {json, status, zipped} from '../../support/fault-server.js'
import {brokerObject, brokerRef} from '../../support/objects.js'

const secretRef = {apiVersion: 'v1', kind: 'Secret', name: 'db', namespace: 'demo'}
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {name: 'db', namespace: 'demo'},
  data: {password: 'aHVudGVyMg=='},
}

describe('what goes over the wire', () => {
  test('a request names the program, its credential and whom it acts as, with one line for each group', async () => {
    const server = await faultServer()
    server.script(json(brokerObject()))
    const {client} = await connectTo(
      server,
      {},
      {as: 'ann', asUid: '7', asGroups: ['dev', 'ops'], asUserExtra: {'example.com/scopes': ['a', 'b']}},
    )
    await client.get(brokerRef())
    const {rawHeaders, headers, url} = server.received[0]!
    const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []))
    expect(url).toBe('/apis/eventing.knative.dev/v1/namespaces/demo/brokers/orders')
    expect(lines.filter((line) => line.startsWith('Impersonate-'))).toEqual([
      'Impersonate-User: ann',
      'Impersonate-Uid: 7',
      'Impersonate-Group: dev',
      'Impersonate-Group: ops',
      'Impersonate-Extra-example.com%2Fscopes: a',
      'Impersonate-Extra-example.com%2Fscopes: b',
    ])
    expect(headers.authorization).toBe('Bearer test-token')
    expect(headers['user-agent']).toMatch(/^kubectl-sfl\/0\.1\.0 \(\w+\/\w+\)$/)
    expect(headers['accept-encoding']).toBe('gzip')
  })

  test('a server below a path is asked below that path', async () => {
    const server = await faultServer()
    server.script(json(brokerObject()))
    const {client, server: shown} = await connectTo(server, {server: `${server.url}/k8s/clusters/c-1/`})
    await client.get(brokerRef())
    expect(server.received[0]?.url).toBe(
      '/k8s/clusters/c-1/apis/eventing.knative.dev/v1/namespaces/demo/brokers/orders',
    )
    expect(shown).toBe(`${server.url}/k8s/clusters/c-1`)
  })

  test('compressed answers are read, and one connection serves many requests', async () => {
    const server = await faultServer()
    server.script(zipped(brokerObject('a')), zipped(brokerObject('b')), json(brokerObject('c')))
    const {client} = await connectTo(server)
    for (const name of ['a', 'b', 'c']) expect((await client.get(brokerRef(name))).metadata.name).toBe(name)
    expect(server.connections()).toBe(1)
  })

  test('a kubeconfig with disable-compression gets plain answers', async () => {
    const server = await faultServer()
    server.script(json(brokerObject()))
    const {client} = await connectTo(server, {cluster: {'disable-compression': true}})
    await client.get(brokerRef())
    expect(server.received[0]?.headers['accept-encoding']).toBe('identity')
  })

  test('warnings of the server are passed on, each once', async () => {
    const server = await faultServer()
    const headers = {Warning: ['299 - "v1beta1 is deprecated"', '299 - "say \\"hi\\""', '199 - "other"']}
    server.script(json(brokerObject(), 200, headers), json(brokerObject(), 200, headers))
    const {client, warnings} = await connectTo(server)
    await client.get(brokerRef())
    await client.get(brokerRef())
    expect(warnings).toEqual(['v1beta1 is deprecated', 'say "hi"'])
  })

  test('plain http works as with kubectl', async () => {
    const server = await faultServer({plain: true})
    server.script(json(brokerObject()))
    const {client} = await connectTo(server)
    expect((await client.get(brokerRef())).kind).toBe('Broker')
  })
})

describe('the request log', () => {
  const logAt = async (verbosity: number, user?: object): Promise<string> => {
    const server = await faultServer()
    server.script(json(secret), json(secret))
    const connection = await connectTo(server, user === undefined ? {} : {user}, {verbosity})
    await connection.client.get(secretRef)
    await connection.client.patch(secretRef, {stringData: {password: 'hunter2'}})
    return connection.logged.join('\n').replaceAll(server.url, 'https://HOST')
  }

  test('is silent below 6', async () => {
    expect(await logAt(5)).toBe('')
  })

  test('has one line for each request at 6', async () => {
    expect(await logAt(6)).toBe(
      [
        'GET https://HOST/api/v1/namespaces/demo/secrets/db 200 OK in 0 milliseconds',
        'PATCH https://HOST/api/v1/namespaces/demo/secrets/db?fieldManager=kubectl-sfl&fieldValidation=Strict 200 OK in 0 milliseconds',
      ].join('\n'),
    )
  })

  test('shows headers at 7, but no credential', async () => {
    const log = await logAt(7)
    expect(log.split('\n').slice(0, 6)).toEqual([
      'GET https://HOST/api/v1/namespaces/demo/secrets/db',
      'Request Headers:',
      '    Accept: application/json',
      '    Accept-Encoding: gzip',
      expect.stringMatching(/^ {4}User-Agent: kubectl-sfl/),
      '    Authorization: Bearer <masked>',
    ])
    expect(log).not.toContain('test-token')
  })

  test.each([
    ['a token', {token: 'tok-1234'}, 'tok-1234'],
    ['a password', {username: 'ann', password: 'pw-1234'}, Buffer.from('ann:pw-1234').toString('base64')],
  ])('shows bodies at 9, but neither %s nor the values of a Secret', async (_what, user, credential) => {
    const log = await logAt(9, user)
    expect(log).toContain('Request Body: {"stringData":{"password":"<masked>"}}')
    expect(log).toContain(
      'Response Body: {"apiVersion":"v1","kind":"Secret","metadata":{"name":"db","namespace":"demo"},"data":{"password":"<masked>"}}',
    )
    for (const value of [credential, 'hunter2', 'aHVudGVyMg']) expect(log).not.toContain(value)
  })

  test('cuts bodies at 8 and tells how much', async () => {
    const server = await faultServer()
    server.script(json({...brokerObject(), spec: {long: 'x'.repeat(2000)}}))
    const {client, logged} = await connectTo(server, {}, {verbosity: 8})
    await client.get(brokerRef())
    expect(logged.find((line) => line.startsWith('Response Body:'))).toMatch(/x \[truncated 1\d\d\d chars\]$/)
  })

  test('tells of requests that fail', async () => {
    const server = await faultServer()
    server.script(status(404, 'NotFound', 'no'))
    const {client, logged} = await connectTo(server, {}, {verbosity: 6})
    await client.get(brokerRef()).catch(() => {})
    expect(logged[0]).toMatch(/ 404 Not Found in 0 milliseconds$/)
  })
})
