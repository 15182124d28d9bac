import {describe, expect, test} from 'vitest'
import {inRounds} from '../../support/clients.js'
import {run} from '../../support/run.js'
import {aSession} from '../../support/session.js'
import {platform, platformRef, workflow} from '../../sandbox/sonataflow.js'
import {aFurnishedSession, aReadyBroker, aWorkflow} from '../platform/scenes.js'

const namespace = (name: string) => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name}})

describe('workflow list', () => {
  test('services, database and broker of workflows of every kind, in all namespaces', async () => {
    const session = aFurnishedSession(aReadyBroker('main', 'services'))
    await session.prepare('kubectl sfl platform create main --broker orders --service postgres --secret login')
    await session.given(
      namespace('team'),
      platform(
        'shared',
        {
          services: {dataIndex: {enabled: true}, jobService: {enabled: true}},
          eventing: {broker: {ref: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'main'}}},
        },
        'services',
      ),
    )
    await session.prepare('kubectl sfl cluster-platform create everyone --platform services/shared')
    await session.given(
      aWorkflow('greet'),
      aWorkflow('memory', 'demo', {persistence: {}}),
      aWorkflow('post', 'demo', {sink: {uri: 'http://events.example.com'}}),
      workflow('try', {}, {profile: 'dev'}),
      aWorkflow('greet', 'team'),
    )
    await session.type('kubectl sfl workflow list')
    await session.type('kubectl sfl workflow list -A')
    await session.type('kubectl sfl workflow list greet -o wide')
    await session.type('kubectl sfl workflow list -A -o name')
    await session.type('kubectl sfl workflow list gret')
    await session.type('kubectl sfl workflow list -n nothing')
    await session.matches('workflow-list')
  })

  test('a workflow that was deployed before its platform changed keeps what it had', async () => {
    const session = aFurnishedSession()
    await session.prepare('kubectl sfl platform create main')
    await session.given(aWorkflow('greet'))
    await session.prepare(
      'kubectl sfl platform eventing set --platform-wide --broker orders --yes',
      'kubectl sfl platform persistence set --platform-wide --service postgres --secret login --yes',
    )
    await session.type('kubectl sfl workflow list')
    await session.type('kubectl sfl workflow describe greet')
    await session.matches('workflow-former')
  })
})

describe('workflow describe', () => {
  test('what it uses and why, step by step up to the cluster platform', async () => {
    const session = aFurnishedSession()
    await session.prepare('kubectl sfl platform create main --broker orders --service postgres --secret login')
    await session.given(aWorkflow('greet'), aWorkflow('memory', 'demo', {persistence: {}}))
    await session.type('kubectl sfl workflow describe greet')
    await session.type('kubectl sfl workflow describe memory nowhere --no-show-events')
    await session.type('kubectl sfl workflow describe greet -o name')
    await session.matches('workflow-describe')
  })

  test('what is wrong: a Secret and a broker that are not there, timeouts that nobody keeps', async () => {
    const session = aSession()
    await session.given(
      aWorkflow('broken', 'demo', {
        flow: {
          start: 'Done',
          timeouts: {workflowExecTimeout: {duration: 'PT1M'}},
          states: [{name: 'Done', type: 'inject', data: {}, end: true}],
        },
        persistence: {postgresql: {serviceRef: {name: 'postgres'}, secretRef: {name: 'lost'}}},
        sink: {ref: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'orders'}},
      }),
    )
    await session.type('kubectl sfl workflow describe broken')
    await session.matches('workflow-describe-broken')
  })

  test('everything is read in two rounds', async () => {
    const session = aFurnishedSession()
    await session.prepare('kubectl sfl platform create main --broker orders')
    await session.given(aWorkflow('greet'))
    const {client, rounds} = inRounds(session.sandbox.client())
    await run('workflow describe greet', {sandbox: session.sandbox, client, namespace: 'demo'})
    expect(rounds).toHaveLength(2)
  })
})

describe('cluster-platform list and describe', () => {
  test('what it shares, who uses it, and who has services of its own', async () => {
    const session = aFurnishedSession()
    await session.given(
      ...['services', 'team', 'own'].map(namespace),
      platform('shared', {services: {dataIndex: {enabled: true}, jobService: {enabled: true}}}, 'services'),
    )
    await session.prepare('kubectl sfl cluster-platform create everyone --platform services/shared')
    await session.given(
      platform('plain', {}, 'team'),
      platform('mine', {services: {dataIndex: {enabled: true}}}, 'own'),
      aWorkflow('greet', 'team'),
    )
    await session.given({
      apiVersion: 'sonataflow.org/v1alpha08',
      kind: 'SonataFlowClusterPlatform',
      metadata: {name: 'second'},
      spec: {platformRef: {name: 'nowhere', namespace: 'demo'}, capabilities: {workflows: []}},
    })
    await session.type('kubectl sfl cluster-platform list')
    await session.type('kubectl sfl cluster-platform list -o wide')
    await session.type('kubectl sfl cluster-platform list everyone -o name')
    await session.type('kubectl sfl cluster-platform list everyon')
    await session.type('kubectl sfl cluster-platform describe everyone')
    await session.type('kubectl sfl cluster-platform describe second')
    await session.type('kubectl sfl cluster-platform describe everyone -o jsonpath={.spec.platformRef.name}')
    await session.type('kubectl sfl cluster-platform describe everybody')
    await session.matches('cluster-platform-look')
    expect(await session.sandbox.client().get(platformRef('shared', 'services'))).toBeDefined()
  })
})
