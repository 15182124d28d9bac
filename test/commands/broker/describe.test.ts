import {describe, expect, test} from 'vitest'
import {inRounds} from '../../support/clients.js'
import {aConfigMap, aKnativeService, aStoredBroker, aTrigger} from '../../support/eventing.js'
import {aSandbox, NOW, run} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const withOrders = async (): Promise<Session> => {
  const session = aSession()
  await session.given(aKnativeService('dead-letters'))
  await session.prepare(
    'kubectl sfl broker create orders --class Kafka --dl-sink ksvc:dead-letters --retry 5 --backoff-policy exponential --backoff-delay PT1S --label team=shop --annotation example.com/owner=ann',
  )
  return session
}

describe('broker describe', () => {
  test("a healthy Kafka broker: kn's layout first, then what kn leaves out", async () => {
    const session = await withOrders()
    await session.type('kubectl sfl broker describe orders')
    await session.matches('describe-kafka')
  })

  test('a healthy channel-based broker, with what came from the cluster`s defaults', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl broker create plain')
    await session.type('kubectl sfl broker describe plain', {now: new Date(NOW.getTime() + 3 * 24 * 3600 * 1000)})
    await session.matches('describe-channel-based')
  })

  test("kn's text exactly, and kn's -v", async () => {
    const session = await withOrders()
    await session.type('kubectl sfl broker describe orders --no-extras')
    await session.type('kn sfl broker describe orders --no-extras -v')
    await session.matches('describe-as-kn')
  })

  test('the object itself in any format, and its address for scripts', async () => {
    const session = await withOrders()
    await session.prepare('kubectl sfl broker create plain')
    await session.type('kubectl sfl broker describe orders -o url')
    await session.type("kubectl sfl broker describe orders -o jsonpath='{.status.address.url}'")
    await session.type('kubectl sfl broker describe orders plain -o name')
    await session.type('kubectl sfl broker describe orders -o yaml')
    await session.type('kubectl sfl broker describe plain -o json')
    await session.type('kubectl sfl broker describe orders -o custom-columns=NAME:.metadata.name')
    await session.type('kubectl sfl broker describe orders -o wide')
    await session.matches('describe-output')
  })

  test('its triggers, with their readiness and what is wrong with them', async () => {
    const session = await withOrders()
    await session.given(
      aTrigger('audit', 'orders'),
      aTrigger('billing', 'orders', {
        spec: {
          subscriber: {ref: {apiVersion: 'v1', kind: 'Service', name: 'nowhere'}},
          delivery: {retry: 2},
        },
      }),
      aTrigger('other', 'other'),
    )
    await session.type('kubectl sfl broker describe orders --no-show-events')
    await session.matches('describe-triggers')
  })

  test('a broker that fails says why, with the repair', async () => {
    const session = aSession()
    await session.given(aConfigMap('mine', {'bootstrap.servers': 'kafka:9092'}))
    await session.prepare(
      'kubectl sfl broker create half --class Kafka --broker-config mine --force',
      'kubectl sfl broker create gone --class Kafka --broker-config nowhere --force',
      'kubectl sfl broker create foreign --class Foo --force',
      'kubectl sfl broker create mixed --broker-config cm:kafka-broker-config:knative-eventing --force',
    )
    for (const name of ['half', 'gone', 'foreign', 'mixed']) await session.type(`kubectl sfl broker describe ${name}`)
    await session.matches('describe-failing')
  })

  test('a broker made by injection, and who would make it again', async () => {
    const session = aSession()
    await session.given({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {name: 'injected', labels: {'eventing.knative.dev/injection': 'enabled'}},
    })
    await session.given(
      aTrigger('maker', 'default', {metadata: {labels: {'eventing.knative.dev/injection': 'enabled'}}}),
    )
    await session.type('kubectl sfl broker describe default -n injected')
    await session.type('kubectl sfl broker describe default')
    await session.matches('describe-injected')
  })

  test('a broker that is being deleted, and what holds it', async () => {
    const session = aSession()
    session.sandbox.load([
      aStoredBroker('orders', {
        metadata: {
          uid: 'uid-orders',
          finalizers: ['brokers.eventing.knative.dev'],
          deletionTimestamp: '2026-03-01T11:30:00Z',
          annotations: {'eventing.knative.dev/broker.class': 'Kafka'},
        },
        spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', namespace: 'demo'}},
      }),
    ])
    await session.type('kubectl sfl broker describe orders')
    await session.matches('describe-being-deleted')
  })

  test('what cannot be read (no permission) is said to be so', async () => {
    const sandbox = aSandbox({access: (_user, {resource}) => resource === 'brokers'})
    const session = aSession({sandbox})
    await session.prepare('kubectl sfl broker create orders --class Kafka')
    await session.type('kubectl sfl broker describe orders', {user: 'alice'})
    await session.matches('describe-blind')
  })

  test('several, two lines apart; those that do not exist are named', async () => {
    const session = await withOrders()
    await session.prepare('kubectl sfl broker create plain')
    await session.type('kubectl sfl broker describe orders order plain --no-extras')
    await session.type('kubectl sfl broker describe order')
    await session.type('kubectl sfl broker describe order -o json')
    await session.type('kubectl sfl broker describe')
    await session.matches('describe-several')
  })

  test.each(['orders', 'plain', 'gone', 'orders plain gone'])(
    'never more than two rounds of requests in a row before describe prints: %s',
    async (names) => {
      const session = await withOrders()
      await session.given(aTrigger('audit', 'orders'))
      await session.prepare(
        'kubectl sfl broker create plain',
        'kubectl sfl broker create gone --class Kafka --broker-config nowhere --force',
      )
      const {client, rounds} = inRounds(session.sandbox.client())
      const {code} = await run(`broker describe ${names}`, {sandbox: session.sandbox, client, namespace: 'demo'})
      expect(code).toBe(0)
      expect([1, 2]).toContain(rounds.length)
    },
  )

  test('one request for the object itself', async () => {
    const session = await withOrders()
    await session.type('kubectl sfl broker describe orders -o url')
    expect(session.requests()).toEqual(['get eventing.knative.dev/v1 Broker demo/orders'])
  })
})
