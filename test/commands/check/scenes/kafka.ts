import type {KubeObject} from '../../../../src/domain/core/object.js'
import {aNamespace, destination} from '../../../support/healthy.js'
import {
  aBroker,
  aSecret,
  failing,
  home,
  idle,
  kafkaConfig,
  kafkaChannel,
  ready,
  source,
  subscription,
  system,
  withConfig,
  type Scene,
} from './scene.js'

const login = kafkaConfig('own', {'auth.secret.ref.name': 'login'})

/** A broker with a Secret of this content. */
const secret = (values: Record<string, string>, metadata: object = {}): KubeObject[] => [
  login,
  withConfig('own'),
  aSecret('login', values, metadata),
]

const sasl = {protocol: 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512', user: 'app', password: 'hunter2'}

const knativeKafka = (spec: object, status: object = ready, metadata: object = {}): KubeObject => {
  const made = system('KnativeKafka', 'operator.serverless.openshift.io/v1alpha1', 'knative-kafka', {spec, status})
  return {...made, metadata: {...made.metadata, ...metadata}}
}
const openshift = {layout: 'openshift'} as const

const kafkaSource = (net: object): KubeObject => ({
  ...source('KafkaSource', 'tick', destination('sink'), {
    spec: {bootstrapServers: ['kafka.example.com:9092'], topics: ['ticks'], net},
  }),
  apiVersion: 'sources.knative.dev/v1beta1',
})

/** Certificates of each kind, issued before the scenes are played. */
export interface Certificates {
  authority: string
  expired: string
  expiring: string
  future: string
  client: {cert: string; key: string}
  other: {cert: string; key: string}
  oldKey: string
}

export const kafkaScenes: readonly Scene[] = [
  {
    shows: 'topics with one copy',
    objects: [kafkaConfig('own', {'default.topic.replication.factor': '1'}), withConfig('own')],
    codes: ['SFL-H05'],
  },
  {
    shows: 'settings that lack a key, and numbers that are none',
    objects: [
      kafkaConfig('own', {'default.topic.partitions': 'ten', 'default.topic.replication.factor': undefined}),
      withConfig('own'),
    ],
    codes: ['SFL-K01', 'SFL-K02'],
  },
  {
    shows: 'topic settings that Kafka refuses, a server that is none, and keys that nobody reads',
    objects: [
      kafkaConfig('own', {
        'bootstrap.servers': 'http://kafka.example.com:9092',
        'default.topic.config.min.insync.replica': '1',
        'default.topic.config.min.insync.replicas': '4',
        'auth.secret.ref.nam': 'login',
      }),
      withConfig('own'),
    ],
    codes: ['SFL-K24', 'SFL-K25', 'SFL-K29', 'SFL-K31'],
  },
  {
    shows: 'a Secret that does not exist, once, with everyone who suffers',
    objects: [
      login,
      withConfig('own', {
        status: failing('TopicReady', 'Failed to get broker auth secret', 'secrets "login" not found'),
      }),
    ],
    codes: ['SFL-K03'],
  },
  {
    shows: 'credentials that travel in clear, and the old format of a Secret',
    objects: secret({password: 'hunter2', user: 'app', saslType: 'PLAIN'}),
    codes: ['SFL-A13', 'SFL-K04'],
  },
  {
    shows: 'a Secret without a password',
    objects: secret({...sasl, password: ''}),
    codes: ['SFL-K05'],
  },
  {
    shows: 'a Secret that is being deleted, and a finalizer that holds it',
    objects: secret(sasl, {deletionTimestamp: '2026-03-01T11:00:00Z', finalizers: ['example.com/hold']}),
    codes: ['SFL-A02', 'SFL-A24'],
  },
  {
    shows: 'credentials of KafkaChannels in the old format',
    objects: [
      system('ConfigMap', 'v1', 'config-kafka', {}),
      system('ConfigMap', 'v1', 'kafka-channel-config', {
        data: {
          'bootstrap.servers': 'kafka.example.com:9092',
          'auth.secret.ref.namespace': home,
          'auth.secret.ref.name': 'login',
        },
      }),
      aSecret('login', {password: 'hunter2', user: 'app', saslType: 'SCRAM-SHA-512', 'tls.enabled': 'true'}),
    ],
    codes: ['SFL-A22'],
  },
  {
    shows: 'a source whose Secret lacks a key, and one whose Secret does not exist',
    objects: [
      kafkaSource({
        sasl: {
          enable: true,
          user: {secretKeyRef: {name: 'login', key: 'username'}},
          password: {secretKeyRef: {name: 'gone', key: 'password'}},
        },
      }),
      aSecret('login', {user: 'app'}),
    ],
    codes: ['SFL-A17', 'SFL-A18', 'SFL-K38'],
  },
  {
    shows: 'the Kafka broker on a cluster in FIPS mode',
    objects: [
      aNamespace('kube-system'),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {name: 'cluster-config-v1', namespace: 'kube-system'},
        data: {'install-config': 'apiVersion: v1\nfips: true\n'},
      },
    ],
    codes: ['SFL-H04'],
  },
  {
    shows: 'a part of Kafka that is not ready, once, with the brokers that need it',
    objects: [idle('kafka-broker-receiver')],
    codes: ['SFL-K36'],
  },
  {
    shows: 'a KnativeKafka that is not ready, without bootstrap servers',
    objects: [
      knativeKafka(
        {broker: {enabled: true, defaultConfig: {}}},
        failing('InstallSucceeded', 'Error', 'no route to host'),
      ),
    ],
    sandbox: openshift,
    codes: ['SFL-K35', 'SFL-K39'],
  },
  {
    shows: 'a KnativeKafka that is being deleted',
    objects: [
      knativeKafka({broker: {enabled: true, defaultConfig: {bootstrapServers: 'kafka.example.com:9092'}}}, ready, {
        deletionTimestamp: '2026-03-01T11:00:00Z',
        finalizers: ['knative-kafka-openshift'],
      }),
    ],
    sandbox: openshift,
    codes: ['SFL-K45'],
  },
  {
    shows: 'a part that is enabled and whose Deployments are missing',
    objects: [
      knativeKafka({
        broker: {enabled: true, defaultConfig: {bootstrapServers: 'kafka.example.com:9092'}},
        sink: {enabled: true},
      }),
    ],
    sandbox: openshift,
    codes: ['SFL-K37'],
  },
  {
    shows: 'objects of a part that is not enabled',
    objects: [
      {
        apiVersion: 'messaging.knative.dev/v1beta1',
        kind: 'KafkaChannel',
        metadata: {name: 'pipe', namespace: home, ownerReferences: []},
        spec: {numPartitions: 1, replicationFactor: 3},
        status: ready,
      },
      kafkaChannel('pipe'),
      subscription('pipe', 'pipe'),
    ],
    sandbox: openshift,
    codes: ['SFL-K38'],
  },
  {
    shows: 'Kafka that does not answer',
    objects: [
      aBroker({
        status: failing(
          'TopicReady',
          'Failed to obtain Kafka cluster admin',
          'kafka: client has run out of available brokers to talk to',
        ),
      }),
    ],
    codes: ['SFL-K08'],
  },
  {
    shows: 'a topic that Kafka refuses',
    objects: [
      aBroker({
        status: failing(
          'TopicReady',
          'Failed to create topic: knative-broker-team-0-orders-0',
          'replication factor is larger than available brokers',
        ),
      }),
    ],
    codes: ['SFL-K09'],
  },
  {
    shows: 'a topic that is not there',
    objects: [
      aBroker({
        status: failing(
          'TopicReady',
          'Topic is not present or invalid',
          'invalid topic knative-broker-team-0-orders-0',
        ),
      }),
    ],
    codes: ['SFL-K10'],
  },
  {
    shows: 'an ingress that does not know the broker',
    objects: [aBroker({status: failing('ProbeSucceeded', 'ProbeStatus', 'status: NotReady')})],
    codes: ['SFL-K11'],
  },
  {
    shows: 'a contract with the data plane that cannot be written',
    objects: [aBroker({status: failing('ConfigMapUpdated', 'Failed to update', 'the ConfigMap is too long')})],
    codes: ['SFL-K16'],
  },
]

/** Scenes with certificates, which are issued when they are played. */
export const certificateScenes = (of: Certificates): readonly Scene[] => {
  const tls = (values: Record<string, string>): KubeObject[] => secret({...sasl, 'ca.crt': of.authority, ...values})
  return [
    {shows: 'a CA that has expired', objects: tls({'ca.crt': of.expired}), codes: ['SFL-A08']},
    {shows: 'a CA that expires soon', objects: tls({'ca.crt': of.expiring}), codes: ['SFL-A09']},
    {shows: 'a CA that is not valid yet', objects: tls({'ca.crt': of.future}), codes: ['SFL-A10']},
    {shows: 'a CA that cannot be read', objects: tls({'ca.crt': 'nonsense'}), codes: ['SFL-A04']},
    {
      shows: 'a ca.crt without a CA, and a key of another certificate',
      objects: secret({
        protocol: 'SSL',
        'ca.crt': of.client.cert,
        'user.crt': of.client.cert,
        'user.key': of.other.key,
      }),
      codes: ['SFL-A06', 'SFL-A12'],
    },
    {
      shows: 'a key in a form that is not read',
      objects: secret({protocol: 'SSL', 'ca.crt': of.authority, 'user.crt': of.client.cert, 'user.key': of.oldKey}),
      codes: ['SFL-A05'],
    },
    {
      shows: 'a password that the data plane garbles',
      objects: tls({password: 'hunter"2'}),
      codes: ['SFL-A07'],
    },
  ]
}
