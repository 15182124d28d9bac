import {createServer, type Server} from 'node:net'
import {createHash, randomBytes} from 'node:crypto'
import {type Duplex} from 'node:stream'
import {describe, expect, onTestFinished, test} from 'vitest'
import type {KubeClient} from '../../src/kube/client.js'
import {startServer} from '../../src/sandbox/server/server.js'
import {createSandbox, type Sandbox} from '../../src/sandbox/sandbox.js'
import {connectTo, faultServer} from '../support/connection.js'
import {hang, status} from '../support/fault-server.js'
import {onChannel, portBytes, startKubelet} from '../support/kubelet.js'
import {startProxy} from '../support/proxy.js'

const POD = {apiVersion: 'v1', kind: 'Pod', namespace: 'kafka', name: 'kafka-0'}

/** A server on loopback that ends with the test; its port. */
const listening = async (serve: (socket: Duplex) => void): Promise<number> => {
  const sockets = new Set<Duplex>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    serve(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    sockets.forEach((socket) => socket.destroy())
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const echo = (socket: Duplex): void => void socket.pipe(socket)

const ended = (stream: Duplex): Promise<unknown> =>
  new Promise((resolve) => {
    stream.on('error', resolve)
    stream.on('close', () => resolve('closed'))
  })

const firstBytes = (stream: Duplex): Promise<string> =>
  new Promise((resolve, reject) => {
    stream.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    stream.once('error', reject)
  })

/** A sandbox with a pod, whose port 9092 is one of this machine. */
const withPod = (listens: number | undefined): Sandbox => {
  const sandbox = createSandbox({install: {knative: false}})
  const annotations = listens === undefined ? {} : {'sandbox.sfl/forward': `9092=127.0.0.1:${listens}`}
  const containers = [{name: 'kafka', image: 'kafka'}]
  const {namespace, name, ...kind} = POD
  sandbox.load([{...kind, metadata: {namespace, name, annotations}, spec: {containers}, status: {phase: 'Running'}}])
  return sandbox
}

type Way = (sandbox: Sandbox, user: 'admin' | 'alice') => Promise<KubeClient>

describe.each<[string, Way]>([
  ['in this process', async (sandbox, user) => sandbox.client(user)],
  [
    'over HTTPS',
    async (sandbox, user) => {
      const door = await startServer(sandbox)
      onTestFinished(() => door.close())
      const connection = await connectTo(
        {url: door.url, authority: {cert: door.authority}},
        {user: {token: door.tokens[user]}},
      )
      return connection.client
    },
  ],
])('a port of a pod of the sandbox, %s', (_name, clientOf) => {
  test('takes and gives bytes as if one were in the pod', async () => {
    const client = await clientOf(withPod(await listening(echo)), 'admin')
    const stream = await client.portForward(POD, 9092)
    stream.write('hello')
    expect(await firstBytes(stream)).toBe('hello')
    stream.destroy()
  })

  test('loses nothing of much, though the reader is slow', async () => {
    const sent = randomBytes(3_000_000)
    const client = await clientOf(withPod(await listening((socket) => socket.end(sent))), 'admin')
    const stream = await client.portForward(POD, 9092)
    const received = createHash('sha256')
    for await (const chunk of stream) {
      received.update(chunk as Buffer)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(received.digest('hex')).toBe(createHash('sha256').update(sent).digest('hex'))
  })

  test('is closed when the other side closes it', async () => {
    const client = await clientOf(withPod(await listening((socket) => void socket.end())), 'admin')
    const stream = await client.portForward(POD, 9092)
    stream.resume()
    expect(await ended(stream)).toBe('closed')
  })

  test('fails with the words of the kubelet when nothing listens there', async () => {
    const client = await clientOf(withPod(undefined), 'admin')
    const stream = await client.portForward(POD, 9092)
    stream.resume()
    expect(await ended(stream)).toMatchObject({
      reason: 'PortForwardFailed',
      message:
        'port 9092 of pod kafka/kafka-0 cannot be reached from inside the pod: failed to connect to localhost:9092 inside the pod: dial tcp4 127.0.0.1:9092: connect: connection refused',
    })
  })

  test('that is not there is NotFound, and one without the right Forbidden', async () => {
    const sandbox = withPod(undefined)
    const missing = (await clientOf(sandbox, 'admin')).portForward({...POD, name: 'kafka-9'}, 9092)
    await expect(missing).rejects.toMatchObject({reason: 'NotFound', code: 404, message: 'pods "kafka-9" not found'})
    const refused = (await clientOf(sandbox, 'alice')).portForward(POD, 9092)
    await expect(refused).rejects.toMatchObject({
      reason: 'Forbidden',
      code: 403,
      message:
        'pods "kafka-0" is forbidden: User "alice" cannot get resource "pods/portforward" in API group "" in the namespace "kafka"',
    })
  })

  test('is given back when the signal aborts', async () => {
    let onClose: (value: unknown) => void = () => {}
    const closed = new Promise((resolve) => (onClose = resolve))
    const port = await listening((socket) => socket.resume().on('close', () => onClose('closed')))
    const client = await clientOf(withPod(port), 'admin')
    const stop = new AbortController()
    const stream = await client.portForward(POD, 9092, {signal: stop.signal})
    stream.write('x')
    const end = ended(stream)
    setTimeout(() => stop.abort(), 50)
    expect(await end).toMatchObject({reason: 'Aborted'})
    expect(await closed).toBe('closed')
  })
})

const over = async (kubelet: {url: string; authority?: {cert: string}}, options = {}) => connectTo(kubelet, {}, options)

const OTHER = expect.stringContaining('it does not know the protocol in which a kubelet forwards ports') as string

describe('a forwarded port', () => {
  test('is asked for by the kubelet’s protocol, with the credentials, and nothing of it is logged', async () => {
    const kubelet = await startKubelet((socket) => {
      for (const channel of [0, 1] as const) socket.send(onChannel(channel, portBytes(9092)))
      socket.on('message', (data: Buffer) => socket.send(data))
    })
    const {client, logged} = await over(kubelet, {verbosity: 9})
    const stream = await client.portForward(POD, 9092)
    stream.write('s3cret')
    expect(await firstBytes(stream)).toBe('s3cret')
    stream.destroy()
    expect(kubelet.asked).toMatchObject([
      {
        url: '/api/v1/namespaces/kafka/pods/kafka-0/portforward?ports=9092',
        headers: {'sec-websocket-protocol': 'v4.channel.k8s.io', authorization: 'Bearer test-token'},
      },
    ])
    expect(logged.join('\n')).toContain('Response Status: 101 Switching Protocols')
    expect(logged.join('\n')).not.toMatch(/s3cret|test-token/)
  })

  test('reads past the number of the port, however it comes', async () => {
    const [low = 0, high = 0] = portBytes(9092)
    const kubelet = await startKubelet((socket) => {
      socket.send(onChannel(0))
      socket.send(onChannel(0, Buffer.of(low)))
      socket.send(onChannel(1, Buffer.of(low, high)))
      socket.send(onChannel(0, Buffer.of(high), 'first'))
    })
    const {client} = await over(kubelet)
    expect(await firstBytes(await client.portForward(POD, 9092))).toBe('first')
  })

  test('says that the connection was lost when it ends without a goodbye', async () => {
    const kubelet = await startKubelet((socket) => socket.terminate())
    const {client} = await over(kubelet)
    const stream = await client.portForward(POD, 9092)
    stream.resume()
    expect(await ended(stream)).toMatchObject({reason: 'ConnectionReset'})
  })

  test('goes through a proxy, and through one to a plain server', async () => {
    const proxy = await startProxy()
    for (const plain of [false, true]) {
      const kubelet = await startKubelet((socket) => socket.send(onChannel(0, portBytes(9092), 'through')), {plain})
      const server = {url: kubelet.url, authority: kubelet.authority}
      const {client} = await connectTo(server, {cluster: {'proxy-url': proxy.url}})
      expect(await firstBytes(await client.portForward(POD, 9092))).toBe('through')
      expect(proxy.asked.at(-1)?.what).toBe(`CONNECT 127.0.0.1:${kubelet.port}`)
    }
  })

  test.each<[string, Parameters<typeof startKubelet>[1], object]>([
    ['a server that agrees to another protocol', {protocol: 'v9.else'}, {reason: 'BadAnswer', message: OTHER}],
    ['a server that agrees to none', {protocol: false}, {reason: 'BadAnswer', message: OTHER}],
    [
      'a server that hangs up',
      {refuse: (connection) => void connection.destroy()},
      {reason: 'ConnectionReset', message: expect.stringContaining('the connection was closed by the other side')},
    ],
    [
      'a log-in page in between',
      {refuse: (connection) => void connection.end('HTTP/1.1 302 Found\r\nLocation: https://login/\r\n\r\n')},
      {reason: 'BadAnswer', message: expect.stringContaining('a redirection to https://login/')},
    ],
    [
      'garbage',
      {refuse: (connection) => void connection.end('SSH-2.0-OpenSSH_9.2\r\n')},
      {reason: 'BadAnswer', message: expect.stringContaining('it does not speak HTTP')},
    ],
  ])('%s is said in words', async (_name, options, failure) => {
    const kubelet = await startKubelet(() => {}, options)
    const {client} = await over(kubelet)
    await expect(client.portForward(POD, 9092)).rejects.toMatchObject(failure)
  })

  test('is refused as the server says, and by a server that does not answer in time', async () => {
    const server = await faultServer()
    server.script(status(400, 'BadRequest', 'pod kafka-0 does not have a host assigned'), hang)
    const {client} = await connectTo(server, {}, {requestTimeoutMs: 300})
    await expect(client.portForward(POD, 9092)).rejects.toMatchObject({
      reason: 'BadRequest',
      message: 'pod kafka-0 does not have a host assigned',
    })
    await expect(client.portForward(POD, 9092)).rejects.toMatchObject({reason: 'RequestTimeout'})
    const gone = await connectTo({url: 'https://127.0.0.1:1', authority: server.authority})
    await expect(gone.client.portForward(POD, 9092)).rejects.toMatchObject({reason: 'ConnectionRefused'})
  })
})

test('the sandbox passes bytes to this machine alone', async () => {
  const sandbox = withPod(undefined)
  await sandbox.client().patch(POD, {metadata: {annotations: {'sandbox.sfl/forward': '9092=192.0.2.1:9092'}}})
  const stream = await sandbox.client().portForward(POD, 9092)
  stream.resume()
  expect(await ended(stream)).toMatchObject({reason: 'PortForwardFailed'})
})

test('the sandbox says 400 to kubectl’s own protocol', async () => {
  const door = await startServer(withPod(undefined))
  onTestFinished(() => door.close())
  const {request} = await import('node:https')
  const code = await new Promise((resolve, reject) => {
    const headers = {
      Authorization: `Bearer ${door.tokens.admin}`,
      Connection: 'Upgrade',
      Upgrade: 'SPDY/3.1',
    }
    const path = '/api/v1/namespaces/kafka/pods/kafka-0/portforward?ports=9092'
    const sent = request(`${door.url}${path}`, {ca: door.authority, agent: false, headers}, (response) =>
      resolve(response.statusCode),
    )
    sent.on('error', reject).end()
  })
  expect(code).toBe(400)
})
