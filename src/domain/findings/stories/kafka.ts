import {issue, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
import {kafkaConfigStories} from './kafka-config.js'
import {knativeKafkaStories} from './knative-kafka.js'

/** SFL-K: Kafka brokers, their ConfigMap, Secret and topic. */
export const kafkaStories = {
  'SFL-K01': {
    means: 'bootstrap.servers, default.topic.partitions and default.topic.replication.factor are all needed.',
    behaviour: 'There are no built-in numbers: a missing key counts as 0 or empty, and ConfigParsed is False.',
    repair: 'Add the keys; every value is a string.',
    sources: [section('5.4.6.2')],
  },
  'SFL-K02': {
    means: 'Partitions must be from 1 to 2147483647, the replication factor from 1 to 32767, in decimal digits.',
    behaviour: 'ConfigParsed is False.',
    repair: 'Correct the value.',
    sources: [section('5.4.6.2')],
  },
  'SFL-K03': {
    means: 'auth.secret.ref.name names a Secret that is not in the namespace of the ConfigMap.',
    behaviour: 'TopicReady is False: Failed to get broker auth secret.',
    repair: 'Create the Secret in the namespace of the ConfigMap.',
    sources: [section('5.4.6.3')],
  },
  'SFL-K04': {
    means: 'The Secret has the format of old Kafka channels (tls.enabled, saslType), or no protocol at all.',
    behaviour:
      'The control plane may still create the topic, but the broker ingress refuses it ("No security protocol specified"), and ProbeSucceeded stays False.',
    repair:
      'Add protocol (PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL) and sasl.mechanism; leave ca.crt out for a public CA.',
    sources: [section('5.4.6.3.2'), issue('knative-extensions/eventing-kafka-broker', 605)],
  },
  'SFL-K05': {
    means: 'The protocol of the Secret needs keys that are not there.',
    behaviour: 'TopicReady is False: Failed to obtain Kafka cluster admin.',
    repair: 'Add the keys.',
    sources: [section('5.4.6.3.1'), section('5.4.6.3.2')],
  },
  'SFL-K06': {
    means: 'Only Kafka brokers read the annotation kafka.eventing.knative.dev/external.topic.',
    behaviour: 'Other classes ignore it.',
    repair: 'Add --class Kafka.',
    sources: [section('5.4.6.1.2')],
  },
  'SFL-K07': {
    means: 'Whether a topic exists is known to Kafka only.',
    behaviour: 'A topic that is missing, internal or without partitions shows as TopicReady=False.',
    repair: 'Create the topic before the broker.',
    sources: [section('5.4.6.1.2')],
  },
  'SFL-K08': {
    means: 'The controller could not connect with these servers and credentials.',
    behaviour: 'TopicReady is False: Failed to obtain Kafka cluster admin.',
    repair: 'Check bootstrap.servers (host:port), the listener of that port, and the Secret.',
    sources: [issue('knative-extensions/eventing-kafka-broker', 309), issue('knative/eventing', 8526)],
  },
  'SFL-K09': {
    means: 'Kafka refused to create the topic.',
    behaviour:
      'TopicReady is False. A replication factor above the number of Kafka brokers and missing rights are the usual causes.',
    repair: 'Lower default.topic.replication.factor in the ConfigMap, or grant the right to create topics.',
    sources: [section('5.4.6.2')],
  },
  'SFL-K10': {
    means: 'The topic does not exist, has no partitions, is internal, or may not be described.',
    behaviour: 'An external topic is never created by Knative.',
    repair: 'Create the topic, or correct the annotation.',
    sources: [section('5.4.6.1.2'), issue('knative-extensions/eventing-kafka-broker', 977)],
  },
  'SFL-K11': {
    means: 'The receiver pods do not answer for the path of the broker.',
    behaviour:
      'NotReady: the receiver refused the settings (secret format) or has not loaded them. UnknownError: a network policy or service mesh is in between.',
    repair: 'Check the format of the Secret and the log of kafka-broker-receiver.',
    sources: [issue('knative/eventing', 6334)],
  },
  'SFL-K12': {
    means: 'The topic of the broker was never created: status has no default.topic.',
    behaviour: 'The controller answers "no topic annotated on broker" on every try and keeps its finalizer.',
    repair: 'Repair the broker until its topic exists, then delete it; or remove the finalizer by hand.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/broker/broker.go')],
  },
  'SFL-K13': {
    means: 'The ConfigMap that the broker names is gone, and the controller needs it to delete the topic.',
    behaviour: 'Without the copies in the status annotations the finalizer stays.',
    repair: 'Create the ConfigMap again before the deletion.',
    sources: [
      issue('knative-extensions/eventing-kafka-broker', 1580),
      issue('knative-extensions/eventing-kafka-broker', 2566),
    ],
  },
  'SFL-K14': {
    means: 'The topic of a Kafka broker belongs to it, unless it is external.',
    behaviour: 'With the broker its topic and all events in it are deleted; an external topic stays.',
    repair: 'Nothing to do.',
    sources: [section('5.4.6.1.2')],
  },
  'SFL-K15': {
    means: 'The Secret of the ConfigMap is gone, and the controller needs it to delete the topic.',
    behaviour: 'The finalizer stays until the Secret is back.',
    repair: 'Create the Secret again.',
    sources: [issue('knative-extensions/eventing-kafka-broker', 2211)],
  },
  'SFL-K16': {
    means: 'The controller hands the brokers to the data plane in a ConfigMap and could not do so.',
    behaviour: 'ConfigMapUpdated is False.',
    repair:
      'Check that the ConfigMap kafka-broker-brokers-triggers is not damaged and that kafka-controller may write it.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/base')],
  },
  'SFL-K48': {
    means: 'A broker of class Kafka or KafkaNamespaced is stored without spec.config, or would be.',
    behaviour:
      'kafka-controller reads spec.config without asking whether it is there: it crashes, starts again and crashes again. Until the broker is gone, nothing of Kafka is reconciled in the whole cluster: no broker, trigger, channel, sink or source. Deleting the broker ends at the same line, so the controller never takes its finalizer off.',
    repair:
      'Delete the broker and take the finalizer brokers.eventing.knative.dev off it by hand; then create it with a config. The config of a stored broker cannot be set.',
    sources: [
      upstream(
        'knative-extensions/eventing-kafka-broker',
        'control-plane/pkg/reconciler/broker/broker.go',
        'brokerConfigMap',
      ),
    ],
  },
  ...kafkaConfigStories,
  ...knativeKafkaStories,
} as const satisfies Stories
