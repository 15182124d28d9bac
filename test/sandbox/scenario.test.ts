import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../src/domain/core/object.js'
import {textAt} from '../../src/domain/core/read.js'
import {fill, layoutOf} from '../../src/sandbox/scenario.js'
import {aHealthyBroker, aHealthyTrigger, aSink} from '../support/healthy.js'
import {aSandbox} from '../support/run.js'

const config = (name: string, rest: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {name, ...rest},
})
const given = (...manifests: readonly KubeObject[]) => manifests.map((manifest) => ({manifest}))

/** As `kubectl get -o yaml` gives it. */
const stored = (object: KubeObject, uid: string, rest: object = {}): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    uid,
    resourceVersion: '4711',
    generation: 3,
    creationTimestamp: '2025-01-01T00:00:00Z',
    managedFields: [{manager: 'kubectl'}],
    ...rest,
  },
})

describe('a sandbox is filled', () => {
  test('what names no namespace is in default, as with kubectl, and can be read again', async () => {
    const sandbox = aSandbox()
    await fill(sandbox, given(config('a')))
    const found = await sandbox.client().get({apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'a'})
    expect(found.metadata.namespace).toBe('default')
  })

  test('with a copy of a cluster: objects stay as they were, status and all, and go on living', async () => {
    const sandbox = aSandbox()
    const broker = aHealthyBroker('orders', 'shop')
    await fill(
      sandbox,
      given(
        stored(aHealthyTrigger('orders', 'orders', 'shop'), 'uid-1'),
        stored(broker, 'uid-2'),
        stored(aSink('sink', 'shop'), 'uid-3'),
        stored(aSink('dead-letters', 'shop'), 'uid-4'),
      ),
    )
    const ref = {apiVersion: broker.apiVersion, kind: broker.kind, namespace: 'shop', name: 'orders'}
    const found = await sandbox.client().get(ref)
    expect(found['status']).toEqual(broker['status'])
    expect(found.metadata).toMatchObject({uid: 'uid-2', generation: 3, creationTimestamp: '2025-01-01T00:00:00Z'})
    expect(found.metadata.managedFields).toBeUndefined()
    await sandbox.client().patch(ref, {spec: {delivery: {retry: 5}}})
    await sandbox.settle()
    expect(textAt(await sandbox.client().get(ref), 'status', 'address', 'url')).toContain('shop/orders')
  })

  test('an owner that is not in the copy does not make anyone an orphan', async () => {
    const sandbox = aSandbox()
    const owner = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'gone', uid: 'elsewhere'}
    await fill(sandbox, given(stored(config('kept', {namespace: 'shop', ownerReferences: [owner]}), 'uid-1')))
    await sandbox.client().create(config('other', {namespace: 'shop'}))
    await sandbox.client().delete({apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'other'})
    await sandbox.settle()
    const found = await sandbox.client().get({apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'kept'})
    expect(found.metadata.ownerReferences).toBeUndefined()
  })

  test('what the installation has put there is changed, by manifests and by copies', async () => {
    const sandbox = aSandbox()
    const features = (data: object) => ({...config('config-features', {namespace: 'knative-eventing'}), data})
    const read = () =>
      sandbox
        .client()
        .get({apiVersion: 'v1', kind: 'ConfigMap', namespace: 'knative-eventing', name: 'config-features'})
    await fill(sandbox, given(features({'delivery-timeout': 'disabled'})))
    expect((await read())['data']).toMatchObject({'delivery-timeout': 'disabled'})
    await fill(sandbox, given(stored(features({'kreference-group': 'enabled'}), 'uid-1')))
    expect((await read())['data']).toEqual({'kreference-group': 'enabled'})
  })

  test('kinds that it does not serve are passed over and named', async () => {
    const strange = {apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: {name: 'a'}}
    expect(await fill(aSandbox(), given(strange, config('a')))).toEqual(['ServiceMonitor of monitoring.coreos.com/v1'])
  })

  test('unless a definition beside them says what they are', async () => {
    const sandbox = aSandbox()
    const definition: KubeObject = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: {name: 'things.acme.dev'},
      spec: {
        group: 'acme.dev',
        scope: 'Namespaced',
        names: {kind: 'Thing', plural: 'things'},
        versions: [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object'}}}],
      },
    }
    const thing = {apiVersion: 'acme.dev/v1', kind: 'Thing', metadata: {name: 'a'}}
    expect(await fill(sandbox, given(thing, definition))).toEqual([])
  })

  test('generated names are generated', async () => {
    const sandbox = aSandbox()
    const manifest = config('tick-xxxxx', {generateName: 'tick-'})
    await fill(sandbox, [
      {manifest, generated: true},
      {manifest, generated: true},
    ])
    const names = sandbox.snapshot().flatMap(({metadata: {name}}) => (name.startsWith('tick-') ? [name] : []))
    expect(names).toHaveLength(2)
    expect(names).not.toContain('tick-xxxxx')
  })
})

test.each([
  ['openshift', {apiVersion: 'operator.serverless.openshift.io/v1alpha1', kind: 'KnativeKafka', metadata: {name: 'k'}}],
  ['operator', {apiVersion: 'operator.knative.dev/v1beta1', kind: 'KnativeEventing', metadata: {name: 'k'}}],
  [undefined, config('a')],
])('who installed Knative is told by the objects: %s', (layout, object) => {
  expect(layoutOf(given(object))).toBe(layout)
})
