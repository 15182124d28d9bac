import {describe, expect, test} from 'vitest'
import {BROKER} from '../../../src/domain/eventing/names.js'
import {beatenTo} from '../../support/clients.js'
import {aSession, type Session} from '../../support/session.js'

const orders = {...BROKER, name: 'orders', namespace: 'demo'}
const DELIVERY = 'kubectl sfl broker list orders -o jsonpath=\'{.spec.delivery}{"\\n"}\''
const LABELS = 'kubectl sfl broker list orders -o jsonpath=\'{.metadata.labels}{"\\n"}\''

const withOrders = async (): Promise<Session> => {
  const session = aSession()
  await session.prepare(
    'kubectl sfl broker create orders --class Kafka --retry 5 --backoff-policy exponential --backoff-delay PT1S --dl-sink http://dead.example.com --label stage=prod --annotation note=hi',
  )
  return session
}

describe('broker update', () => {
  test('sends only what the flags name, and keeps the rest', async () => {
    const session = await withOrders()
    await session.type('kubectl sfl broker update orders --retry 3 --unset dl-sink')
    await session.type(DELIVERY)
    await session.type('kubectl sfl broker update orders --label team=shop --label stage- --annotation note-')
    await session.type(LABELS)
    await session.type(
      'kubectl sfl broker update orders --unset label:team --unset backoffPolicy --unset backoff-delay',
    )
    await session.type(DELIVERY)
    await session.type('kubectl sfl broker update orders --unset delivery')
    await session.type(DELIVERY)
    await session.matches('update-settings')
  })

  test('twice is no harm: what is as wanted is left alone', async () => {
    const session = await withOrders()
    await session.type('kubectl sfl broker update orders --retry 3 --label team=shop')
    await session.type('kubectl sfl broker update orders --retry 3 --label team=shop')
    await session.type('kubectl sfl broker update orders --unset timeout --label missing-')
    await session.matches('update-twice')
    expect(session.writes()).toEqual(['patch eventing.knative.dev/v1 Broker demo/orders'])
  })

  test('explains what cannot be changed, with the way to a new broker, and sends nothing', async () => {
    const session = await withOrders()
    await session.type('kubectl sfl broker update orders --class MTChannelBasedBroker')
    await session.type('kubectl sfl broker update orders --broker-config other --retry 3')
    await session.type('kubectl sfl broker update orders --class MTChannelBasedBroker --force')
    await session.type(
      'kubectl sfl broker update orders --class Kafka --broker-config cm:kafka-broker-config:knative-eventing',
    )
    await session.type('kubectl sfl broker update orders --unset class')
    await session.matches('update-immutable')
    expect(session.writes()).toEqual([])
  })

  test('someone else wrote in between: sent again where that undoes nothing of theirs', async () => {
    const session = await withOrders()
    const admin = session.sandbox.client()
    const elsewhere = () => admin.patch(orders, {metadata: {labels: {other: 'x'}}}, {fieldManager: 'other'})
    await session.type('kubectl sfl broker update orders --retry 3', {
      client: beatenTo(session.sandbox.client(), elsewhere),
    })
    await session.type(DELIVERY)
    await session.type(LABELS)
    await session.matches('update-conflict-retried')
  })

  test('someone else changed the same setting in between: nothing is overwritten', async () => {
    const session = await withOrders()
    const admin = session.sandbox.client()
    const same = () => admin.patch(orders, {spec: {delivery: {retry: 7}}}, {fieldManager: 'other'})
    await session.type('kubectl sfl broker update orders --retry 3', {client: beatenTo(session.sandbox.client(), same)})
    await session.type(DELIVERY)
    await session.matches('update-conflict-refused')
  })

  test('shows what would change, and asks before it does', async () => {
    const session = await withOrders()
    await session.type('kubectl sfl broker update orders --retry 3 --dry-run=client')
    await session.type('kubectl sfl broker update orders --retry 3 --dry-run=server --diff')
    await session.type('kubectl sfl broker update orders --retry 3 --diff', {answers: [false]})
    await session.type('kubectl sfl broker update orders --retry 5 --diff')
    await session.type('kubectl sfl broker update orders --retry 3 --diff --yes')
    await session.matches('update-diff')
    expect(session.writes().filter((write) => !write.endsWith(' dryRun'))).toEqual([
      'patch eventing.knative.dev/v1 Broker demo/orders',
    ])
  })

  test('prints the broker as it is now in any format', async () => {
    const session = await withOrders()
    await session.type('kubectl sfl broker update orders --retry 3 -o name')
    await session.type('kubectl sfl broker update orders --retry 4 -o jsonpath={.spec.delivery.retry}')
    await session.type('kubectl sfl broker update orders --retry 4 -o custom-columns=RETRY:.spec.delivery.retry')
    await session.matches('update-output')
  })

  test('several at once, each for itself', async () => {
    const session = await withOrders()
    await session.prepare('kubectl sfl broker create plain')
    await session.type('kubectl sfl broker update orders order plain --retry 2')
    await session.matches('update-several')
  })

  test('judges the new settings like those of a new broker', async () => {
    const session = await withOrders()
    await session.type('kubectl sfl broker update orders --dl-sink ksvc:nowhere')
    await session.type('kubectl sfl broker update orders --dl-sink ksvc:nowhere --force')
    await session.type('kubectl sfl broker update orders --dl-sink broker:orders')
    await session.type('kubectl sfl broker update orders --unset retry')
    await session.type('kubectl sfl broker update orders --retry-after-max PT1M')
    await session.type('kubectl sfl broker update orders --backoff-delay PT3600S --retry 2')
    await session.matches('update-judged')
  })

  test('says what is wrong with the line before the first request', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker update')
    await session.type('kubectl sfl broker update orders')
    await session.type('kubectl sfl broker update orders --retry 3 --unset retry')
    await session.type('kubectl sfl broker update orders --unset dlsink')
    await session.type('kubectl sfl broker update orders --unset label:')
    await session.type('kubectl sfl broker update orders --dl-sink ""')
    await session.type('kubectl sfl broker update orders --retry many')
    await session.matches('update-usage')
    expect(session.requests()).toEqual([])
  })

  test('a name that does not exist is exit 3, with the nearest one that does', async () => {
    const session = await withOrders()
    await session.type('kubectl sfl broker update order --retry 3')
    await session.matches('update-not-found')
  })

  test('waits until the change is ready when asked', async () => {
    const session = await withOrders()
    await session.type('kubectl sfl broker update orders --retry 3 --wait --timeout 1m')
    await session.matches('update-wait')
  })
})
