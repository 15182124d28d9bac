import {describe, expect, test} from 'vitest'
import {type KubeObject} from '../../../src/domain/core/object.js'
import {type KubeClient, type WatchEvent} from '../../../src/kube/client.js'
import {createSandbox} from '../../../src/sandbox/sandbox.js'
import {broker, brokerRef, configMap, configMapRef, demo, kafkaConfig} from '../manifests.js'

const query = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'demo'}

const names = async (client: KubeClient, rest: Parameters<KubeClient['list']>[0] = query): Promise<string[][]> => {
  const pages: string[][] = []
  for await (const {items} of client.list(rest)) pages.push(items.map(({metadata}) => metadata.name))
  return pages
}

describe('reading', () => {
  test('comes in pages that show one moment, whatever happens in between', async () => {
    const sandbox = demo()
    const client = sandbox.client()
    for (const name of ['a', 'b', 'c', 'd', 'e']) await client.create(configMap(name))
    const seen: string[] = []
    for await (const {items, last} of client.list({...query, pageSize: 2})) {
      seen.push(...items.map(({metadata}) => metadata.name), last ? 'last' : 'more')
      if (seen.length === 3) {
        await client.delete(configMapRef('d'))
        await client.create(configMap('bb'))
      }
    }
    expect(seen).toEqual(['a', 'b', 'more', 'c', 'd', 'more', 'e', 'last'])
    expect(await names(client)).toEqual([['a', 'b', 'bb', 'c', 'e']])
  })

  test('starts anew, without repeating anything, when the moment is forgotten', async () => {
    const sandbox = demo()
    const client = sandbox.client()
    for (const name of ['a', 'b', 'c', 'd']) await client.create(configMap(name))
    const pages: string[][] = []
    for await (const {items} of client.list({...query, pageSize: 2})) {
      pages.push(items.map(({metadata}) => metadata.name))
      if (pages.length === 1) {
        await client.create(configMap('z'))
        sandbox.compact()
      }
    }
    expect(pages).toEqual([['a', 'b'], [], ['c', 'd'], ['z']])
  })

  test.each<[string, string[]]>([
    ['team=red', ['a', 'b']],
    ['team!=red', ['c']],
    ['team in (red, blue),!old', ['a']],
    ['old', ['b']],
    ['team notin (red)', ['c']],
  ])('selects by the labels %s', async (labelSelector, expected) => {
    const client = demo().client()
    const labels: Record<string, Record<string, string>> = {a: {team: 'red'}, b: {team: 'red', old: ''}, c: {}}
    for (const [name, map] of Object.entries(labels))
      await client.create({...configMap(name), metadata: {name, namespace: 'demo', labels: map}})
    expect((await names(client, {...query, labelSelector})).flat()).toEqual(expected)
  })

  test('finds the events of one object', async () => {
    const sandbox = demo()
    const client = sandbox.client()
    await client.create(broker('one', kafkaConfig, 'Kafka'))
    await client.create(broker('two', kafkaConfig, 'Kafka'))
    await sandbox.settle()
    const found: unknown[] = []
    const fieldSelector = 'involvedObject.kind=Broker,involvedObject.name=one'
    for await (const {items} of client.list({apiVersion: 'v1', kind: 'Event', namespace: 'demo', fieldSelector}))
      found.push(...items.map(({reason, message}) => [reason, message]))
    expect(found).toEqual([
      ['FinalizerUpdate', 'Updated "one" finalizers'],
      ['BrokerReconciled', 'Broker reconciled: "demo/one"'],
    ])
  })

  test('watches what is there, then every change, and ends quietly when aborted', async () => {
    const client = demo().client()
    await client.create(configMap('a'))
    const stop = new AbortController()
    const seen: string[] = []
    const line = (event: WatchEvent) =>
      event.type === 'SYNCED' ? 'SYNCED' : `${event.type} ${event.object.metadata.name}`
    const watching = (async () => {
      for await (const event of client.watch({...query, labelSelector: 'x!=y'}, {signal: stop.signal})) {
        seen.push(line(event))
        if (seen.length === 2) {
          await client.patch(configMapRef('a'), {data: {b: '1'}})
          await client.create(configMap('b'))
          // Leaving the selection looks like a deletion.
          await client.patch(configMapRef('a'), {metadata: {labels: {x: 'y'}}})
          await client.delete(configMapRef('b'))
        }
        if (seen.length === 6) stop.abort()
      }
    })()
    await watching
    expect(seen).toEqual(['ADDED a', 'SYNCED', 'MODIFIED a', 'ADDED b', 'DELETED a', 'DELETED b'])
  })
})

describe('writing', () => {
  test('a dry run checks and defaults, and stores nothing', async () => {
    const sandbox = demo()
    const client = sandbox.client()
    const before = sandbox.snapshot()
    const made = await client.create(broker('dry'), {dryRun: true})
    expect(made['spec']).toEqual({
      config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'config-br-default-channel', namespace: 'knative-eventing'},
      delivery: {retry: 10, backoffPolicy: 'exponential', backoffDelay: 'PT0.2S'},
    })
    expect(sandbox.snapshot()).toEqual(before)
    expect(sandbox.requests).toEqual(['create eventing.knative.dev/v1 Broker demo/dry dryRun'])
  })

  test('the generation counts changes of the spec, the version all changes', async () => {
    const client = demo().client()
    const first = await client.create(broker('b'))
    const labelled = await client.patch(brokerRef('b'), {metadata: {labels: {a: 'b'}}})
    const changed = await client.patch(brokerRef('b'), {spec: {delivery: {retry: 3}}})
    const same = await client.patch(brokerRef('b'), {spec: {delivery: {retry: 3}}})
    expect([first, labelled, changed, same].map(({metadata}) => metadata.generation)).toEqual([1, 1, 2, 2])
    expect(same.metadata.resourceVersion).toBe(changed.metadata.resourceVersion)
    expect(Number(changed.metadata.resourceVersion)).toBeGreaterThan(Number(labelled.metadata.resourceVersion))
  })

  test('a Secret keeps its texts as base64', async () => {
    const client = demo().client()
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {name: 's', namespace: 'demo'},
      stringData: {user: 'ann'},
    }
    expect(await client.create(secret)).toMatchObject({type: 'Opaque', data: {user: 'YW5u'}})
  })

  test('what nobody may say is dropped when unknown fields are only warned about', async () => {
    const client = demo().client()
    const made = await client.create(broker('b', {delivry: 1}), {fieldValidation: 'Warn'})
    expect(made['spec']).not.toHaveProperty('delivry')
  })

  test('an object stays until its last finalizer is gone', async () => {
    const client = demo().client()
    await client.create({...configMap('c'), metadata: {name: 'c', namespace: 'demo', finalizers: ['x.y/z']}})
    await client.delete(configMapRef('c'))
    expect((await client.get(configMapRef('c'))).metadata.deletionTimestamp).toBe('2026-03-01T12:00:00Z')
    await client.patch(configMapRef('c'), {metadata: {finalizers: null}})
    await expect(client.get(configMapRef('c'))).rejects.toMatchObject({reason: 'NotFound'})
  })

  test('what belongs to a deleted object goes with it', async () => {
    const sandbox = demo()
    const client = sandbox.client()
    const owner = await client.create(configMap('owner'))
    const ownerReferences = [{apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: owner.metadata.uid ?? ''}]
    await client.create({...configMap('child'), metadata: {name: 'child', namespace: 'demo', ownerReferences}})
    await client.delete(configMapRef('owner'))
    await sandbox.settle()
    expect((await names(client)).flat()).toEqual([])
  })

  test('a deleted namespace takes its contents along', async () => {
    const sandbox = demo()
    const client = sandbox.client()
    await client.create(configMap('c'))
    await client.create(broker('b', kafkaConfig, 'Kafka'))
    await sandbox.settle()
    await client.delete({apiVersion: 'v1', kind: 'Namespace', name: 'demo'})
    await expect(client.create(configMap('late'))).rejects.toThrow(
      'configmaps "late" is forbidden: unable to create new content in namespace demo because it is being terminated',
    )
    await sandbox.settle()
    expect(
      sandbox.snapshot().filter(({metadata}) => metadata.namespace === 'demo' || metadata.name === 'demo'),
    ).toEqual([])
  })

  test('loaded objects are taken as they are and left alone', async () => {
    const sandbox = demo()
    sandbox.load([{...broker('b', kafkaConfig, 'Kafka'), status: {conditions: [{type: 'Ready', status: 'False'}]}}])
    await sandbox.settle()
    expect((await sandbox.client().get(brokerRef('b')))['status']).toEqual({
      conditions: [{type: 'Ready', status: 'False'}],
    })
  })

  test('a sandbox made of the snapshot of another one has its objects, and goes on from there', async () => {
    const first = createSandbox({layout: 'openshift'})
    first.load([{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'demo'}}])
    await first.client().create(configMap('a'))
    const before = first.snapshot()
    const second = createSandbox({layout: 'openshift', objects: before})
    const withoutVersions = (objects: readonly KubeObject[]): unknown[] =>
      objects.map(({metadata: {resourceVersion: _, ...metadata}, ...rest}) => ({...rest, metadata}))
    expect(withoutVersions(second.snapshot())).toEqual(withoutVersions(before))
    await second.client().delete(configMapRef('a'))
    expect(first.snapshot()).toEqual(before)
  })
})
