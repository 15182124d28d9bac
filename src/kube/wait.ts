import type {KubeObject, Ref} from '../domain/core/object.js'
import type {KubeClient, RequestOptions} from './client.js'
import {KubeError, orAbsent} from './errors.js'
import {after} from '../process/timer.js'

/** Looks at an object (`undefined`: it does not exist) and says whether it is as wanted, not yet, or never will be. */
export type Judge = (object: KubeObject | undefined) => {done: true} | {done: false; note: string} | {failed: string}

export interface WaitOptions {
  /** 0 looks once; a negative number means a week (kubectl wait's words). */
  timeoutMs: number
  signal?: AbortSignal | undefined
  /** What is still missing, each time that this changes. */
  onChange?(note: string): void
}

export interface Waited {
  outcome: 'done' | 'timeout' | 'failed'
  /** As last seen; left out when it does not exist. */
  object?: KubeObject
  /** What was still missing; empty when done. */
  note: string
}

const WEEK = 7 * 24 * 3600 * 1000

/** Waits until the judge is content with an object, which need not exist yet. Rejects with `KubeError` (Aborted) when
 * `signal` aborts. */
export const waitFor = async (client: KubeClient, ref: Ref, judge: Judge, options: WaitOptions): Promise<Waited> => {
  const {signal} = options
  const answer = new Verdict(judge, options)
  if (options.timeoutMs === 0) {
    answer.look(await orAbsent(client.get(ref, given(signal))))
    return answer.waited ?? answer.timedOut()
  }
  const stop = new AbortController()
  const onAbort = (): void => stop.abort()
  signal?.addEventListener('abort', onAbort, {once: true})
  if (signal?.aborted) stop.abort()
  const timer = after(options.timeoutMs < 0 ? WEEK : options.timeoutMs, onAbort)
  try {
    let exists = false
    for await (const event of client.watch(ref, {signal: stop.signal})) {
      if (event.type === 'SYNCED') {
        if (!exists) answer.look(undefined)
      } else {
        exists = event.type !== 'DELETED'
        answer.look(exists ? event.object : undefined)
      }
      if (answer.waited !== undefined) return answer.waited
    }
  } finally {
    timer.cancel()
    signal?.removeEventListener('abort', onAbort)
    stop.abort()
  }
  if (signal?.aborted) throw new KubeError('Aborted', 'interrupted', {code: 0, request: {verb: 'watch', ref}})
  return answer.timedOut()
}

const given = (signal: AbortSignal | undefined): RequestOptions => (signal === undefined ? {} : {signal})

class Verdict {
  waited: Waited | undefined
  private seen: KubeObject | undefined
  private note = ''

  constructor(
    private readonly judge: Judge,
    private readonly options: WaitOptions,
  ) {}

  look(object: KubeObject | undefined): void {
    this.seen = object
    const verdict = this.judge(object)
    if ('failed' in verdict) this.waited = this.end('failed', verdict.failed)
    else if (verdict.done) this.waited = this.end('done', '')
    else if (verdict.note !== this.note) {
      this.note = verdict.note
      this.options.onChange?.(verdict.note)
    }
  }

  timedOut(): Waited {
    return this.end('timeout', this.note || 'nothing was seen of it in that time')
  }

  private end(outcome: Waited['outcome'], note: string): Waited {
    return {outcome, note, ...(this.seen === undefined ? {} : {object: this.seen})}
  }
}
