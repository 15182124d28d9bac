import {describe, expect, test} from 'vitest'
import {inRounds} from '../../support/clients.js'
import {aKnativeService, aStoredBroker, aTrigger, withoutKafka} from '../../support/eventing.js'
import {aSandbox, NOW, run} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const withOrders = async (): Promise<Session> => {
  const session = aSession()
  await session.given(aKnativeService('billing'), aKnativeService('dead'))
  await session.prepare(
    'kubectl sfl broker create orders --class Kafka --dl-sink ksvc:dead --retry 5 --backoff-policy exponential --backoff-delay PT1S --wait',
    'kubectl sfl broker create default',
  )
  await session.sandbox.settle()
  return session
}

const ago = (seconds: number): string => new Date(NOW.getTime() - seconds * 1000).toISOString()

describe('trigger describe', () => {
  test("prints kn's documented text byte for byte (blanks at line ends trimmed, the namespace of the sink left out as kn does today)", async () => {
    const session = aSession()
    session.sandbox.load([
      {
        apiVersion: 'eventing.knative.dev/v1',
        kind: 'Trigger',
        metadata: {
          name: 'ping',
          namespace: 'default',
          creationTimestamp: ago(125),
          labels: {'eventing.knative.dev/broker': 'default'},
          annotations: {
            'eventing.knative.dev/creator': 'kube:admin',
            'eventing.knative.dev/lastModifier': 'kube:admin',
          },
        },
        spec: {
          broker: 'default',
          filter: {attributes: {type: 'dev.knative.event'}},
          subscriber: {
            ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'edisplay', namespace: 'default'},
          },
        },
        status: {
          conditions: ['BrokerReady', 'DependencyReady', 'Ready', 'Subscribed', 'SubscriberResolved'].map((type) => ({
            type,
            status: 'True',
            lastTransitionTime: ago(125),
          })),
        },
      },
    ])
    const {out} = await session.type('kubectl sfl trigger describe ping -n default --no-extras')
    expect(out).toBe(`Name:         ping
Namespace:    default
Labels:       eventing.knative.dev/broker=default
Annotations:  eventing.knative.dev/creator=kube:admin, eventing.knative.dev/lastModifier=kube:admin
Age:          2m
Broker:       default
Filter:
  type:       dev.knative.event

Sink:
  Name:      edisplay
  Resource:  Service (serving.knative.dev/v1)

Conditions:
  OK TYPE                  AGE REASON
  ++ Ready                  2m
  ++ BrokerReady            2m
  ++ DependencyReady        2m
  ++ Subscribed             2m
  ++ SubscriberResolved     2m
`)
  })

  test("a trigger of a Kafka broker: kn's layout first, then where every setting comes from", async () => {
    const session = await withOrders()
    await session.prepare(
      'kubectl sfl trigger create billing --broker orders --sink ksvc:billing --filter type=a --filter source=/x --order ordered --wait',
      'kubectl sfl trigger create audit --broker orders --sink ksvc:billing --retry 2',
    )
    await session.sandbox.settle()
    await session.type('kubectl sfl trigger describe billing audit')
    await session.matches('trigger-describe-kafka')
  })

  test('a trigger of a channel-based broker, with filters of every dialect in a fixed order', async () => {
    const session = await withOrders()
    await session.given(
      aTrigger('tree', 'default', {
        spec: {
          filter: {attributes: {type: 'hidden'}},
          filters: [
            {cesql: 'EXISTS owner'},
            {suffix: {subject: '.png'}},
            {any: [{exact: {type: 'a'}}, {all: [{prefix: {source: '/x'}}, {not: {exact: {type: 'b'}}}]}]},
          ],
          subscriber: {ref: {apiVersion: 'v1', kind: 'Service', name: 'elsewhere', namespace: 'other'}},
          delivery: {deadLetterSink: {uri: 'http://dead.example.com'}, backoffDelay: 'PT1S'},
        },
      }),
    )
    await session.type('kubectl sfl trigger describe tree')
    await session.type('kn sfl trigger describe tree --no-extras -v')
    await session.matches('trigger-describe-filters')
  })

  test('a trigger that fails says why, with the repair', async () => {
    const session = await withOrders()
    await session.given(
      aTrigger('lost', 'oders'),
      aTrigger('nowhere', 'default', {spec: {subscriber: {ref: {apiVersion: 'v1', kind: 'Service', name: 'nowhere'}}}}),
      aTrigger('kafka', 'orders', {spec: {subscriber: {ref: {apiVersion: 'v1', kind: 'Service', name: 'nowhere'}}}}),
      aTrigger('dead', 'default', {
        spec: {delivery: {deadLetterSink: {ref: {apiVersion: 'v1', kind: 'Service', name: 'nowhere'}}}},
      }),
      aTrigger('waits', 'default', {
        metadata: {
          annotations: {
            'knative.dev/dependency': '{"kind":"PingSource","name":"p","apiVersion":"sources.knative.dev/v1"}',
          },
        },
      }),
      aTrigger('disorder', 'orders', {
        metadata: {annotations: {'kafka.eventing.knative.dev/delivery.order': 'sorted'}},
      }),
    )
    for (const name of ['lost', 'nowhere', 'kafka', 'dead', 'waits', 'disorder'])
      await session.type(`kubectl sfl trigger describe ${name} --no-show-events`)
    await session.matches('trigger-describe-failing')
  })

  test('a trigger that nobody looks after, or whose consumer group has no place to run', async () => {
    const session = aSession({sandbox: withoutKafka(aSandbox())})
    session.sandbox.load([
      aStoredBroker('foreign', {className: 'Kafak'}),
      aStoredBroker('orders', {status: {conditions: [{type: 'Ready', status: 'True'}]}}),
    ])
    session.sandbox.load([
      {...aTrigger('alone', 'foreign'), status: {}},
      {
        ...aTrigger('unscheduled', 'orders'),
        status: {
          conditions: [
            {type: 'DependencyReady', status: 'False', reason: 'Schedule', message: 'failed to schedule consumers'},
            {type: 'Ready', status: 'False', reason: 'Schedule'},
          ],
        },
      },
      {
        ...aTrigger('cluster', 'orders'),
        status: {
          conditions: [
            {type: 'DependencyReady', status: 'False', reason: 'KafkaClusterAdmin', message: 'no brokers'},
            {type: 'Ready', status: 'False', reason: 'KafkaClusterAdmin'},
          ],
        },
      },
      {
        ...aTrigger('young', 'orders'),
        status: {
          conditions: [
            {type: 'DependencyReady', status: 'Unknown'},
            {type: 'Ready', status: 'Unknown'},
          ],
        },
      },
    ])
    for (const name of ['alone', 'unscheduled', 'cluster', 'young'])
      await session.type(`kubectl sfl trigger describe ${name} --no-show-events`)
    await session.matches('trigger-describe-unscheduled')
  })

  test('injection: what marks are set, and whether the cluster acts upon them', async () => {
    const session = await withOrders()
    const mark = {'eventing.knative.dev/injection': 'enabled'}
    await session.given(
      aTrigger('both', 'default', {metadata: {labels: mark, annotations: mark}}),
      aTrigger('annotated', 'default', {metadata: {annotations: mark}}),
    )
    await session.type('kubectl sfl trigger describe both --no-show-events')
    await session.type('kubectl sfl trigger describe annotated --no-show-events')
    await session.matches('trigger-describe-injection')
  })

  test('what cannot be read (no permission) is said to be so', async () => {
    const sandbox = aSandbox({access: (_user, {resource}) => resource === 'triggers'})
    const session = aSession({sandbox})
    await session.prepare('kubectl sfl broker create default')
    await session.given(aTrigger('billing', 'default'))
    await session.type('kubectl sfl trigger describe billing', {user: 'alice'})
    await session.matches('trigger-describe-blind')
  })

  test('the object itself in any format; those that do not exist are named', async () => {
    const session = await withOrders()
    await session.prepare('kubectl sfl trigger create billing --sink ksvc:billing')
    await session.sandbox.settle()
    await session.type('kubectl sfl trigger describe billing -o jsonpath=\'{.status.subscriberUri}{"\\n"}\'')
    await session.type('kubectl sfl trigger describe billing -o url')
    await session.type('kubectl sfl trigger describe billing biling --no-extras')
    await session.type('kubectl sfl trigger describe')
    await session.matches('trigger-describe-output')
  })

  test('never more than two rounds of requests in a row before describe prints', async () => {
    const session = await withOrders()
    await session.given(aTrigger('lost', 'nowhere'), aTrigger('fine', 'orders'))
    const {client, rounds} = inRounds(session.sandbox.client())
    const {code} = await run('trigger describe lost fine', {sandbox: session.sandbox, client, namespace: 'demo'})
    expect(code).toBe(0)
    expect(rounds.length).toBeLessThanOrEqual(2)
  })
})
