import {describe, expect, test} from 'vitest'
import type {KubeObject, Ref} from '../../src/domain/core/object.js'
import type {Plan, Step} from '../../src/domain/core/plan.js'
import {executePlan, type ExecutePlanOptions} from '../../src/kube/execute-plan.js'
import type {KubeClient} from '../../src/kube/client.js'
import {aSandbox, writes} from '../support/run.js'

const ref: Ref = {apiVersion: 'v1', kind: 'ConfigMap', name: 'orders', namespace: 'demo'}
const object = (data: Readonly<Record<string, string>> = {}): KubeObject => ({
  apiVersion: ref.apiVersion,
  kind: ref.kind,
  metadata: {name: ref.name, namespace: 'demo'},
  data,
})

const stored = async () => {
  const sandbox = aSandbox()
  sandbox.load([{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'demo'}, status: {phase: 'Active'}}])
  const client = sandbox.client()
  const before = await client.create(object())
  const reading = {from: sandbox.requests.length}
  return {sandbox, client, before, writes: () => writes({requests: sandbox.requests.slice(reading.from)})}
}

const carry = (client: KubeClient, steps: readonly Step[], options: Partial<ExecutePlanOptions> = {}) => {
  const plan: Plan = {steps, findings: []}
  return executePlan(client, plan, {
    dryRun: 'none',
    fieldManager: 'kubectl-sfl',
    signal: new AbortController().signal,
    ...options,
  })
}

describe('a deletion that must last', () => {
  const gone = (before: KubeObject, settleMs: number): Step[] => [
    {verb: 'delete', ref, before},
    {verb: 'stay-gone', ref, settleMs, ...(before.metadata.uid === undefined ? {} : {uid: before.metadata.uid})},
  ]

  test('is done when nothing came back', async () => {
    const {client, before} = await stored()
    const notes: string[] = []
    const {done, failed} = await carry(client, gone(before, 10), {onNote: (note) => notes.push(note)})
    expect(failed).toBeUndefined()
    expect(done.map(({step, outcome}) => `${step.verb}: ${outcome}`)).toEqual([
      'delete: deleted',
      'stay-gone: condition met',
    ])
    expect(notes).toEqual(['watching for 10ms whether configmap/orders comes back'])
  })

  test('fails as soon as another one of that name is there', async () => {
    const {client, before} = await stored()
    const returning: KubeClient = {
      ...client,
      async delete(target, options) {
        await client.delete(target, options)
        await client.create(object())
      },
    }
    const {failed} = await carry(returning, gone(before, 60_000))
    expect(failed?.step.verb).toBe('stay-gone')
    expect(failed?.error).toMatchObject({
      reason: 'CameBack',
      message: 'configmap/orders was deleted and is there again',
      exitCode: 1,
    })
  })

  test('the one that is still going does not count as a return', async () => {
    const {client, before} = await stored()
    const {failed} = await carry(client, gone(before, 10).slice(1))
    expect(failed).toBeUndefined()
  })

  test.each(['client', 'server'] as const)('is not watched under a dry run of the %s', async (dryRun) => {
    const {client, before} = await stored()
    const {done} = await carry(client, gone(before, 60_000), {dryRun})
    expect(done.map(({step}) => step.verb)).toEqual(['delete'])
  })
})

describe('a re-creation', () => {
  const anew = (before: KubeObject): Step[] => [
    {verb: 'delete', ref, before},
    {verb: 'create', object: object({retries: '3'})},
  ]

  test('deletes and creates', async () => {
    const {client, before, writes: written} = await stored()
    const {done} = await carry(client, anew(before))
    expect(done.map(({outcome}) => outcome)).toEqual(['deleted', 'created'])
    expect(written()).toEqual(['delete v1 ConfigMap demo/orders', 'create v1 ConfigMap demo/orders'])
  })

  test('is rehearsed on the server as far as that goes: what is only deleted for show cannot be created', async () => {
    const {client, before, writes: written} = await stored()
    const {done, failed} = await carry(client, anew(before), {dryRun: 'server'})
    expect(failed).toBeUndefined()
    expect(done.map(({outcome}) => outcome)).toEqual(['deleted', 'created'])
    expect(written()).toEqual(['delete v1 ConfigMap demo/orders dryRun'])
  })

  test('leaves a creation of something else to the server', async () => {
    const {client, before, writes: written} = await stored()
    const other = {...object(), metadata: {name: 'other', namespace: 'demo'}}
    await carry(
      client,
      [
        {verb: 'delete', ref, before},
        {verb: 'create', object: other},
      ],
      {dryRun: 'server'},
    )
    expect(written()).toEqual(['delete v1 ConfigMap demo/orders dryRun', 'create v1 ConfigMap demo/other dryRun'])
  })
})

describe('an apply that takes a whole part away', () => {
  const subscription: Ref = {
    apiVersion: 'messaging.knative.dev/v1',
    kind: 'Subscription',
    name: 'audit',
    namespace: 'demo',
  }
  const manifest = (parts: object = {}): KubeObject => ({
    apiVersion: subscription.apiVersion,
    kind: subscription.kind,
    metadata: {name: subscription.name, namespace: 'demo'},
    spec: {
      channel: {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: 'pipe'},
      subscriber: {uri: 'http://audit.example.com'},
      ...parts,
    },
  })
  const applied = async () => {
    const {client, writes: sent} = await stored()
    const before = await client.apply(manifest({delivery: {retry: 3}}), {fieldManager: 'kubectl-sfl'})
    return {client, sent, step: {verb: 'apply', object: manifest(), before, drops: ['delivery']} as const}
  }

  test.each(['none', 'server', 'client'] as const)(
    'leaves nothing of it behind, as one change (dry run: %s)',
    async (dryRun) => {
      const {client, step} = await applied()
      const {done, failed} = await carry(client, [step], {dryRun})
      expect(failed).toBeUndefined()
      expect(done.map(({outcome}) => outcome)).toEqual(['configured'])
      expect(done[0]?.object).toMatchObject({spec: manifest()['spec']})
      expect(done[0]?.object?.['spec']).not.toHaveProperty('delivery')
      const live = await client.get(subscription)
      expect('delivery' in Object(live['spec'])).toBe(dryRun !== 'none')
    },
  )
})
