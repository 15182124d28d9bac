import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {anEndpointSlice} from '../../support/endpoint-slice.js'
import {aSession, type Session} from '../../support/session.js'

const inDemo = (apiVersion: string, kind: string, name: string, rest: object = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, namespace: 'demo'},
  ...rest,
})

/** A platform with Data Index alone, brokers, and a PostgreSQL. */
const aPlatform = async (): Promise<Session> => {
  const session = aSession()
  await session.prepare('kubectl sfl broker create orders --class MTChannelBasedBroker')
  await session.given(
    inDemo('v1', 'Service', 'postgres', {spec: {ports: [{port: 5432}]}}),
    anEndpointSlice('postgres', 'demo'),
    inDemo('v1', 'Secret', 'postgres-auth', {
      data: {POSTGRESQL_USER: 'dQ==', POSTGRESQL_PASSWORD: 'cA=='},
    }),
  )
  await session.prepare('kubectl sfl platform create shop --services data-index')
  return session
}

describe('parts of a platform are chosen by what they are for and how they are', () => {
  test('services, one or both', async () => {
    const session = await aPlatform()
    await session.type('kubectl sfl platform services enable', {replies: ['job-service']})
    await session.type('kubectl sfl platform services disable --dry-run=server', {replies: ['both']})
    await session.type('kubectl sfl platform services configure --replicas 2', {replies: ['data-index']})
    await session.type('kubectl sfl platform services remove --dry-run=client', {replies: ['job-service']})
    await session.matches('ask-services')
  })

  test('a database: for what, where, and who logs in', async () => {
    const session = await aPlatform()
    await session.type('kubectl sfl platform persistence set', {replies: ['whole', 'postgres', '', 'postgres-auth']})
    await session.type('kubectl sfl platform persistence set data-index --dry-run=client', {
      replies: ['another', 'mysql://x', 'jdbc:postgresql://db.example.com/di', 'postgres-auth'],
    })
    await session.type('kubectl sfl platform migration set', {replies: ['data-index', 'none']})
    await session.type('kubectl sfl platform migration set data-index', {replies: ['service']})
    await session.type('kubectl sfl platform migration set job --dry-run=client', {replies: ['both']})
    await session.type('kubectl sfl platform persistence unset', {replies: ['whole']})
    await session.matches('ask-database')
  })

  test('brokers: of the platform, or of a service', async () => {
    const session = await aPlatform()
    await session.type('kubectl sfl platform eventing set', {replies: ['whole', 'orders']})
    await session.type('kubectl sfl platform eventing set data-index --dry-run=client', {replies: ['another', 'jobs']})
    await session.type('kubectl sfl platform eventing unset --dry-run=client', {replies: ['whole']})
    await session.matches('ask-eventing')
  })

  test('without a platform nothing is asked', async () => {
    const session = aSession()
    const {err, code} = await session.type('kubectl sfl platform services enable', {replies: []})
    expect(code).toBe(3)
    expect(err).toBe(
      'error: namespace "demo" has no platform\nhint: kubectl sfl platform create sonataflow-platform -n demo\n',
    )
  })
})

describe('defaults of the cluster', () => {
  test.each(['knative', 'openshift'] as const)('are chosen by what they mean on this cluster: %s', async (layout) => {
    const session = aSession({layout})
    await session.type('kubectl sfl broker class set', {replies: ['Kafka', 'kafka', 'Kafka']})
    await session.type('kubectl sfl broker class set --for-namespace demo --dry-run=client', {
      replies: ['KafkaNamespaced', 'demo-config'],
    })
    await session.type('kubectl sfl broker backing-channel set', {replies: ['InMemoryChannel']})
    await session.matches(`ask-defaults-${layout}`)
  })
})
