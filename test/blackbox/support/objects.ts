import {type KubeObject} from '../../../src/domain/core/object.js'
import {type Stage} from './stage.js'

type Home = Pick<Stage, 'namespace'>

/** A Knative Service, to be a sink. */
export const aService = ({namespace}: Home, name: string): KubeObject => ({
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: {name, namespace},
  spec: {template: {spec: {containers: [{image: 'registry.local/sink'}]}}},
})

export interface BrokerDraft {
  class?: string
  spec?: Readonly<Record<string, unknown>>
  labels?: Record<string, string>
  finalizers?: string[]
}

/** A broker as another tool would have created it. */
export const aBroker = ({namespace}: Home, name: string, draft: BrokerDraft = {}): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {
    name,
    namespace,
    ...(draft.class === undefined ? {} : {annotations: {'eventing.knative.dev/broker.class': draft.class}}),
    ...(draft.labels === undefined ? {} : {labels: draft.labels}),
    ...(draft.finalizers === undefined ? {} : {finalizers: draft.finalizers}),
  },
  spec: {...draft.spec},
})

/** The config of the cluster's Kafka brokers, spelled out. */
export const kafkaConfig = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'kafka-broker-config',
  namespace: 'knative-eventing',
} as const

/** A Kafka broker with its config spelled out. */
export const aKafkaBroker = (home: Home, name: string, draft: Omit<BrokerDraft, 'class'> = {}): KubeObject =>
  aBroker(home, name, {...draft, class: 'Kafka', spec: {config: kafkaConfig, ...draft.spec}})

/** A trigger that sends everything to a URI. */
export const aTrigger = ({namespace}: Home, name: string, broker: string, uri = 'http://example.com/'): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Trigger',
  metadata: {name, namespace},
  spec: {broker, subscriber: {uri}},
})

/** Settings of Kafka brokers as the document writes them. */
export const aKafkaConfig = (
  {namespace}: Home,
  name: string,
  more: Readonly<Record<string, string>> = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {name, namespace},
  data: {
    'bootstrap.servers': 'kafka:9092',
    'default.topic.partitions': '3',
    'default.topic.replication.factor': '1',
    ...more,
  },
})
