import {randomBytes} from 'node:crypto'
import {type IncomingMessage, type ServerResponse, STATUS_CODES} from 'node:http'
import {createServer} from 'node:https'
import {type AddressInfo} from 'node:net'
import {type Duplex} from 'node:stream'
import {type Sandbox} from '../sandbox.js'
import {admin, alice} from '../store/access.js'
import {unauthorized} from '../store/fault.js'
import {type User} from '../store/request.js'
import {send, statusOf} from './answer.js'
import {makeCertificate} from './certificate.js'
import {type DoorFault, type Intercept} from './fault-injection.js'
import {type Asked, forwardTarget, handle} from './handle.js'
import {kubeconfigText} from './kubeconfig.js'
import {streamWatch} from './watch-stream.js'
import {after} from '../../process/timer.js'

export {type DoorFault, type DoorRequest, type Intercept} from './fault-injection.js'

export interface ServerOptions {
  /** Default 0: any free port. */
  port?: number
  intercept?: Intercept
}

export interface SandboxServer {
  /** `https://127.0.0.1:PORT` */
  url: string
  /** A whole kubeconfig file: contexts `sandbox` (admin, current) and `alice`. */
  kubeconfig: string
  /** PEM of the authority that signed the server's certificate. */
  authority: string
  tokens: {admin: string; alice: string}
  /** Ends all connections, watches included. */
  close(): Promise<void>
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** Milliseconds that an unused connection stays open, as a kube-apiserver's (apiserver pkg/server/secure_serving.go). */
const IDLE_TIMEOUT = 90_000

const pause = (milliseconds: number) => new Promise<void>((resolve) => void after(milliseconds, resolve))

/** Opens an HTTPS server on the loopback interface that speaks the Kubernetes API of the sandbox. */
export const startServer = async (
  sandbox: Sandbox,
  {port = 0, intercept}: ServerOptions = {},
): Promise<SandboxServer> => {
  const certificate = await makeCertificate(new Date())
  const tokens = {admin: randomBytes(16).toString('hex'), alice: randomBytes(16).toString('hex')}
  const users = new Map<string, User>([
    [`Bearer ${tokens.admin}`, admin],
    [`Bearer ${tokens.alice}`, alice],
  ])
  let count = 0

  const userOf = ({headers}: IncomingMessage): User => {
    const user = users.get(headers.authorization ?? '')
    if (user === undefined) throw unauthorized()
    return user
  }

  const answer = (request: IncomingMessage, response: ServerResponse, body: string, cut: DoorFault['cutWatch']) => {
    try {
      const user = userOf(request)
      const url = new URL(request.url ?? '/', 'https://127.0.0.1')
      const asked: Asked = {
        method: request.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        accept: request.headers.accept ?? '',
        contentType: request.headers['content-type'] ?? 'application/json',
        agent: request.headers['user-agent'] ?? '',
        body,
        user,
      }
      const handled = handle(sandbox, asked)
      if ('watch' in handled) streamWatch(sandbox, handled.watch, asked, response, cut)
      else send(request, response, handled)
    } catch (error) {
      const status = statusOf(error)
      if (response.headersSent) response.destroy()
      else send(request, response, {code: status.code, body: status})
    }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request)
    const fault = intercept?.({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: request.headers,
      body,
      count: count++,
    })
    if (fault?.delayMs !== undefined) await pause(fault.delayMs)
    if (fault?.reset) request.socket.destroy()
    else if (fault?.status !== undefined) {
      response.writeHead(fault.status, {'Content-Type': 'application/json', ...fault.headers})
      response.end(fault.body ?? '')
    } else answer(request, response, body, fault?.cutWatch)
  }

  const server = createServer(
    {
      key: certificate.key,
      cert: `${certificate.certificate}${certificate.certificate.endsWith('\n') ? '' : '\n'}${certificate.authority}`,
    },
    (request, response) => {
      serve(request, response).catch(() => response.destroy())
    },
  )
  const upgraded = new Set<Duplex>()
  server.on('upgrade', (request, connection, head) => {
    upgraded.add(connection)
    connection.on('error', () => connection.destroy())
    connection.on('close', () => upgraded.delete(connection))
    void upgrade(sandbox, request, connection, head, userOf)
  })
  // Node's 5 s would close connections that clients of a real server may count on.
  server.keepAliveTimeout = IDLE_TIMEOUT
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const url = `https://127.0.0.1:${isAddress(address) ? address.port : port}`
  return {
    url,
    kubeconfig: kubeconfigText(url, certificate.authority, tokens),
    authority: certificate.authority,
    tokens,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        upgraded.forEach((connection) => connection.destroy())
      }),
  }
}

/** Requests that end in another protocol than HTTP: forwarded ports. */
const upgrade = async (
  sandbox: Sandbox,
  request: IncomingMessage,
  connection: Duplex,
  head: Buffer,
  userOf: (request: IncomingMessage) => User,
): Promise<void> => {
  try {
    const {checkProtocol, forwardPort} = await import('./port-forward.js')
    const user = userOf(request)
    const url = new URL(request.url ?? '/', 'https://127.0.0.1')
    const found = forwardTarget(sandbox, url, user)
    checkProtocol(request)
    forwardPort(found, request, connection, head)
  } catch (error) {
    const status = statusOf(error)
    const body = `${JSON.stringify(status)}\n`
    const head = `HTTP/1.1 ${status.code} ${STATUS_CODES[status.code] ?? ''}`
    const length = Buffer.byteLength(body)
    connection.end(
      `${head}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`,
    )
  }
}

const isAddress = (value: string | AddressInfo | null): value is AddressInfo =>
  typeof value === 'object' && value !== null
