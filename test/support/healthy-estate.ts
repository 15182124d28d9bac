import type {KubeObject} from '../../src/domain/core/object.js'
import type {Sandbox} from '../../src/sandbox/sandbox.js'
import {clusterPlatform, platform, postgres, workflow, brokerRefOf} from '../sandbox/sonataflow.js'
import {newAuthority} from './certificates.js'
import {aConfigMap} from './eventing.js'
import {aHealthyBroker, aHealthyTrigger, aNamespace, aSink, destination} from './healthy.js'

/** One of everything that `check` looks at, in namespace `demo` and beside it, and nothing is wrong with any of it. */

const ready = {conditions: [{type: 'Ready', status: 'True'}]}
const address = {...ready, address: {url: 'http://x.demo.svc.cluster.local'}}

const inSystem = (kind: 'Deployment' | 'StatefulSet', name: string): KubeObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: {name, namespace: 'knative-eventing'},
  spec: {replicas: 1},
  status: {replicas: 1, readyReplicas: 1, updatedReplicas: 1, availableReplicas: 1},
})

const stored = (apiVersion: string, kind: string, name: string, spec: object, status: object = ready): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, namespace: 'demo'},
  spec,
  status,
})

const connection = (databaseSchema: string) => ({
  enabled: true,
  persistence: {
    postgresql: {secretRef: {name: 'login'}, serviceRef: {name: 'postgres', databaseName: 'flows', databaseSchema}},
  },
})

const kafkaSecret = async (): Promise<KubeObject> => {
  const authority = await newAuthority('kafka-ca', {
    notBefore: new Date('2025-06-01T00:00:00Z'),
    notAfter: new Date('2027-06-01T00:00:00Z'),
  })
  const values = {
    protocol: 'SASL_SSL',
    'sasl.mechanism': 'SCRAM-SHA-512',
    user: 'app',
    password: 'hunter2',
    'ca.crt': authority.cert,
  }
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {name: 'kafka-login', namespace: 'demo'},
    type: 'Opaque',
    data: Object.fromEntries(Object.entries(values).map(([key, text]) => [key, Buffer.from(text).toString('base64')])),
  }
}

const kafkaKeys = {
  'bootstrap.servers': 'my-cluster-kafka-bootstrap.kafka:9092',
  'default.topic.partitions': '10',
  'default.topic.replication.factor': '3',
  'auth.secret.ref.name': 'kafka-login',
}

const letters = {deadLetterSink: destination('dead-letters')}
const toBroker = brokerRefOf('events')
const keyOf = (key: string) => ({secretKeyRef: {name: 'kafka-login', key}})

/** Puts it beside what the sandbox has, and waits until the operator of SonataFlow has done its part. */
export const giveHealthyEstate = async (sandbox: Sandbox): Promise<void> => {
  sandbox.load([
    aNamespace('demo'),
    aNamespace('shop'),
    ...(['kafka-channel-receiver', 'kafka-sink-receiver'] as const).map((name) => inSystem('Deployment', name)),
    ...(['kafka-channel-dispatcher', 'kafka-source-dispatcher'] as const).map((name) => inSystem('StatefulSet', name)),
    aSink('sink', 'demo'),
    aSink('dead-letters', 'demo'),
    await kafkaSecret(),
    aConfigMap('kafka', kafkaKeys),
    aHealthyBroker('events', 'demo', {
      spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka', namespace: 'demo'}},
    }),
    aHealthyTrigger('show', 'events', 'demo'),
    stored(
      'messaging.knative.dev/v1',
      'Channel',
      'mail',
      {
        channelTemplate: {
          apiVersion: 'messaging.knative.dev/v1beta1',
          kind: 'KafkaChannel',
          spec: {numPartitions: 3, replicationFactor: 3},
        },
      },
      address,
    ),
    stored('messaging.knative.dev/v1', 'Subscription', 'mail', {
      channel: {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: 'mail'},
      subscriber: destination('sink'),
      delivery: letters,
    }),
    stored('sources.knative.dev/v1', 'PingSource', 'tick', {schedule: '* * * * *', sink: toBroker}),
    stored('sources.knative.dev/v1', 'ApiServerSource', 'watch', {resources: [], sink: destination('sink')}),
    stored('sources.knative.dev/v1beta1', 'KafkaSource', 'import', {
      bootstrapServers: ['kafka.example.com:9092'],
      topics: ['orders'],
      sink: toBroker,
      net: {sasl: {enable: true, user: keyOf('user'), password: keyOf('password')}},
    }),
    stored(
      'eventing.knative.dev/v1alpha1',
      'KafkaSink',
      'export',
      {topic: 'orders', bootstrapServers: ['kafka.example.com:9092'], auth: {secret: {ref: {name: 'kafka-login'}}}},
      address,
    ),
    stored('apps/v1', 'Deployment', 'sender', {replicas: 1}, {readyReplicas: 1, replicas: 1}),
    stored('sources.knative.dev/v1', 'SinkBinding', 'sender', {
      subject: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'sender'},
      sink: {ref: {apiVersion: 'eventing.knative.dev/v1alpha1', kind: 'KafkaSink', name: 'export'}},
    }),
    ...postgres(),
  ])
  const admin = sandbox.client()
  for (const object of [
    platform('main', {
      services: {dataIndex: connection('index'), jobService: connection('jobs')},
      eventing: {broker: toBroker},
    }),
    clusterPlatform('whole', 'main'),
    platform('shared', {}, 'shop'),
    workflow('greet', {podTemplate: {container: {image: 'registry.local/greet'}}}),
    workflow('order', {podTemplate: {container: {image: 'registry.local/order'}}}, {namespace: 'shop'}),
  ])
    await admin.create(object)
  await sandbox.settle()
}
