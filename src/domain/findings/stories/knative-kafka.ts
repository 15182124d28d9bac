import {issue, other, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-K35 to K47: how Kafka is installed for Knative. */
export const knativeKafkaStories = {
  'SFL-K35': {
    means: 'A condition of the KnativeKafka is not True.',
    behaviour:
      'DeploymentsAvailable and StatefulSetsAvailable wait for workloads, InstallSucceeded tells why manifests could not be applied.',
    repair: 'Look at the conditions and at the workloads that are not ready.',
    sources: [
      upstream('openshift-knative/serverless-operator', 'knative-operator/pkg/apis/operator/v1alpha1'),
      section('5.4.6.3'),
    ],
  },
  'SFL-K36': {
    means: 'Fewer pods than wanted are ready.',
    behaviour:
      'Without a ready receiver events are answered with 503 or not at all; without a dispatcher they are kept and not delivered.',
    repair: 'Look at the pods: image pulls, memory, node selectors, and the log.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'data-plane/config')],
  },
  'SFL-K37': {
    means: 'A part is switched on, and one of its workloads is not there.',
    behaviour: 'DataPlaneAvailable of the brokers is False: Did you install the data plane for this component?',
    repair: 'Wait for the operator, or apply the manifest of the part again.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'data-plane/config'), issue('knative/docs', 6411)],
  },
  'SFL-K38': {
    means: 'There are brokers, channels, sources or sinks of Kafka, and the part for them is not installed.',
    behaviour:
      'They take and deliver no events; a broker cannot even be deleted, because the controller that would remove its finalizer does not run.',
    repair: 'Enable the part, or enable it for as long as it takes to delete the objects.',
    sources: [upstream('openshift-knative/serverless-operator', 'knative-operator/pkg/controller/knativekafka')],
  },
  'SFL-K39': {
    means: 'spec.broker.enabled is true and spec.broker.defaultConfig.bootstrapServers is empty.',
    behaviour:
      'The operator writes an empty bootstrap.servers (and without defaultConfig 0 partitions) into kafka-broker-config; every broker that uses it fails.',
    repair: 'Name the servers with --bootstrap-servers.',
    sources: [
      upstream('openshift-knative/serverless-operator', 'knative-operator/pkg/controller/knativekafka'),
      section('5.4.6.3'),
    ],
  },
  'SFL-K40': {
    means: 'An enabled channel part needs bootstrap servers, and for its Secret both name and namespace.',
    behaviour: 'The webhook of the operator refuses the KnativeKafka.',
    repair: 'Name the servers with --bootstrap-servers.',
    sources: [upstream('openshift-knative/serverless-operator', 'knative-operator/pkg/webhook/knativekafka')],
  },
  'SFL-K41': {
    means: 'Kafka is an add-on of Knative Eventing, which is not installed in knative-eventing.',
    behaviour: 'The webhook refuses the KnativeKafka: KnativeEventing instance must be installed before KnativeKafka.',
    repair: 'Create the KnativeEventing and wait until it is ready.',
    sources: [upstream('openshift-knative/serverless-operator', 'knative-operator/pkg/webhook/knativekafka')],
  },
  'SFL-K42': {
    means: 'Only OpenShift Serverless has the kind KnativeKafka.',
    behaviour:
      'Elsewhere a part is there when its manifest was applied, by hand or through KnativeEventing.spec.additionalManifests.',
    repair: 'Apply or delete the manifest of the part.',
    sources: [
      other('knative-extensions/eventing-kafka-broker, its releases'),
      other('knative/operator, its documentation'),
    ],
  },
  'SFL-K43': {
    means: 'Objects of the part stay when it is switched off.',
    behaviour:
      'They take and deliver no events any more; brokers keep their finalizer, so that they cannot be deleted until the part is back. Topics and events in Kafka stay.',
    repair: 'Delete the objects first.',
    sources: [upstream('openshift-knative/serverless-operator', 'knative-operator/pkg/controller/knativekafka')],
  },
  'SFL-K44': {
    means: 'Something cannot be read (no permission).',
    behaviour: 'What is not seen may be in order or not.',
    repair: 'Ask somebody with more rights.',
    sources: [other('Kubernetes, "Using RBAC Authorization"')],
  },
  'SFL-K45': {
    means: 'Somebody deleted it, and its finalizer holds it until everything is removed.',
    behaviour: 'Changes have no effect any more.',
    repair: 'Wait until it is gone, then enable the parts again.',
    sources: [upstream('openshift-knative/serverless-operator', 'knative-operator/pkg/controller/knativekafka')],
  },
  'SFL-K46': {
    means: 'Brokers of class Kafka or KafkaNamespaced are there whose condition Ready is not True.',
    behaviour: 'Each tells why in its conditions.',
    repair: 'Describe the brokers.',
    sources: [section('5.4.7.2')],
  },
  'SFL-K47': {
    means: 'No KnativeKafka exists, so no part is enabled by one.',
    behaviour: 'Nothing is sent.',
    repair: 'Nothing to do.',
    sources: [section('5.4.6.3')],
  },
} as const satisfies Stories
