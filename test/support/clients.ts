import type {KubeObject} from '../../src/domain/core/object.js'
import type {KubeClient, Page, WatchEvent} from '../../src/kube/client.js'
import {KubeError} from '../../src/kube/errors.js'

/** Clients that listen in, hold back or break things; each wraps another one. */

/** Requests in a row: everything that is asked at the same time is answered at the same time, and counts as one. */
export interface Rounds {
  client: KubeClient
  /** How many requests each round had. */
  rounds: number[]
}

const IDLE_TURNS = 20

export const inRounds = (client: KubeClient): Rounds => {
  const rounds: number[] = []
  let waiting: Array<() => void> = []
  let watching = false
  const release = async (): Promise<void> => {
    let seen = 0
    for (let idle = 0; idle < IDLE_TURNS; idle++) {
      await new Promise<void>((resolve) => setImmediate(resolve))
      if (waiting.length !== seen) idle = 0
      seen = waiting.length
    }
    const round = waiting
    waiting = []
    watching = false
    rounds.push(round.length)
    for (const answer of round) answer()
  }
  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve)
      if (!watching) void release()
      watching = true
    })
  const delayed = async <T>(ask: () => Promise<T>): Promise<T> => {
    await turn()
    return ask()
  }
  return {
    rounds,
    client: {
      ...client,
      get: (ref, options) => delayed(() => client.get(ref, options)),
      async *list(query, options): AsyncGenerator<Page> {
        await turn()
        for await (const page of client.list(query, options)) {
          yield page
          if (!page.last) await turn()
        }
      },
      can: (question, options) => delayed(() => client.can(question, options)),
      served: (apiVersion, options) => delayed(() => client.served(apiVersion, options)),
    },
  }
}

/** Someone else writes just before our first patch arrives. */
export const beatenTo = (client: KubeClient, write: () => Promise<unknown>): KubeClient => {
  let done = false
  return {
    ...client,
    async patch(ref, patch, options) {
      if (!done) {
        done = true
        await write()
      }
      return client.patch(ref, patch, options)
    },
  }
}

/** Every watch tells these events and ends. */
export const watchingScript = (client: KubeClient, events: readonly WatchEvent[]): KubeClient => ({
  ...client,
  async *watch(): AsyncGenerator<WatchEvent> {
    yield* events
  },
})

/** Every list comes in these pages; `before` is waited for ahead of each. */
export const listingPages = (
  client: KubeClient,
  pages: ReadonlyArray<readonly KubeObject[]>,
  before: (page: number) => Promise<void>,
): KubeClient => ({
  ...client,
  async *list(): AsyncGenerator<Page> {
    for (const [index, items] of pages.entries()) {
      await before(index)
      yield {items: [...items], resourceVersion: '1', last: index === pages.length - 1}
    }
  },
})

/** Requests of these verbs fail, as they would without a network. */
export const unreachable = (client: KubeClient, ...verbs: ReadonlyArray<'create' | 'get' | 'list'>): KubeClient => {
  const refuse = (verb: string): KubeError =>
    new KubeError('ConnectionRefused', 'connect ECONNREFUSED 10.0.0.1:6443', {
      code: 0,
      request: {verb, resource: 'brokers.eventing.knative.dev', namespace: 'demo'},
      server: 'https://10.0.0.1:6443',
    })
  return {
    ...client,
    ...(verbs.includes('create') ? {create: () => Promise.reject(refuse('create'))} : {}),
    ...(verbs.includes('get') ? {get: () => Promise.reject(refuse('get'))} : {}),
    ...(verbs.includes('list')
      ? {
          async *list() {
            throw refuse('list')
          },
        }
      : {}),
  }
}
