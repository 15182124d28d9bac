import {describe, expect, test} from 'vitest'
import type {Step} from '../../src/domain/core/plan.js'
import {executePlan} from '../../src/kube/execute-plan.js'
import {aSandbox} from '../support/run.js'

const namespace = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'flows'}}
const inside = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings', namespace: 'flows'}}
const ref = {apiVersion: 'v1', kind: 'ConfigMap', name: 'never', namespace: 'default'}
const wait: Step = {verb: 'wait', ref, until: 'ready', timeoutMs: 600_000}

const common = {fieldManager: 'kubectl-sfl', signal: new AbortController().signal}

describe('carrying out a plan', () => {
  test('a wait that is given up ends at once, with what was missing', async () => {
    const giveUp = new AbortController()
    const {failed, left} = await executePlan(
      aSandbox().client(),
      {steps: [wait, {...wait, until: 'gone'}], findings: []},
      {...common, dryRun: 'none', giveUp: giveUp.signal, onNote: () => giveUp.abort()},
    )
    expect(failed?.error).toMatchObject({
      reason: 'Failed',
      message: 'gave up waiting for configmap/never to become ready: it does not exist yet',
    })
    expect(left).toHaveLength(1)
  })

  test('a server dry run tries what the server can try, and not what is in a namespace that it has not made', async () => {
    const sandbox = aSandbox()
    const steps: Step[] = [
      {verb: 'create', object: namespace},
      {verb: 'create', object: inside},
      {verb: 'apply', object: {...inside, metadata: {...inside.metadata, name: 'other'}}, before: undefined},
    ]
    const {done, failed} = await executePlan(sandbox.client(), {steps, findings: []}, {...common, dryRun: 'server'})
    expect(failed).toBeUndefined()
    expect(done.map(({outcome}) => outcome)).toEqual(['created', 'created', 'created'])
    expect(sandbox.snapshot().filter(({metadata}) => metadata.name === 'flows')).toEqual([])
  })
})
