import {describe, expect, test} from 'vitest'
import {type KubeObject} from '../../../src/domain/core/object.js'
import {conditionsOf, countConditions, readinessOf} from '../../../src/domain/core/readiness.js'

const broker = (conditions: unknown, rest: Partial<KubeObject['metadata']> = {}, status: object = {}): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {name: 'orders', namespace: 'shop', ...rest},
  status: {conditions, ...status},
})
const ready = (status: string, more: object = {}) => ({type: 'Ready', status, ...more})

describe('whether an object can be used', () => {
  test.each<[string, KubeObject, object]>([
    ['Ready is True', broker([ready('True', {reason: 'ignored'})]), {state: 'ready'}],
    [
      'Ready is False, with reason and message',
      broker([ready('False', {reason: 'NoAddress', message: 'no address'})]),
      {state: 'failed', reason: 'NoAddress', message: 'no address'},
    ],
    ['Ready is Unknown', broker([ready('Unknown')]), {state: 'pending'}],
    [
      'the status is older than the object',
      broker([ready('True')], {generation: 2}, {observedGeneration: 1}),
      {state: 'pending', reason: 'Outdated', message: 'generation 2 has not been reconciled yet'},
    ],
    [
      'the status is of this generation',
      broker([ready('True')], {generation: 2}, {observedGeneration: 2}),
      {state: 'ready'},
    ],
    [
      'it is being deleted',
      broker([ready('True')], {deletionTimestamp: '2026-01-01T00:00:00Z'}),
      {state: 'pending', reason: 'Deleting', message: 'it is being deleted'},
    ],
    [
      'there are no conditions',
      broker([]),
      {state: 'pending', reason: 'NoConditions', message: 'no controller has reported about it yet'},
    ],
    [
      'there is no condition Ready',
      broker([{type: 'Addressable', status: 'True'}]),
      {state: 'pending', reason: 'NoReadyCondition', message: 'it has no condition Ready'},
    ],
    [
      'conditions are garbage',
      broker('none'),
      {state: 'pending', reason: 'NoConditions', message: 'no controller has reported about it yet'},
    ],
  ])('%s', (_case, object, expected) => {
    expect(readinessOf(object)).toEqual(expected)
  })

  test('every True counts, and garbage among the conditions is left out', () => {
    const object = broker([
      ready('True'),
      {type: 'A', status: 'False', severity: 'Info'},
      {type: 'B', status: 'True'},
      'x',
      {},
    ])
    expect(countConditions(object)).toEqual({ok: 2, total: 3})
    expect(conditionsOf(object)[1]).toEqual({type: 'A', status: 'False', severity: 'Info'})
  })
})
