import {describe, expect, test} from 'vitest'
import {aKnativeService} from '../../support/eventing.js'
import {aSession, type Session} from '../../support/session.js'

const withBrokers = async (): Promise<Session> => {
  const session = aSession()
  await session.given(aKnativeService('billing'), aKnativeService('other'))
  await session.prepare('kubectl sfl broker create default', 'kubectl sfl broker create orders --class Kafka --wait')
  await session.sandbox.settle()
  return session
}

const SHOW = 'kubectl sfl trigger list billing -o jsonpath=\'{.spec}{"\\n"}\''

describe('trigger apply', () => {
  test('creates, leaves alone, changes, and removes what is no longer said', async () => {
    const session = await withBrokers()
    const line = 'kubectl sfl trigger apply billing --broker orders --sink ksvc:billing'
    await session.type(`${line} --filter type=a --retry 3`)
    await session.type(`${line} --filter type=a --retry 3`)
    await session.type(`${line} --filter-prefix source=/x`)
    await session.type(SHOW)
    await session.type('kubectl sfl trigger apply billing --filter-prefix source=/x')
    await session.type(SHOW)
    await session.matches('trigger-apply')
  })

  test('a trigger that is not there yet needs a sink, an existing one keeps its broker', async () => {
    const session = await withBrokers()
    await session.type('kubectl sfl trigger apply billing')
    await session.prepare('kubectl sfl trigger create billing --broker orders --sink ksvc:billing')
    await session.type('kubectl sfl trigger apply billing --sink ksvc:other --dry-run=client -o jsonpath={.spec}')
    await session.type('kubectl sfl trigger apply billing --broker default')
    await session.type('kubectl sfl trigger apply billing --sink ksvc:nowhere')
    await session.type('kubectl sfl trigger apply')
    await session.matches('trigger-apply-existing')
    expect(session.writes()).toEqual([])
  })

  test('what another manager set is not taken over silently', async () => {
    const session = await withBrokers()
    await session.prepare('kubectl sfl trigger create billing --sink ksvc:billing --retry 3 --field-manager gitops')
    await session.type('kubectl sfl trigger apply billing --retry 5')
    await session.type('kubectl sfl trigger apply billing --retry 5 --force-conflicts')
    await session.matches('trigger-apply-conflict')
  })

  test('together with its broker', async () => {
    const session = aSession()
    await session.given(aKnativeService('billing'))
    await session.type('kubectl sfl trigger apply billing --sink ksvc:billing --inject-broker --wait')
    await session.type('kubectl sfl trigger apply billing --sink ksvc:billing --inject-broker --wait')
    await session.matches('trigger-apply-inject')
  })
})
