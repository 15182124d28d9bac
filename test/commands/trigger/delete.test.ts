import {describe, expect, test} from 'vitest'
import {aTrigger} from '../../support/eventing.js'
import {aSession, type Session} from '../../support/session.js'

const withTriggers = async (): Promise<Session> => {
  const session = aSession()
  await session.prepare('kubectl sfl broker create default')
  await session.given(aTrigger('billing', 'default'), aTrigger('audit', 'default'))
  return session
}

describe('trigger delete', () => {
  test('asks, deletes and waits', async () => {
    const session = await withTriggers()
    await session.type('kubectl sfl trigger delete billing', {answers: [false]})
    await session.type('kubectl sfl trigger delete billing', {answers: [true]})
    await session.type('kubectl sfl trigger list -o name')
    await session.matches('trigger-delete')
    expect(session.writes()).toEqual(['delete eventing.knative.dev/v1 Trigger demo/billing'])
  })

  test('without a terminal, only with --yes; twice is no harm with --ignore-not-found', async () => {
    const session = await withTriggers()
    await session.type('kubectl sfl trigger delete billing')
    await session.type('kubectl sfl trigger delete billing --dry-run=server')
    await session.type('kubectl sfl trigger delete billing audit --yes')
    await session.type('kubectl sfl trigger delete billing --yes --ignore-not-found')
    await session.type('kubectl sfl trigger delete billing --yes')
    await session.type('kubectl sfl trigger delete')
    await session.matches('trigger-delete-scripts')
  })

  test('a time-out names the finalizer that holds it', async () => {
    const session = await withTriggers()
    await session.given(aTrigger('held', 'default', {metadata: {finalizers: ['kafka.triggers.eventing.knative.dev']}}))
    await session.type('kubectl sfl trigger delete held --yes --timeout 20ms')
    await session.type('kubectl sfl trigger describe held --no-show-events')
    await session.type('kubectl sfl trigger create held --sink http://a.example.com')
    await session.type('kubectl sfl trigger update held --retry 1 --merge-delivery')
    await session.matches('trigger-delete-held')
  })
})
