import {describe, expect, test} from 'vitest'
import {KNATIVE_KAFKA} from '../../../src/domain/eventing/names.js'
import {isRecord, listAt, recordAt} from '../../../src/domain/core/read.js'
import {broker, brokerRef, demo, kafkaConfig} from '../manifests.js'

const namespace = 'knative-eventing'
const kafka = {...KNATIVE_KAFKA, namespace, name: 'knative-kafka'}
const cm = (name: string) => ({apiVersion: 'v1', kind: 'ConfigMap', namespace, name})
const group = 'knativekafkas.operator.serverless.openshift.io'

const start = (install = {}) => {
  const sandbox = demo({layout: 'openshift', install})
  const client = sandbox.client()
  return {
    sandbox,
    client,
    async set(spec: Record<string, unknown>) {
      await client.patch(kafka, {spec})
      await sandbox.settle()
    },
    data: async (name: string) => recordAt(await client.get(cm(name)), 'data'),
    conditions: async (ref: Parameters<typeof client.get>[0] = kafka) =>
      listAt(await client.get(ref), 'status', 'conditions')
        .filter(isRecord)
        .map(({type, status, reason, message}) => [type, status, reason, message].filter(Boolean).join(' | ')),
    /** Kafka's workloads and pods, by kind and name. */
    running: () =>
      sandbox
        .snapshot()
        .filter(({kind}) => ['Deployment', 'StatefulSet', 'Pod'].includes(kind))
        .filter(({metadata}) => metadata.name.startsWith('kafka-'))
        .map(({kind, metadata}) => `${kind} ${metadata.name}`),
  }
}

const minimal = {apiVersion: kafka.apiVersion, kind: kafka.kind, metadata: {name: 'knative-kafka', namespace}}

describe('the operator behind KnativeKafka', () => {
  test('has the broker running from the start', async () => {
    const {client, conditions, running} = start()
    expect(await conditions()).toEqual([
      'DeploymentsAvailable | True',
      'InstallSucceeded | True',
      'Ready | True',
      'StatefulSetsAvailable | True',
    ])
    const {metadata, status} = await client.get(kafka)
    expect(metadata.finalizers).toEqual(['knative-kafka-openshift'])
    expect(status).toMatchObject({version: '1.21.0'})
    expect(running()).toEqual([
      'Deployment kafka-broker-receiver',
      'Deployment kafka-controller',
      'Deployment kafka-webhook-eventing',
      'StatefulSet kafka-broker-dispatcher',
      'Pod kafka-broker-dispatcher-0',
      'Pod kafka-broker-receiver-7d9c5b8f6-x2x00',
      'Pod kafka-controller-7d9c5b8f6-x2x00',
      'Pod kafka-webhook-eventing-7d9c5b8f6-x2x00',
    ])
  })

  test('owns its ConfigMaps, and says so in annotations', async () => {
    const {client} = start()
    const {metadata} = await client.get(cm('kafka-broker-config'))
    expect(metadata.ownerReferences).toMatchObject([{kind: 'KnativeKafka', name: 'knative-kafka', controller: true}])
    expect(metadata.annotations).toMatchObject({
      [`${group}/ownerName`]: 'knative-kafka',
      [`${group}/ownerNamespace`]: namespace,
    })
  })

  test('writes the broker settings, and they win over spec.config', async () => {
    const {set, data} = start()
    await set({
      broker: {
        defaultConfig: {
          bootstrapServers: 'a:9093,b:9093',
          numPartitions: 4,
          replicationFactor: 2,
          authSecretName: 'login',
        },
      },
      config: {
        'kafka-broker-config': {'bootstrap.servers': 'lost:1', 'default.topic.config.retention.ms': '1000'},
      },
    })
    expect(await data('kafka-broker-config')).toEqual({
      'auth.secret.ref.name': 'login',
      'bootstrap.servers': 'a:9093,b:9093',
      'default.topic.config.retention.ms': '1000',
      'default.topic.partitions': '4',
      'default.topic.replication.factor': '2',
    })
    await set({broker: {defaultConfig: {authSecretName: null}}, config: null})
    expect(await data('kafka-broker-config')).toEqual({
      'bootstrap.servers': 'a:9093,b:9093',
      'default.topic.partitions': '4',
      'default.topic.replication.factor': '2',
    })
  })

  test('has 10 and 3 for numbers as soon as defaultConfig is there, and 0 without it', async () => {
    const {set, data} = start()
    await set({broker: {defaultConfig: null}})
    expect(await data('kafka-broker-config')).toEqual({
      'bootstrap.servers': '',
      'default.topic.partitions': '0',
      'default.topic.replication.factor': '0',
    })
    await set({broker: {defaultConfig: {bootstrapServers: 'a:9092'}}})
    expect(await data('kafka-broker-config')).toEqual({
      'bootstrap.servers': 'a:9092',
      'default.topic.partitions': '10',
      'default.topic.replication.factor': '3',
    })
  })

  test('breaks every Kafka broker when it has no defaultConfig', async () => {
    const {sandbox, client, set, conditions} = start()
    await client.create(broker('b', kafkaConfig, 'Kafka'))
    await sandbox.settle()
    expect(await conditions(brokerRef('b'))).toContain('Ready | True')
    await set({broker: {defaultConfig: null}})
    expect((await conditions(brokerRef('b'))).find((line) => line.startsWith('ConfigParsed'))).toContain(
      'invalid configuration - numPartitions: 0 - replicationFactor: 0 - bootstrapServers: []',
    )
  })

  test('writes the channel settings', async () => {
    const {set, data} = start()
    await set({
      channel: {enabled: true, bootstrapServers: 'c:9092', authSecretName: 'login', authSecretNamespace: 'kafka'},
    })
    expect(await data('kafka-channel-config')).toEqual({
      'auth.secret.ref.name': 'login',
      'auth.secret.ref.namespace': 'kafka',
      'bootstrap.servers': 'c:9092',
    })
  })

  test('reverts hand edits', async () => {
    const {sandbox, client, data} = start()
    await client.patch(cm('kafka-broker-config'), {data: {'default.topic.partitions': '99'}})
    await sandbox.settle()
    expect(await data('kafka-broker-config')).toMatchObject({'default.topic.partitions': '10'})
  })

  test('brings back a pod, and a data plane that was deleted by hand', async () => {
    const {sandbox, client, running} = start()
    const before = running()
    await client.delete({apiVersion: 'v1', kind: 'Pod', namespace, name: 'kafka-broker-dispatcher-0'})
    await client.delete({apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'kafka-broker-receiver'})
    await sandbox.settle()
    expect(running()).toEqual(before)
  })

  test('installs parts that are enabled, and removes those that are disabled', async () => {
    const {set, running, client} = start()
    await set({
      broker: {enabled: false},
      sink: {enabled: true},
      source: {enabled: true},
      channel: {enabled: true, bootstrapServers: 'c:9092'},
      'high-availability': {replicas: 2},
    })
    expect(running().filter((line) => !line.startsWith('Pod'))).toEqual([
      'Deployment kafka-channel-receiver',
      'Deployment kafka-controller',
      'Deployment kafka-sink-receiver',
      'Deployment kafka-webhook-eventing',
      'StatefulSet kafka-channel-dispatcher',
      'StatefulSet kafka-source-dispatcher',
    ])
    expect(running()).not.toContain('Pod kafka-broker-receiver-7d9c5b8f6-x2x00')
    expect(running()).toContain('Pod kafka-controller-7d9c5b8f6-x2x01')
    const controller = await client.get({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace,
      name: 'kafka-controller',
    })
    expect(JSON.stringify(controller['spec'])).toContain(
      '--disable-controllers=broker-controller,trigger-controller,namespaced-broker-controller,namespaced-trigger-controller"',
    )
  })

  test('leaves Brokers behind when the broker is disabled: nobody looks after them, and deleting one hangs', async () => {
    const {sandbox, client, set, conditions} = start()
    await client.create(broker('b', kafkaConfig, 'Kafka'))
    await sandbox.settle()
    await set({broker: {enabled: false}, source: {enabled: true}})
    expect(await conditions(brokerRef('b'))).toContain('Ready | True')
    await client.delete(brokerRef('b'))
    await sandbox.settle()
    expect((await client.get(brokerRef('b'))).metadata.deletionTimestamp).toBeDefined()
    await set({broker: {enabled: true}})
    await expect(client.get(brokerRef('b'))).rejects.toThrow('not found')
  })

  test('takes everything along when the last part is disabled', async () => {
    const {set, running, client, conditions} = start()
    await set({broker: {enabled: false}})
    expect(running()).toEqual([])
    await expect(client.get(cm('kafka-broker-config'))).rejects.toThrow('not found')
    expect(await conditions()).toContain('Ready | True')
  })

  test('takes everything along when it is deleted', async () => {
    const {sandbox, client, running} = start()
    await client.delete(kafka)
    await sandbox.settle()
    expect(running()).toEqual([])
    await expect(client.get(cm('kafka-broker-config'))).rejects.toThrow('not found')
  })

  test('brings the Kafka kinds along when it is created for the first time', async () => {
    const {sandbox, client, conditions} = start({kafka: false})
    expect((await client.served('messaging.knative.dev/v1'))?.map(({kind}) => kind)).not.toContain('KafkaChannel')
    await client.create({
      ...minimal,
      spec: {channel: {enabled: true, bootstrapServers: 'c:9092'}, source: {enabled: false}},
    })
    await sandbox.settle()
    expect((await client.served('messaging.knative.dev/v1'))?.map(({kind}) => kind)).toContain('KafkaChannel')
    expect(await conditions()).toContain('Ready | True')
    const channel = {
      apiVersion: 'messaging.knative.dev/v1beta1',
      kind: 'KafkaChannel',
      metadata: {name: 'c', namespace: 'demo'},
      spec: {},
    }
    await client.create(channel)
    await sandbox.settle()
    expect(await conditions({...channel, namespace: 'demo', name: 'c'})).toContain('Ready | True')
  })
})
