import {expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {aSession} from '../../support/session.js'
import {aClusterWith, aWorkflow} from '../platform/scenes.js'

const namespace = (name: string): KubeObject => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name}})

test('create, apply and delete share a platform with all namespaces, and say who is affected', async () => {
  const session = aSession()
  await session.given(namespace('shop'), namespace('own'))
  await session.prepare(
    'kubectl sfl platform create main',
    'kubectl sfl platform create local -n shop --services none',
    'kubectl sfl platform create local -n own',
  )
  await session.given(aWorkflow('greet', 'shop'), aWorkflow('greet', 'demo'), aWorkflow('ship', 'own'))
  await session.type('kubectl sfl cluster-platform create cluster --platform demo/main --wait --wait-timeout 20s')
  await session.type('kubectl sfl cluster-platform create cluster --platform demo/main')
  await session.type('kubectl sfl cluster-platform create cluster --platform demo/main --if-not-exists')
  await session.type('kubectl sfl cluster-platform apply cluster --platform demo/main --capability workflows=')
  await session.type(
    'kubectl sfl cluster-platform apply cluster --platform demo/main --capability workflows= --confirm cluster --dry-run=server --force-conflicts',
  )
  await session.type('kubectl sfl cluster-platform apply cluster --platform own/local --dry-run=server --diff')
  await session.type('kubectl sfl cluster-platform apply cluster --platform demo/main --capability workflows=services')
  await session.type('kubectl sfl cluster-platform wait cluster --timeout 100ms')
  await session.type('kubectl sfl cluster-platform delete cluster', {replies: ['y', 'cluster']})
  await session.matches('cluster-platform')
})

test('create refuses a platform that is not there, and a second cluster platform', async () => {
  const session = aSession()
  await session.prepare('kubectl sfl platform create main', 'kubectl sfl platform create twin --force')
  await session.type('kubectl sfl cluster-platform create cluster --platform nowhere/main')
  await session.type('kubectl sfl cluster-platform create cluster --platform demo/twin')
  await session.prepare('kubectl sfl cluster-platform create cluster --platform demo/main')
  await session.type('kubectl sfl cluster-platform create second --platform demo/main')
  await session.type('kubectl sfl cluster-platform create second --platform demo/main --force')
  await session.type('kubectl sfl cluster-platform delete second', {answers: [true]})
  await session.matches('cluster-platform-refused')
})

test('says all that is wrong with the command line, and what the user may not', async () => {
  const session = aSession()
  await session.type('kubectl sfl cluster-platform create')
  await session.type('kubectl sfl cluster-platform create cluster')
  await session.type('kubectl sfl cluster-platform create Cluster_1 --platform main --capability services')
  expect(session.requests()).toEqual([])
  const alice = aSession({user: 'alice'})
  await alice.type('kubectl sfl cluster-platform create cluster --platform demo/main')
  await alice.type('kubectl sfl cluster-platform delete cluster --yes --confirm cluster')
  const none = aClusterWith('none')
  await none.type('kubectl sfl cluster-platform create cluster --platform demo/main')
  await none.type('kubectl sfl cluster-platform delete cluster --yes')
  await session.matches('cluster-platform-usage')
  await alice.matches('cluster-platform-forbidden')
  await none.matches('cluster-platform-not-installed')
})
