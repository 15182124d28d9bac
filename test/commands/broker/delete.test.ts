import {describe, expect, test} from 'vitest'
import {aConfigMap, aStoredBroker, aTrigger} from '../../support/eventing.js'
import {aSandbox} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const withBrokers = async (): Promise<Session> => {
  const session = aSession()
  await session.prepare('kubectl sfl broker create orders --class Kafka', 'kubectl sfl broker create plain')
  return session
}

const DELETE_ORDERS = 'delete eventing.knative.dev/v1 Broker demo/orders'

describe('broker delete', () => {
  test('asks, deletes, waits until it is gone and says so in kubectl words', async () => {
    const session = await withBrokers()
    await session.type('kubectl sfl broker delete orders', {answers: [true]})
    await session.type('kubectl sfl broker list -o name')
    await session.matches('delete-asked')
    expect(session.writes()).toEqual([DELETE_ORDERS])
  })

  test('changes nothing when the answer is no', async () => {
    const session = await withBrokers()
    await session.type('kubectl sfl broker delete orders plain', {answers: [true, false]})
    await session.matches('delete-no')
    expect(session.writes()).toEqual([])
  })

  test('in a script, refuses without --yes', async () => {
    const session = await withBrokers()
    await session.type('kubectl sfl broker delete orders')
    await session.type('kubectl sfl broker delete orders --no-input', {answers: []})
    await session.type('kubectl sfl broker delete orders', {answers: [], env: {CI: 'true'}})
    await session.type('kubectl sfl broker delete orders -o json', {answers: []})
    await session.matches('delete-without-yes')
    expect(session.writes()).toEqual([])
  })

  test('shows the triggers that lose their broker', async () => {
    const session = await withBrokers()
    await session.given(aTrigger('audit', 'orders'), aTrigger('billing', 'orders'), aTrigger('single', 'plain'))
    await session.type('kubectl sfl broker delete orders plain', {answers: [true, true]})
    await session.matches('delete-triggers')
  })

  test('refuses a broker that injection would bring back, naming every source with its repair', async () => {
    const session = aSession()
    const enabled = {labels: {'eventing.knative.dev/injection': 'enabled'}}
    await session.given(
      aTrigger('one', 'default', {metadata: enabled}),
      aTrigger('two', 'default', {metadata: enabled}),
      aTrigger('three', 'default'),
    )
    await session.sandbox.client().patch({apiVersion: 'v1', kind: 'Namespace', name: 'demo'}, {metadata: enabled})
    await session.prepare('kubectl sfl broker list')
    await session.type('kubectl sfl broker delete default --yes')
    expect(session.writes()).toEqual([])
    await session.type('kubectl sfl broker delete default --yes --force')
    await session.matches('delete-injected')
  })

  test('shows what would be done without doing it', async () => {
    const session = await withBrokers()
    await session.type('kubectl sfl broker delete orders --dry-run=client')
    await session.type('kubectl sfl broker delete orders --dry-run=server')
    await session.type('kubectl sfl broker delete orders --dry-run=client -o name')
    await session.type('kubectl sfl broker delete orders --dry-run=server --diff')
    await session.type('kubectl sfl broker list -o name')
    await session.matches('delete-dry-run')
    expect(session.writes()).toEqual([`${DELETE_ORDERS} dryRun`, `${DELETE_ORDERS} dryRun`, `${DELETE_ORDERS} dryRun`])
  })

  test('twice is no harm with --ignore-not-found, and exit 3 without', async () => {
    const session = await withBrokers()
    await session.type('kubectl sfl broker delete orders --yes --ignore-not-found')
    await session.type('kubectl sfl broker delete orders --yes --ignore-not-found')
    await session.type('kubectl sfl broker delete orders --yes')
    await session.type('kubectl sfl broker delete plan --yes')
    await session.matches('delete-twice')
    expect(session.writes()).toEqual([DELETE_ORDERS])
  })

  test('of several names each is done or refused for itself', async () => {
    const session = await withBrokers()
    await session.type('kubectl sfl broker delete orders gone plain --yes')
    await session.matches('delete-several')
  })

  test('a time-out names the finalizer that holds it, and why', async () => {
    const session = aSession()
    const kafka = {'eventing.knative.dev/broker.class': 'Kafka'}
    session.sandbox.load([
      aStoredBroker('orders', {
        metadata: {uid: 'uid-1', annotations: kafka, finalizers: ['brokers.eventing.knative.dev', 'example.com/hold']},
        spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', namespace: 'demo'}},
      }),
    ])
    await session.type('kubectl sfl broker delete orders --yes --timeout 30ms')
    await session.type('kubectl sfl broker delete orders --yes --timeout 30ms -o json')
    await session.matches('delete-timeout')
  })

  test('does not wait when told so', async () => {
    const session = aSession()
    session.sandbox.load([aStoredBroker('orders', {metadata: {finalizers: ['example.com/hold']}})])
    await session.type('kubectl sfl broker delete orders --yes --wait=false')
    await session.type('kubectl sfl broker delete orders --yes --no-wait')
    await session.matches('delete-no-wait')
  })

  test('an external topic stays', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl broker create orders --class Kafka --external-topic orders.v1')
    await session.type('kubectl sfl broker delete orders --yes')
    await session.matches('delete-external-topic')
  })

  test('what cannot be read (no permission) does not keep it from being deleted, and is said', async () => {
    const sandbox = aSandbox({access: (_user, {resource}) => resource === 'brokers'})
    const session = aSession({sandbox})
    await session.given(aConfigMap('any', {}))
    await session.prepare('kubectl sfl broker create orders --class Kafka', 'kubectl sfl broker create default')
    await session.type('kubectl sfl broker delete orders --yes', {user: 'alice'})
    await session.type('kubectl sfl broker delete default --yes', {user: 'alice'})
    await session.matches('delete-blind')
  })

  test('says what is wrong with the line before the first request', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker delete')
    await session.type('kubectl sfl broker delete orders --timeout never')
    await session.type('kubectl sfl broker delete orders --all')
    await session.matches('delete-usage')
    expect(session.requests()).toEqual([])
  })

  test('Ctrl-C while waiting says how to go on', async () => {
    const session = aSession()
    session.sandbox.load([aStoredBroker('orders', {metadata: {finalizers: ['example.com/hold']}})])
    let waiting = (): void => {}
    const interruption = new Promise<'SIGINT'>((resolve) => (waiting = () => resolve('SIGINT')))
    await session.type('kubectl sfl broker delete orders --yes', {
      interruption,
      onErr: (text) => text.startsWith('waiting for') && waiting(),
    })
    await session.matches('delete-interrupted')
  })
})
