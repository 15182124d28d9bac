import type {ClientRequest, IncomingMessage, OutgoingHttpHeaders} from 'node:http'
import type {Readable} from 'node:stream'
import {ExitCode, SflError} from '../../domain/errors.js'
import {textAt} from '../../domain/read.js'
import {given} from '../config/entries.js'
import type {Credentials} from '../credentials/credentials.js'
import {type FailedRequest, KubeError} from '../errors.js'
import {type Answer, failureOf, readAnswer, readText} from './answer.js'
import {type Connections, openConnections} from './connections.js'
import {aborted, connectionFailure, isPassing, timedOut} from './failures.js'
import {type RequestLog, requestLog} from './request-log.js'
import {type Clock, MAX_ATTEMPTS, MAX_RETRY_AFTER, pauseBefore, retryAfterSeconds} from './retry.js'
import type {KeyPair, Trust} from './trust.js'
import {warningTexts} from './warnings.js'

export interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the server's own path, with query. */
  path: string
  /** Sent as JSON. */
  body?: unknown
  contentType?: string
  /** Other representations than plain JSON. */
  accept?: string
  /** For error messages. */
  about: FailedRequest
  signal?: AbortSignal | undefined
}

/** Requests to one server. Everything rejects with `KubeError`, or with `SflError` when there is no way to log in. */
export interface Transport {
  /** `https://host:port`, with the path that the server may have. */
  readonly server: string
  readonly clock: Clock
  /** The JSON of the answer. */
  send(request: Request): Promise<unknown>
  /** The answer as it came: a log. */
  text(request: Request): Promise<string>
  /**
   * The lines of an answer that goes on. Ends when the server ends it, and without an error when `signal` aborts.
   * `silenceMs`: so long without a line means that the connection is dead.
   */
  lines(request: Request, silenceMs: number): AsyncGenerator<string, void>
  close(): void
}

export interface TransportOptions {
  server: URL
  trust: Trust
  credentials: Credentials
  proxy?: URL | undefined
  /** Impersonation and the like. */
  headers: OutgoingHttpHeaders
  userAgent: string
  /** Milliseconds for a request from start to end; 0 means no limit. */
  requestTimeoutMs: number
  connectTimeoutMs: number
  compress: boolean
  /** Texts of the server's `Warning` headers, each once. */
  warn(text: string): void
  log(line: string): void
  verbosity: number
  clock: Clock
}

export const openTransport = (options: TransportOptions): Transport => new HttpTransport(options)

/** A response whose status line and headers have come. */
interface Begun {
  response: IncomingMessage
  log: RequestLog
  /** Throws what ended the exchange from our side, or else the failure in words. */
  explain(error: unknown): Error
  done(): void
}

/** What to make of an answer; throws `KubeError` for failures. */
type Reader<T> = (answer: Answer, about: FailedRequest, server: string) => T

class HttpTransport implements Transport {
  readonly server: string
  readonly clock: Clock
  private readonly origin: string
  private readonly prefix: string
  private readonly warned = new Set<string>()
  private connections: {key: string; open: Connections} | undefined
  private connectedBefore = false
  private pair: KeyPair | undefined

  constructor(private readonly options: TransportOptions) {
    const {server, clock} = options
    this.clock = clock
    this.origin = server.origin
    this.prefix = server.pathname.replace(/\/+$/, '')
    this.server = `${this.origin}${this.prefix}`
  }

  close(): void {
    this.connections?.open.close()
  }

  send(request: Request): Promise<unknown> {
    return this.answered(request, readAnswer)
  }

  text(request: Request): Promise<string> {
    return this.answered(request, readText)
  }

  private async answered<T>(request: Request, read: Reader<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const last = attempt === MAX_ATTEMPTS
      let pause: number | undefined
      try {
        const answer = await this.exchange(request)
        pause = last ? undefined : this.pauseAfter(answer, request, attempt)
        if (pause === undefined) return await this.read(answer, request, read)
      } catch (error) {
        if (last || request.method !== 'GET' || !isPassing(error, this.connectedBefore)) throw error
        pause = pauseBefore(attempt + 1, this.clock.random)
      }
      await this.sleep(pause, request)
    }
  }

  private async read<T>(answer: Answer, {about}: Request, read: Reader<T>): Promise<T> {
    const expiry = answer.status === 401 && this.pair !== undefined ? await expiryOf(this.pair) : undefined
    if (expiry === undefined) return read(answer, about, this.origin)
    const message = `the client certificate of the kubeconfig expired on ${expiry.toISOString().slice(0, 10)}`
    throw new KubeError('Unauthorized', message, {code: 401, request: about, server: this.origin})
  }

  /** Milliseconds, `undefined`: the answer stands. */
  private pauseAfter({status, retryAfter}: Answer, {method}: Request, attempt: number): number | undefined {
    // With Retry-After the server says that it did nothing yet.
    if ((status === 429 || status === 503) && retryAfter !== undefined) {
      const wanted = retryAfter * 1000
      return wanted > MAX_RETRY_AFTER ? undefined : wanted + pauseBefore(2, this.clock.random)
    }
    return method === 'GET' && status >= 502 && status <= 504 ? pauseBefore(attempt + 1, this.clock.random) : undefined
  }

  private async sleep(ms: number, {about, signal}: Request): Promise<void> {
    try {
      await this.clock.sleep(ms, signal)
    } catch (error) {
      throw signal?.aborted ? aborted(about) : error
    }
  }

  private async exchange(request: Request): Promise<Answer> {
    const begun = await this.begin(request, this.options.requestTimeoutMs, false)
    const {response, log} = begun
    try {
      const body = await readAll(response)
      log.body(body)
      return answerOf(response, body)
    } catch (error) {
      const failure = begun.explain(error)
      log.failed(failure)
      throw failure
    } finally {
      begun.done()
    }
  }

  async *lines(request: Request, silenceMs: number): AsyncGenerator<string, void> {
    if (request.signal?.aborted) return
    const begun = await this.begin(request, this.options.requestTimeoutMs || silenceMs, true)
    const {response, log} = begun
    const silence = setTimeout(() => response.destroy(), silenceMs).unref()
    try {
      if (response.statusCode !== 200) {
        const body = await readAll(response)
        log.body(body)
        throw failureOf(answerOf(response, body), request.about, this.origin)
      }
      response.setEncoding('utf8')
      const rest: string[] = []
      for await (const chunk of response) {
        silence.refresh()
        const parts = String(chunk).split('\n')
        for (const part of parts.slice(0, -1)) {
          rest.push(part)
          const line = rest.splice(0).join('')
          if (line === '') continue
          log.body(line)
          yield line
        }
        rest.push(parts.at(-1) ?? '')
      }
    } catch (error) {
      if (request.signal?.aborted) return
      throw begun.explain(error)
    } finally {
      clearTimeout(silence)
      begun.done()
      response.destroy()
    }
  }

  /** Sends a request and waits for the head of the answer. `timeoutMs` bounds the exchange until `done`, of a stream only the head. */
  private async begin(request: Request, timeoutMs: number, stream: boolean): Promise<Begun> {
    const {about, method, signal} = request
    if (signal?.aborted) throw aborted(about)
    const {authorization, pair} = await this.options.credentials(signal).catch((error: unknown) => {
      throw signal?.aborted ? aborted(about) : error
    })
    this.pair = pair
    const path = `${this.prefix}${request.path}`
    const log = requestLog({...this.options, now: () => this.clock.now()}, method, `${this.origin}${path}`)
    const body = request.body === undefined ? undefined : JSON.stringify(request.body)
    const headers = this.headers(request, authorization, body, stream)
    log.sending(headers, body)
    const sent = this.start(pair, method, path, headers, stream)
    const attempted = {request: about, server: this.origin}
    let stopped: KubeError | undefined
    const stop = (why: KubeError): void => {
      stopped ??= why
      sent.destroy(why)
    }
    const onAbort = (): void => stop(aborted(about))
    signal?.addEventListener('abort', onAbort, {once: true})
    const timer =
      timeoutMs > 0 ? setTimeout(() => stop(timedOut('RequestTimeout', timeoutMs, attempted)), timeoutMs) : undefined
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    const explain = (error: unknown): Error => stopped ?? connectionFailure(error, attempted)
    const {connectTimeoutMs} = this.options
    whileConnecting(sent, connectTimeoutMs, () => stop(timedOut('ConnectTimeout', connectTimeoutMs, attempted)))
    try {
      const response = await headOf(sent, body)
      this.connectedBefore = true
      if (stream) clearTimeout(timer)
      log.answered(response.statusCode ?? 0, response.headers)
      this.warn(response.headers.warning)
      return {response, log, explain, done}
    } catch (error) {
      done()
      const failure = explain(error)
      log.failed(failure)
      throw failure
    }
  }

  private headers(
    {contentType = 'application/json', accept = 'application/json'}: Request,
    authorization: string | undefined,
    body: string | undefined,
    stream: boolean,
  ): OutgoingHttpHeaders {
    return {
      Accept: accept,
      'Accept-Encoding': this.options.compress && !stream ? 'gzip' : 'identity',
      'User-Agent': this.options.userAgent,
      ...(body === undefined ? {} : {'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body)}),
      ...(authorization === undefined ? {} : {Authorization: authorization}),
      ...this.options.headers,
    }
  }

  private start(
    pair: KeyPair | undefined,
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    stream: boolean,
  ): ClientRequest {
    try {
      return this.connectionsFor(pair).start(method, path, headers, stream)
    } catch (cause) {
      if (textAt(cause, 'code') !== 'ERR_INVALID_CHAR') throw cause
      const what = 'the token, or the user or group to act as, has characters that a request cannot carry'
      throw new SflError('CredentialMalformed', what, ExitCode.Unreachable, {
        hint: 'look for line breaks and letters beyond ASCII in the kubeconfig’s user entry, its token file and --as…',
      })
    }
  }

  /** A renewed client certificate needs connections of its own. */
  private connectionsFor(pair: KeyPair | undefined): Connections {
    const key = pair === undefined ? '' : String(pair.cert)
    if (this.connections?.key !== key) {
      this.connections?.open.close()
      this.connections = {key, open: openConnections({...this.options, proxy: this.options.proxy, pair})}
    }
    return this.connections.open
  }

  private warn(header: string | undefined): void {
    for (const text of warningTexts(header)) {
      if (this.warned.has(text)) continue
      this.warned.add(text)
      this.options.warn(text)
    }
  }
}

/** When the certificate expired, if it did: the usual reason for a 401 with a certificate. */
const expiryOf = async ({cert}: KeyPair): Promise<Date | undefined> => {
  const {X509Certificate} = await import('node:crypto')
  const until = new Date(new X509Certificate(cert).validTo)
  return until.getTime() < Date.now() ? until : undefined
}

const headOf = (sent: ClientRequest, body: string | undefined): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    sent.once('response', resolve)
    // Stays, so that a late failure of the socket is not an uncaught one; the body's reader sees it, too.
    sent.on('error', reject)
    sent.end(body)
  })

/** Calls `late` when the connection is not there in time; a kept-alive one is there at once. */
const whileConnecting = (sent: ClientRequest, ms: number, late: () => void): void => {
  sent.once('socket', (socket) => {
    if (!socket.connecting) return
    const timer = setTimeout(late, ms)
    const clear = (): void => clearTimeout(timer)
    socket.once('authorizationError' in socket ? 'secureConnect' : 'connect', clear)
    sent.once('close', clear)
  })
}

const readAll = async (response: IncomingMessage): Promise<string> => {
  const zipped = response.headers['content-encoding'] === 'gzip'
  // Small answers are not compressed: most commands never need zlib.
  const source: Readable = zipped ? response.pipe((await import('node:zlib')).createGunzip()) : response
  if (zipped) response.once('error', (error) => source.destroy(error))
  const chunks: Buffer[] = []
  for await (const chunk of source) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)))
  return Buffer.concat(chunks).toString('utf8')
}

const answerOf = ({statusCode = 0, headers}: IncomingMessage, body: string): Answer => ({
  status: statusCode,
  contentType: headers['content-type'] ?? '',
  body,
  ...given({location: headers.location, retryAfter: retryAfterSeconds(headers['retry-after'], headers.date)}),
})
