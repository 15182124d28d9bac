import {type Kind, type Ref} from '../core/object.js'

/** Where Knative Eventing and its Kafka add-on live. */
export const SYSTEM_NAMESPACE = 'knative-eventing'
/** The resources of the operators that install it (document 5.4.4 to 5.4.6.3). */
export const KNATIVE_EVENTING: Kind = {apiVersion: 'operator.knative.dev/v1beta1', kind: 'KnativeEventing'}
export const KNATIVE_KAFKA: Kind = {apiVersion: 'operator.serverless.openshift.io/v1alpha1', kind: 'KnativeKafka'}

export const BROKER: Kind = {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker'}
export const brokerRef = (name: string, namespace: string): Ref => ({...BROKER, name, namespace})
export const TRIGGER: Kind = {apiVersion: 'eventing.knative.dev/v1', kind: 'Trigger'}
export const triggerRef = (name: string, namespace: string): Ref => ({...TRIGGER, name, namespace})
export const KAFKA_SINK: Kind = {apiVersion: 'eventing.knative.dev/v1alpha1', kind: 'KafkaSink'}
export const CHANNEL: Kind = {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel'}
export const channelRef = (name: string, namespace: string): Ref => ({...CHANNEL, name, namespace})
export const SUBSCRIPTION: Kind = {apiVersion: 'messaging.knative.dev/v1', kind: 'Subscription'}
export const subscriptionRef = (name: string, namespace: string): Ref => ({...SUBSCRIPTION, name, namespace})
export const IN_MEMORY_CHANNEL: Kind = {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'}
export const KAFKA_CHANNEL: Kind = {apiVersion: 'messaging.knative.dev/v1beta1', kind: 'KafkaChannel'}
export const SEQUENCE: Kind = {apiVersion: 'flows.knative.dev/v1', kind: 'Sequence'}
export const PARALLEL: Kind = {apiVersion: 'flows.knative.dev/v1', kind: 'Parallel'}
export const JOB_SINK: Kind = {apiVersion: 'sinks.knative.dev/v1alpha1', kind: 'JobSink'}
export const INTEGRATION_SINK: Kind = {apiVersion: 'sinks.knative.dev/v1alpha1', kind: 'IntegrationSink'}
export const KNATIVE_SERVICE: Kind = {apiVersion: 'serving.knative.dev/v1', kind: 'Service'}
export const SERVICE: Kind = {apiVersion: 'v1', kind: 'Service'}
export const CONFIG_MAP: Kind = {apiVersion: 'v1', kind: 'ConfigMap'}
export const SECRET: Kind = {apiVersion: 'v1', kind: 'Secret'}
export const NAMESPACE: Kind = {apiVersion: 'v1', kind: 'Namespace'}
export const EVENT: Kind = {apiVersion: 'v1', kind: 'Event'}
export const DEPLOYMENT: Kind = {apiVersion: 'apps/v1', kind: 'Deployment'}
export const STATEFUL_SET: Kind = {apiVersion: 'apps/v1', kind: 'StatefulSet'}
export const POD: Kind = {apiVersion: 'v1', kind: 'Pod'}
export const CUSTOM_RESOURCE: Kind = {apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition'}
export const SINK_BINDING: Kind = {apiVersion: 'sources.knative.dev/v1', kind: 'SinkBinding'}
export const PING_SOURCE: Kind = {apiVersion: 'sources.knative.dev/v1', kind: 'PingSource'}
export const API_SERVER_SOURCE: Kind = {apiVersion: 'sources.knative.dev/v1', kind: 'ApiServerSource'}
export const CONTAINER_SOURCE: Kind = {apiVersion: 'sources.knative.dev/v1', kind: 'ContainerSource'}
export const KAFKA_SOURCE: Kind = {apiVersion: 'sources.knative.dev/v1beta1', kind: 'KafkaSource'}
export const RABBITMQ_CLUSTER: Kind = {apiVersion: 'rabbitmq.com/v1beta1', kind: 'RabbitmqCluster'}

/** Annotation of a Broker; immutable. */
export const BROKER_CLASS = 'eventing.knative.dev/broker.class'
/** Annotation of a Broker of class Kafka: an existing topic (document 5.4.6.1.2). */
export const EXTERNAL_TOPIC = 'kafka.eventing.knative.dev/external.topic'
/** Label of a Namespace or Trigger (and, before Knative 1.4, annotation of a Trigger) that asks for a broker. */
export const INJECTION = 'eventing.knative.dev/injection'
/** Label that injection puts on the brokers it creates. */
export const INJECTED = 'eventing.knative.dev/injected'
/** Label that the webhook puts on every trigger. */
export const BROKER_LABEL = 'eventing.knative.dev/broker'
export const DEPENDENCY = 'knative.dev/dependency'
/** Annotation of a Trigger whose broker is of a Kafka class: `ordered` or `unordered` (document 5.4.8.4). */
export const DELIVERY_ORDER = 'kafka.eventing.knative.dev/delivery.order'

/** Broker classes, spelled as their controllers compare them (case-sensitive). */
export const BrokerClass = {
  Kafka: 'Kafka',
  KafkaNamespaced: 'KafkaNamespaced',
  MTChannelBased: 'MTChannelBasedBroker',
  RabbitMQ: 'RabbitMQBroker',
} as const
export type KnownBrokerClass = (typeof BrokerClass)[keyof typeof BrokerClass]
export const brokerClasses: readonly KnownBrokerClass[] = Object.values(BrokerClass)

export const isKafkaClass = (className: string | undefined): boolean =>
  className === BrokerClass.Kafka || className === BrokerClass.KafkaNamespaced

/** ConfigMaps in the system namespace. */
export const BROKER_DEFAULTS = 'config-br-defaults'
export const BROKER_DEFAULTS_KEY = 'default-br-config'
export const CHANNEL_TEMPLATE_CONFIG = 'config-br-default-channel'
export const CHANNEL_TEMPLATE_KEY = 'channel-template-spec'
/** The key's name in old releases, still read. */
export const LEGACY_CHANNEL_TEMPLATE_KEY = 'channelTemplateSpec'
/** The default type of a Channel. */
export const CHANNEL_DEFAULTS = 'default-ch-webhook'
export const CHANNEL_DEFAULTS_KEY = 'default-ch-config'
export const FEATURES_CONFIG = 'config-features'
export const SUGAR_CONFIG = 'config-sugar'
export const KAFKA_BROKER_CONFIG = 'kafka-broker-config'
export const KAFKA_CHANNEL_CONFIG = 'kafka-channel-config'

/** Keys of a Kafka broker's ConfigMap, and of the copies in the broker's status annotations. */
export const KafkaKey = {
  Partitions: 'default.topic.partitions',
  ReplicationFactor: 'default.topic.replication.factor',
  BootstrapServers: 'bootstrap.servers',
  AuthSecret: 'auth.secret.ref.name',
  Topic: 'default.topic',
} as const

export const BROKER_FINALIZER = 'brokers.eventing.knative.dev'
