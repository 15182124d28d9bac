import type {IncomingMessage} from 'node:http'
import {invalid} from '../../domain/core/errors.js'
import {decodedText} from '../../domain/core/decoded-text.js'
import type {Env} from '../config/files.js'
import {openConnections} from './connections.js'
import {connectionFailure} from './failures.js'
import {maskUrl} from './mask.js'
import {proxyFromEnvironment} from './proxy.js'
import {trustIn} from './trust.js'
import {after} from '../../process/timer.js'

export interface ReadUrlOptions {
  env: Env
  /** Of this program. */
  version: string
  signal: AbortSignal
  /** Milliseconds between attempts; kubectl's second is the default. */
  pauseMs?: number
}

/** As kubectl does it (cli-runtime pkg/resource, visitor.go `readHttpWithRetries`): so often, a second apart. */
const ATTEMPTS = 3
const PAUSE = 1_000
/** Go's http.Client follows as many. */
const REDIRECTS = 10
/** Manifests are small; a server that never ends is stopped. */
const MOST_BYTES = 64 * 1024 * 1024
const TIMEOUT = 60_000

/** Text behind a URL, asked for as kubectl's `-f` does. Rejects with InvalidArgument. */
export const readUrl = async (text: string, options: ReadUrlOptions): Promise<string> => {
  for (let attempt = 1; ; attempt += 1) {
    const {status, statusText, body} = await followed(text, options)
    if (status === 200) return decodedText(body)
    if (status < 500 || attempt === ATTEMPTS)
      throw invalid(
        `unable to read URL ${JSON.stringify(maskUrl(text))}, server reported ${statusText}, status code=${status}`,
      )
    await new Promise<void>((resolve) => after(options.pauseMs ?? PAUSE, resolve))
  }
}

interface Fetched {
  status: number
  /** `404 Not Found` */
  statusText: string
  body: Uint8Array
}

const followed = async (text: string, options: ReadUrlOptions): Promise<Fetched> => {
  let url = text
  for (let hops = 0; hops <= REDIRECTS; hops += 1) {
    const answer = await fetched(url, options)
    if (answer.location === undefined) return answer
    url = new URL(answer.location, url).href
  }
  throw invalid(`unable to read URL ${JSON.stringify(maskUrl(text))}: stopped after ${REDIRECTS} redirects`)
}

const fetched = async (
  text: string,
  {env, version, signal}: ReadUrlOptions,
): Promise<Fetched & {location?: string}> => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw invalid(`the URL passed to filename ${JSON.stringify(maskUrl(text))} is not valid`)
  const proxy = proxyFromEnvironment(url, env)
  const connections = openConnections({
    server: url,
    trust: await trustIn({}, url, env),
    pair: undefined,
    proxy: proxy === undefined ? undefined : new URL(proxy),
    userAgent: `kubectl-sfl/${version}`,
    connectTimeoutMs: TIMEOUT,
  })
  const failed = (why: string): Error => invalid(`unable to read URL ${JSON.stringify(maskUrl(text))}: ${why}`)
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = connections.start('GET', `${url.pathname}${url.search}`, {Host: url.host}, false)
      const stop = (): void => void request.destroy(new Error('interrupted'))
      signal.addEventListener('abort', stop, {once: true})
      const timer = after(TIMEOUT, () => request.destroy(new Error(`no answer within ${TIMEOUT / 1000} s`)))
      request.once('response', resolve)
      request.once('error', reject)
      request.once('close', () => {
        timer.cancel()
        signal.removeEventListener('abort', stop)
      })
      request.end()
    })
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of response) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
      size += bytes.length
      if (size > MOST_BYTES) throw new Error(`the answer is larger than ${MOST_BYTES / 1024 / 1024} MiB`)
      chunks.push(bytes)
    }
    const {statusCode = 0, statusMessage = '', headers} = response
    const location = [301, 302, 303, 307, 308].includes(statusCode) ? headers.location : undefined
    return {
      status: statusCode,
      statusText: `${statusCode} ${statusMessage}`.trimEnd(),
      body: Buffer.concat(chunks),
      ...(location === undefined ? {} : {location}),
    }
  } catch (error) {
    const {message} = connectionFailure(error, {request: {verb: 'get'}, server: url.origin})
    throw failed(message)
  } finally {
    connections.close()
  }
}
