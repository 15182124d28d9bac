import {describe, expect, test} from 'vitest'
import {unreachable} from '../../support/clients.js'
import {aKnativeService, withSystemConfig} from '../../support/eventing.js'
import {aSandbox} from '../../support/run.js'
import {aSession} from '../../support/session.js'

describe('channel create', () => {
  test("makes a channel of the cluster's default type and says which that is", async () => {
    const session = aSession()
    await session.type('kubectl sfl channel create pipe')
    await session.type('kubectl sfl channel list pipe -o jsonpath=\'{.spec}{"\\n"}\'')
    await session.matches('channel-create-default')
    expect(session.writes()).toEqual(['create messaging.knative.dev/v1 Channel demo/pipe'])
  })

  test('makes a Kafka channel with its settings and with the delivery of the documents', async () => {
    const session = aSession()
    await session.given(aKnativeService('dead-letters'))
    await session.type(
      'kubectl sfl channel create orders --type kafka --partitions 6 --replication-factor 3 --retention 168h --dl-sink ksvc:dead-letters --retry 5 --backoff-policy exponential --backoff-delay PT1S --label team=shop --annotation owner=ann',
    )
    await session.type('kubectl sfl channel list orders -o yaml')
    await session.matches('channel-create-kafka')
  })

  test('keeps the promise of a dry run, and prints manifests for GitOps', async () => {
    const session = aSession()
    await session.type('kubectl sfl channel create pipe --type imc --dry-run=client')
    await session.type('kubectl sfl channel create pipe --type imc --dry-run=server --diff')
    await session.type('kubectl sfl channel create orders --type kafka --partitions 6 --dry-run=client -o yaml')
    await session.type('kubectl sfl channel list')
    await session.matches('channel-create-dry-run')
    expect(session.writes().every((write) => write.endsWith('dryRun'))).toBe(true)
  })

  test('twice: refused, or accepted with --if-not-exists and with what differs', async () => {
    const session = aSession()
    await session.type('kubectl sfl channel create pipe --type imc --retry 2')
    await session.type('kubectl sfl channel create pipe --type imc --retry 2')
    await session.type('kubectl sfl channel create pipe --type imc --retry 2 --if-not-exists')
    await session.type('kubectl sfl channel create pipe --type kafka --retry 3 --if-not-exists')
    await session.type('kubectl sfl channel create pipe -o json')
    await session.matches('channel-create-twice')
    expect(session.writes()).toEqual(['create messaging.knative.dev/v1 Channel demo/pipe'])
  })

  test('waits until it is ready', async () => {
    const session = aSession()
    await session.type('kubectl sfl channel create pipe tube --type imc --wait')
    await session.type('kubectl sfl channel create odd --type acme.dev:v1:NatsChannel --force --wait --wait-timeout 0')
    await session.matches('channel-create-wait')
  })

  test('what could never become ready is refused, and --force goes on', async () => {
    const session = aSession({sandbox: aSandbox({install: {kafka: false}})})
    await session.type('kubectl sfl channel create orders --type kafka')
    await session.type('kubectl sfl channel create orders --type acme.dev:v1:NatsChannel --dl-sink ksvc:nobody')
    await session.type(`kubectl sfl channel create ${'x'.repeat(60)} --type imc`)
    await session.type('kubectl sfl channel create orders --type kafka --force')
    await session.type('kubectl sfl channel describe orders')
    await session.matches('channel-create-refused')
  })

  test('without a default type, or with one that cannot be read', async () => {
    const sandbox = aSandbox()
    const session = aSession({sandbox})
    const withDefault = (text: string) => withSystemConfig(sandbox, 'default-ch-webhook', {'default-ch-config': text})
    await withDefault('clusterDefault: {}')
    await session.type('kubectl sfl channel create pipe')
    await withDefault('clusterDefault: [')
    await session.type('kubectl sfl channel create pipe')
    await withDefault(
      'clusterDefault: {apiVersion: messaging.knative.dev/v1, kind: InMemoryChannel}\nnamespaceDefaults:\n  demo: {apiVersion: messaging.knative.dev/v1beta1, kind: KafkaChannel, spec: {numPartitions: 3}}\n',
    )
    await session.type('kubectl sfl channel create pipe')
    await session.type('kubectl sfl channel list pipe -o jsonpath=\'{.spec.channelTemplate}{"\\n"}\'')
    await withSystemConfig(sandbox, 'default-ch-webhook', undefined)
    await session.type('kubectl sfl channel create tube')
    await session.matches('channel-create-no-default')
  })

  test('values that could never be valid are refused before the first request', async () => {
    const session = aSession()
    await session.type('kubectl sfl channel create')
    await session.type(
      'kubectl sfl channel create Pipe --type a:b --partitions 0 --replication-factor 40000 --retention x',
    )
    await session.type('kubectl sfl channel create pipe --type kafk')
    await session.type('kubectl sfl channel create pipe --type imc --partitions 3')
    await session.type('kubectl sfl channel create pipe --retention P1D')
    await session.type('kubectl sfl channel create pipe --type kafka --retention PT0S')
    await session.type('kubectl sfl channel create pipe --backoff-policy Linear --retry -1 --timeout PT0S')
    await session.type('kubectl sfl channel create pipe -o table')
    await session.matches('channel-create-usage')
    expect(session.requests()).toEqual([])
  })

  test('without rights, without Knative, without a server', async () => {
    const session = aSession({user: 'alice'})
    await session.type('kubectl sfl channel create pipe --type imc')
    await session.type('kubectl sfl channel create pipe', {client: unreachable(session.sandbox.client(), 'get')})
    await session.type('kubectl sfl channel create pipe', {
      sandbox: aSandbox({install: {knative: false}}),
      user: 'admin',
    })
    await session.matches('channel-create-no-rights')
  })
})
