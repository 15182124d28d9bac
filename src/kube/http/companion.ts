import type {ClientRequest} from 'node:http'
import {after} from '../../process/timer.js'
import type {FailedRequest, KubeError} from '../errors.js'
import {aborted, connectionFailure, timedOut} from './failures.js'

export interface CompanionOptions {
  about: FailedRequest
  signal?: AbortSignal | undefined
  /** `https://host:port` */
  server: string
  connectTimeoutMs: number
}

/** What goes along with one request: who may end it from our side, and how its failure is put into words. */
export interface Companion {
  /** How the request is ended; called at most once, with why. */
  onStop: (why: KubeError) => void
  /** Bounds the time from now on, until `done` or `relax`. 0 means no limit. */
  limit(ms: number): void
  /** Bounds the time of connecting. */
  watchConnecting(sent: ClientRequest): void
  /** The answer has begun, and may take its time. */
  relax(): void
  /** What ended the exchange from our side, or else the failure in words. */
  explain(error: unknown): Error
  /** It is over: neither the clock nor the signal matters any more. */
  done(): void
}

export const companionOf = ({about, signal, server, connectTimeoutMs}: CompanionOptions): Companion => {
  const attempted = {request: about, server}
  let stopped: KubeError | undefined
  let timer: {cancel(): void} | undefined
  const stop = (why: KubeError): void => {
    stopped ??= why
    companion.onStop(why)
  }
  const onAbort = (): void => stop(aborted(about))
  signal?.addEventListener('abort', onAbort, {once: true})
  const companion: Companion = {
    onStop: () => {},
    limit(ms) {
      if (ms > 0) timer = after(ms, () => stop(timedOut('RequestTimeout', ms, attempted)))
    },
    watchConnecting: (sent) =>
      whileConnecting(sent, connectTimeoutMs, () => stop(timedOut('ConnectTimeout', connectTimeoutMs, attempted))),
    relax: () => timer?.cancel(),
    explain: (error) => stopped ?? connectionFailure(error, attempted),
    done() {
      timer?.cancel()
      signal?.removeEventListener('abort', onAbort)
    },
  }
  return companion
}

/** Calls `late` when the connection is not there in time; a kept-alive one is there at once. */
const whileConnecting = (sent: ClientRequest, ms: number, late: () => void): void => {
  sent.once('socket', (socket) => {
    if (!socket.connecting) return
    const timer = after(ms, late)
    const clear = (): void => timer.cancel()
    socket.once('authorizationError' in socket ? 'secureConnect' : 'connect', clear)
    sent.once('close', clear)
  })
}
