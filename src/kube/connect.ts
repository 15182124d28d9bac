import {ExitCode, SflError} from '../domain/core/errors.js'
import type {KubeClient} from './client.js'
import {httpClient} from './client-http.js'
import {type Impersonation, given} from './config/entries.js'
import type {Env} from './config/files.js'
import {type Access, type KubeconfigFlags, loadKubeconfig} from './config/load.js'
import {credentialsOf} from './credentials/credentials.js'
import {maskUrl} from './http/mask.js'
import {bunGet} from './http/quick-get.js'
import {type Clock, realClock} from './http/retry.js'
import {type Transport, openTransport} from './http/transport.js'
import {trustIn} from './http/trust.js'

/** Milliseconds that reaching a server may take, TLS included (client-go's dialer has the same 30 s). */
const CONNECT_TIMEOUT = 30_000

export interface ConnectOptions extends KubeconfigFlags {
  env: Env
  /** Of this program; the server's audit log shows it. */
  version: string
  /** Milliseconds for one request; 0 or left out: no limit. */
  requestTimeoutMs?: number | undefined
  /** Texts of the server's `Warning` headers, each once. */
  warn(text: string): void
  /** The request log of `-v 6` and above. */
  log(line: string): void
  /** kubectl's `-v` */
  verbosity?: number | undefined
  /** Whether an exec plugin may talk with the user; default: whether it is one. */
  stdinIsTerminal?: boolean | undefined
  /** What an exec plugin says on stderr goes nowhere. */
  quiet?: boolean | undefined
  /** Milliseconds that reaching the server may take; default 30 s. */
  connectTimeoutMs?: number | undefined
  clock?: Clock | undefined
  /** Milliseconds since 1970, for the expiry of credentials. */
  today?: (() => number) | undefined
}

export interface Connection {
  client: KubeClient
  namespace: string
  contextName?: string
  /** `https://host:port` */
  server: string
  /** The name of the user entry in the kubeconfig. */
  user?: string
  /** Ends kept-alive connections. */
  close(): void
}

/**
 * Finds the cluster the kubectl way and makes ready to talk to it, without a request and without running a credential
 * plugin. Rejects with `SflError`: exit code 6 when there is no way to a cluster, 2 for flags that contradict.
 */
export const connect = async (options: ConnectOptions): Promise<Connection> => {
  const access = await loadKubeconfig(options, options.env)
  const transport = await transportFor(access, options)
  return {
    client: httpClient(transport),
    namespace: access.namespace,
    server: transport.server,
    ...given({contextName: access.contextName, user: access.userName}),
    close: () => transport.close(),
  }
}

const transportFor = async (access: Access, options: ConnectOptions): Promise<Transport> => {
  const {env, version, warn, log, verbosity = 0} = options
  const server = new URL(access.server)
  return openTransport({
    server,
    trust: await trustIn(access.cluster, server, env),
    credentials: credentialsOf(access, {
      env,
      stdinIsTerminal: options.stdinIsTerminal,
      quiet: options.quiet,
      today: options.today ?? Date.now,
    }),
    proxy: await proxyOf(access, server, env),
    headers: impersonationHeaders(access.impersonate),
    userAgent: `kubectl-sfl/${version} (${process.platform}/${process.arch})`,
    requestTimeoutMs: options.requestTimeoutMs ?? 0,
    connectTimeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT,
    quickGet: 'bun' in process.versions && !namesProxy(env) ? bunGet : undefined,
    compress: !access.cluster.disableCompression,
    warn,
    log,
    verbosity,
    clock: options.clock ?? realClock,
  })
}

/** Whether the environment names any proxy, be it for this server or not. */
const namesProxy = (env: Env): boolean =>
  ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => Boolean(env[name]))

/** `proxy-url` of the kubeconfig beats the environment, and is used for every address. */
const proxyOf = async ({cluster}: Access, server: URL, env: Env): Promise<URL | undefined> => {
  const fromEnvironment = async (): Promise<string | undefined> =>
    namesProxy(env) ? (await import('./http/proxy.js')).proxyFromEnvironment(server, env) : undefined
  const proxy = cluster.proxyUrl ?? (await fromEnvironment())
  if (proxy === undefined) return undefined
  const where = cluster.proxyUrl === undefined ? 'in the environment' : 'in the kubeconfig (proxy-url)'
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  const fault = url?.protocol.startsWith('socks')
    ? 'is a SOCKS proxy, which is not supported'
    : 'is not the address of an HTTP proxy'
  throw new SflError('ProxyUnsupported', `the proxy ${maskUrl(proxy)} ${where} ${fault}`, ExitCode.Unreachable, {
    hint: 'use a proxy at http://HOST:PORT or https://HOST:PORT, or except the server with NO_PROXY',
  })
}

/** Several groups are several header lines (client-go transport/round_trippers.go). */
export const impersonationHeaders = (as: Impersonation | undefined): Record<string, string | string[]> => {
  if (as?.user === undefined) return {}
  return {
    'Impersonate-User': as.user,
    ...given({'Impersonate-Uid': as.uid}),
    ...(as.groups === undefined ? {} : {'Impersonate-Group': [...as.groups]}),
    ...Object.fromEntries(
      Object.entries(as.extra ?? {}).map(([key, values]) => [`Impersonate-Extra-${escapedKey(key)}`, [...values]]),
    ),
  }
}

/** What a header name cannot hold is percent-encoded, as the server expects it. */
const escapedKey = (key: string): string =>
  [...Buffer.from(key)]
    .map((byte) => {
      const letter = String.fromCharCode(byte)
      return /[A-Za-z0-9!#$&'*+.^_`|~-]/.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
