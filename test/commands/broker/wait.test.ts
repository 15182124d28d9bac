import {describe, expect, test} from 'vitest'
import {aStoredBroker} from '../../support/eventing.js'
import {aSession, type Session} from '../../support/session.js'

const withBrokers = async (): Promise<Session> => {
  const session = aSession()
  await session.prepare(
    'kubectl sfl broker create orders --class Kafka',
    'kubectl sfl broker create foreign --class Foo --force',
  )
  return session
}

describe('broker wait', () => {
  test('returns when what is waited for is there', async () => {
    const session = await withBrokers()
    await session.type('kubectl sfl broker wait orders')
    await session.type('kubectl sfl broker wait orders --for ready --timeout 2m')
    await session.type('kubectl sfl broker wait orders --for=condition=TopicReady')
    await session.type('kubectl sfl broker wait orders foreign --for create')
    await session.type('kubectl sfl broker wait nothing --for delete')
    await session.type('kubectl sfl broker wait orders --timeout 0')
    await session.matches('wait-met')
    expect(session.writes()).toEqual([])
  })

  test('tells meanwhile what is missing', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl broker list')
    await session.sandbox.client().create({
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Broker',
      metadata: {name: 'plain', namespace: 'demo'},
    })
    await session.type('kubectl sfl broker wait plain --timeout 1m')
    await session.matches('wait-progress')
  })

  test('a time-out is exit 4, with what is still missing and where to look', async () => {
    const session = await withBrokers()
    await session.type('kubectl sfl broker wait foreign --timeout 20ms')
    await session.type('kubectl sfl broker wait order --timeout 20ms')
    await session.type('kubectl sfl broker wait orders --for delete --timeout 20ms')
    await session.type('kubectl sfl broker wait orders --for condition=Ready=False --timeout 20ms')
    await session.type('kubectl sfl broker wait orders --for condition=Nothing --timeout 0')
    await session.matches('wait-timeout')
  })

  test('several are waited for at the same time', async () => {
    const session = await withBrokers()
    await session.type('kubectl sfl broker wait orders foreign --timeout 20ms')
    await session.type('kubectl sfl broker wait foreign other --timeout 0')
    await session.matches('wait-several')
  })

  test('a broker that goes away while it is waited for is met', async () => {
    const session = aSession()
    session.sandbox.load([aStoredBroker('orders', {metadata: {finalizers: ['example.com/hold']}})])
    await session.prepare('kubectl sfl broker delete orders --yes --no-wait')
    const ref = {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'orders', namespace: 'demo'}
    await session.type('kubectl sfl broker wait orders --for delete', {
      onErr: (text) => {
        if (text.startsWith('waiting for')) void session.sandbox.client().patch(ref, {metadata: {finalizers: null}})
      },
    })
    await session.matches('wait-deleted')
  })

  test('Ctrl-C ends it with 130', async () => {
    const session = await withBrokers()
    let waiting = (): void => {}
    const interruption = new Promise<'SIGINT'>((resolve) => (waiting = () => resolve('SIGINT')))
    await session.type('kubectl sfl broker wait foreign', {interruption, onErr: () => waiting()})
    await session.matches('wait-interrupted')
  })

  test('says what is wrong with the line before the first request', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker wait')
    await session.type('kubectl sfl broker wait orders --for happiness')
    await session.type('kubectl sfl broker wait orders --for condition')
    await session.type('kubectl sfl broker wait orders --timeout soon')
    await session.matches('wait-usage')
    expect(session.requests()).toEqual([])
  })
})
