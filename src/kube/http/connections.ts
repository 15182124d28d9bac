import * as http from 'node:http'
import * as https from 'node:https'
import type {Duplex} from 'node:stream'
import * as tls from 'node:tls'
import {ProxyFailure, timedOut} from './failures.js'
import {maskUrl} from './mask.js'
import {secureContextOf} from './secure-context.js'
import type {KeyPair, Trust} from './trust.js'
import {after} from '../../process/timer.js'

/** Milliseconds after which an unused connection is given up, well before servers and load balancers do: a request on a
 * connection that the other side is just closing fails. */
const IDLE_TIMEOUT = 15_000

export interface ConnectionOptions {
  server: URL
  trust: Trust
  pair: KeyPair | undefined
  /** The proxy on the way, if any. */
  proxy: URL | undefined
  userAgent: string
  connectTimeoutMs: number
}

/** The connections to one server, kept alive. */
export interface Connections {
  /** Starts a request; `path` begins with a slash. Streams have connections of their own. */
  start(method: string, path: string, headers: http.OutgoingHttpHeaders, stream: boolean): http.ClientRequest
  /** For requests that end in another protocol. */
  readonly upgrades: http.Agent
  close(): void
}

export const openConnections = (options: ConnectionOptions): Connections => {
  const {server, proxy} = options
  const host = hostOf(server)
  if (server.protocol === 'https:') {
    const agent = tlsAgent(options, 6)
    const streams = tlsAgent(options, Infinity)
    return {
      start: (method, path, headers, stream) =>
        https.request({host, port: portOf(server), method, path, headers, agent: stream ? streams : agent}),
      upgrades: streams,
      close: () => [agent, streams].forEach((one) => one.destroy()),
    }
  }
  const plain = {keepAlive: true, timeout: IDLE_TIMEOUT}
  const viaTls = proxy?.protocol === 'https:'
  const agents = [6, Infinity].map((maxSockets) =>
    viaTls ? new https.Agent({...plain, maxSockets}) : new http.Agent({...plain, maxSockets}),
  )
  const next = proxy ?? server
  const upgrades = proxy === undefined ? agents[1]! : new PlainTunnelAgent({...options, proxy})
  return {
    start(method, path, headers, stream) {
      const agent = agents[stream ? 1 : 0]!
      // To a proxy, a plain request names the whole URL.
      const target =
        proxy === undefined
          ? {path, headers}
          : {
              path: `${server.origin}${path}`,
              headers: {...headers, Host: server.host, ...proxyAuthorization(proxy)},
            }
      return (viaTls ? https : http).request({host: hostOf(next), port: portOf(next), method, ...target, agent})
    },
    upgrades,
    close: () => [...agents, upgrades].forEach((agent) => agent.destroy()),
  }
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')
const portOf = (url: URL): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80))

const tlsAgent = (options: ConnectionOptions, maxSockets: number): https.Agent => {
  const {trust, pair, proxy} = options
  const settings: https.AgentOptions = {
    keepAlive: true,
    maxSockets,
    timeout: IDLE_TIMEOUT,
    // Made once: otherwise every connection would parse the key and the authorities again.
    secureContext: secureContextOf(trust, pair),
    servername: trust.servername,
    rejectUnauthorized: trust.rejectUnauthorized,
    // Node's 250 ms for each address of a host is too short for a far one.
    autoSelectFamilyAttemptTimeout: 2_000,
  }
  return proxy === undefined ? new https.Agent(settings) : new TunnelAgent(settings, {...options, proxy})
}

/** Asks an HTTP proxy for a tunnel (CONNECT) and speaks TLS with the server through it. */
class TunnelAgent extends https.Agent {
  constructor(
    private readonly settings: https.AgentOptions,
    private readonly through: ConnectionOptions & {proxy: URL},
  ) {
    super(settings)
  }

  override createConnection(
    _options: https.RequestOptions,
    callback: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const failed = (error: Error): void => Reflect.apply(callback, undefined, [error])
    openTunnel(this.through).then((socket) => {
      const secure = tls.connect({...this.settings, socket, host: hostOf(this.through.server)})
      secure.once('error', failed)
      secure.once('secureConnect', () => {
        secure.off('error', failed)
        callback(null, secure)
      })
    }, failed)
    return undefined
  }
}

/** The same without TLS: for what an HTTP proxy would not pass on as a request of its own. */
class PlainTunnelAgent extends http.Agent {
  constructor(private readonly through: ConnectionOptions & {proxy: URL}) {
    super()
  }

  override createConnection(
    _options: http.ClientRequestArgs,
    callback: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    openTunnel(this.through).then(
      (socket) => callback(null, socket),
      (error: unknown) => Reflect.apply(callback, undefined, [error]),
    )
    return undefined
  }
}

const openTunnel = ({
  proxy,
  server,
  userAgent,
  connectTimeoutMs,
}: ConnectionOptions & {proxy: URL}): Promise<Duplex> => {
  const target = `${server.hostname}:${portOf(server)}`
  const name = maskUrl(proxy.origin)
  return new Promise((resolve, reject) => {
    const request = (proxy.protocol === 'https:' ? https : http).request({
      host: hostOf(proxy),
      port: portOf(proxy),
      method: 'CONNECT',
      path: target,
      headers: {Host: target, 'User-Agent': userAgent, ...proxyAuthorization(proxy)},
      agent: false,
    })
    const timer = after(connectTimeoutMs, () => {
      request.destroy(timedOut('ConnectTimeout', connectTimeoutMs, {request: {verb: 'connect'}, server: proxy.origin}))
    })
    request.once('connect', (response, socket) => {
      timer.cancel()
      if (response.statusCode === 200) return resolve(socket)
      socket.destroy()
      const hint =
        response.statusCode === 407 ? '; it wants a user name and password (http://USER:PASSWORD@HOST:PORT)' : ''
      reject(
        new ProxyFailure(
          `the proxy ${name} answered ${response.statusCode} ${response.statusMessage ?? ''}`.trimEnd() + hint,
        ),
      )
    })
    request.once('response', (response) => {
      timer.cancel()
      response.destroy()
      reject(
        new ProxyFailure(`the proxy ${name} answered ${response.statusCode} ${response.statusMessage ?? ''}`.trimEnd()),
      )
    })
    const ended = (why: string) => (): void => {
      timer.cancel()
      reject(new ProxyFailure(`the proxy ${name} ${why}`))
    }
    request.once('upgrade', (_response, socket) => {
      socket.destroy()
      ended('wants to speak another protocol than HTTP')()
    })
    // Whatever else ends a request comes before this.
    request.once('close', ended('closed the connection without an answer'))
    request.once('error', (error) => {
      timer.cancel()
      reject(new ProxyFailure(`the proxy ${name} cannot be used: ${error.message || String(error)}`))
    })
    request.end()
  })
}

const proxyAuthorization = ({username, password}: URL): {'Proxy-Authorization'?: string} =>
  username === ''
    ? {}
    : {
        'Proxy-Authorization': `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`,
      }
