import {describe, expect, test} from 'vitest'
import {unreachable} from '../../support/clients.js'
import {aConfigMap, aKnativeService, aTrigger, withoutKafka, withSystemConfig} from '../../support/eventing.js'
import {aSandbox} from '../../support/run.js'
import {aSession} from '../../support/session.js'

describe('broker create', () => {
  test('makes a broker of the class that the cluster gives, and says so in kubectl words', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker create plain')
    await session.type('kubectl sfl broker list')
    await session.matches('create-default-class')
  })

  test('makes the Kafka broker of the documents, its config written out because the default does not fit', async () => {
    const session = aSession()
    await session.given(aKnativeService('dead-letters'))
    const flags =
      '--class Kafka --dl-sink ksvc:dead-letters --retry 5 --backoff-policy exponential --backoff-delay PT1S'
    await session.type(`kubectl sfl broker create orders ${flags}`)
    await session.type('kubectl sfl broker list orders -o jsonpath=\'{.spec}{"\\n"}\'')
    await session.matches('create-kafka')
    expect(session.writes()).toEqual(['create eventing.knative.dev/v1 Broker demo/orders'])
  })

  test('keeps the promise of a dry run: nothing is stored', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker create orders --class Kafka --dry-run=client')
    await session.type('kubectl sfl broker create orders --class Kafka --dry-run=server')
    await session.type('kubectl sfl broker create orders --class Kafka --dry-run=client -o yaml')
    await session.type('kubectl sfl broker create orders --class Kafka --dry-run=client -o json')
    await session.type('kubectl sfl broker create orders --class Kafka --dry-run=client --diff')
    await session.type('kubectl sfl broker list')
    await session.matches('create-dry-run')
    expect(session.writes()).toEqual(['create eventing.knative.dev/v1 Broker demo/orders dryRun'])
  })

  test('prints what was made in any of the formats of kubectl', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker create one -o name')
    await session.type("kubectl sfl broker create two -o jsonpath='{.metadata.name}'")
    await session.type(
      'kubectl sfl broker create three -o custom-columns=NAME:.metadata.name,RETRY:.spec.delivery.retry',
    )
    await session.type('kubectl sfl broker create four -o yaml')
    await session.type('kubectl sfl broker create five six -o jsonpath-as-json={.items[*].metadata.name}')
    await session.matches('create-output')
  })

  test('takes labels and annotations, and refuses those that no server would take', async () => {
    const session = aSession()
    await session.type(
      'kubectl sfl broker create one --label team=shop -l stage=prod --annotation example.com/owner=ann',
    )
    await session.type(
      "kubectl sfl broker list one -o jsonpath='{.metadata.labels} {.metadata.annotations.example\\.com/owner}'",
    )
    await session.type('kubectl sfl broker create two --label team')
    await session.type('kubectl sfl broker create two --label team=shop!')
    await session.type('kubectl sfl broker create two --annotation /x=1')
    await session.matches('create-labels')
    expect(session.writes()).toEqual(['create eventing.knative.dev/v1 Broker demo/one'])
  })

  test("reads every form of kn's --broker-config", async () => {
    const session = aSession()
    await session.given(
      aConfigMap('mine', {
        'bootstrap.servers': 'kafka:9092',
        'default.topic.partitions': '3',
        'default.topic.replication.factor': '1',
      }),
    )
    const config = '-o jsonpath=\'{.spec.config}{"\\n"}\' --dry-run=client'
    for (const reference of ['mine', 'cm:mine', 'cm:mine:demo', 'v1:ConfigMap:mine', 'v1:ConfigMap:mine:demo', 'cm:'])
      await session.type(`kubectl sfl broker create orders --class Kafka --broker-config ${reference} ${config}`)
    await session.matches('create-broker-config')
  })

  test("reads every form of kn's sinks, and looks whether they are there", async () => {
    const session = aSession()
    await session.given(aKnativeService('dead'))
    await session.prepare('kubectl sfl broker create parking')
    const sink = '-o jsonpath=\'{.spec.delivery.deadLetterSink}{"\\n"}\' --dry-run=client'
    for (const reference of [
      'ksvc:dead',
      'dead',
      'broker:parking',
      'svc:nowhere',
      'ksvc:nowhere:other',
      'channel:nowhere',
      'kafkasink:nowhere',
      'http://dead.example.com/x',
      'broker:orders',
      'nonsense:x',
      'nope:a:b:c',
    ])
      await session.type(`kubectl sfl broker create orders --dl-sink ${reference} ${sink}`)
    await session.matches('create-sinks')
    expect(session.writes()).toEqual([])
  })

  test('refuses a broker that could never become ready, with the reason and the repairing command', async () => {
    const session = aSession()
    await session.given(aConfigMap('empty', {}), aConfigMap('half', {'bootstrap.servers': 'kafka:9092'}))
    await session.type('kubectl sfl broker create orders --class Kafak')
    await session.type(
      'kubectl sfl broker create orders --class Kafka --broker-config cm:config-br-default-channel:knative-eventing',
    )
    await session.type('kubectl sfl broker create orders --class Kafka --broker-config nowhere')
    await session.type('kubectl sfl broker create orders --class Kafka --broker-config kafka-broker-config')
    await session.type('kubectl sfl broker create orders --class Kafka --broker-config empty')
    await session.type('kubectl sfl broker create orders --class Kafka --broker-config half')
    await session.type('kubectl sfl broker create orders --broker-config cm:kafka-broker-config:knative-eventing')
    await session.type('kubectl sfl broker create orders --class KafkaNamespaced')
    await session.type('kubectl sfl broker create orders --external-topic orders.v1')
    await session.type(`kubectl sfl broker create ${'long'.repeat(16)}`)
    await session.type('kubectl sfl broker create orders --retry-after-max PT1M')
    await session.matches('create-refused')
    expect(session.writes()).toEqual([])
  })

  test('says which part of the data plane is missing', async () => {
    const session = aSession({sandbox: withoutKafka(aSandbox())})
    await session.type('kubectl sfl broker create orders --class Kafka')
    await session.matches('create-no-data-plane')
    expect(session.writes()).toEqual([])
  })

  test('says that the cluster names no class, and that its Kafka config is not there', async () => {
    const nameless = aSession({sandbox: await withSystemConfig(aSandbox(), 'config-br-defaults', undefined)})
    await nameless.type('kubectl sfl broker create orders')
    await nameless.matches('create-no-class')
    const bare = aSession({sandbox: await withSystemConfig(aSandbox(), 'kafka-broker-config', undefined)})
    await bare.type('kubectl sfl broker create orders --class Kafka')
    await bare.matches('create-no-kafka-config')
    expect([...nameless.writes(), ...bare.writes()].filter((write) => write.startsWith('create'))).toEqual([])
  })

  test('says that Knative is not installed', async () => {
    const session = aSession({sandbox: aSandbox({install: {knative: false}})})
    await session.type('kubectl sfl broker create orders')
    await session.matches('create-no-knative')
    expect(session.writes()).toEqual([])
  })

  test('goes on with --force, except against what the server itself refuses', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker create orders --class Kafak --force')
    await session.type('kubectl sfl broker create orders --class Kafak --force')
    await session.type('kubectl sfl broker create other --retry-after-max PT1M --force')
    await session.matches('create-force')
    expect(session.writes()).toEqual(['create eventing.knative.dev/v1 Broker demo/orders'])
  })

  test('rewrites durations that the operators would not take, and says so', async () => {
    const session = aSession()
    const delay = '-o jsonpath=\'{.spec.delivery.backoffDelay}{"\\n"}\' --dry-run=client --retry 1 --class Kafka'
    for (const value of ['PT3600S', '1s', '500ms', 'PT0.5S', '2m'])
      await session.type(`kubectl sfl broker create orders --backoff-delay ${value} ${delay}`)
    await session.type('kubectl sfl broker create orders --backoff-policy linear --dry-run=client')
    await session.matches('create-durations')
  })

  test('names every wrong value at once, before the first request', async () => {
    const session = aSession()
    await session.type(
      'kubectl sfl broker create Bad_Name --retry -1 --backoff-policy exp --backoff-delay 5 --dl-sink x:y --label a',
    )
    await session.type('kubectl sfl broker create orders --external-topic /')
    await session.type(
      'kubectl sfl broker create orders --class Kafka --annotation eventing.knative.dev/broker.class=Foo',
    )
    await session.type('kubectl sfl broker create')
    await session.type('kubectl sfl broker create "" orders')
    await session.type('kubectl sfl broker create orders -o wide')
    await session.type('kubectl sfl broker create orders --dry-run')
    await session.type('kubectl sfl broker create orders --dry-run=sever')
    await session.type('kubectl sfl broker create orders --wait --timeout 5m --wait-timeout 5m')
    await session.matches('create-usage')
    expect(session.requests()).toEqual([])
  })

  test('an external topic is an annotation, and somebody else has to make the topic', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker create orders --class Kafka --external-topic orders.v1')
    await session.type(
      "kubectl sfl broker list orders -o jsonpath='{.metadata.annotations.kafka\\.eventing\\.knative\\.dev/external\\.topic}'",
    )
    await session.matches('create-external-topic')
  })

  test('of several names each is done or refused for itself', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl broker create taken')
    await session.type('kubectl sfl broker create one taken two one')
    await session.type('kubectl sfl broker create three four --class Kafak')
    await session.type('kubectl sfl broker create taken three -o json')
    await session.matches('create-several')
    expect(session.writes()).toEqual(
      ['one', 'two', 'three'].map((name) => `create eventing.knative.dev/v1 Broker demo/${name}`),
    )
  })

  test('twice is no harm with --if-not-exists, and what differs is said', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker create orders --class Kafka --retry 5 --if-not-exists')
    await session.type('kubectl sfl broker create orders --class Kafka --retry 5 --if-not-exists')
    await session.type('kubectl sfl broker create orders --class Kafka --retry 3 --if-not-exists --wait')
    await session.type('kubectl sfl broker create orders --class Kafka --retry 5')
    await session.matches('create-twice')
    expect(session.writes()).toEqual(['create eventing.knative.dev/v1 Broker demo/orders'])
  })

  test('refuses a name whose broker is still being deleted', async () => {
    const session = aSession()
    await session.given({
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Broker',
      metadata: {name: 'orders', namespace: 'demo', finalizers: ['example.com/hold']},
    })
    await session.prepare('kubectl sfl broker delete orders --yes --no-wait')
    await session.type('kubectl sfl broker create orders')
    await session.type('kubectl sfl broker create orders --if-not-exists')
    await session.matches('create-being-deleted')
    expect(session.writes()).toEqual([])
  })

  test('waits until it is ready, and tells meanwhile what is missing', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker create plain --wait')
    await session.type('kubectl sfl broker create orders --class Kafka --wait --timeout 2m')
    await session.type('kubectl sfl broker create other --wait --wait-timeout 2m --timeout PT10S')
    await session.type('kubectl sfl broker create quiet --wait -o name')
    await session.matches('create-wait')
  })

  test('a time-out is exit 4, with the reason and the command that goes on waiting', async () => {
    const session = aSession({sandbox: withoutKafka(aSandbox())})
    await session.type('kubectl sfl broker create orders --class Foo --force --wait --timeout 20ms')
    await session.type('kubectl sfl broker create others --class Foo --force --wait --timeout 20ms -o json')
    await session.matches('create-timeout')
  })

  test('a broken connection is exit 6, and says that the server was refused', async () => {
    const session = aSession()
    const client = unreachable(session.sandbox.client(), 'create')
    await session.type('kubectl sfl broker create orders', {client})
    await session.type('kubectl sfl broker create orders -o json', {client})
    await session.matches('create-unreachable')
  })

  test('without the right to create, nothing is created, and the line that asks for the right is shown', async () => {
    const readOnly = aSandbox({access: (_user, {verb}) => ['get', 'list', 'watch'].includes(verb)})
    const session = aSession({sandbox: readOnly, user: 'alice'})
    await session.type('kubectl sfl broker create orders')
    await session.matches('create-forbidden')
  })

  test('what cannot be read (no permission) is not taken for wrong', async () => {
    const session = aSession({
      sandbox: aSandbox({access: (_user, {resource}) => resource === 'brokers'}),
      user: 'alice',
    })
    await session.type('kubectl sfl broker create orders --class Kafka --retry 5')
    await session.type('kubectl sfl broker create plain --dl-sink ksvc:dead --timeout PT10S')
    await session.matches('create-blind')
  })

  test('under kn the same, with the commands that kn takes', async () => {
    const session = aSession()
    await session.type('kn sfl broker create orders --class Kafak')
    await session.type('kn sfl -n demo broker create orders --class Kafka')
    await session.type('kn sfl broker create orders')
    await session.matches('create-kn')
  })

  test('a difference is shown before the question, and a no changes nothing', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker create orders --class Kafka --diff', {answers: [false]})
    await session.type('kubectl sfl broker create orders --class Kafka --diff', {answers: [true]})
    await session.type('kubectl sfl broker create other --diff')
    await session.matches('create-diff')
    expect(session.writes().filter((write) => !write.endsWith('dryRun'))).toEqual([
      'create eventing.knative.dev/v1 Broker demo/orders',
    ])
  })

  test('a trigger of that name is in nobody`s way', async () => {
    const session = aSession()
    await session.given(aTrigger('orders', 'orders'))
    await session.type('kubectl sfl broker create orders')
    await session.type('kubectl sfl broker list -o wide')
    await session.matches('create-with-trigger')
  })
})
