import {createServer} from 'node:net'
import {describe, expect, test} from 'vitest'
import {KubeError} from '../../../src/kube/errors.js'
import {newAuthority} from '../../support/certificates.js'
import {base64, connectTo, faultServer, type TestConnection} from '../../support/connection.js'
import {type Step, cutShort, hang, json, reset, status, text} from '../../support/fault-server.js'
import {brokerObject, brokerRef} from '../../support/objects.js'

const ok = json(brokerObject())

const failureOf = async (pending: Promise<unknown>): Promise<{reason: string; code: number; message: string}> => {
  const error: unknown = await pending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof KubeError)) throw new Error(`not a KubeError: ${String(error)}`)
  const {reason, code, message} = error
  return {reason, code, message: message.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')}
}

const failedGet = ({client}: TestConnection): Promise<{reason: string; code: number; message: string}> =>
  failureOf(client.get(brokerRef()))

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

describe('a server that cannot be reached or trusted is told apart by its reason', () => {
  test('nobody listens there', async () => {
    const connection = await connectTo({url: `https://127.0.0.1:${await freePort()}`})
    expect(await failedGet(connection)).toEqual({
      reason: 'ConnectionRefused',
      code: 0,
      message: 'The connection to the server HOST was refused - did you specify the right host or port?',
    })
    expect(connection.clock.slept).toEqual([])
  })

  test('there is no such host', async () => {
    expect(await failedGet(await connectTo({url: 'https://no-such-host.invalid:6443'}))).toEqual({
      reason: 'HostNotFound',
      code: 0,
      message: expect.stringMatching(
        /^Unable to connect to the server no-such-host\.invalid:6443: (no such host|the name service does not answer)$/,
      ),
    })
  })

  test('its certificate is signed by somebody else', async () => {
    const server = await faultServer()
    const {cert} = await newAuthority('other')
    expect(await failedGet(await connectTo({url: server.url, authority: {cert}}))).toEqual({
      reason: 'CertificateUntrusted',
      code: 0,
      message:
        'Unable to connect to the server HOST: its certificate is signed by an unknown authority (certificate-authority in the kubeconfig does not belong to this server)',
    })
    const trusting = await connectTo({url: server.url}, {}, {insecureSkipTlsVerify: true})
    server.script(ok)
    expect((await trusting.client.get(brokerRef())).metadata.name).toBe('orders')
  })

  test('its certificate has expired', async () => {
    const authority = await newAuthority()
    const expired = await authority.issue({notBefore: new Date('2020-01-01'), notAfter: new Date('2020-02-01')})
    const server = await faultServer({authority, tls: expired})
    expect(await failedGet(await connectTo(server))).toEqual({
      reason: 'CertificateExpired',
      code: 0,
      message: 'Unable to connect to the server HOST: its certificate has expired',
    })
  })

  test('its certificate is for another name, unless the kubeconfig expects that name', async () => {
    const authority = await newAuthority()
    const server = await faultServer({authority, tls: await authority.issue({names: ['api.example.com']})})
    expect(await failedGet(await connectTo(server))).toMatchObject({
      reason: 'CertificateHostMismatch',
      message: expect.stringContaining('its certificate is for another name: '),
    })
    server.script(ok)
    const named = await connectTo(server, {cluster: {'tls-server-name': 'api.example.com'}})
    expect((await named.client.get(brokerRef())).kind).toBe('Broker')
  })

  test('it wants a client certificate of its own authority', async () => {
    const authority = await newAuthority()
    const server = await faultServer({
      authority,
      tls: {...(await authority.issue()), ca: authority.cert, requestCert: true, rejectUnauthorized: true},
    })
    const friend = await authority.issue({commonName: 'ann'})
    server.script(ok)
    const known = await connectTo(server, {
      user: {'client-certificate-data': base64(friend.cert), 'client-key-data': base64(friend.key)},
    })
    expect((await known.client.get(brokerRef())).kind).toBe('Broker')
  })

  test.each([
    ['bad certificate', 42],
    ['expired certificate', 45],
    ['unknown authority', 48],
    ['access denied', 49],
  ])('it ends the handshake because of our certificate: %s', async (_what, alert) => {
    // A fatal alert record (RFC 8446 6.2) in answer to our ClientHello.
    const refusing = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, alert])))
    })
    await new Promise<void>((resolve) => void refusing.listen(0, '127.0.0.1', resolve))
    const address = refusing.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(await failedGet(await connectTo({url: `https://127.0.0.1:${port}`}))).toEqual({
      reason: 'ClientCertificateRejected',
      code: 0,
      message: 'Unable to connect to the server HOST: it does not accept the client certificate of the kubeconfig',
    })
    refusing.close()
  })

  test('it does not speak TLS', async () => {
    const server = await faultServer({plain: true})
    expect(await failedGet(await connectTo({url: server.url.replace('http:', 'https:')}))).toEqual({
      reason: 'BadAnswer',
      code: 0,
      message:
        'Unable to connect to the server HOST: it does not speak TLS; is the address http:// instead of https://?',
    })
  })

  test('it is connected to, but says nothing', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const connection = await connectTo({url: `https://127.0.0.1:${port}`}, {}, {connectTimeoutMs: 50})
    expect(await failedGet(connection)).toEqual({
      reason: 'ConnectTimeout',
      code: 0,
      message: 'Unable to connect to the server HOST: no connection after 0.05 s',
    })
    silent.close()
  })

  test('it takes longer than --request-timeout', async () => {
    const server = await faultServer()
    server.script(hang)
    const connection = await connectTo(server, {}, {requestTimeoutMs: 100})
    expect(await failedGet(connection)).toEqual({
      reason: 'RequestTimeout',
      code: 0,
      message: 'The server HOST did not answer within 0.1 s',
    })
    expect(connection.clock.slept).toEqual([])
  })

  test('a --request-timeout of thousands of hours is no time-out at once', async () => {
    const server = await faultServer()
    server.script(async (request, response) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await ok(request, response)
    })
    const {client} = await connectTo(server, {}, {requestTimeoutMs: 10_000 * 3_600_000})
    expect(await client.get(brokerRef())).toMatchObject({kind: 'Broker'})
  })

  test('the user interrupts', async () => {
    const server = await faultServer()
    server.script(hang)
    const stop = new AbortController()
    const {client} = await connectTo(server)
    const pending = failureOf(client.get(brokerRef(), {signal: stop.signal}))
    setTimeout(() => stop.abort(), 50)
    expect(await pending).toEqual({reason: 'Aborted', code: 0, message: 'interrupted'})
    expect(await failureOf(client.get(brokerRef(), {signal: stop.signal}))).toMatchObject({reason: 'Aborted'})
  })
})

describe('an answer that is not a success becomes its reason', () => {
  test.each<[string, Step, object]>([
    ['401', status(401, 'Unauthorized', 'Unauthorized'), {reason: 'Unauthorized', code: 401, message: 'Unauthorized'}],
    [
      '403',
      status(403, 'Forbidden', 'brokers.eventing.knative.dev "orders" is forbidden: User "ann" cannot get …'),
      {
        reason: 'Forbidden',
        code: 403,
        message: 'brokers.eventing.knative.dev "orders" is forbidden: User "ann" cannot get …',
      },
    ],
    [
      '404 of the object',
      status(404, 'NotFound', 'brokers "orders" not found'),
      {reason: 'NotFound', code: 404, message: 'brokers "orders" not found'},
    ],
    [
      '404 of the whole API group',
      text('404 page not found\n', 404),
      {
        reason: 'ResourceNotServed',
        code: 404,
        message: 'the server does not have a resource type "brokers.eventing.knative.dev"',
      },
    ],
    ['500', status(500, 'InternalError', 'boom'), {reason: 'InternalError', code: 500, message: 'boom'}],
    [
      '500 without a Status',
      text('boom\nat x', 500),
      {reason: 'InternalError', code: 500, message: 'the server answered 500: boom at x'},
    ],
    [
      'garbage',
      text('\u0000garbage', 200),
      {
        reason: 'BadAnswer',
        code: 200,
        message:
          'https://HOST answered with something that is not JSON: garbage; is it a Kubernetes API server, or does a log-in page or proxy stand in between?',
      },
    ],
    [
      'a log-in page',
      text('<!DOCTYPE html><html><head><title>Please log in</title>', 200, {'Content-Type': 'text/html'}),
      {
        reason: 'BadAnswer',
        code: 200,
        message:
          'https://HOST answered with a web page ("Please log in"); is it a Kubernetes API server, or does a log-in page or proxy stand in between?',
      },
    ],
    [
      'a redirection',
      text('', 302, {Location: 'https://sso.example.com/'}),
      {
        reason: 'BadAnswer',
        code: 302,
        message:
          'https://HOST answered with a redirection to https://sso.example.com/; is it a Kubernetes API server, or does a log-in page or proxy stand in between?',
      },
    ],
    [
      'JSON that is no object',
      json({apiVersion: 'v1', kind: 'Broker', metadata: {}}),
      {
        reason: 'BadAnswer',
        code: 0,
        message: 'the server answered with an object whose metadata.name is missing or of a wrong type',
      },
    ],
  ])('%s', async (_what, step, expected) => {
    const server = await faultServer()
    server.script(step)
    expect(await failedGet(await connectTo(server))).toEqual(expected)
    expect(server.received).toHaveLength(1)
  })

  test('fields that were refused are listed', async () => {
    const server = await faultServer()
    const causes = [{reason: 'FieldValueRequired', message: 'Required value', field: 'spec.config'}]
    server.script(status(422, 'Invalid', 'Broker "x" is invalid', {details: {causes}}))
    const {client} = await connectTo(server)
    await expect(client.create(brokerObject())).rejects.toMatchObject({reason: 'Invalid', code: 422, causes})
  })
})

describe('requests are repeated only where that is safe', () => {
  test.each<[string, Step[], number[]]>([
    ['502, then 503, then 504', [text('', 502), text('', 503), text('', 504), ok], [100, 200, 400]],
    ['a connection that is closed instead of answering', [reset, ok], [100]],
    ['an answer that is cut short', [cutShort, ok], [100]],
    ['429 with Retry-After, which is obeyed', [text('', 429, {'Retry-After': '2'}), ok], [2100]],
    [
      '503 with Retry-After as a date',
      [text('', 503, {'Retry-After': 'Sat, 21 Nov 2026 10:00:03 GMT', Date: 'Sat, 21 Nov 2026 10:00:00 GMT'}), ok],
      [3100],
    ],
  ])('a GET after %s', async (_what, steps, slept) => {
    const server = await faultServer()
    server.script(...steps)
    const {client, clock} = await connectTo(server)
    expect((await client.get(brokerRef())).metadata.name).toBe('orders')
    expect(clock.slept).toEqual(slept)
    expect(server.received).toHaveLength(steps.length)
  })

  test('a GET at most five times, with pauses that grow', async () => {
    const server = await faultServer()
    server.script(...Array.from({length: 6}, () => text('', 502)))
    const connection = await connectTo(server)
    expect(await failedGet(connection)).toMatchObject({code: 502})
    expect(server.received).toHaveLength(5)
    expect(connection.clock.slept).toEqual([100, 200, 400, 800])
  })

  test('a write after 429 with Retry-After, because the server did not act', async () => {
    const server = await faultServer()
    server.script(text('', 429, {'Retry-After': '1'}), text('', 503, {'Retry-After': '1'}), json(brokerObject(), 201))
    const {client} = await connectTo(server)
    expect((await client.create(brokerObject())).metadata.name).toBe('orders')
    expect(server.received.map(({method}) => method)).toEqual(['POST', 'POST', 'POST'])
  })

  test.each<[string, Step, string]>([
    ['a closed connection', reset, 'ConnectionReset'],
    ['502', text('', 502), 'ServiceUnavailable'],
    ['503 without Retry-After', text('', 503), 'ServiceUnavailable'],
    ['a Retry-After of ten minutes', text('', 429, {'Retry-After': '600'}), 'TooManyRequests'],
  ])('a write not after %s', async (_what, step, reason) => {
    const server = await faultServer()
    server.script(step, ok)
    const {client, clock} = await connectTo(server)
    expect(await failureOf(client.create(brokerObject()))).toMatchObject({reason})
    expect(server.received).toHaveLength(1)
    expect(clock.slept).toEqual([])
  })
})
