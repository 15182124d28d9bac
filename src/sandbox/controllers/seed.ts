import {KNATIVE_EVENTING, KNATIVE_KAFKA} from '../../domain/eventing/names.js'
import {type KubeObject} from '../../domain/core/object.js'
import {systemNamespace} from '../admission/config.js'
import {type Layout} from '../kinds/all.js'
import {acceptedStatus, definitionOf} from '../kinds/definition.js'
import {type KindRegistry} from '../kinds/kind.js'
import {
  eventingConfigMaps,
  eventingDeployments,
  kafkaConfigMaps,
  kafkaWorkloads,
  readyPod,
  readyStatus,
  workload,
} from './shipped.js'

export interface Seed {
  load(manifests: readonly KubeObject[]): void
  registry: KindRegistry
  knative: boolean
  kafka: boolean
  layout: Layout
}

/** Version of what release files installed. */
const version = '1.16.0'

const namespace = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {name, labels: {'kubernetes.io/metadata.name': name}},
  spec: {finalizers: ['kubernetes']},
  status: {phase: 'Active'},
})

const running = (kind: 'Deployment' | 'StatefulSet', name: string): KubeObject => ({
  ...workload(kind, name, version),
  status: readyStatus(kind, 1),
})

// Injection is on as OpenShift ships it, so that a rehearsal of it needs no preparation.
const knativeObjects = (): KubeObject[] => [
  ...eventingConfigMaps('openshift'),
  ...eventingDeployments.map((name) => running('Deployment', name)),
]

const kafkaObjects = (): KubeObject[] => [
  ...kafkaConfigMaps(),
  ...[kafkaWorkloads.controller, kafkaWorkloads.broker, kafkaWorkloads.channel]
    .flat()
    .map(([kind, name]) => running(kind, name)),
  readyPod('kafka-broker-receiver', 'kafka-broker-receiver-7d9c5b8f6-x2x7q'),
]

/** What is there before anybody asks for anything (names and values: knative/eventing and eventing-kafka-broker releases). */
export const seed = ({load, registry, knative, kafka, layout}: Seed): void => {
  load(['default', 'kube-public', 'kube-system'].map(namespace))
  load(
    registry.kinds
      .filter(({builtin}) => !builtin)
      .map((kind) => {
        const definition = definitionOf(kind)
        return {...definition, status: acceptedStatus(definition)}
      }),
  )
  if (!knative) return
  load([namespace(systemNamespace)])
  if (layout === 'knative') load(knativeObjects())
  if (kafka && layout !== 'openshift') load(kafkaObjects())
}

/** The operators' resources of a layout: the rest of the installation is the operators' work. */
export const operatorResources = ({knative, kafka, layout}: Pick<Seed, 'knative' | 'kafka' | 'layout'>) =>
  !knative || layout === 'knative'
    ? []
    : [
        {
          ...KNATIVE_EVENTING,
          metadata: {name: 'knative-eventing', namespace: systemNamespace},
          spec: {},
        },
        ...(layout === 'openshift' && kafka
          ? [
              {
                ...KNATIVE_KAFKA,
                metadata: {name: 'knative-kafka', namespace: systemNamespace},
                spec: {
                  broker: {
                    enabled: true,
                    defaultConfig: {
                      bootstrapServers: 'my-cluster-kafka-bootstrap.kafka:9092',
                      numPartitions: 10,
                      replicationFactor: 3,
                    },
                  },
                  channel: {enabled: false},
                  source: {enabled: false},
                },
              },
            ]
          : []),
      ]
