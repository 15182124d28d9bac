import type {ClientRequest, IncomingMessage} from 'node:http'
import type {Readable} from 'node:stream'
import {ExitCode, SflError} from '../../domain/core/errors.js'
import {textAt} from '../../domain/core/read.js'
import {given} from '../config/entries.js'
import type {Credential} from '../credentials/credential.js'
import {type Answer, failureOf} from './answer.js'
import {type Companion, companionOf} from './companion.js'
import {type Connections, openConnections} from './connections.js'
import {aborted, ExchangeFailure} from './failures.js'
import {headersOf, pathOf} from './request-head.js'
import {type RequestLog, requestLog} from './request-log.js'
import {retryAfterSeconds} from './retry.js'
import type {Request, TransportOptions} from './exchange.js'
import type {KeyPair} from './trust.js'
import {warningTexts} from './warnings.js'
import type {WebSocket} from './web-socket.js'
import {after} from '../../process/timer.js'

/** Single requests over Node's own HTTP; each is sent once. They reject with `KubeError`, or `SflError` for bad credentials. */
export interface NodeHttp {
  answer(request: Request, credential: Credential): Promise<Answer>
  /** See `Transport.lines`. */
  lines(request: Request, credential: Credential, silenceMs: number): AsyncGenerator<string, void>
  /** See `Transport.webSocket`; the answer of a server that refused it. */
  webSocket(request: Request, credential: Credential, protocol: string): Promise<WebSocket | Answer>
  close(): void
}

/** `onConnected` is called when the server has answered. */
export const openNodeHttp = (options: TransportOptions, onConnected: () => void): NodeHttp =>
  new NodeExchanges(options, onConnected)

/** A response whose status line and headers have come. */
interface Begun {
  response: IncomingMessage
  log: RequestLog
  /** Throws what ended the exchange from our side, or else the failure in words. */
  explain(error: unknown): Error
  done(): void
}

class NodeExchanges implements NodeHttp {
  private readonly origin: string
  private connections: {key: string; open: Connections} | undefined

  constructor(
    private readonly options: TransportOptions,
    private readonly onConnected: () => void,
  ) {
    this.origin = options.server.origin
  }

  close(): void {
    this.connections?.open.close()
  }

  async answer(request: Request, credential: Credential): Promise<Answer> {
    const begun = await this.begin(request, credential, this.options.requestTimeoutMs, false)
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

  async *lines(request: Request, credential: Credential, silenceMs: number): AsyncGenerator<string, void> {
    const begun = await this.begin(request, credential, this.options.requestTimeoutMs || silenceMs, true)
    const {response, log} = begun
    const silence = after(silenceMs, () => response.destroy(), {background: true})
    try {
      if (response.statusCode !== 200) {
        const body = await readAll(response)
        log.body(body)
        throw failureOf(answerOf(response, body), request.about, this.origin)
      }
      response.setEncoding('utf8')
      const rest: string[] = []
      for await (const chunk of response) {
        silence.restart()
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
      silence.cancel()
      begun.done()
      response.destroy()
    }
  }

  async webSocket(request: Request, credential: Credential, protocol: string): Promise<WebSocket | Answer> {
    const {about, method, signal} = request
    if (signal?.aborted) throw aborted(about)
    // Loaded first: what the server sends must not come before anybody listens.
    const {openWebSocket} = await import('./web-socket.js')
    const url = `${this.origin}${pathOf(this.options, request)}`
    const log = this.logOf(method, url)
    const headers = headersOf(this.options, request, credential, {stream: true})
    log.sending(headers, undefined)
    const companion = this.companionOf(request)
    const connections = this.connectionsFor(credential.pair)
    try {
      companion.limit(this.options.requestTimeoutMs)
      const opening = sendable(() =>
        openWebSocket({
          url,
          protocol,
          headers,
          agent: connections.upgrades,
          onRequest: (sent) => companion.watchConnecting(sent),
        }),
      )
      companion.onStop = () => opening.stop()
      const opened = await opening.done
      this.onConnected()
      if ('socket' in opened) {
        log.answered(101, {})
        return opened.socket
      }
      const {response} = opened
      log.answered(response.statusCode ?? 0, response.headers)
      const body = await readAll(response)
      log.body(body)
      return answerOf(response, body)
    } catch (error) {
      const failure = companion.explain(error)
      log.failed(failure)
      throw failure
    } finally {
      companion.done()
    }
  }

  /** Sends a request and waits for the head of the answer. `timeoutMs` bounds the exchange until `done`, of a stream only the head. */
  private async begin(request: Request, credential: Credential, timeoutMs: number, stream: boolean): Promise<Begun> {
    const {about, method, signal} = request
    if (signal?.aborted) throw aborted(about)
    const path = pathOf(this.options, request)
    const log = this.logOf(method, `${this.origin}${path}`)
    const body = request.body === undefined ? undefined : JSON.stringify(request.body)
    const headers = headersOf(this.options, request, credential, {body, stream})
    log.sending(headers, body)
    const sent = sendable(() => this.connectionsFor(credential.pair).start(method, path, headers, stream))
    const companion = this.companionOf(request)
    companion.onStop = (why) => sent.destroy(why)
    companion.limit(timeoutMs)
    companion.watchConnecting(sent)
    try {
      const response = await headOf(sent, body)
      this.onConnected()
      if (stream) companion.relax()
      log.answered(response.statusCode ?? 0, response.headers)
      warningTexts(response.headers.warning).forEach((text) => this.options.warn(text))
      return {response, log, explain: companion.explain, done: companion.done}
    } catch (error) {
      companion.done()
      const failure = companion.explain(error)
      log.failed(failure)
      throw failure
    }
  }

  private logOf(method: string, url: string): RequestLog {
    return requestLog({...this.options, now: () => this.options.clock.now()}, method, url)
  }

  private companionOf({about, signal}: Request): Companion {
    const {connectTimeoutMs} = this.options
    return companionOf({about, signal, server: this.origin, connectTimeoutMs})
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
}

/** What cannot be sent because of the credentials is said in words of its own. */
const sendable = <T>(start: () => T): T => {
  try {
    return start()
  } catch (cause) {
    if (textAt(cause, 'code') !== 'ERR_INVALID_CHAR') throw cause
    const what = 'the token, or the user or group to act as, has characters that a request cannot carry'
    throw new SflError('CredentialMalformed', what, ExitCode.Unreachable, {
      hint: 'look for line breaks and letters beyond ASCII in the kubeconfig’s user entry, its token file and --as…',
    })
  }
}

const headOf = (sent: ClientRequest, body: string | undefined): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    sent.once('response', resolve)
    // Nobody asked for another protocol; without a listener Node would close the connection and say nothing.
    sent.once('upgrade', (response, socket) => {
      socket.destroy()
      reject(new ExchangeFailure('switched', `status ${response.statusCode}`))
    })
    // Whatever else ends a request comes before this.
    sent.once('close', () => reject(new ExchangeFailure('closed')))
    // Stays, so that a late failure of the socket is not an uncaught one; the body's reader sees it, too.
    sent.on('error', reject)
    sent.end(body)
  })

const readAll = async (response: IncomingMessage): Promise<string> => {
  // No body belongs to it, whatever follows.
  if ((response.statusCode ?? 0) < 200) {
    response.destroy()
    return ''
  }
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
