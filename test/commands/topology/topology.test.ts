import {describe, expect, test} from 'vitest'
import {aHealthyBroker, aHealthyTrigger, aNamespace, aSink, destination} from '../../support/healthy.js'
import {aSandbox, run} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const ready = {conditions: [{type: 'Ready', status: 'True'}]}
const broker = (name: string) => ({ref: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name}})

/** Two sources, a broker with triggers, a channel whose answers go to the broker, and what is broken. */
const shop = (): Session => {
  const sandbox = aSandbox()
  const namespace = 'shop'
  sandbox.load([
    aNamespace(namespace),
    aSink('billing', namespace),
    aSink('dead-letters', namespace),
    aHealthyBroker('orders', namespace),
    aHealthyTrigger('billing', 'orders', namespace, {
      metadata: {annotations: {'kafka.eventing.knative.dev/delivery.order': 'ordered'}},
      spec: {subscriber: destination('billing')},
    }),
    aHealthyTrigger('mail', 'orders', namespace, {
      spec: {filter: {}, subscriber: {ref: {apiVersion: 'v1', kind: 'Service', name: 'mailer'}}},
      status: {
        conditions: [{type: 'Ready', status: 'False', reason: 'NotFound', message: 'services "mailer" not found'}],
      },
    }),
    aHealthyTrigger('lost', 'order', namespace, {
      spec: {filter: {}, subscriber: {uri: 'https://lost.example.com/<in>?a=b&c="d"'}},
      status: {conditions: [{type: 'Ready', status: 'False', reason: 'BrokerDoesNotExist'}]},
    }),
    {
      apiVersion: 'sources.knative.dev/v1',
      kind: 'PingSource',
      metadata: {name: 'tick', namespace},
      spec: {schedule: '* * * * *', sink: broker('orders')},
      status: ready,
    },
    {
      apiVersion: 'messaging.knative.dev/v1',
      kind: 'Channel',
      metadata: {name: 'returns', namespace},
      spec: {channelTemplate: {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'}},
      status: ready,
    },
    {
      apiVersion: 'messaging.knative.dev/v1',
      kind: 'Subscription',
      metadata: {name: 'returns', namespace},
      spec: {
        channel: {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: 'returns'},
        subscriber: destination('billing'),
        reply: broker('orders'),
      },
      status: ready,
    },
  ])
  return aSession({sandbox, namespace})
}

describe('topology', () => {
  test('as a tree: sources, brokers, triggers with filters and order, sinks, replies, dead letters, and what is broken', async () => {
    const session = shop()
    await session.type('kubectl sfl topology')
    await session.type('kubectl sfl topology mail')
    await session.type('kubectl sfl topology -A channel/returns')
    await session.type('kubectl sfl topology bilings')
    await session.type('kubectl sfl topology -n nowhere')
    await session.type('kubectl sfl topology -o png')
    await session.matches('topology/tree')
    expect(session.writes()).toEqual([])
  })

  test('for Graphviz, Mermaid, programs and as a picture', async () => {
    const session = shop()
    for (const format of ['dot', 'mermaid', 'json', 'yaml', 'svg'])
      await session.type(`kubectl sfl topology mail -o ${format}`)
    await session.matches('topology/formats')
  })

  test('the page asks nothing of any network and holds no markup of others', async () => {
    const session = shop()
    const {out} = await run('topology -n shop -o html', {sandbox: session.sandbox})
    expect(out).toContain("default-src 'none'")
    expect(out.match(/(src|href)=/g)).toBeNull()
    expect(out).not.toContain('<in>')
    expect(
      [...out.matchAll(/https?:\/\/[^"'<\s]+/g)].map(([uri]) => new URL(uri.replaceAll('&amp;', '&')).host).toSorted(),
    ).toEqual(expect.arrayContaining(['lost.example.com', 'www.w3.org']))
  })

  test('what may not be read is drawn as not verified', async () => {
    const session = shop()
    const {sandbox} = session
    const reader = aSandbox({access: (_user, {resource}) => !['services', 'brokers'].includes(resource)})
    reader.load(sandbox.snapshot().filter(({metadata}) => metadata.namespace === 'shop'))
    const {out} = await run('topology billing -n shop', {sandbox: reader, user: 'bob'})
    expect(out).toBe(`PingSource tick
└─ sends → Broker orders  [not verified]
   └─ offers type=order; ordered → Trigger billing
      └─ delivers → Knative Service billing  [not verified]
Channel returns (InMemoryChannel)
└─ offers → Subscription returns
   ├─ delivers → Knative Service billing  [not verified]
   └─ replies → Broker orders  [not verified]  (see above)
`)
  })
})
