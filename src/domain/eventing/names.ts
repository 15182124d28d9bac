import {type Ref} from '../core/object.js'
import {BROKER, CHANNEL, SUBSCRIPTION, TRIGGER} from '../kinds/names.js'

export {
  API_SERVER_SOURCE,
  BROKER,
  CHANNEL,
  CONFIG_MAP,
  CONTAINER_SOURCE,
  CUSTOM_RESOURCE,
  DEPLOYMENT,
  EVENT,
  IN_MEMORY_CHANNEL,
  KAFKA_CHANNEL,
  KAFKA_SINK,
  KAFKA_SOURCE,
  KNATIVE_EVENTING,
  KNATIVE_KAFKA,
  KNATIVE_SERVICE,
  NAMESPACE,
  PARALLEL,
  PING_SOURCE,
  POD,
  RABBITMQ_CLUSTER,
  SECRET,
  SEQUENCE,
  SERVICE,
  SINK_BINDING,
  STATEFUL_SET,
  SUBSCRIPTION,
  TRIGGER,
} from '../kinds/names.js'

/** Where Knative Eventing and its Kafka add-on live. */
export const SYSTEM_NAMESPACE = 'knative-eventing'

export const brokerRef = (name: string, namespace: string): Ref => ({...BROKER, name, namespace})
export const triggerRef = (name: string, namespace: string): Ref => ({...TRIGGER, name, namespace})
export const channelRef = (name: string, namespace: string): Ref => ({...CHANNEL, name, namespace})
export const subscriptionRef = (name: string, namespace: string): Ref => ({...SUBSCRIPTION, name, namespace})

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
