import {type Kind} from './kind.js'

/** Every kind of which there is a row, in the version that the program asks for. */

export const SERVICE: Kind = {apiVersion: 'v1', kind: 'Service'}
export const CONFIG_MAP: Kind = {apiVersion: 'v1', kind: 'ConfigMap'}
export const SECRET: Kind = {apiVersion: 'v1', kind: 'Secret'}
export const NAMESPACE: Kind = {apiVersion: 'v1', kind: 'Namespace'}
export const EVENT: Kind = {apiVersion: 'v1', kind: 'Event'}
export const POD: Kind = {apiVersion: 'v1', kind: 'Pod'}
export const ENDPOINTS: Kind = {apiVersion: 'v1', kind: 'Endpoints'}
export const ENDPOINT_SLICE: Kind = {apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice'}
export const SERVICE_ACCOUNT: Kind = {apiVersion: 'v1', kind: 'ServiceAccount'}
export const DEPLOYMENT: Kind = {apiVersion: 'apps/v1', kind: 'Deployment'}
export const STATEFUL_SET: Kind = {apiVersion: 'apps/v1', kind: 'StatefulSet'}
export const REPLICA_SET: Kind = {apiVersion: 'apps/v1', kind: 'ReplicaSet'}
export const DAEMON_SET: Kind = {apiVersion: 'apps/v1', kind: 'DaemonSet'}
export const JOB: Kind = {apiVersion: 'batch/v1', kind: 'Job'}
export const CRON_JOB: Kind = {apiVersion: 'batch/v1', kind: 'CronJob'}
export const DISRUPTION_BUDGET: Kind = {apiVersion: 'policy/v1', kind: 'PodDisruptionBudget'}
export const NETWORK_POLICY: Kind = {apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy'}
export const AUTOSCALER: Kind = {apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler'}
export const CUSTOM_RESOURCE: Kind = {apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition'}
/** Events of the newer group; the same objects as those of the core group. */
export const GROUP_EVENT: Kind = {apiVersion: 'events.k8s.io/v1', kind: 'Event'}

/** Knative Serving. */
export const KNATIVE_SERVICE: Kind = {apiVersion: 'serving.knative.dev/v1', kind: 'Service'}
export const KNATIVE_ROUTE: Kind = {apiVersion: 'serving.knative.dev/v1', kind: 'Route'}
export const KNATIVE_CONFIGURATION: Kind = {apiVersion: 'serving.knative.dev/v1', kind: 'Configuration'}
export const KNATIVE_REVISION: Kind = {apiVersion: 'serving.knative.dev/v1', kind: 'Revision'}

/** Knative Eventing, and its Kafka add-on. */
export const BROKER: Kind = {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker'}
export const TRIGGER: Kind = {apiVersion: 'eventing.knative.dev/v1', kind: 'Trigger'}
export const EVENT_TYPE: Kind = {apiVersion: 'eventing.knative.dev/v1beta2', kind: 'EventType'}
export const EVENT_POLICY: Kind = {apiVersion: 'eventing.knative.dev/v1alpha1', kind: 'EventPolicy'}
export const EVENT_TRANSFORM: Kind = {apiVersion: 'eventing.knative.dev/v1alpha1', kind: 'EventTransform'}
export const REQUEST_REPLY: Kind = {apiVersion: 'eventing.knative.dev/v1alpha1', kind: 'RequestReply'}
export const CHANNEL: Kind = {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel'}
export const SUBSCRIPTION: Kind = {apiVersion: 'messaging.knative.dev/v1', kind: 'Subscription'}
export const IN_MEMORY_CHANNEL: Kind = {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'}
export const KAFKA_CHANNEL: Kind = {apiVersion: 'messaging.knative.dev/v1beta1', kind: 'KafkaChannel'}
export const SEQUENCE: Kind = {apiVersion: 'flows.knative.dev/v1', kind: 'Sequence'}
export const PARALLEL: Kind = {apiVersion: 'flows.knative.dev/v1', kind: 'Parallel'}
export const KAFKA_SINK: Kind = {apiVersion: 'eventing.knative.dev/v1alpha1', kind: 'KafkaSink'}
export const JOB_SINK: Kind = {apiVersion: 'sinks.knative.dev/v1alpha1', kind: 'JobSink'}
export const INTEGRATION_SINK: Kind = {apiVersion: 'sinks.knative.dev/v1alpha1', kind: 'IntegrationSink'}
export const API_SERVER_SOURCE: Kind = {apiVersion: 'sources.knative.dev/v1', kind: 'ApiServerSource'}
export const CONTAINER_SOURCE: Kind = {apiVersion: 'sources.knative.dev/v1', kind: 'ContainerSource'}
export const PING_SOURCE: Kind = {apiVersion: 'sources.knative.dev/v1', kind: 'PingSource'}
export const KAFKA_SOURCE: Kind = {apiVersion: 'sources.knative.dev/v1beta1', kind: 'KafkaSource'}
export const INTEGRATION_SOURCE: Kind = {apiVersion: 'sources.knative.dev/v1alpha1', kind: 'IntegrationSource'}
export const SINK_BINDING: Kind = {apiVersion: 'sources.knative.dev/v1', kind: 'SinkBinding'}
export const CONSUMER_GROUP: Kind = {apiVersion: 'internal.kafka.eventing.knative.dev/v1alpha1', kind: 'ConsumerGroup'}
export const CONSUMER: Kind = {apiVersion: 'internal.kafka.eventing.knative.dev/v1alpha1', kind: 'Consumer'}

/** The operators that install Knative (document 5.4.4 to 5.4.6.3), and those beside it. */
export const KNATIVE_EVENTING: Kind = {apiVersion: 'operator.knative.dev/v1beta1', kind: 'KnativeEventing'}
export const KNATIVE_SERVING: Kind = {apiVersion: 'operator.knative.dev/v1beta1', kind: 'KnativeServing'}
export const KNATIVE_KAFKA: Kind = {apiVersion: 'operator.serverless.openshift.io/v1alpha1', kind: 'KnativeKafka'}
export const KAFKA_CLUSTER: Kind = {apiVersion: 'kafka.strimzi.io/v1beta2', kind: 'Kafka'}
export const KAFKA_TOPIC: Kind = {apiVersion: 'kafka.strimzi.io/v1beta2', kind: 'KafkaTopic'}
export const KAFKA_USER: Kind = {apiVersion: 'kafka.strimzi.io/v1beta2', kind: 'KafkaUser'}
export const RABBITMQ_CLUSTER: Kind = {apiVersion: 'rabbitmq.com/v1beta1', kind: 'RabbitmqCluster'}

/** SonataFlow, as its operator serves it. */
export const SONATAFLOW_GROUP = 'sonataflow.org'
export const SONATAFLOW_API = 'sonataflow.org/v1alpha08'
export const PLATFORM: Kind = {apiVersion: SONATAFLOW_API, kind: 'SonataFlowPlatform'}
export const CLUSTER_PLATFORM: Kind = {apiVersion: SONATAFLOW_API, kind: 'SonataFlowClusterPlatform'}
export const WORKFLOW: Kind = {apiVersion: SONATAFLOW_API, kind: 'SonataFlow'}
export const WORKFLOW_BUILD: Kind = {apiVersion: SONATAFLOW_API, kind: 'SonataFlowBuild'}
