import {describe, expect, test} from 'vitest'
import {aSandbox} from '../../support/run.js'
import {aSession} from '../../support/session.js'
import {aClusterWith, aFurnishedSession, aLogin, aPostgres, aReadyBroker, madeIn} from './scenes.js'

const DATABASE = '--service postgres --secret login'

describe('platform create', () => {
  test('makes a platform and waits until its services run', async () => {
    const session = aFurnishedSession()
    await session.type(
      `kubectl sfl platform create main ${DATABASE} --migration job --broker orders --wait --wait-timeout 30s`,
    )
    await session.matches('platform-create')
    expect(session.writes()).toEqual(['create sonataflow.org/v1alpha08 SonataFlowPlatform demo/main'])
    expect(madeIn(session)).toEqual([
      'Deployment main-data-index-service',
      'Deployment main-jobs-service',
      'Job sonataflow-db-migrator-job-b81d6bb3',
      'EndpointSlice main-data-index-service-x2x5p',
      'EndpointSlice main-jobs-service-x2x5p',
      'SinkBinding main-jobs-service-sb',
      'ConfigMap main-data-index-service-props',
      'ConfigMap main-jobs-service-props',
      'Service main-data-index-service',
      'Service main-jobs-service',
      '9 triggers',
    ])
  })

  test('is run twice without harm', async () => {
    const session = aFurnishedSession()
    await session.prepare('kubectl sfl platform create main')
    await session.type('kubectl sfl platform create main')
    await session.type('kubectl sfl platform create main --if-not-exists')
    await session.type('kubectl sfl platform create main --if-not-exists --broker orders')
    await session.matches('platform-create-twice')
    expect(session.writes()).toEqual([])
  })

  test('says all that is wrong with the command line at once, before the first request', async () => {
    const session = aSession()
    await session.type('kubectl sfl platform create')
    await session.type('kubectl sfl platform create Main_1 --services data-indx')
    await session.type(
      'kubectl sfl platform create a-name-that-is-a-little-too-long-for-job --service pg:99999 --jdbc-url mysql://x --schema a --migration jobs --source data-index=a/b --sink data-index=x --broker b:c:d --user-key "a b"',
    )
    await session.type('kubectl sfl platform create main --per-service --services none')
    await session.type('kubectl sfl platform create main --dry-run=maybe -o json')
    await session.matches('platform-create-usage')
    expect(session.requests()).toEqual([])
  })

  test('refuses what the operator could never bring up', async () => {
    const session = aSession()
    session.sandbox.load([
      ...aPostgres('postgres', 'databases', 5433),
      aLogin('login', 'databases'),
      aLogin('odd', 'demo', ['POSTGRES_USER', 'POSTGRES_PASSWORD']),
      {...aPostgres('empty')[0]!},
    ])
    await session.type('kubectl sfl platform create main --migration job')
    await session.type('kubectl sfl platform create main --service postgres.databases --secret login')
    await session.type('kubectl sfl platform create main --service empty --secret odd --broker orders')
    await session.type('kubectl sfl platform create main --services job-service --source jobs --migration none -o json')
    await session.matches('platform-create-refused')
    expect(session.writes()).toEqual([])
  })

  test('refuses a second platform, and knows the one that the operator made itself', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl platform create first')
    await session.type('kubectl sfl platform create second')
    await session.type('kubectl sfl platform create second --force')
    const other = aSession()
    other.sandbox.load([
      {
        apiVersion: 'sonataflow.org/v1alpha08',
        kind: 'SonataFlowPlatform',
        metadata: {name: 'sonataflow-platform', namespace: 'demo'},
        spec: {},
        status: {conditions: [{type: 'Succeed', status: 'True'}]},
      },
    ])
    await other.type('kubectl sfl platform create second')
    await session.matches('platform-create-second')
    await other.matches('platform-create-second-automatic')
  })

  test('says what is missing in the cluster', async () => {
    const none = aClusterWith('none')
    await none.type('kubectl sfl platform create main')
    await none.type('kubectl sfl platform services enable --all')
    await none.matches('platform-create-not-installed')
    const old = aClusterWith('nov-2024')
    old.sandbox.load([...aPostgres('postgres'), aLogin('login')])
    await old.type(`kubectl sfl platform create main ${DATABASE} --migration job`)
    await old.type(`kubectl sfl platform create main ${DATABASE} --migration service`)
    await old.type('kubectl sfl platform services configure data-index --replicas 2 --pdb-min-available 1')
    await old.type('kubectl sfl platform migration set data-index none')
    await old.type('kubectl sfl platform migration set data-index service')
    await old.matches('platform-create-old')
  })

  test('warns when no operator runs, and says after the time-out why nothing happens', async () => {
    const session = aSession()
    const operator = session.sandbox
      .snapshot()
      .find(({kind, metadata}) => kind === 'Deployment' && metadata.name === 'sonataflow-operator-controller-manager')
    session.sandbox.load([{...operator!, spec: {replicas: 0}, status: {}}])
    await session.type('kubectl sfl platform create main --wait --wait-timeout 50ms')
    await session.matches('platform-create-no-operator')
  })

  test('says after a time-out which service is missing although the platform calls itself ready', async () => {
    const session = aSession()
    session.sandbox.load([aReadyBroker('orders')])
    await session.prepare('kubectl sfl platform create main')
    await session.type('kubectl sfl platform wait main --timeout 100ms')
    await session.type(
      'kubectl sfl platform eventing set --platform-wide --broker missing --force --wait --wait-timeout 100ms',
    )
    await session.type('kubectl sfl platform wait main --timeout 100ms')
    await session.type('kubectl sfl platform wait main --for condition=Succeed --timeout 100ms')
    await session.type('kubectl sfl platform wait mian --for ready --timeout 0')
    await session.matches('platform-wait')
  })

  test('shows what it would do: dry runs, the difference, and the server', async () => {
    const session = aFurnishedSession()
    await session.type('kubectl sfl platform create main --services data-index --dry-run=server -o name')
    await session.type('kubectl sfl platform create main --services none --diff', {answers: [false]})
    await session.type('kubectl sfl platform create main --services none --diff')
    await session.type('kubectl sfl platform create main -n nowhere')
    await session.matches('platform-create-output')
    expect(session.writes()).toEqual([
      'create sonataflow.org/v1alpha08 SonataFlowPlatform demo/main dryRun',
      'create sonataflow.org/v1alpha08 SonataFlowPlatform demo/main dryRun',
      'create sonataflow.org/v1alpha08 SonataFlowPlatform demo/main dryRun',
      'create sonataflow.org/v1alpha08 SonataFlowPlatform nowhere/main',
    ])
  })

  test('goes on where little may be read, and says what was not verified', async () => {
    const session = aSession({
      user: 'bob',
      sandbox: aSandbox({
        access: (_user, {resource, verb}) =>
          resource === 'sonataflowplatforms' && ['create', 'get', 'watch'].includes(verb),
      }),
    })
    await session.type(`kubectl sfl platform create main ${DATABASE} --migration job --broker orders`)
    await session.type('kubectl sfl platform services enable --all')
    const alice = aSession({user: 'alice'})
    await alice.type('kubectl sfl platform create main')
    await session.matches('platform-create-blind')
    await alice.matches('platform-create-forbidden')
  })
})

describe('platform apply', () => {
  test('creates, changes, and is run twice without harm', async () => {
    const session = aFurnishedSession()
    await session.type(`kubectl sfl platform apply main ${DATABASE} --broker orders`)
    await session.type(`kubectl sfl platform apply main ${DATABASE} --broker orders`)
    await session.type('kubectl sfl platform apply main --dry-run=server --diff', {answers: [true]})
    await session.type('kubectl sfl platform apply main --services none')
    await session.type('kubectl sfl platform apply main --services none -o yaml')
    await session.matches('platform-apply')
  })
})
