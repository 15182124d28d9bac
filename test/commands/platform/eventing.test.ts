import {describe, expect, test} from 'vitest'
import {aSandbox} from '../../support/run.js'
import {aSession} from '../../support/session.js'
import {aFurnishedSession, aReadyBroker, aWorkflow, madeIn} from './scenes.js'

const triggers = (session: Parameters<typeof madeIn>[0], namespace = 'demo') =>
  Number(/^(\d+) triggers$/.exec(madeIn(session, namespace).at(-1) ?? '')?.[1] ?? 0)

describe('platform eventing', () => {
  test('set and unset move the platform from HTTP to a broker, to another one, and back', async () => {
    const session = aFurnishedSession(aReadyBroker('other'), aReadyBroker('mem', 'demo', 'MTChannelBasedBroker'))
    await session.prepare('kubectl sfl platform create main')
    await session.given(aWorkflow('greet'))
    await session.type('kubectl sfl platform eventing set --platform-wide --broker orders --wait --wait-timeout 20s')
    expect(triggers(session)).toBe(9)
    await session.type('kubectl sfl platform eventing set --broker broker:orders')
    await session.type('kubectl sfl platform eventing set --broker other')
    await session.type('kubectl sfl platform eventing set --broker other --wait --wait-timeout 20s', {answers: [true]})
    expect(triggers(session)).toBe(9)
    await session.type('kubectl sfl platform eventing set --broker mem --dry-run=server --diff')
    await session.type('kubectl sfl platform eventing unset --platform-wide --yes')
    await session.type('kubectl sfl platform eventing unset --platform-wide --yes')
    expect(triggers(session)).toBe(0)
    await session.matches('platform-eventing')
  })

  test('set gives a service brokers of its own', async () => {
    const session = aFurnishedSession(aReadyBroker('jobs'), aReadyBroker('far', 'events'))
    await session.prepare('kubectl sfl platform create main')
    await session.type('kubectl sfl platform eventing set job-service --source jobs')
    await session.type(
      'kubectl sfl platform eventing set job-service --source jobs --sink http://events.example.com/in',
    )
    await session.type('kubectl sfl platform eventing set data-index --source far:events --force')
    await session.type('kubectl sfl platform eventing unset job-service --yes')
    await session.type('kubectl sfl platform eventing unset data-index --yes')
    await session.matches('platform-eventing-services')
    expect(triggers(session) + triggers(session, 'events')).toBe(0)
  })

  test('set refuses brokers that are not there, and flags that do not go together', async () => {
    const session = aFurnishedSession()
    await session.prepare('kubectl sfl platform create main')
    await session.type('kubectl sfl platform eventing set')
    await session.type('kubectl sfl platform eventing set data-index --broker orders --sink x')
    await session.type('kubectl sfl platform eventing set data-index --platform-wide --broker orders')
    await session.type('kubectl sfl platform eventing set --source orders')
    await session.type('kubectl sfl platform eventing set job-service --source a --source b')
    await session.type('kubectl sfl platform eventing set --broker order')
    await session.type('kubectl sfl platform eventing unset')
    await session.matches('platform-eventing-refused')
    expect(session.writes()).toEqual([])
  })

  test('prune deletes what only a deletion brings right', async () => {
    const session = aFurnishedSession(aReadyBroker('far', 'events'))
    await session.prepare('kubectl sfl platform create main --broker far:events', 'kubectl sfl platform eventing prune')
    const admin = session.sandbox.client()
    await admin.patch(
      {apiVersion: 'sonataflow.org/v1alpha08', kind: 'SonataFlowPlatform', namespace: 'demo', name: 'main'},
      {spec: {eventing: {broker: {ref: {name: 'orders', namespace: 'demo'}}}}},
    )
    await session.sandbox.settle()
    await session.type('kubectl sfl platform eventing prune --dry-run=server')
    await session.type('kubectl sfl platform eventing prune')
    await session.type('kubectl sfl platform eventing prune --yes')
    await session.type('kubectl sfl platform eventing prune --yes')
    await session.matches('platform-eventing-prune')
    expect([triggers(session), triggers(session, 'events')]).toEqual([9, 0])
  })

  test('refuses a broker where Knative Eventing is missing', async () => {
    const session = aSession({sandbox: aSandbox({install: {knative: false}})})
    await session.prepare('kubectl sfl platform create main')
    await session.type('kubectl sfl platform eventing set --broker orders')
    await session.matches('platform-eventing-no-knative')
  })
})
