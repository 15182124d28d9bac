import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import type {Installed} from '../../../src/sandbox/kinds/all.js'
import {aSandbox} from '../../support/run.js'
import {aSession} from '../../support/session.js'
import {aFurnishedSession, aLogin, aPostgres, aWorkflow} from './scenes.js'

const DATABASE = '--service postgres --database sonataflow --secret login'

/** A PostgreSQL that refuses everybody. */
const aBrokenPostgres = (): KubeObject[] =>
  aPostgres('postgres').map((one) =>
    one.kind === 'Service'
      ? {...one, metadata: {...one.metadata, annotations: {'sandbox.sfl/database': 'refuses-login'}}}
      : one,
  )

/** An operator whose Deployment says nothing of its release. */
const anUnknownOperator = (): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {name: 'sonataflow-operator-controller-manager', namespace: 'sonataflow-operator-system'},
  spec: {template: {spec: {containers: [{name: 'manager', image: 'registry.example.com/operator@sha256:0'}]}}},
  status: {readyReplicas: 1},
})

describe('platform persistence', () => {
  test('set and unset patch one connection, and say who keeps the old one', async () => {
    const session = aFurnishedSession()
    await session.prepare('kubectl sfl platform create main')
    await session.given(aWorkflow('greet'))
    await session.type(`kubectl sfl platform persistence set --platform-wide ${DATABASE} --wait --wait-timeout 20s`)
    await session.type(`kubectl sfl platform persistence set --platform-wide ${DATABASE}`)
    await session.type(
      'kubectl sfl platform persistence set data-index --service postgres --schema di --secret login --dry-run=server --diff',
    )
    await session.type(
      "kubectl sfl platform persistence set data-index job-service --jdbc-url 'jdbc:postgresql://db.example.com:5432/sonataflow?currentSchema=x' --secret login",
    )
    await session.type('kubectl sfl platform persistence unset job-service')
    await session.type('kubectl sfl platform persistence unset job-service')
    await session.type('kubectl sfl platform persistence unset --platform-wide --dry-run=server')
    await session.matches('platform-persistence')
  })

  test('set refuses a connection that cannot work, and says all that is wrong with the flags', async () => {
    const session = aFurnishedSession(aLogin('odd', 'demo', ['username', 'password']))
    await session.prepare('kubectl sfl platform create main')
    await session.type('kubectl sfl platform persistence set --service postgres --secret login')
    await session.type('kubectl sfl platform persistence set data-index --platform-wide')
    await session.type('kubectl sfl platform persistence set data-index job-service --service a.b.c --schema x')
    await session.type('kubectl sfl platform persistence set data-index --service postgres:5433 --secret odd')
    await session.type('kubectl sfl platform persistence set data-index --service postgres --secret none --force')
    await session.type('kubectl sfl platform persistence unset')
    await session.matches('platform-persistence-refused')
  })
})

describe('platform migration', () => {
  test('set refuses what takes running services down', async () => {
    const session = aFurnishedSession()
    await session.prepare('kubectl sfl platform create main')
    await session.type('kubectl sfl platform migration set data-index job')
    await session.prepare(`kubectl sfl platform persistence set --platform-wide ${DATABASE}`)
    await session.type('kubectl sfl platform migration set data-index job')
    await session.type('kubectl sfl platform migration set data-index none')
    await session.type('kubectl sfl platform migration set data-index service')
    await session.type(
      'kubectl sfl platform migration set data-index job-service job --force --wait --wait-timeout 20s',
    )
    await session.type('kubectl sfl platform migration set data-index job')
    await session.matches('platform-migration-set')
  })

  test('set wants services and a strategy', async () => {
    const session = aSession()
    await session.type('kubectl sfl platform migration set')
    await session.type('kubectl sfl platform migration set job')
    await session.type('kubectl sfl platform migration set data-index')
    await session.type('kubectl sfl platform migration set data-indx job')
    await session.matches('platform-migration-usage')
    expect(session.requests()).toEqual([])
  })

  test('retry runs a failed Job again, once what made it fail is repaired', async () => {
    const session = aSession()
    session.sandbox.load([...aBrokenPostgres(), aLogin('login')])
    await session.prepare(`kubectl sfl platform create main ${DATABASE} --migration job`)
    await session.type('kubectl sfl platform migration retry')
    await session.type('kubectl sfl platform migration retry --yes --wait --wait-timeout 200ms')
    session.sandbox.load(aPostgres('postgres'))
    await session.type('kubectl sfl platform migration retry --wait --wait-timeout 20s', {answers: [true]})
    await session.type('kubectl sfl platform migration retry --dry-run=server')
    await session.matches('platform-migration-retry')
  })

  test('retry says when there is nothing to retry, and what has to be repaired before', async () => {
    const session = aFurnishedSession()
    await session.type('kubectl sfl platform migration retry')
    await session.prepare('kubectl sfl platform create main')
    await session.type('kubectl sfl platform migration retry')
    const broken = aFurnishedSession()
    await broken.prepare(
      `kubectl sfl platform create main --service postgres --database x --secret late --migration job --force`,
    )
    await broken.type('kubectl sfl platform migration retry --yes')
    await session.matches('platform-migration-retry-nothing')
    await broken.matches('platform-migration-retry-broken')
  })
})

describe('the migration Job of the operator that runs', () => {
  const asShipped = {sonataflowTag: '2.0.0', sonataflowVersion: 'main'}
  const withDatabases = (install: Installed, broken = false) => {
    const session = aSession({sandbox: aSandbox({install})})
    session.sandbox.load([
      ...(broken ? aBrokenPostgres() : aPostgres('postgres')),
      ...aPostgres('other'),
      aLogin('login'),
    ])
    return session
  }
  const OTHER = '--service other --database sonataflow --secret login'
  const create = `kubectl sfl platform create main ${DATABASE} --migration job`

  test('is recognized whatever the tag of the operator’s image is: a healthy platform is called healthy', async () => {
    const session = withDatabases(asShipped)
    await session.prepare(create)
    await session.type('kubectl sfl check')
    await session.type('kubectl sfl platform migration status')
    await session.type(`kubectl sfl platform persistence set --platform-wide ${OTHER}`)
    await session.matches('platform-migration-as-shipped')
  })

  test('that failed is named, and can be run again', async () => {
    const session = withDatabases(asShipped, true)
    await session.prepare(create)
    await session.type('kubectl sfl platform describe main')
    session.sandbox.load(aPostgres('postgres'))
    await session.type('kubectl sfl platform migration retry --yes --wait --wait-timeout 20s')
    await session.matches('platform-migration-as-shipped-failed')
  })

  test('of operators until March 2026 takes no service down, and has a shorter name', async () => {
    const session = withDatabases({sonataflow: 'mar-2026'})
    await session.prepare(`kubectl sfl platform create ${'e'.repeat(36)} ${DATABASE}`)
    await session.type('kubectl sfl platform migration set data-index job-service job --wait --wait-timeout 20s')
    await session.type('kubectl sfl check')
    await session.type(`kubectl sfl platform persistence set --platform-wide ${OTHER}`)
    await session.type('kubectl sfl platform migration retry --yes --wait --wait-timeout 20s')
    await session.matches('platform-migration-older')
  })

  test('of an operator that cannot be recognized: what depends on its release is a warning that says so', async () => {
    const session = withDatabases({sonataflow: 'mar-2026'})
    session.sandbox.load([anUnknownOperator()])
    await session.prepare(`kubectl sfl platform create ${'e'.repeat(36)} ${DATABASE}`)
    await session.type('kubectl sfl platform migration set data-index job --dry-run=server')
    await session.matches('platform-migration-unknown')
  })
})
