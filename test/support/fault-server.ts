import type {IncomingHttpHeaders, IncomingMessage, ServerResponse} from 'node:http'
import * as http from 'node:http'
import * as https from 'node:https'
import type {AddressInfo, Socket} from 'node:net'
import {gzipSync} from 'node:zlib'
import {type Authority, newAuthority} from './certificates.js'

/** A request as it arrived. */
export interface Received {
  method: string
  url: string
  headers: IncomingHttpHeaders
  /** Name, value, name, value, …, with repeated lines. */
  rawHeaders: readonly string[]
  body: string
}

/** What the server does with one request. */
export type Step = (request: Received, response: ServerResponse) => void | Promise<void>

export interface FaultServer {
  url: string
  port: number
  authority: Authority
  received: Received[]
  /** Connections that were made so far. */
  connections(): number
  /** One step for each request to come; a request without a step gets 500. */
  script(...steps: Step[]): void
  close(): Promise<void>
}

export interface ServerOptions {
  tls?: https.ServerOptions
  authority?: Authority
  /** Plain HTTP instead of HTTPS. */
  plain?: boolean
}

/** An API server on loopback that does what each test scripts, however wrong. */
export const startFaultServer = async (options: ServerOptions = {}): Promise<FaultServer> => {
  const authority = options.authority ?? (await newAuthority())
  const received: Received[] = []
  const steps: Step[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await read(incoming)
    received.push(request)
    const step =
      steps.shift() ?? json({kind: 'Status', reason: 'InternalError', message: `unexpected ${request.url}`}, 500)
    await step(request, response)
  }
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    handle(incoming, response).catch(() => response.destroy())
  }
  const server = options.plain
    ? http.createServer(listener)
    : https.createServer({...(await authority.issue()), ...options.tls}, listener)
  // Closing idle connections is the client's business here.
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket: Socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await listen(server)
  return {
    url: `${options.plain ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    authority,
    received,
    connections: () => connections,
    script: (...more) => void steps.push(...more),
    close: () => end(server, sockets),
  }
}

export const listen = (server: http.Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })

export const end = (server: http.Server, sockets: Iterable<Socket>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })

const read = async (incoming: IncomingMessage): Promise<Received> => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const {method = '', url = '', headers, rawHeaders} = incoming
  return {method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString('utf8')}
}

/** An answer in JSON. */
export const json =
  (body: unknown, status = 200, headers: http.OutgoingHttpHeaders = {}): Step =>
  (_request, response) => {
    response.writeHead(status, {'Content-Type': 'application/json', ...headers}).end(JSON.stringify(body))
  }

/** An answer of whatever kind. */
export const text =
  (body: string, status = 200, headers: http.OutgoingHttpHeaders = {'Content-Type': 'text/plain'}): Step =>
  (_request, response) => {
    response.writeHead(status, headers).end(body)
  }

/** A metav1.Status. */
export const status = (code: number, reason: string, message: string, more: object = {}, headers = {}): Step =>
  json(
    {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code, ...more},
    code,
    headers,
  )

export const zipped =
  (body: unknown): Step =>
  (_request, response) => {
    response.writeHead(200, {'Content-Type': 'application/json', 'Content-Encoding': 'gzip'})
    response.end(gzipSync(JSON.stringify(body)))
  }

/** Closes the connection instead of answering. */
export const reset: Step = (_request, response) => {
  response.socket?.destroy()
}

/** Promises more than it sends. */
export const cutShort: Step = (_request, response) => {
  response.writeHead(200, {'Content-Type': 'application/json', 'Content-Length': 1000})
  response.write('{"half":', () => response.socket?.destroy())
}

/** Never answers. */
export const hang: Step = () => {}

/** The events of a watch; then the connection is closed in an orderly way, torn down, or stays. */
export const events =
  (list: readonly object[], then: 'end' | 'reset' | 'stay' = 'end'): Step =>
  (_request, response) => {
    response.writeHead(200, {'Content-Type': 'application/json'})
    response.flushHeaders()
    const lines = list.map((event) => `${JSON.stringify(event)}\n`).join('')
    const after = (): void => {
      if (then === 'end') response.end()
      if (then === 'reset') response.socket?.destroy()
    }
    if (lines === '') after()
    else response.write(lines, after)
  }
