import type {KubeObject} from '../domain/core/object.js'
import type {ListQuery, Page, RequestOptions, WatchEvent, WatchQuery} from './client.js'
import {watchLineFrom} from './decode.js'
import {type FailedRequest, KubeError, isKubeError} from './errors.js'
import {statusError} from './http/answer.js'
import {pauseBefore} from './http/retry.js'
import type {Transport} from './http/transport.js'
import {type FindResource, collectionRequest} from './requests.js'

/** Seconds; the server ends a watch after this time, somewhat spread as in client-go tools/cache/reflector.go. */
const SHORTEST_WATCH = 300
/** Milliseconds beyond that until a silent connection counts as dead. */
const GRACE = 30_000
/** Milliseconds between attempts to reconnect: from, to (client-go's reflector has the same). */
const PAUSES = {first: 800, longest: 30_000}
/** Attempts in a row without success; together about three minutes, enough for a control plane that is being upgraded. */
const MAX_FAILURES = 10

type List = (query: ListQuery, options: RequestOptions) => AsyncIterable<Page>

/**
 * What is there, then SYNCED, then what changes. Lost connections are made again where the watch left off; where the
 * server no longer knows that place (410), the list is read again and the differences become events. Ends without an
 * error when `signal` aborts.
 */
export async function* watchObjects(
  transport: Transport,
  find: FindResource,
  list: List,
  query: WatchQuery,
  {signal}: RequestOptions,
): AsyncGenerator<WatchEvent, void> {
  const stop = new AbortController()
  const onAbort = (): void => stop.abort()
  signal?.addEventListener('abort', onAbort, {once: true})
  if (signal?.aborted) stop.abort()
  try {
    yield* new Watch(transport, find, list, query, stop.signal).events()
  } catch (error) {
    if (!signal?.aborted) throw error
  } finally {
    signal?.removeEventListener('abort', onAbort)
    stop.abort()
  }
}

class Watch {
  /** What the consumer knows of, by uid. */
  private known = new Map<string, KubeObject>()
  private version = ''
  private failures = 0
  private readonly query: Omit<WatchQuery, 'name'>

  constructor(
    private readonly transport: Transport,
    private readonly find: FindResource,
    private readonly list: List,
    {name, ...query}: WatchQuery,
    private readonly signal: AbortSignal,
  ) {
    const only = name === undefined ? undefined : `metadata.name=${name}`
    const fieldSelector = [query.fieldSelector, only].filter((one) => one !== undefined && one !== '').join(',')
    this.query = {...query, ...(fieldSelector === '' ? {} : {fieldSelector})}
  }

  async *events(): AsyncGenerator<WatchEvent, void> {
    yield* this.begin()
    yield {type: 'SYNCED', resourceVersion: this.version}
    while (!this.signal.aborted) {
      let failure: unknown
      try {
        yield* this.follow()
        this.failures = 0
      } catch (error) {
        if (this.signal.aborted) return
        if (isKubeError(error, 'Expired') || isKubeError(error, 'Gone')) this.version = ''
        else if (isPassing(error)) failure = error
        else throw error
      }
      if (this.signal.aborted) return
      if (failure !== undefined) yield* this.pauseAfter(failure)
      while (this.version === '' && !this.signal.aborted) {
        try {
          yield* this.relist()
        } catch (error) {
          if (this.signal.aborted) return
          if (!isPassing(error)) throw error
          yield* this.pauseAfter(error)
        }
      }
    }
  }

  /** Throws what ends the watch for good. (A generator so that it reads like the other steps.) */
  private async *pauseAfter(failure: unknown): AsyncGenerator<never, void> {
    if (++this.failures >= MAX_FAILURES) throw failure
    const {clock} = this.transport
    const wanted = failure instanceof KubeError ? (failure.retryAfter ?? 0) * 1000 : 0
    await clock
      .sleep(Math.max(wanted, pauseBefore(this.failures + 1, clock.random, PAUSES)), this.signal)
      .catch(() => {})
  }

  /** Reads the list and hands it out page by page: the start. */
  private async *begin(): AsyncGenerator<WatchEvent, void> {
    for await (const page of this.list(this.query, {signal: this.signal})) {
      this.version = page.resourceVersion
      for (const object of page.items) {
        this.known.set(keyOf(object), object)
        yield {type: 'ADDED', object}
      }
    }
  }

  /** Reads the list again and tells the differences to what is known; what is gone first, its name may be in use again. */
  private async *relist(): AsyncGenerator<WatchEvent, void> {
    const found = new Map<string, KubeObject>()
    let version = ''
    for await (const page of this.list(this.query, {signal: this.signal})) {
      version = page.resourceVersion
      for (const object of page.items) found.set(keyOf(object), object)
    }
    const before = this.known
    this.known = found
    this.version = version
    for (const [key, object] of before) if (!found.has(key)) yield {type: 'DELETED', object}
    for (const [key, object] of found) {
      const old = before.get(key)
      if (old === undefined) yield {type: 'ADDED', object}
      else if (old.metadata.resourceVersion !== object.metadata.resourceVersion) yield {type: 'MODIFIED', object}
    }
  }

  /** One watch request, until the server ends it. */
  private async *follow(): AsyncGenerator<WatchEvent, void> {
    const seconds = Math.round(SHORTEST_WATCH * (1 + this.transport.clock.random()))
    const request = collectionRequest('watch', this.query, await this.find(this.query, 'watch', this.signal), {
      watch: true,
      allowWatchBookmarks: true,
      timeoutSeconds: seconds,
      resourceVersion: this.version,
    })
    const lines = this.transport.lines({...request, signal: this.signal}, seconds * 1000 + GRACE)
    let came = false
    for await (const line of lines) {
      came = true
      this.failures = 0
      const event = this.understood(line, request.about)
      if (event !== undefined) yield event
    }
    // A server or proxy that ends every watch at once must not be asked in a tight loop.
    if (!came && !this.signal.aborted) {
      const {clock} = this.transport
      await clock.sleep(pauseBefore(2, clock.random, PAUSES), this.signal).catch(() => {})
    }
  }

  private understood(line: string, about: FailedRequest): WatchEvent | undefined {
    const event = watchLineFrom(line, this.query, about)
    if (event.type === 'ERROR') throw statusError(event.status, 500, about, this.transport.server)
    if (event.type === 'BOOKMARK') {
      this.version = event.resourceVersion || this.version
      return undefined
    }
    const {type, object} = event
    this.version = object.metadata.resourceVersion ?? this.version
    const key = keyOf(object)
    if (type === 'DELETED') this.known.delete(key)
    else this.known.set(key, object)
    return {type, object}
  }
}

const keyOf = ({metadata: {uid, namespace = '', name}}: KubeObject): string => uid ?? `${namespace}/${name}`

/** Failures that a later attempt may not meet again. */
const isPassing = (error: unknown): boolean =>
  error instanceof KubeError &&
  (['ConnectionReset', 'ConnectionRefused', 'HostNotFound', 'ConnectTimeout', 'RequestTimeout', 'ProxyFailed'].includes(
    error.reason,
  ) ||
    error.code === 429 ||
    error.code >= 500)
