import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {aKnativeService, aTrigger} from '../../support/eventing.js'
import {NOW, run} from '../../support/run.js'
import {aSession} from '../../support/session.js'

/** A trigger as it is stored, so many seconds old, with five conditions as Knative had them in the documents. */
const stored = (
  name: string,
  seconds: number,
  changes: {namespace?: string; spec?: object; ready?: object} = {},
): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Trigger',
  metadata: {
    name,
    namespace: changes.namespace ?? 'demo',
    creationTimestamp: new Date(NOW.getTime() - seconds * 1000).toISOString(),
  },
  spec: {
    broker: 'default',
    subscriber: {
      ref: {
        apiVersion: 'serving.knative.dev/v1',
        kind: 'Service',
        name: 'edisplay',
        namespace: changes.namespace ?? 'demo',
      },
    },
    ...changes.spec,
  },
  status: {
    conditions: ['BrokerReady', 'DependencyReady', 'Ready', 'Subscribed', 'SubscriberResolved'].map((type) => ({
      type,
      status: 'True',
      ...(type === 'Ready' ? changes.ready : {}),
    })),
  },
})

describe('trigger list', () => {
  test("prints kn's documented table byte for byte (blanks at line ends trimmed)", async () => {
    const session = aSession()
    session.sandbox.load([stored('email', 4), stored('ping', 32)])
    const {out} = await session.type('kubectl sfl trigger list')
    expect(out).toBe(`NAME    BROKER    SINK            AGE   CONDITIONS   READY   REASON
email   default   ksvc:edisplay   4s    5 OK / 5     True
ping    default   ksvc:edisplay   32s   5 OK / 5     True
`)
  })

  test("puts namespace default first with -A, the others by name, as kn; what programs read stays in the server's order", async () => {
    const session = aSession()
    session.sandbox.load([
      stored('z', 4, {namespace: 'alpha'}),
      stored('y', 5, {namespace: 'default'}),
      stored('b', 6, {namespace: 'zeta'}),
      stored('a', 7, {namespace: 'default'}),
    ])
    await session.type('kubectl sfl trigger list -A')
    await session.type('kubectl sfl triggers ls -A --sort-by .metadata.name')
    await session.type(
      'kubectl sfl trigger list -A --chunk-size 1 -o jsonpath=\'{range .items[*]}{.metadata.namespace}/{.metadata.name}{"\\n"}{end}\'',
    )
    await session.type('kubectl sfl trigger list -A --no-headers --chunk-size 1')
    await session.matches('trigger-list-all-namespaces')
  })

  test('shows every kind of sink as kn does, and why a trigger is not ready', async () => {
    const session = aSession()
    const sink = (apiVersion: string, kind: string) => ({
      spec: {subscriber: {ref: {apiVersion, kind, name: 'x', namespace: 'elsewhere'}}},
    })
    session.sandbox.load([
      stored('a', 1, sink('eventing.knative.dev/v1', 'Broker')),
      stored('b', 1, sink('messaging.knative.dev/v1', 'Channel')),
      stored('c', 1, sink('v1', 'Service')),
      stored('d', 1, sink('eventing.knative.dev/v1alpha1', 'KafkaSink')),
      stored('e', 1, {spec: {subscriber: {uri: 'http://x.example.com'}}}),
      stored('f', 1, {spec: {subscriber: {}}}),
      stored('g', 1, {ready: {status: 'False', reason: 'mockReason', message: 'mockMsg'}}),
      stored('h', 1, {ready: {status: 'Unknown', reason: 'Waiting'}}),
      {...stored('i', 1), status: {}},
    ])
    await session.type('kubectl sfl trigger list')
    await session.matches('trigger-list-sinks')
  })

  test('-o wide says which events go where, and what becomes of them in the end', async () => {
    const session = aSession()
    await session.given(aKnativeService('billing'), aKnativeService('dead'))
    await session.prepare(
      'kubectl sfl broker create default --dl-sink ksvc:dead',
      'kubectl sfl broker create orders --class Kafka --wait',
      'kubectl sfl trigger create all --sink ksvc:billing',
      'kubectl sfl trigger create exact --sink ksvc:billing --filter type=a --filter owner=',
      'kubectl sfl trigger create more --broker orders --sink ksvc:billing --order ordered --dl-sink ksvc:dead --filter-prefix source=/x --filter-cesql "EXISTS owner"',
    )
    await session.given(
      aTrigger('tree', 'default', {
        spec: {
          filters: [
            {any: [{exact: {type: 'a'}}, {not: {suffix: {source: 'x', type: 'y'}}}]},
            {all: [{exact: {b: 'c'}}]},
          ],
        },
      }),
    )
    await session.type('kubectl sfl trigger list -o wide')
    await session.type('kubectl sfl trigger list -l eventing.knative.dev/broker=orders --show-labels')
    await session.matches('trigger-list-wide')
    expect(session.requests()).toEqual([
      'list eventing.knative.dev/v1 Trigger demo',
      'list eventing.knative.dev/v1 Trigger demo',
    ])
  })

  test('named ones, missing ones and none at all', async () => {
    const session = aSession()
    await session.type('kubectl sfl trigger list')
    await session.type('kubectl sfl trigger list -o json')
    session.sandbox.load([stored('email', 4)])
    await session.type('kubectl sfl trigger list email emial -o name')
    await session.type('kubectl sfl trigger list nothing --ignore-not-found')
    await session.matches('trigger-list-named')
  })

  test('follows changes, the present ones first', async () => {
    const session = aSession()
    session.sandbox.load([stored('z', 4, {namespace: 'alpha'}), stored('y', 5, {namespace: 'default'})])
    let interrupt = (): void => {}
    const interruption = new Promise<'SIGINT'>((resolve) => (interrupt = () => resolve('SIGINT')))
    const {out} = await run('trigger list -A -w --no-headers -o wide', {
      sandbox: session.sandbox,
      interruption,
      onOut: interrupt,
    })
    expect(out.split('\n').map((line) => line.split(/ +/).slice(0, 2).join('/'))).toEqual(['default/y', 'alpha/z', ''])
  })
})
