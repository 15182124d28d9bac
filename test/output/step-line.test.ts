import {describe, expect, test} from 'vitest'
import type {Awaited} from '../../src/domain/core/plan.js'
import {spentTime, watchedLine} from '../../src/output/step-line.js'

const ref = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop', namespace: 'demo'}

describe('what came of a wait', () => {
  test.each<[Awaited, string]>([
    ['ready', 'deployment.apps/shop ready after 12 s'],
    ['available', 'deployment.apps/shop pods ready after 12 s'],
    ['gone', 'deployment.apps/shop gone after 12 s'],
    ['observed', 'deployment.apps/shop seen by its operator after 12 s'],
    ['complete', 'deployment.apps/shop complete after 12 s'],
    [{data: {key: 'value'}}, 'deployment.apps/shop written by its operator after 12 s'],
  ])('%j is told with its time', (until, line) => {
    expect(watchedLine({verb: 'wait', ref, until, timeoutMs: 0}, 12_400)).toBe(line)
  })

  test('what was watched has stayed away', () => {
    expect(watchedLine({verb: 'stay-gone', ref, settleMs: 0}, 900)).toBe('deployment.apps/shop stayed away after 1 s')
  })

  test.each([
    [-5, '0 s'],
    [59_400, '59 s'],
    [59_600, '1 min 0 s'],
    [125_000, '2 min 5 s'],
  ])('%i ms are %s', (milliseconds, text) => {
    expect(spentTime(milliseconds)).toBe(text)
  })
})
