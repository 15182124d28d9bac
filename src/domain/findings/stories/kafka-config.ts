import {issue, other, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-K17 to K34: ConfigMaps of Kafka brokers, and what changes of them do. */
export const kafkaConfigStories = {
  'SFL-K17': {
    means: 'These settings are used at the moment in which the topic of a broker is created.',
    behaviour:
      'A topic that exists is never changed by Knative; status annotations show the configured numbers, not the real ones.',
    repair: 'Change an existing topic in Kafka itself, or recreate the broker.',
    sources: [
      section('5.4.6.2'),
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/kafka/topic.go'),
    ],
  },
  'SFL-K18': {
    means: 'Controller and data plane read bootstrap.servers again as soon as the ConfigMap changes.',
    behaviour:
      'If the servers belong to another Kafka cluster, empty topics are created there; events in the old topics are not delivered any more.',
    repair:
      'Make a ConfigMap of its own for the other cluster, and new brokers with it; or let the old events be delivered first.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/broker/broker.go')],
  },
  'SFL-K19': {
    means: 'A ConfigMap of this name is there, so it cannot be created.',
    behaviour: 'The server answers AlreadyExists.',
    repair: 'Change it with "kafka config update" or "kafka config apply", or create with --if-not-exists.',
    sources: [section('5.4.6.2')],
  },
  'SFL-K20': {
    means: 'With --if-not-exists an existing ConfigMap is left as it is.',
    behaviour: 'Nothing is sent.',
    repair: 'Use "kafka config apply" to make it be as the flags say.',
    sources: [section('5.4.6.2')],
  },
  'SFL-K21': {
    means: 'Somebody deleted it, and a finalizer holds it.',
    behaviour: 'It goes away whatever is changed now.',
    repair: 'Wait until it is gone, then create it again.',
    sources: [other('Kubernetes, "Finalizers"')],
  },
  'SFL-K22': {
    means: 'The config of a broker cannot be changed, so it will look for this ConfigMap as long as it exists.',
    behaviour:
      'A broker that has been reconciled lives on from the copies in its status; one that has not gets no topic, and its finalizer can never finish.',
    repair: 'Delete the brokers first; --force deletes the ConfigMap all the same.',
    sources: [
      issue('knative-extensions/eventing-kafka-broker', 1580),
      issue('knative-extensions/eventing-kafka-broker', 2566),
    ],
  },
  'SFL-K23': {
    means: 'config-br-defaults names it for brokers that are created without a config.',
    behaviour: 'Every such broker would fail from then on.',
    repair: 'Name another config in config-br-defaults first.',
    sources: [section('5.4.5')],
  },
  'SFL-K24': {
    means: 'The setting is none of those that Kafka documents for topics.',
    behaviour:
      'Settings are passed on as they are; Kafka refuses to create a topic with one that it does not know (TopicReady is False).',
    repair: 'Correct the name, or make sure that your release of Kafka has it.',
    sources: [
      other('Apache Kafka, "Topic Configs"'),
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/kafka/topic.go'),
    ],
  },
  'SFL-K25': {
    means: 'min.insync.replicas is larger than the replication factor.',
    behaviour: 'The broker becomes ready, and its ingress answers 503 to every event: NOT_ENOUGH_REPLICAS.',
    repair: 'Lower min.insync.replicas or raise the replication factor before the topic is created.',
    sources: [issue('knative-extensions/eventing-kafka-broker', 2805)],
  },
  'SFL-K26': {
    means: 'The name of the Secret is read again as soon as the ConfigMap changes.',
    behaviour: 'Controller and data plane connect with the credentials of the new Secret.',
    repair: 'Nothing to do; "kafka config describe" shows whether the brokers are still ready.',
    sources: [
      section('5.4.6.3'),
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/broker/broker.go'),
    ],
  },
  'SFL-K27': {
    means: 'knative-eventing/kafka-broker-config is shipped with the Kafka broker, and commands and documents name it.',
    behaviour: 'No broker uses it now; Kafka brokers that are made as documented later on would not find it.',
    repair: 'Create it again with "kafka config create".',
    sources: [section('5.4.6.2')],
  },
  'SFL-K28': {
    means: 'It has none of the Kafka keys, and no Kafka broker names it.',
    behaviour: 'It is read by something else, which the change might break.',
    repair: 'Check the name; --force changes it all the same.',
    sources: [section('5.4.6.2')],
  },
  'SFL-K29': {
    means: 'The Kafka broker does not read these keys.',
    behaviour:
      'Unknown keys are ignored without a word; brokers read the Secret in the namespace of the ConfigMap, whatever auth.secret.ref.namespace says.',
    repair: 'Correct or remove the keys.',
    sources: [
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/kafka/topic.go'),
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/security'),
    ],
  },
  'SFL-K30': {
    means: 'A ConfigMap of your own does nothing until a broker names it.',
    behaviour: 'The config of a broker is chosen when it is created and never changed.',
    repair: 'Create brokers with --broker-config.',
    sources: [section('5.4.6.2')],
  },
  'SFL-K31': {
    means: 'Knative does not check bootstrap.servers; Kafka clients need host and port of every server.',
    behaviour: 'TopicReady is False: Failed to obtain Kafka cluster admin.',
    repair: 'Correct bootstrap.servers.',
    sources: [section('5.4.6.2'), issue('knative-extensions/eventing-kafka-broker', 309)],
  },
  'SFL-K32': {
    means: 'The brokers of all namespaces, or config-br-defaults, cannot be read (no permission).',
    behaviour: 'Brokers that are not seen use the ConfigMap all the same.',
    repair: 'Ask somebody who may list brokers in all namespaces.',
    sources: [other('Kubernetes, "Using RBAC Authorization"')],
  },
  'SFL-K33': {
    means: 'The ConfigMap is written from a resource of an operator.',
    behaviour: 'It is back within seconds, with what the resource says.',
    repair: 'Change the resource; without the part it is for, the ConfigMap goes away by itself.',
    sources: [upstream('openshift-knative/serverless-operator', 'knative-operator/pkg/controller/knativekafka')],
  },
  'SFL-K34': {
    means: 'It was created with immutable: true.',
    behaviour: 'The server refuses every change of its data, forever.',
    repair: 'Delete it and create it again; the brokers that use it live on from the copies in their status meanwhile.',
    sources: [other('Kubernetes, "ConfigMaps", immutable ConfigMaps')],
  },
} as const satisfies Stories
