import {type KubeObject} from '../../domain/object.js'
import {type KindInfo, type KindRegistry, resourceOf} from '../kinds/kind.js'

export interface Seed {
  load(manifests: readonly KubeObject[]): void
  registry: KindRegistry
  knative: boolean
  kafka: boolean
}

const system = 'knative-eventing'

const namespace = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {name, labels: {'kubernetes.io/metadata.name': name}},
  spec: {finalizers: ['kubernetes']},
  status: {phase: 'Active'},
})

const configMap = (name: string, data: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {name, namespace: system, labels: {'app.kubernetes.io/name': 'knative-eventing'}},
  data,
})

const workload = (kind: 'Deployment' | 'StatefulSet', name: string): KubeObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: {
    name,
    namespace: system,
    labels: {'app.kubernetes.io/name': 'knative-eventing', 'app.kubernetes.io/version': '1.16.0'},
  },
  spec: {
    replicas: 1,
    selector: {matchLabels: {app: name}},
    template: {metadata: {labels: {app: name}}, spec: {containers: [{name, image: `registry.local/knative/${name}`}]}},
  },
  status: {
    observedGeneration: 1,
    replicas: 1,
    readyReplicas: 1,
    updatedReplicas: 1,
    ...(kind === 'Deployment'
      ? {availableReplicas: 1, conditions: [{type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable'}]}
      : {currentReplicas: 1}),
  },
})

const pod = (app: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name: `${app}-7d9c5b8f6-x2x7q`, namespace: system, labels: {app}},
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

const knativeObjects = (): KubeObject[] => [
  namespace(system),
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
  configMap('config-sugar', {'namespace-selector': injected, 'trigger-selector': injected}),
  ...[
    'eventing-controller',
    'eventing-webhook',
    'mt-broker-controller',
    'mt-broker-filter',
    'mt-broker-ingress',
    'imc-controller',
    'imc-dispatcher',
  ].map((name) => workload('Deployment', name)),
]

const kafkaObjects = (): KubeObject[] => [
  configMap('kafka-broker-config', {
    'bootstrap.servers': 'my-cluster-kafka-bootstrap.kafka:9092',
    'default.topic.partitions': '10',
    'default.topic.replication.factor': '3',
  }),
  ...['kafka-controller', 'kafka-webhook-eventing', 'kafka-broker-receiver', 'kafka-channel-receiver'].map((name) =>
    workload('Deployment', name),
  ),
  workload('StatefulSet', 'kafka-broker-dispatcher'),
  workload('StatefulSet', 'kafka-channel-dispatcher'),
  pod('kafka-broker-receiver'),
]

/** What a kind's CustomResourceDefinition shows to those who list them. */
const definition = (kind: KindInfo): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {name: resourceOf(kind), ...(kind.crdLabels === undefined ? {} : {labels: {...kind.crdLabels}})},
  spec: {
    group: kind.group,
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    names: {
      plural: kind.plural,
      singular: kind.singular,
      kind: kind.kind,
      listKind: `${kind.kind}List`,
      ...(kind.shortNames.length > 0 ? {shortNames: [...kind.shortNames]} : {}),
      ...(kind.categories.length > 0 ? {categories: [...kind.categories]} : {}),
    },
    versions: kind.versions.map((name, index) => ({
      name,
      served: true,
      storage: index === 0,
      schema: {openAPIV3Schema: kind.schema},
      ...(kind.status ? {subresources: {status: {}}} : {}),
      additionalPrinterColumns: kind.columns.map((column) => ({...column})),
    })),
  },
  status: {
    acceptedNames: {plural: kind.plural, kind: kind.kind},
    conditions: [
      {type: 'NamesAccepted', status: 'True', reason: 'NoConflicts'},
      {type: 'Established', status: 'True', reason: 'InitialNamesAccepted'},
    ],
    storedVersions: [kind.versions[0]!],
  },
})

/** What is there before anybody asks for anything (names and values: knative/eventing and eventing-kafka-broker releases). */
export const seed = ({load, registry, knative, kafka}: Seed): void => {
  load(['default', 'kube-public', 'kube-system'].map(namespace))
  load(registry.kinds.filter(({builtin}) => !builtin).map(definition))
  if (knative) load(knativeObjects())
  if (knative && kafka) load(kafkaObjects())
}
