import {type Kind, groupOf} from '../domain/core/object.js'

/** How a kind is addressed in URLs. */
export interface Resource {
  plural: string
  namespaced: boolean
}

const CLUSTER_SCOPED = new Set(['Namespace', 'CustomResourceDefinition', 'SonataFlowClusterPlatform'])

/**
 * The kinds that the program works with, so that no discovery request is needed for them. What has an irregular plural
 * is written `Kind/plural`. Versions are not listed: a plural is the same in all versions of a group.
 */
const KINDS: Readonly<Record<string, string>> = {
  '': 'Service ConfigMap Secret Namespace Event Pod ServiceAccount',
  apps: 'Deployment StatefulSet ReplicaSet DaemonSet',
  batch: 'Job CronJob',
  'discovery.k8s.io': 'EndpointSlice',
  policy: 'PodDisruptionBudget',
  'networking.k8s.io': 'NetworkPolicy/networkpolicies',
  autoscaling: 'HorizontalPodAutoscaler',
  'apiextensions.k8s.io': 'CustomResourceDefinition',
  'events.k8s.io': 'Event',
  'eventing.knative.dev': 'Broker Trigger EventType KafkaSink',
  'messaging.knative.dev': 'Channel Subscription InMemoryChannel KafkaChannel',
  'flows.knative.dev': 'Sequence Parallel',
  'sources.knative.dev': 'KafkaSource SinkBinding ApiServerSource PingSource ContainerSource',
  'operator.knative.dev': 'KnativeEventing KnativeServing',
  'operator.serverless.openshift.io': 'KnativeKafka',
  'internal.kafka.eventing.knative.dev': 'ConsumerGroup Consumer',
  'serving.knative.dev': 'Service Route Configuration Revision',
  'sonataflow.org': 'SonataFlow SonataFlowPlatform SonataFlowClusterPlatform SonataFlowBuild',
  'kafka.strimzi.io': 'Kafka KafkaTopic KafkaUser',
}

const KNOWN = new Map(
  Object.entries(KINDS).flatMap(([group, kinds]) =>
    kinds.split(' ').map((entry): [string, Resource] => {
      const [kind = '', plural = `${kind.toLowerCase()}s`] = entry.split('/')
      return [`${group}/${kind}`, {plural, namespaced: !CLUSTER_SCOPED.has(kind)}]
    }),
  ),
)

/** `undefined` for kinds that have to be looked up in discovery. */
export const knownResource = ({apiVersion, kind}: Kind): Resource | undefined =>
  KNOWN.get(`${groupOf(apiVersion)}/${kind}`)

/** `/apis/eventing.knative.dev/v1` */
export const versionPath = (apiVersion: string): string =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`

/** `/apis/eventing.knative.dev/v1/namespaces/demo/brokers/orders`; without a namespace: cluster-wide. */
export const resourcePath = (
  apiVersion: string,
  {plural, namespaced}: Resource,
  {namespace, name}: {namespace?: string | undefined; name?: string | undefined},
): string =>
  [
    versionPath(apiVersion),
    ...(namespaced && namespace !== undefined ? ['namespaces', encodeURIComponent(namespace)] : []),
    plural,
    ...(name === undefined ? [] : [encodeURIComponent(name)]),
  ].join('/')

/** `brokers.eventing.knative.dev`, `secrets`: as messages of the server name a resource. */
export const resourceName = (apiVersion: string, {plural}: Resource): string => {
  const group = groupOf(apiVersion)
  return group === '' ? plural : `${plural}.${group}`
}
