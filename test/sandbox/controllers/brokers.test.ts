import {describe, expect, test} from 'vitest'
import {isRecord, listAt, recordAt, textAt} from '../../../src/domain/core/read.js'
import {type KubeClient} from '../../../src/kube/client.js'
import {type Sandbox} from '../../../src/sandbox/sandbox.js'
import {broker, brokerRef, demo, kafkaConfig, trigger} from '../manifests.js'

const configOf = (name: string, namespace = 'demo') => ({
  config: {apiVersion: 'v1', kind: 'ConfigMap', name, namespace},
})

const conditions = async (client: KubeClient, name: string, kind = 'Broker'): Promise<string[]> =>
  listAt(await client.get({...brokerRef(name), kind}), 'status', 'conditions')
    .filter(isRecord)
    .map(({type, status, reason, message}) => [type, status, reason, message].filter(Boolean).join(' | '))

const ready = async (client: KubeClient, name: string, kind = 'Broker') =>
  (await conditions(client, name, kind)).find((line) => line.startsWith('Ready '))

const config = (name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {name, namespace: 'demo'},
  data,
})

const complete = {
  'bootstrap.servers': 'kafka:9092',
  'default.topic.partitions': '1',
  'default.topic.replication.factor': '1',
}

const start = (): {sandbox: Sandbox; client: KubeClient} => {
  const sandbox = demo()
  return {sandbox, client: sandbox.client()}
}

describe('a broker becomes what the real controllers make of it', () => {
  test('class MTChannelBasedBroker is ready on a backing channel', async () => {
    const {sandbox, client} = start()
    await client.create(broker('b'))
    await sandbox.settle()
    expect(await conditions(client, 'b')).toEqual([
      'Addressable | True',
      'DeadLetterSinkResolved | True | DeadLetterSinkNotConfigured | No dead letter sink is configured.',
      'EventPoliciesReady | True | OIDCDisabled | Feature "authentication-oidc" must be enabled to support Authorization',
      'FilterReady | True',
      'IngressReady | True',
      'Ready | True',
      'TriggerChannelReady | True',
    ])
    const found = await client.get(brokerRef('b'))
    expect(textAt(found, 'status', 'address', 'url')).toBe(
      'http://broker-ingress.knative-eventing.svc.cluster.local/demo/b',
    )
    expect(recordAt(found, 'status', 'annotations')).toEqual({
      'knative.dev/channelAPIVersion': 'messaging.knative.dev/v1',
      'knative.dev/channelAddress': 'http://b-kne-trigger-kn-channel.demo.svc.cluster.local',
      'knative.dev/channelKind': 'InMemoryChannel',
      'knative.dev/channelName': 'b-kne-trigger',
    })
  })

  test('class Kafka is ready with a topic', async () => {
    const {sandbox, client} = start()
    await client.create(broker('b', kafkaConfig, 'Kafka'))
    await sandbox.settle()
    expect(await conditions(client, 'b')).toEqual([
      'Addressable | True',
      'ConfigMapUpdated | True | Config map knative-eventing/kafka-broker-brokers-triggers updated',
      'ConfigParsed | True',
      'DataPlaneAvailable | True',
      'EventPoliciesReady | True | OIDCDisabled | Feature "authentication-oidc" must be enabled to support Authorization',
      'ProbeSucceeded | True',
      'Ready | True',
      'TopicReady | True | Topic knative-broker-demo-b created',
    ])
    const found = await client.get(brokerRef('b'))
    expect(found.metadata.finalizers).toEqual(['brokers.eventing.knative.dev'])
    expect(recordAt(found, 'status', 'annotations')).toEqual({
      'bootstrap.servers': 'my-cluster-kafka-bootstrap.kafka:9092',
      'default.topic': 'knative-broker-demo-b',
      'default.topic.partitions': '10',
      'default.topic.replication.factor': '3',
    })
  })

  test.each<[string, Record<string, string> | undefined, string]>([
    [
      'whose ConfigMap is missing',
      undefined,
      'Ready | False | unable to rebuild topic config, failed to get configmap demo/own',
    ],
    [
      'whose ConfigMap lacks keys',
      {'bootstrap.servers': 'kafka:9092'},
      'Ready | False | unable to build topic config from configmap: error validating topic config from configmap invalid configuration - numPartitions: 0 - replicationFactor: 0 - bootstrapServers: [kafka:9092] - ConfigMap data: map[bootstrap.servers:kafka:9092] - ConfigMap data: map[bootstrap.servers:kafka:9092]',
    ],
    [
      'whose secret is missing',
      {...complete, 'auth.secret.ref.name': 'login'},
      'Ready | False | Failed to get broker auth secret | failed to get secret demo/login: secrets "login" not found',
    ],
  ])('a Kafka broker %s is not ready and says why', async (_, data, expected) => {
    const {sandbox, client} = start()
    if (data !== undefined) await client.create(config('own', data))
    await client.create(broker('b', configOf('own'), 'Kafka'))
    await sandbox.settle()
    expect(await ready(client, 'b')).toBe(expected)
  })

  test('a broken Kafka broker recovers when its ConfigMap is repaired', async () => {
    const {sandbox, client} = start()
    await client.create(broker('b', configOf('own'), 'Kafka'))
    await sandbox.settle()
    await client.create(config('own', complete))
    await sandbox.settle()
    expect(await ready(client, 'b')).toBe('Ready | True')
  })

  test.each<[string, Record<string, unknown>, string]>([
    [
      'a config without channel template',
      kafkaConfig,
      'Ready | False | ChannelTemplateFailed | Error on setting up the ChannelTemplate: empty or missing value for config',
    ],
    [
      'a missing config',
      configOf('none'),
      'Ready | False | ChannelTemplateFailed | Error on setting up the ChannelTemplate: configmaps "none" not found',
    ],
    [
      'a dead letter sink that is not there',
      {delivery: {deadLetterSink: {ref: {apiVersion: 'v1', kind: 'Service', name: 'gone'}}}},
      // The backing channel gets no address before its dead letter sink is resolved, and the broker looks no further.
      'Ready | False | NoAddress | Channel does not have an address.',
    ],
  ])('a channel-based broker with %s is not ready and says why', async (_, spec, expected) => {
    const {sandbox, client} = start()
    await client.create(broker('b', spec, 'MTChannelBasedBroker'))
    await sandbox.settle()
    expect(await ready(client, 'b')).toBe(expected)
  })

  test('an unknown class never gets a status', async () => {
    const {sandbox, client} = start()
    await client.create(broker('b', kafkaConfig, 'kafka'))
    await sandbox.settle()
    expect(await client.get(brokerRef('b'))).not.toHaveProperty('status')
  })
})

describe('deleting', () => {
  test('a Kafka broker goes once its topic is deleted, and lets go of its secret', async () => {
    const {sandbox, client} = start()
    const kind = {apiVersion: 'v1', kind: 'Secret'}
    const secret = {...kind, name: 'login', namespace: 'demo'}
    await client.create({...kind, metadata: {name: 'login', namespace: 'demo'}, stringData: {protocol: 'PLAINTEXT'}})
    await client.create(config('own', {...complete, 'auth.secret.ref.name': 'login'}))
    const {metadata} = await client.create(broker('b', configOf('own'), 'Kafka'))
    await sandbox.settle()
    expect((await client.get(secret)).metadata.finalizers).toEqual([`kafka.eventing/${metadata.uid}`])
    await client.delete(brokerRef('b'))
    await sandbox.settle()
    await expect(client.get(brokerRef('b'))).rejects.toMatchObject({reason: 'NotFound'})
    expect((await client.get(secret)).metadata.finalizers).toBeUndefined()
  })

  test('a Kafka broker whose topic was never created stays', async () => {
    const {sandbox, client} = start()
    await client.create(broker('b', configOf('none'), 'Kafka'))
    await sandbox.settle()
    await client.delete(brokerRef('b'))
    await sandbox.settle()
    expect((await client.get(brokerRef('b'))).metadata.finalizers).toEqual(['brokers.eventing.knative.dev'])
  })

  test('an injected broker comes back while the namespace asks for it', async () => {
    const {sandbox, client} = start()
    const namespace = {apiVersion: 'v1', kind: 'Namespace', name: 'demo'}
    await client.patch(namespace, {metadata: {labels: {'eventing.knative.dev/injection': 'enabled'}}})
    await sandbox.settle()
    const first = await client.get(brokerRef('default'))
    expect(first.metadata.labels).toEqual({'eventing.knative.dev/injected': 'true'})
    await client.delete(brokerRef('default'))
    await sandbox.settle()
    expect((await client.get(brokerRef('default'))).metadata.uid).not.toBe(first.metadata.uid)
    await client.patch(namespace, {metadata: {labels: {'eventing.knative.dev/injection': null}}})
    await client.delete(brokerRef('default'))
    await sandbox.settle()
    await expect(client.get(brokerRef('default'))).rejects.toMatchObject({reason: 'NotFound'})
  })
})

describe('a trigger', () => {
  const subscriber = {uri: 'http://example.com/'}

  test('is ready when broker and subscriber are', async () => {
    const {sandbox, client} = start()
    await client.create(broker('b'))
    await client.create({
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: {name: 'hello', namespace: 'demo'},
      spec: {template: {spec: {containers: [{image: 'x'}]}}},
    })
    const ref = {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'hello'}
    await client.create(trigger('t', {broker: 'b', subscriber: {ref}}))
    await sandbox.settle()
    expect(await ready(client, 't', 'Trigger')).toBe('Ready | True')
    expect(textAt(await client.get({...brokerRef('t'), kind: 'Trigger'}), 'status', 'subscriberUri')).toBe(
      'http://hello.demo.svc.cluster.local',
    )
  })

  test('without its broker says so, and gets one when its label asks for it', async () => {
    const {sandbox, client} = start()
    await client.create(trigger('t', {broker: 'other', subscriber}))
    await sandbox.settle()
    expect(await ready(client, 't', 'Trigger')).toBe(
      'Ready | False | BrokerDoesNotExist | Broker "other" does not exist',
    )
    await client.patch(
      {...brokerRef('t'), kind: 'Trigger'},
      {metadata: {labels: {'eventing.knative.dev/injection': 'enabled'}}},
    )
    await sandbox.settle()
    expect(await ready(client, 't', 'Trigger')).toBe('Ready | True')
    expect(await ready(client, 'other')).toBe('Ready | True')
  })
})
