import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../src/domain/core/object.js'
import {comparableTexts, unifiedDiff} from '../../src/output/diff.js'

const broker = (retry: number, metadata: object = {}, more: object = {}): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {name: 'orders', namespace: 'demo', ...metadata},
  spec: {delivery: {backoffDelay: 'PT1S', retry}},
  ...more,
})

const live = broker(
  5,
  {resourceVersion: '7', generation: 2, uid: 'u', creationTimestamp: '2026-01-01T00:00:00Z', managedFields: [{}]},
  {status: {conditions: []}},
)

describe('a diff shows what would change and nothing else', () => {
  test('one value', async () =>
    expect(await unifiedDiff(live, broker(3))).toBe(`--- live/demo/broker.eventing.knative.dev/orders
+++ planned/demo/broker.eventing.knative.dev/orders
@@ -6,4 +6,4 @@
 spec:
   delivery:
     backoffDelay: PT1S
-    retry: 5
+    retry: 3
`))

  test('nothing, when only the server wrote', async () => expect(await unifiedDiff(live, broker(5))).toBe(''))

  test('a new object', async () =>
    expect(await unifiedDiff(undefined, broker(1))).toBe(
      `--- /dev/null
+++ planned/demo/broker.eventing.knative.dev/orders
@@ -0,0 +1,9 @@
+apiVersion: eventing.knative.dev/v1
+kind: Broker
+metadata:
+  name: orders
+  namespace: demo
+spec:
+  delivery:
+    backoffDelay: PT1S
+    retry: 1
`,
    ))

  test('a deletion, under a name of its own', async () => {
    const config: KubeObject = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'c'}}
    expect(await unifiedDiff(config, undefined, {name: 'the config'})).toBe(`--- live/the config
+++ /dev/null
@@ -1,4 +0,0 @@
-apiVersion: v1
-kind: ConfigMap
-metadata:
-  name: c
`)
  })

  test('in colour', async () => {
    const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`
    const palette = {
      red: mark('red'),
      green: mark('green'),
      yellow: mark('yellow'),
      cyan: mark('cyan'),
      bold: mark('bold'),
      dim: mark('dim'),
    }
    expect((await unifiedDiff(live, broker(3), {palette})).split('\n')).toEqual([
      '<bold>--- live/demo/broker.eventing.knative.dev/orders</bold>',
      '<bold>+++ planned/demo/broker.eventing.knative.dev/orders</bold>',
      '<cyan>@@ -6,4 +6,4 @@</cyan>',
      ' spec:',
      '   delivery:',
      '     backoffDelay: PT1S',
      '<red>-    retry: 5</red>',
      '<green>+    retry: 3</green>',
      '',
    ])
  })
})

describe('the values of a Secret', () => {
  const secret = (fields: object, annotations?: Record<string, string>): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {name: 'kafka', ...(annotations && {annotations})},
    ...fields,
  })
  const before = secret(
    {data: {same: 'c2FtZQ==', changed: 'b2xk', gone: 'eA=='}},
    {'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"changed":"b2xk"}}'},
  )
  const after = secret({data: {changed: 'bmV3'}, stringData: {same: 'same', added: 'plain'}})

  test('are masked, and only whether they change can be seen', async () => {
    expect(await comparableTexts(before, after)).toEqual([
      `apiVersion: v1
data:
  changed: '*** (before)'
  gone: '***'
  same: '***'
kind: Secret
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '***'
  name: kafka
`,
      `apiVersion: v1
data:
  added: '***'
  changed: '*** (after)'
  same: '***'
kind: Secret
metadata:
  name: kafka
`,
    ])
  })

  test('are never part of a new or deleted Secret', async () => {
    const texts = [...(await comparableTexts(undefined, after)), ...(await comparableTexts(before, undefined))].join('')
    expect(texts).not.toMatch(/b2xk|bmV3|plain|c2FtZQ|eA==/)
  })

  test('are shown when asked for', async () => {
    const [text] = await comparableTexts(secret({data: {user: 'YQ=='}}), undefined, {showSecrets: true})
    expect(text).toBe('apiVersion: v1\ndata:\n  user: YQ==\nkind: Secret\nmetadata:\n  name: kafka\n')
  })
})
