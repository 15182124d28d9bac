import {type KubeObject} from '../../domain/core/object.js'
import {systemNamespace} from '../admission/config.js'

/** Whose release it is: OpenShift Serverless ships some settings that are empty upstream. */
export type Flavour = 'openshift' | 'upstream'

/** Versions as the workloads' labels and the operators' statuses give them. */
export const versions: Readonly<Record<Flavour, string>> = {openshift: '1.21.0', upstream: '1.22.0'}

/** A ConfigMap of a release. */
export const configMap = (name: string, data: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {name, namespace: systemNamespace, labels: {'app.kubernetes.io/name': 'knative-eventing'}},
  data,
})

export type WorkloadKind = 'Deployment' | 'StatefulSet'

/** A workload of a release as its manifest has it: no status. */
export const workload = (
  kind: WorkloadKind,
  name: string,
  version: string,
  {replicas = 1, args}: {replicas?: number; args?: readonly string[]} = {},
): KubeObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: {
    name,
    namespace: systemNamespace,
    labels: {'app.kubernetes.io/name': 'knative-eventing', 'app.kubernetes.io/version': version},
  },
  spec: {
    replicas,
    selector: {matchLabels: {app: name}},
    template: {
      metadata: {labels: {app: name}},
      spec: {
        containers: [{name, image: `registry.local/knative/${name}`, ...(args === undefined ? {} : {args: [...args]})}],
      },
    },
  },
})

/** What a workload says of itself when all its pods are ready. */
export const readyStatus = (kind: string, replicas: number): Record<string, unknown> => ({
  observedGeneration: 1,
  replicas,
  readyReplicas: replicas,
  updatedReplicas: replicas,
  ...(kind === 'Deployment'
    ? {
        availableReplicas: replicas,
        conditions: [{type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable'}],
      }
    : {currentReplicas: replicas}),
})

/** A pod that is ready. */
export const readyPod = (app: string, name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name, namespace: systemNamespace, labels: {app}},
  spec: {containers: [{name: app, image: `registry.local/knative/${app}`}]},
  status: {
    phase: 'Running',
    podIP: '10.244.0.20',
    conditions: [{type: 'Ready', status: 'True'}],
    containerStatuses: [{name: app, ready: true, restartCount: 0}],
  },
})

/** The injection selectors that OpenShift ships; upstream they are empty. */
const injected = `matchExpressions:
- key: "eventing.knative.dev/injection"
  operator: "In"
  values: ["enabled"]
`

const inMemory = `apiVersion: messaging.knative.dev/v1
kind: InMemoryChannel
`

/** ConfigMaps of Knative Eventing (knative/eventing config/core/configmaps). */
export const eventingConfigMaps = (flavour: Flavour): KubeObject[] => [
  configMap('config-br-defaults', {
    'default-br-config': `clusterDefault:
  brokerClass: MTChannelBasedBroker
  apiVersion: v1
  kind: ConfigMap
  name: config-br-default-channel
  namespace: knative-eventing
  delivery:
    retry: 10
    backoffPolicy: exponential
    backoffDelay: PT0.2S
`,
  }),
  configMap('config-br-default-channel', {'channel-template-spec': inMemory}),
  configMap('default-ch-webhook', {
    'default-ch-config': `clusterDefault:
  apiVersion: messaging.knative.dev/v1
  kind: InMemoryChannel
`,
  }),
  configMap('config-features', {
    'kreference-group': 'disabled',
    'delivery-retryafter': 'disabled',
    'delivery-timeout': 'enabled',
    'kreference-mapping': 'disabled',
    'transport-encryption': 'disabled',
    'eventtype-auto-create': 'disabled',
    'authentication-oidc': 'disabled',
    'default-authorization-mode': 'allow-same-namespace',
    'cross-namespace-event-links': 'disabled',
    'new-apiserversource-filters': 'disabled',
  }),
  configMap(
    'config-sugar',
    flavour === 'openshift'
      ? {'namespace-selector': injected, 'trigger-selector': injected}
      : {_example: '# An empty selector is off, which is the default:\nnamespace-selector: ""\ntrigger-selector: ""\n'},
  ),
]

/** Deployments of Knative Eventing. */
export const eventingDeployments = [
  'eventing-controller',
  'eventing-webhook',
  'mt-broker-controller',
  'mt-broker-filter',
  'mt-broker-ingress',
  'imc-controller',
  'imc-dispatcher',
] as const

const bootstrapServers = 'my-cluster-kafka-bootstrap.kafka:9092'

/** ConfigMaps of the Kafka add-on's controller (eventing-kafka-broker control-plane/config). */
export const kafkaConfigMaps = (): KubeObject[] => [
  configMap('kafka-broker-config', {
    'bootstrap.servers': bootstrapServers,
    'default.topic.partitions': '10',
    'default.topic.replication.factor': '3',
  }),
  configMap('kafka-channel-config', {'bootstrap.servers': bootstrapServers}),
]

/** Parts of the Kafka add-on that can be installed one by one; the controller serves all others. */
export const kafkaParts = ['controller', 'broker', 'channel', 'sink', 'source'] as const
export type KafkaPart = (typeof kafkaParts)[number]

/** Workloads of each part (eventing-kafka-broker data-plane/config, control-plane/config). */
export const kafkaWorkloads: Readonly<Record<KafkaPart, ReadonlyArray<readonly [WorkloadKind, string]>>> = {
  controller: [
    ['Deployment', 'kafka-controller'],
    ['Deployment', 'kafka-webhook-eventing'],
  ],
  broker: [
    ['Deployment', 'kafka-broker-receiver'],
    ['StatefulSet', 'kafka-broker-dispatcher'],
  ],
  channel: [
    ['Deployment', 'kafka-channel-receiver'],
    ['StatefulSet', 'kafka-channel-dispatcher'],
  ],
  sink: [['Deployment', 'kafka-sink-receiver']],
  source: [['StatefulSet', 'kafka-source-dispatcher']],
}
