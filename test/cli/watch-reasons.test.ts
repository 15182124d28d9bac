import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {watchReasons} from '../../src/cli/watch-reasons.js'
import type {Finding} from '../../src/domain/findings/finding.js'

const pod = (message: string, level: Finding['level'] = 'error'): Finding => ({code: 'SFL-L02', level, message})

describe('reasons that are looked for during a wait', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const watched = (looks: ReadonlyArray<readonly Finding[] | 'fails'>) => {
    const told: string[] = []
    const rest = [...looks]
    const look = async (): Promise<readonly Finding[]> => {
      const found = rest.shift() ?? []
      if (found === 'fails') throw new Error('no connection')
      return found
    }
    const watch = watchReasons(look, ({message}) => void told.push(message), 1000)
    return {told, watch, looks: () => looks.length - rest.length}
  }

  test('are told once each, errors only, and a look that fails does no harm', async () => {
    const {told} = watched([
      [pod('ImagePullBackOff')],
      'fails',
      [pod('ImagePullBackOff'), pod('no Secret')],
      [pod('advice', 'warning')],
    ])
    await vi.advanceTimersByTimeAsync(4000)
    expect(told).toEqual(['ImagePullBackOff', 'no Secret'])
  })

  test('are not looked for before some time has gone by, nor after the wait', async () => {
    const {told, watch, looks} = watched([[pod('one')], [pod('two')]])
    await vi.advanceTimersByTimeAsync(999)
    expect(looks()).toBe(0)
    await vi.advanceTimersByTimeAsync(1)
    watch.stop()
    await vi.advanceTimersByTimeAsync(5000)
    expect(looks()).toBe(1)
    expect(told).toEqual(['one'])
  })

  test('wait for a slow look instead of piling up', async () => {
    let looks = 0
    const watch = watchReasons(
      () => {
        looks += 1
        return new Promise(() => {})
      },
      () => {},
      1000,
    )
    await vi.advanceTimersByTimeAsync(10_000)
    watch.stop()
    expect(looks).toBe(1)
  })
})
