import {describe, expect, test} from 'vitest'
import {inRounds} from '../../support/clients.js'
import {aSession, type Session} from '../../support/session.js'
import {aSandbox, run} from '../../support/run.js'
import {DEPLOYMENT, SERVICE, SINK_BINDING} from '../../../src/domain/eventing/names.js'
import {platform, postgres} from '../../sandbox/sonataflow.js'
import {aFurnishedSession, aPostgres, aReadyBroker, aWorkflow} from './scenes.js'

const COMPLETE = 'kubectl sfl platform create main --broker orders --service postgres --secret login'

/** Namespace demo with a platform of both services, a database and a broker, on which all is well. */
const healthy = async (): Promise<Session> => {
  const session = aFurnishedSession()
  await session.prepare(COMPLETE)
  await session.given(aWorkflow('greet'))
  return session
}

describe('platform describe', () => {
  test('a healthy platform: what runs, where each setting comes from, and how it is linked', async () => {
    const session = await healthy()
    await session.type('kubectl sfl platform describe')
    await session.matches('platform-describe')
  })

  test('the object itself for scripts, and names that do not exist', async () => {
    const session = aFurnishedSession()
    await session.prepare('kubectl sfl platform create main')
    await session.type('kubectl sfl platform describe -o name')
    await session.type("kubectl sfl platform describe main -o jsonpath='{.status.cluster}'")
    await session.type('kubectl sfl platform describe mian')
    await session.type('kubectl sfl platform describe main a/b')
    await session.type('kubectl sfl platform describe -n empty')
    await session.type('kubectl sfl platform describe -o wide')
    await session.matches('platform-describe-output')
  })

  test('a Secret that is missing: the platform says Ready, and the pods do not start', async () => {
    const session = aSession()
    session.sandbox.load(aPostgres('postgres'))
    await session.given(
      platform('main', {
        services: {dataIndex: {enabled: true}, jobService: {enabled: true}},
        persistence: {postgresql: {serviceRef: {name: 'postgres'}, secretRef: {name: 'lost'}}},
      }),
    )
    await session.type('kubectl sfl platform describe')
    await session.matches('platform-describe-no-secret')
  })

  test('a broker that is not there: Data Index waits for it, and the Job Service is not deployed at all', async () => {
    const session = aSession()
    await session.given(
      platform('main', {
        services: {dataIndex: {enabled: true}, jobService: {enabled: true}},
        eventing: {broker: {ref: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'orders'}}},
      }),
    )
    await session.type('kubectl sfl platform describe')
    await session.matches('platform-describe-no-broker')
  })

  test('a migration Job that failed keeps both services away', async () => {
    const session = aSession()
    session.sandbox.load(postgres('postgres', {fails: 'refuses-login'}))
    await session.given(
      platform('main', {
        services: {
          dataIndex: {enabled: true, persistence: {dbMigrationStrategy: 'job'}},
          jobService: {enabled: true, persistence: {dbMigrationStrategy: 'job'}},
        },
        persistence: {postgresql: {serviceRef: {name: 'postgres'}, secretRef: {name: 'login'}}},
      }),
    )
    await session.type('kubectl sfl platform describe')
    await session.type('kubectl sfl platform migration status')
    await session.type('kubectl sfl platform migration status --tail 1 -o yaml')
    await session.matches('platform-describe-migration-failed')
  })

  test('a Deployment that somebody changed by hand, and what a removed service left behind', async () => {
    const session = await healthy()
    const main = 'main-data-index-service'
    // The operator is stopped, so that it does not bring things back.
    const admin = session.sandbox.client()
    await admin.patch(
      {...DEPLOYMENT, name: 'sonataflow-operator-controller-manager', namespace: 'sonataflow-operator-system'},
      {spec: {replicas: 0}, status: {readyReplicas: 0}},
    )
    await session.sandbox.settle()
    await admin.patch(
      {...DEPLOYMENT, name: main, namespace: 'demo'},
      {
        spec: {
          replicas: 3,
          template: {
            spec: {
              containers: [
                {
                  name: 'data-index-service',
                  image: 'example.com/patched:2',
                  env: [
                    {
                      name: 'QUARKUS_DATASOURCE_JDBC_URL',
                      value: 'jdbc:postgresql://postgres.demo:5432/other?currentSchema=x',
                    },
                    {name: 'QUARKUS_DATASOURCE_PASSWORD', value: 'hunter2'},
                    {name: 'JAVA_OPTS', value: '-Xmx2g'},
                  ],
                  resources: {requests: {cpu: '0.1', memory: '1024Mi'}, limits: {cpu: '1', memory: '1Gi'}},
                },
              ],
            },
          },
        },
      },
    )
    await admin.delete({...SERVICE, name: main, namespace: 'demo'})
    await session.type('kubectl sfl platform effective')
    await session.type('kubectl sfl platform describe --no-show-events')
    await session.matches('platform-describe-drift')
    const {out} = await run('platform effective -o json', {sandbox: session.sandbox, namespace: 'demo'})
    expect(out).not.toContain('hunter2')
  })

  test('one of two platforms in a namespace is a duplicate, of which nothing is deployed', async () => {
    const session = aFurnishedSession()
    await session.given(platform('first', {services: {dataIndex: {}, jobService: {}}}))
    await session.given(platform('second', {services: {dataIndex: {}}}))
    await session.type('kubectl sfl platform describe second')
    await session.matches('platform-describe-duplicate')
  })

  test('a namespace that uses the services of the cluster', async () => {
    const session = aFurnishedSession(aReadyBroker('main', 'services'))
    await session.given(
      {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'team'}},
      platform('shared', {services: {dataIndex: {enabled: true}, jobService: {enabled: true}}}, 'services'),
    )
    await session.prepare('kubectl sfl cluster-platform create everyone --platform services/shared')
    await session.given(platform('plain', {}, 'team'), aWorkflow('greet', 'team'))
    await session.type('kubectl sfl platform describe -n team')
    await session.matches('platform-describe-clusterwide')
  })

  test('triggers of a former broker, and a SinkBinding that does not provide its sink', async () => {
    const session = aFurnishedSession(aReadyBroker('other'))
    await session.prepare('kubectl sfl platform create main --broker orders')
    await session.sandbox
      .client()
      .patch(
        {apiVersion: 'sonataflow.org/v1alpha08', kind: 'SonataFlowPlatform', namespace: 'demo', name: 'main'},
        {spec: {eventing: {broker: {ref: {name: 'other'}}}}},
      )
    await session.sandbox.settle()
    await session.type('kubectl sfl platform describe --no-show-events')
    await session.matches('platform-describe-former-broker')
  })

  test('an operator of Nov 2024, with its own trigger and without strategies', async () => {
    const session = aSession({sandbox: aSandbox({install: {sonataflow: 'nov-2024'}})})
    session.sandbox.load([...postgres('postgres'), aReadyBroker('orders')])
    await session.prepare('kubectl sfl platform create main --broker orders --service postgres --secret login --force')
    await session.type('kubectl sfl platform describe --no-show-events')
    await session.matches('platform-describe-nov-2024')
  })

  test('someone who may read platforms only sees what was not verified', async () => {
    const sandbox = aSandbox({
      access: (user, {group, resource, verb}) =>
        user === 'bob' &&
        (resource === 'sonataflowplatforms' || (group === '' && verb === 'get' && resource === 'pods')),
    })
    const session = aSession({sandbox})
    session.sandbox.load([...postgres('postgres'), aReadyBroker('orders')])
    await session.prepare(COMPLETE)
    for (const line of [
      'kubectl sfl platform describe',
      'kubectl sfl platform list',
      'kubectl sfl platform eventing links',
      'kubectl sfl platform migration status',
      'kubectl sfl platform effective',
    ])
      await session.type(line, {user: 'bob'})
    await session.matches('platform-describe-blind')
  })

  test('everything is read in two rounds', async () => {
    const session = await healthy()
    const {client, rounds} = inRounds(session.sandbox.client())
    await run('platform describe main', {sandbox: session.sandbox, client, namespace: 'demo'})
    expect(rounds).toHaveLength(2)
  })
})

describe('platform eventing links', () => {
  test('the nine triggers and the SinkBinding of the document, as they should be', async () => {
    const session = await healthy()
    await session.type('kubectl sfl platform eventing links')
    await session.matches('platform-links')
  })

  test('what is missing, moved, changed or stale', async () => {
    const session = aFurnishedSession(aReadyBroker('far', 'events'))
    await session.prepare('kubectl sfl platform create main --broker far:events')
    const admin = session.sandbox.client()
    await admin.patch(
      {apiVersion: 'sonataflow.org/v1alpha08', kind: 'SonataFlowPlatform', namespace: 'demo', name: 'main'},
      {spec: {eventing: {broker: {ref: {name: 'orders', namespace: 'demo'}}}}},
    )
    await session.sandbox.settle()
    await admin.delete({...SINK_BINDING, name: 'main-jobs-service-sb', namespace: 'demo'})
    await session.type('kubectl sfl platform eventing links')
    await session.type('kubectl sfl platform eventing links -o json')
    await session.matches('platform-links-stale')
  })

  test('a platform without brokers has nothing to link', async () => {
    const session = aFurnishedSession()
    await session.prepare('kubectl sfl platform create main')
    await session.type('kubectl sfl platform eventing links')
    await session.type('kubectl sfl platform migration status')
    await session.matches('platform-links-none')
  })
})

describe('platform effective', () => {
  test('every setting with its origin, and what the cluster has', async () => {
    const session = await healthy()
    await session.type('kubectl sfl platform effective')
    await session.type('kubectl sfl platform effective --workflow greet')
    await session.type('kubectl sfl platform effective main --no-headers --workflow greet')
    await session.type('kubectl sfl platform effective --workflow gret')
    await session.type('kubectl sfl platform effective nowhere')
    await session.matches('platform-effective')
  })
})

describe('platform list', () => {
  test('what runs of each platform, and how much is wrong', async () => {
    const session = await healthy()
    await session.given(
      ...['team', 'empty'].map((name) => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name}})),
      platform('alone', {services: {dataIndex: {enabled: true}}}, 'team'),
      platform('plain', {}, 'empty'),
    )
    await session.type('kubectl sfl platform list')
    await session.type('kubectl sfl platform list -A')
    await session.type('kubectl sfl platform list -A -o wide')
    await session.type('kubectl sfl platform list -A --no-headers --sort-by=.metadata.name')
    await session.type('kubectl sfl platform list -A -o name')
    await session.type('kubectl sfl platform list nowhere')
    await session.type('kubectl sfl platform list -n nothing')
    await session.matches('platform-list')
  })

  test('one list of each kind, whatever the number of platforms', async () => {
    const session = await healthy()
    const before = session.requests().length
    await session.type('kubectl sfl platform list -A')
    const one = session.requests().length - before
    await session.given(
      ...['team', 'events'].map((name) => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name}})),
      platform('other', {}, 'team'),
      platform('third', {}, 'events'),
    )
    const after = session.requests().length
    await session.type('kubectl sfl platform list -A')
    expect(session.requests().length - after).toBe(one)
  })
})
