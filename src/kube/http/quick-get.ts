import {textAt} from '../../domain/core/read.js'
import {given} from '../config/entries.js'
import type {Answer} from './answer.js'
import {connectionFailure} from './failures.js'
import {headersOf, pathOf} from './request-head.js'
import {retryAfterSeconds} from './retry.js'
import type {QuickGet} from './exchange.js'
import {warningTexts} from './warnings.js'
import {after, type Timer} from '../../process/timer.js'

/**
 * A GET by Bun's own fetch, which is there from the start and does TLS in a thread of its own, while evaluating Bun's
 * `node:https` takes longer than the whole exchange. Requests that it cannot express, or about which more is to be told
 * than an answer, go the usual way.
 */
export const bunGet: QuickGet = async (options, request, credential, signal, onHead) => {
  const {server, trust, proxy, requestTimeoutMs, verbosity, warn} = options
  const plain = proxy === undefined && requestTimeoutMs === 0 && verbosity < 6
  const host = server.hostname.replace(/^\[|\]$/g, '')
  if (!plain || (trust.servername !== '' && trust.servername !== host)) return undefined
  const headers = Object.entries(headersOf(options, request, credential))
  // Several lines of one header would be united to one.
  const single = headers.flatMap(([name, value]): Array<[string, string]> =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  if (single.length < headers.length) return undefined
  const {ca, rejectUnauthorized} = trust
  const init = {headers: single, redirect: 'manual', signal, timeout: false} as const
  // Bun's addition to the standard.
  const tls = {...given({ca}), ...credential.pair, rejectUnauthorized}
  let begun = false
  try {
    const response = await fetch(
      `${server.origin}${pathOf(options, request)}`,
      server.protocol === 'https:' ? {...init, ...{tls}} : init,
    )
    begun = true
    onHead()
    const body = await response.text()
    const field = (name: string): string | undefined => response.headers.get(name) ?? undefined
    warningTexts(field('warning')).forEach((text) => warn(text))
    return {
      status: response.status,
      contentType: field('content-type') ?? '',
      body,
      ...given({location: field('location'), retryAfter: retryAfterSeconds(field('retry-after'), field('date'))}),
    }
  } catch (error) {
    const lost = begun || textAt(error, 'code') === 'ECONNRESET'
    if (!lost || signal.aborted) return undefined
    throw connectionFailure({code: 'ECONNRESET'}, {request: request.about, server: server.origin})
  }
}

/** Milliseconds without a head after which a server may be out of reach. */
const PATIENCE = 5_000

/**
 * The quick way's answer, or else that of the usual one. A server that is long in answering may be slow or out of reach,
 * and only the usual way tells them apart: it is then asked as well, and whatever ends first counts.
 */
export const quickFirst = async (
  quickly: (signal: AbortSignal, onHead: () => void) => Promise<Answer | undefined>,
  usually: (signal?: AbortSignal) => Promise<Answer>,
  signal: AbortSignal | undefined,
  patience = PATIENCE,
): Promise<Answer> => {
  const stop = new AbortController()
  const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])
  let timer: Timer | undefined
  let begun = (): void => {}
  const head = new Promise<'begun'>((resolve) => (begun = () => resolve('begun')))
  const overdue = new Promise<'overdue'>((resolve) => (timer = after(patience, () => resolve('overdue'))))
  try {
    const quick = quickly(both, begun)
    const first = await Promise.race([quick, head, overdue])
    timer?.cancel()
    if (first !== 'overdue') return (await quick) ?? (await usually())
    const usual = usually(both)
    return await Promise.race([usual, quick.then((answer) => answer ?? usual)])
  } finally {
    timer?.cancel()
    stop.abort()
  }
}
