import {describe, expect, test} from 'vitest'
import {BROKER} from '../../../src/domain/eventing/names.js'
import {aSession} from '../../support/session.js'

const orders = {...BROKER, name: 'orders', namespace: 'demo'}
const DELIVERY = 'kubectl sfl broker list orders -o jsonpath=\'{.spec.delivery}{"\\n"}\''

describe('broker apply', () => {
  test('created, configured and unchanged are told apart; twice is no harm', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 5 --label team=shop')
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 5 --label team=shop')
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 3')
    await session.type('kubectl sfl broker apply orders --retry 3')
    await session.type("kubectl sfl broker list orders --show-labels -o jsonpath='{.metadata.labels} {.spec.delivery}'")
    await session.matches('apply-outcomes')
  })

  test('what another manager owns is listed field by field, with the two ways out', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl broker apply orders --class Kafka --retry 5')
    const other = {
      ...BROKER,
      metadata: {name: 'orders', namespace: 'demo'},
      spec: {delivery: {retry: 7, timeout: 'PT5S'}},
    }
    await session.sandbox.client().apply(other, {fieldManager: 'argocd', force: true})
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 3 --timeout PT9S')
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 3 --timeout PT9S -o json')
    await session.type(DELIVERY)
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 3 --timeout PT9S --force-conflicts')
    await session.type(DELIVERY)
    await session.matches('apply-conflict')
  })

  test('of fields that this program and others set, only the others are named', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl broker create orders --class Kafka --retry 5 --timeout PT9S')
    const client = session.sandbox.client()
    const ref = {...orders}
    await client.patch(ref, {spec: {delivery: {timeout: 'PT5S'}}}, {fieldManager: 'kubectl-edit'})
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 3 --timeout PT9S')
    await session.type(DELIVERY)
    await session.matches('apply-conflict-mixed')
  })

  test('explains what cannot be changed, and sends nothing', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl broker apply orders --class Kafka')
    await session.type('kubectl sfl broker apply orders --class MTChannelBasedBroker')
    await session.type('kubectl sfl broker apply orders --class Kafka --broker-config other')
    await session.matches('apply-immutable')
    expect(session.writes()).toEqual([])
  })

  test('shows what would change without doing it', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 3 --dry-run=client')
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 3 --dry-run=server')
    await session.prepare('kubectl sfl broker apply orders --class Kafka --retry 3')
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 4 --dry-run=server --diff')
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 3 --dry-run=client')
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 4 --diff', {answers: [true]})
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 4 --dry-run=client -o yaml')
    await session.matches('apply-dry-run')
  })

  test('a broker made otherwise is taken over where nobody minds', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl broker create orders --class Kafka --retry 5')
    await session.type('kubectl sfl broker apply orders --class Kafka --retry 3')
    await session.type(DELIVERY)
    const {metadata} = await session.sandbox.client().get(orders)
    expect(JSON.stringify(metadata.managedFields)).toContain('kubectl-sfl')
    await session.matches('apply-taken-over')
  })

  test('refuses what could never become ready, and waits when asked', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker apply orders --class Kafak')
    await session.type('kubectl sfl broker apply')
    await session.type('kubectl sfl broker apply one two')
    expect(session.writes()).toEqual([])
    await session.type('kubectl sfl broker apply orders --class Kafka --wait')
    await session.matches('apply-refused')
  })
})
