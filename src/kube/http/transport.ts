import type {Credential} from '../credentials/credential.js'
import {type FailedRequest, KubeError} from '../errors.js'
import {type Answer, failureOf, isGood, readAnswer, readText} from './answer.js'
import type {NodeHttp} from './node-http.js'
import {aborted, isPassing} from './failures.js'
import type {QuickGet, Request, TransportOptions} from './exchange.js'
import {quickFirst} from './quick-get.js'
import {type Clock, MAX_ATTEMPTS, MAX_RETRY_AFTER, pauseBefore} from './retry.js'
import type {KeyPair} from './trust.js'
import type {WebSocket} from './web-socket.js'

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
  /**
   * A connection for messages both ways, in a protocol that the server has to agree to. It comes paused: `resume` it when
   * somebody listens. It is tried once.
   */
  webSocket(request: Request, protocol: string): Promise<WebSocket>
  close(): void
}

export const openTransport = (options: TransportOptions): Transport => new HttpTransport(options)

/** What to make of an answer; throws `KubeError` for failures. */
type Reader<T> = (answer: Answer, about: FailedRequest, server: string) => T | Promise<T>

/** What all requests have in common, whichever way they take: attempts, logging in, reading the answer. */
class HttpTransport implements Transport {
  readonly server: string
  readonly clock: Clock
  private readonly options: TransportOptions
  private readonly origin: string
  private readonly warned = new Set<string>()
  private quickGet: QuickGet | undefined
  private opened: Promise<NodeHttp> | undefined
  private connectedBefore = false
  private pair: KeyPair | undefined

  constructor(options: TransportOptions) {
    const {server, clock} = options
    this.options = {...options, warn: (text) => this.warn(text, options)}
    this.quickGet = options.quickGet
    this.clock = clock
    this.origin = server.origin
    this.server = `${this.origin}${server.pathname.replace(/\/+$/, '')}`
  }

  close(): void {
    void this.opened?.then((exchanges) => exchanges.close())
  }

  send(request: Request): Promise<unknown> {
    const {onText} = request
    if (onText === undefined) return this.answered(request, readAnswer)
    return this.answered(request, async (answer, about, server) => {
      // Parsing takes a while in which nothing is sent.
      if (isGood(answer) && onText(answer.body)) await new Promise((resolve) => setImmediate(resolve))
      return readAnswer(answer, about, server)
    })
  }

  text(request: Request): Promise<string> {
    return this.answered(request, readText)
  }

  private async answered<T>(request: Request, read: Reader<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const last = attempt === MAX_ATTEMPTS
      let pause: number | undefined
      try {
        const answer = await this.answer(request)
        pause = last ? undefined : this.pauseAfter(answer, request, attempt)
        if (pause === undefined) return await this.read(answer, request, read)
      } catch (error) {
        if (last || request.method !== 'GET' || !isPassing(error, this.connectedBefore)) throw error
        pause = pauseBefore(attempt + 1, this.clock.random)
      }
      await this.sleep(pause, request)
    }
  }

  async *lines(request: Request, silenceMs: number): AsyncGenerator<string, void> {
    if (request.signal?.aborted) return
    const [exchanges, credential] = await Promise.all([this.exchanges(), this.logIn(request)])
    yield* exchanges.lines(request, credential, silenceMs)
  }

  async webSocket(request: Request, protocol: string): Promise<WebSocket> {
    const [exchanges, credential] = await Promise.all([this.exchanges(), this.logIn(request)])
    const opened = await exchanges.webSocket(request, credential, protocol)
    if (!('status' in opened)) return opened
    return this.read(opened, request, (answer, about, server) => {
      throw failureOf(answer, about, server)
    })
  }

  private async answer(request: Request): Promise<Answer> {
    const credential = await this.logIn(request)
    const usually = async (signal = request.signal): Promise<Answer> =>
      (await this.exchanges()).answer({...request, signal}, credential)
    const {quickGet} = this
    if (quickGet === undefined || request.method !== 'GET') return usually()
    try {
      const answer = await quickFirst(
        (signal, onHead) => quickGet(this.options, request, credential, signal, onHead),
        usually,
        request.signal,
      )
      this.connectedBefore = true
      return answer
    } catch (error) {
      // What happened the usual way tells.
      this.quickGet = undefined
      throw error
    }
  }

  private async logIn({about, signal}: Request): Promise<Credential> {
    if (signal?.aborted) throw aborted(about)
    const credential = await this.options.credentials(signal).catch((error: unknown) => {
      throw signal?.aborted ? aborted(about) : error
    })
    this.pair = credential.pair
    return credential
  }

  /** Node's HTTP, loaded when it is needed. */
  private exchanges(): Promise<NodeHttp> {
    this.opened ??= import('./node-http.js').then(({openNodeHttp: openExchanges}) =>
      openExchanges(this.options, () => (this.connectedBefore = true)),
    )
    return this.opened
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

  private warn(text: string, {warn}: TransportOptions): void {
    if (this.warned.has(text)) return
    this.warned.add(text)
    warn(text)
  }
}

/** When the certificate expired, if it did: the usual reason for a 401 with a certificate. */
const expiryOf = async ({cert}: KeyPair): Promise<Date | undefined> => {
  const {X509Certificate} = await import('node:crypto')
  const until = new Date(new X509Certificate(cert).validTo)
  return until.getTime() < Date.now() ? until : undefined
}
