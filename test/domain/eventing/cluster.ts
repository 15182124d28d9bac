import {printCommands} from '../../../src/domain/core/commands.js'
import {readBrokerDefaults} from '../../../src/domain/eventing/cluster-defaults/broker-defaults.js'
import {
  type ConfigMapFacts,
  type CreateFacts,
  type DescribeFacts,
  type Trigger,
} from '../../../src/domain/eventing/broker/facts.js'
import {defaultFeatures} from '../../../src/domain/eventing/features.js'
import {type Finding} from '../../../src/domain/findings/finding.js'
import {type KubeObject} from '../../../src/domain/core/object.js'

/** A cluster as upstream ships it, with the Kafka add-on; every test says what it changes. */

export const kafkaData = {
  'bootstrap.servers': 'my-cluster-kafka-bootstrap.kafka:9092',
  'default.topic.partitions': '10',
  'default.topic.replication.factor': '3',
}
export const kafkaConfig: ConfigMapFacts = {data: kafkaData, channelTemplate: {fault: 'it is empty or missing'}}
export const channelConfig: ConfigMapFacts = {
  data: {'channel-template-spec': 'apiVersion: messaging.knative.dev/v1\nkind: InMemoryChannel\n'},
  channelTemplate: {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'},
}
export const stockDefaults = {
  clusterDefault: {
    brokerClass: 'MTChannelBasedBroker',
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: 'config-br-default-channel',
    namespace: 'knative-eventing',
    delivery: {retry: 10, backoffPolicy: 'exponential', backoffDelay: 'PT0.2S'},
  },
}

export const cluster = (changes: Partial<CreateFacts> = {}): CreateFacts => ({
  existing: 'absent',
  defaults: {defaults: readBrokerDefaults(stockDefaults)},
  features: defaultFeatures,
  configs: {
    'knative-eventing/kafka-broker-config': kafkaConfig,
    'knative-eventing/config-br-default-channel': channelConfig,
    ...changes.configs,
  },
  deployments: {
    'kafka-controller': 1,
    'kafka-broker-receiver': 1,
    'mt-broker-controller': 1,
    'mt-broker-ingress': 1,
    'mt-broker-filter': 1,
  },
  ...Object.fromEntries(Object.entries(changes).filter(([field]) => field !== 'configs')),
})

export const aBroker = (
  changes: {metadata?: object; spec?: object; status?: object; className?: string} = {},
): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {
    name: 'orders',
    namespace: 'shop',
    annotations: {'eventing.knative.dev/broker.class': changes.className ?? 'Kafka'},
    ...changes.metadata,
  },
  spec: {
    config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka-broker-config', namespace: 'knative-eventing'},
    ...changes.spec,
  },
  ...(changes.status === undefined ? {} : {status: changes.status}),
})

export const aTrigger = (name: string, changes: Partial<Trigger> & {spec?: object; status?: object} = {}): Trigger => {
  const {spec, status, ...rest} = changes
  return {
    name,
    namespace: 'shop',
    labels: {},
    annotations: {},
    broker: 'orders',
    object: {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: {name, namespace: 'shop'},
      spec: spec ?? {},
      status: status ?? {},
    },
    ...rest,
  }
}

export const describing = (broker: KubeObject, changes: Partial<DescribeFacts> = {}): DescribeFacts => ({
  ...cluster(),
  broker,
  triggers: [],
  sugar: {namespaceSelector: 'off', triggerSelector: 'off'},
  namespaceLabels: {},
  config: kafkaConfig,
  ...changes,
})

/** One line per finding, with its repair below. */
export const told = (findings: readonly Finding[]): string =>
  findings
    .map(
      ({code, level, message, repair}) =>
        `${level} ${code} ${message}${repair === undefined ? '' : `\n  ${printCommands(repair).replaceAll('\n', '\n  ')}`}`,
    )
    .join('\n')
