import {request} from 'node:https'
import {afterEach, describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {at, listAt, textAt} from '../../../src/domain/core/read.js'
import {type SandboxServer, type ServerOptions, startServer} from '../../../src/sandbox/server/server.js'
import {type Sandbox} from '../../../src/sandbox/sandbox.js'
import {broker, configMap, demo} from '../manifests.js'

let door: SandboxServer | undefined
afterEach(async () => {
  await door?.close()
  door = undefined
})

const open = async (options: ServerOptions = {}): Promise<{sandbox: Sandbox; door: SandboxServer}> => {
  const sandbox = demo()
  door = await startServer(sandbox, options)
  return {sandbox, door}
}

interface Answered {
  code: number
  headers: Record<string, unknown>
  body: unknown
  text: string
}

interface Ask {
  method?: string
  headers?: Record<string, string>
  body?: unknown
  token?: string
  /** Called with everything received so far; true ends the request. */
  until?: (text: string) => boolean
}

const ask = (
  to: SandboxServer,
  path: string,
  {method = 'GET', headers = {}, body, token = to.tokens.admin, until}: Ask = {},
) =>
  new Promise<Answered>((resolve, reject) => {
    const sent = request(
      `${to.url}${path}`,
      {
        method,
        ca: to.authority,
        agent: false,
        headers: {
          ...(token === '' ? {} : {Authorization: `Bearer ${token}`}),
          'Content-Type': 'application/json',
          ...headers,
        },
      },
      (response) => {
        let text = ''
        const finish = () => {
          const json = String(response.headers['content-type']).startsWith('application/json')
          let parsed: unknown
          try {
            parsed = json ? JSON.parse(text) : text
          } catch {
            parsed = undefined
          }
          resolve({code: response.statusCode ?? 0, headers: response.headers, body: parsed, text})
        }
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
          if (until?.(text)) {
            finish()
            sent.destroy()
          }
        })
        response.on('end', finish)
        response.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body))
  })

const configMaps = '/api/v1/namespaces/demo/configmaps'
const brokers = '/apis/eventing.knative.dev/v1/namespaces/demo/brokers'

describe('the door', () => {
  test('gives out a kubeconfig with everything in it', async () => {
    const {door} = await open()
    const file: unknown = parse(door.kubeconfig)
    expect(at(file, 'current-context')).toBe('sandbox')
    expect(
      listAt(file, 'contexts').map((context) => [textAt(context, 'name'), textAt(context, 'context', 'namespace')]),
    ).toEqual([
      ['sandbox', 'default'],
      ['alice', 'default'],
    ])
    const [cluster] = listAt(file, 'clusters')
    expect(textAt(cluster, 'cluster', 'server')).toBe(door.url)
    const authority = textAt(cluster, 'cluster', 'certificate-authority-data') ?? ''
    expect(Buffer.from(authority, 'base64').toString()).toBe(door.authority)
    expect(listAt(file, 'users').map((user) => textAt(user, 'user', 'token'))).toEqual([
      door.tokens.admin,
      door.tokens.alice,
    ])
  })

  test('answers 401 to strangers and 403 to alice', async () => {
    const {door} = await open()
    const stranger = await ask(door, configMaps, {token: 'nobody'})
    expect([stranger.code, textAt(stranger.body, 'message')]).toEqual([401, 'Unauthorized'])
    const alice = await ask(door, configMaps, {token: door.tokens.alice})
    expect([alice.code, textAt(alice.body, 'message')]).toEqual([
      403,
      'configmaps is forbidden: User "alice" cannot list resource "configmaps" in API group "" in the namespace "demo"',
    ])
  })

  test('creates, reads and deletes with the codes of the real server', async () => {
    const {sandbox, door} = await open()
    const made = await ask(door, `${configMaps}?fieldManager=me`, {method: 'POST', body: configMap('c')})
    const again = await ask(door, configMaps, {method: 'POST', body: configMap('c')})
    const read = await ask(door, `${configMaps}/c`)
    const gone = await ask(door, `${configMaps}/c`, {method: 'DELETE'})
    const missing = await ask(door, `${configMaps}/c`)
    expect([made, again, read, gone, missing].map(({code}) => code)).toEqual([201, 409, 200, 200, 404])
    expect(read.body).toEqual(made.body)
    expect(gone.body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {name: 'c', kind: 'configmaps', uid: textAt(made.body, 'metadata', 'uid')},
    })
    expect(sandbox.requests).toEqual([
      'create v1 ConfigMap demo/c',
      'create v1 ConfigMap demo/c',
      'get v1 ConfigMap demo/c',
      'delete v1 ConfigMap demo/c',
      'get v1 ConfigMap demo/c',
    ])
  })

  test('warns about unknown fields in a header', async () => {
    const {door} = await open()
    const made = await ask(door, `${brokers}?fieldValidation=Warn`, {method: 'POST', body: broker('b', {delivry: 1})})
    expect([made.code, made.headers['warning']]).toEqual([201, '299 - "unknown field \\"spec.delivry\\""'])
  })

  test('makes the Table that kubectl prints', async () => {
    const {sandbox, door} = await open()
    await sandbox.client().create(broker('b'))
    await sandbox.settle()
    const {body} = await ask(door, brokers, {headers: {Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io'}})
    expect(listAt(body, 'columnDefinitions').map((column) => [textAt(column, 'name'), at(column, 'priority')])).toEqual(
      [
        ['Name', 0],
        ['URL', 0],
        ['Age', 0],
        ['Ready', 0],
        ['Reason', 0],
        ['Class', 1],
      ],
    )
    expect(listAt(body, 'rows').map((row) => listAt(row, 'cells'))).toEqual([
      [
        'b',
        'http://broker-ingress.knative-eventing.svc.cluster.local/demo/b',
        '0s',
        'True',
        null,
        'MTChannelBasedBroker',
      ],
    ])
  })

  test.each([
    ['/api/v1', 'APIResourceList'],
    ['/apis', 'APIGroupList'],
    ['/apis/eventing.knative.dev', 'APIGroup'],
    ['/apis/eventing.knative.dev/v1', 'APIResourceList'],
  ])('tells at %s what it serves', async (path, kind) => {
    const {door} = await open()
    expect(textAt((await ask(door, path)).body, 'kind')).toBe(kind)
  })

  test('applies YAML, and answers a conflict with its causes', async () => {
    const {door} = await open()
    const headers = {'Content-Type': 'application/apply-patch+yaml'}
    const manifest = (value: string) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: "${value}"}}`
    const first = await ask(door, `${configMaps}/c?fieldManager=one`, {method: 'PATCH', headers, body: manifest('1')})
    const second = await ask(door, `${configMaps}/c?fieldManager=two`, {method: 'PATCH', headers, body: manifest('2')})
    expect([first.code, second.code]).toEqual([201, 409])
    expect(at(second.body, 'details')).toEqual({
      causes: [{reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a'}],
    })
  })

  test('compresses what is large', async () => {
    const {sandbox, door} = await open()
    sandbox.load([configMap('large', {text: 'x'.repeat(200_000)})])
    const {headers} = await ask(door, configMaps, {headers: {'Accept-Encoding': 'gzip'}})
    expect(headers['content-encoding']).toBe('gzip')
  })
})

const lines = (text: string) => text.split('\n').filter((line) => line.endsWith('}'))
const eventOf = (line: string): string => {
  const event: unknown = JSON.parse(line)
  return `${textAt(event, 'type')} ${textAt(event, 'object', 'metadata', 'name') ?? textAt(event, 'object', 'reason')}`
}

describe('a watch through the door', () => {
  test('streams what is there and what changes', async () => {
    const {sandbox, door} = await open()
    const client = sandbox.client()
    await client.create(configMap('a'))
    let created: Promise<unknown> | undefined
    const {text} = await ask(door, `${configMaps}?watch=true`, {
      until: (received) => {
        if (lines(received).length === 1) created ??= client.create(configMap('b'))
        return lines(received).length === 2
      },
    })
    await created
    expect(lines(text).map(eventOf)).toEqual(['ADDED a', 'ADDED b'])
  })

  test('from a forgotten version is answered with an ERROR event', async () => {
    const {sandbox, door} = await open()
    await sandbox.client().create(configMap('a'))
    sandbox.compact()
    const {code, text} = await ask(door, `${configMaps}?watch=true&resourceVersion=1`)
    const event: unknown = JSON.parse(text)
    expect([code, textAt(event, 'type'), at(event, 'object', 'code'), textAt(event, 'object', 'reason')]).toEqual([
      200,
      'ERROR',
      410,
      'Expired',
    ])
  })

  test('can be cut by a test', async () => {
    const {sandbox, door} = await open({
      intercept: ({url}) => (url.includes('watch') ? {cutWatch: {after: 1}} : undefined),
    })
    await sandbox.client().create(configMap('a'))
    await sandbox.client().create(configMap('b'))
    const {text} = await ask(door, `${configMaps}?watch=true`)
    expect(lines(text).map(eventOf)).toEqual(['ADDED a'])
  })
})

test('an unused connection stays open for 90 s, so that a request after a pause does not meet one that is closing', async () => {
  const {door} = await open()
  const {headers} = await ask(door, configMaps, {headers: {Connection: 'keep-alive'}})
  expect(headers['keep-alive']).toBe('timeout=90')
})

describe('faults that tests inject', () => {
  test('replace the answer', async () => {
    const {door} = await open({
      intercept: ({count}) => (count === 0 ? {status: 429, headers: {'Retry-After': '1'}, body: 'garbage'} : undefined),
    })
    const first = await ask(door, configMaps)
    const second = await ask(door, configMaps)
    expect([first.code, first.headers['retry-after'], first.text, second.code]).toEqual([429, '1', 'garbage', 200])
  })

  test('reset the connection', async () => {
    const {door} = await open({intercept: () => ({reset: true})})
    await expect(ask(door, configMaps)).rejects.toMatchObject({code: 'ECONNRESET'})
  })
})
