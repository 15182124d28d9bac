import {describe, expect, test} from 'vitest'
import {aSession} from '../../support/session.js'
import {aFurnishedSession, aReadyBroker, aWorkflow, madeIn} from './scenes.js'

const DATABASE = '--service postgres --database sonataflow --secret login'

describe('platform delete', () => {
  test('of one that nobody uses asks once, and says what goes and what stays', async () => {
    const session = aFurnishedSession()
    await session.prepare(`kubectl sfl platform create main ${DATABASE} --broker orders`)
    await session.type('kubectl sfl platform delete main')
    await session.type('kubectl sfl platform delete main', {answers: [false]})
    await session.type('kubectl sfl platform delete main --dry-run=server')
    await session.type('kubectl sfl platform delete main', {answers: [true]})
    await session.type('kubectl sfl platform delete main --yes')
    await session.type('kubectl sfl platform delete main --yes --ignore-not-found')
    await session.matches('platform-delete')
    expect(madeIn(session)).toEqual([])
  })

  test('of one on which workflows depend wants its name', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl platform create main')
    await session.given(aWorkflow('greet'), aWorkflow('ship'))
    await session.type('kubectl sfl platform delete main --yes')
    await session.type('kubectl sfl platform delete main --yes --confirm mian')
    await session.type('kubectl sfl platform delete main', {replies: ['mian', '']})
    expect(session.writes()).toEqual([])
    await session.type('kubectl sfl platform delete main --yes --confirm main -o json')
    await session.matches('platform-delete-used')
    await session.sandbox.settle()
    const other = aSession()
    await other.prepare('kubectl sfl platform create main')
    await other.given(aWorkflow('greet'))
    await other.type('kubectl sfl platform delete main', {replies: ['no', 'main']})
    await other.matches('platform-delete-typed')
  })

  test('says who deletes the triggers in another namespace, and what holds it when nobody does', async () => {
    const session = aSession()
    session.sandbox.load([aReadyBroker('orders', 'events')])
    await session.prepare('kubectl sfl platform create main --broker orders:events')
    await session.type('kubectl sfl platform delete main --dry-run=server')
    const operator = session.sandbox
      .snapshot()
      .find(({kind, metadata}) => kind === 'Deployment' && metadata.name === 'sonataflow-operator-controller-manager')
    session.sandbox.load([{...operator!, spec: {replicas: 0}, status: {}}])
    await session.type('kubectl sfl platform delete main --yes --timeout 50ms')
    await session.matches('platform-delete-held')
  })

  test('of the one that a cluster platform shares names the namespaces that lose it', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl platform create main')
    await session.given(
      {
        apiVersion: 'sonataflow.org/v1alpha08',
        kind: 'SonataFlowClusterPlatform',
        metadata: {name: 'cluster'},
        spec: {platformRef: {name: 'main', namespace: 'demo'}},
      },
      {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop'}},
      {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'own'}},
    )
    await session.prepare(
      'kubectl sfl platform create local -n shop --services none',
      'kubectl sfl platform create local -n own',
    )
    await session.type('kubectl sfl platform delete main --yes')
    await session.type('kubectl sfl cluster-platform delete cluster --yes')
    await session.type('kubectl sfl cluster-platform delete clustre --yes')
    await session.type('kubectl sfl cluster-platform delete cluster --confirm cluster')
    await session.type('kubectl sfl cluster-platform delete cluster --confirm cluster --ignore-not-found')
    await session.matches('platform-delete-shared')
  })

  test('tells that a duplicate takes over, and asks little about a duplicate', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl platform create main', 'kubectl sfl platform create spare --force')
    await session.given(aWorkflow('greet'))
    await session.type('kubectl sfl platform delete spare --dry-run=server')
    await session.type('kubectl sfl platform delete main --dry-run=server')
    await session.matches('platform-delete-heir')
  })

  test('goes on where little may be read', async () => {
    const session = aSession({user: 'alice'})
    session.sandbox.load([
      {
        apiVersion: 'sonataflow.org/v1alpha08',
        kind: 'SonataFlowPlatform',
        metadata: {name: 'main', namespace: 'demo'},
        spec: {},
      },
    ])
    await session.type('kubectl sfl platform delete main --yes')
    await session.matches('platform-delete-forbidden')
  })
})
