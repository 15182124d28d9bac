import {setTimeout as sleep} from 'node:timers/promises'
import {describe, expect, test} from 'vitest'
import type {Answer} from '../../../src/kube/http/answer.js'
import {quickFirst} from '../../../src/kube/http/quick-get.js'

const answer = (body: string): Answer => ({status: 200, contentType: 'application/json', body})
const never = new Promise<never>(() => {})

describe('of two ways to an answer', () => {
  test('the quick one counts, and the usual one is not taken', async () => {
    let asked = 0
    const usually = async (): Promise<Answer> => answer(`usual ${++asked}`)
    expect((await quickFirst(async () => answer('quick'), usually, undefined)).body).toBe('quick')
    expect(asked).toBe(0)
  })

  test('the usual one is taken when nothing comes of the quick one', async () => {
    expect(
      (
        await quickFirst(
          async () => undefined,
          async () => answer('usual'),
          undefined,
        )
      ).body,
    ).toBe('usual')
  })

  test('a server that has begun to answer has all the time it needs', async () => {
    const quickly = async (_signal: AbortSignal, onHead: () => void): Promise<Answer> => {
      onHead()
      await sleep(60)
      return answer('quick')
    }
    expect((await quickFirst(quickly, () => never, undefined, 10)).body).toBe('quick')
  })

  test('a server that does not begin is asked both ways, and what ends first counts', async () => {
    const slow = async (): Promise<Answer> => {
      await sleep(60)
      return answer('quick')
    }
    expect((await quickFirst(slow, () => never, undefined, 10)).body).toBe('quick')
    expect(
      (
        await quickFirst(
          () => never,
          async () => answer('usual'),
          undefined,
          10,
        )
      ).body,
    ).toBe('usual')
    const refused = quickFirst(
      () => never,
      () => Promise.reject(new Error('out of reach')),
      undefined,
      10,
    )
    await expect(refused).rejects.toThrow('out of reach')
  })

  test('the way that was not needed is ended', async () => {
    const ended: string[] = []
    const listen = (signal: AbortSignal | undefined, name: string): void =>
      signal?.addEventListener('abort', () => ended.push(name))
    const quickly = (signal: AbortSignal): Promise<Answer> => {
      listen(signal, 'quick')
      return never
    }
    const usually = async (signal?: AbortSignal): Promise<Answer> => {
      listen(signal, 'usual')
      return answer('usual')
    }
    await quickFirst(quickly, usually, undefined, 10)
    expect(ended).toEqual(['quick', 'usual'])
  })

  test('an interruption reaches the quick way', async () => {
    const abort = new AbortController()
    const quickly = (signal: AbortSignal): Promise<undefined> =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)))
    const usually = async (): Promise<Answer> => Promise.reject(new Error('interrupted'))
    const pending = quickFirst(quickly, usually, abort.signal)
    abort.abort()
    await expect(pending).rejects.toThrow('interrupted')
  })
})
