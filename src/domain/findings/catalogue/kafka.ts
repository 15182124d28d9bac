import {kafkaConfigCatalogue} from './kafka-config.js'
import {knativeKafkaCatalogue} from './knative-kafka.js'

/** SFL-K: Kafka brokers, their ConfigMap, Secret and topic. */
export const kafkaFindings = {
  'SFL-K01': {
    level: 'error',
    title: 'Keys are missing in the Kafka broker ConfigMap',
    means: 'bootstrap.servers, default.topic.partitions and default.topic.replication.factor are all needed.',
    behaviour: 'There are no built-in numbers: a missing key counts as 0 or empty, and ConfigParsed is False.',
    repair: 'Add the keys; every value is a string.',
    documented: 'document 5.4.6.2',
  },
  'SFL-K02': {
    level: 'error',
    title: 'A number in the Kafka broker ConfigMap cannot be read',
    means: 'Partitions must be from 1 to 2147483647, the replication factor from 1 to 32767, in decimal digits.',
    behaviour: 'ConfigParsed is False.',
    repair: 'Correct the value.',
    documented: 'document 5.4.6.2',
  },
  'SFL-K03': {
    level: 'error',
    title: 'The Kafka secret does not exist',
    means: 'auth.secret.ref.name names a Secret that is not in the namespace of the ConfigMap.',
    behaviour: 'TopicReady is False: Failed to get broker auth secret.',
    repair: 'Create the Secret in the namespace of the ConfigMap.',
    documented: 'document 5.4.6.3',
  },
  'SFL-K04': {
    level: 'error',
    title: 'The Kafka secret has no protocol',
    means: 'The Secret has the format of old Kafka channels (tls.enabled, saslType), or no protocol at all.',
    behaviour:
      'The control plane may still create the topic, but the broker ingress refuses it ("No security protocol specified"), and ProbeSucceeded stays False.',
    repair:
      'Add protocol (PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL) and sasl.mechanism; leave ca.crt out for a public CA.',
    documented: 'document 5.4.6.3.2; eventing-kafka-broker issue 605',
  },
  'SFL-K05': {
    level: 'error',
    title: 'The Kafka secret is incomplete',
    means: 'The protocol of the Secret needs keys that are not there.',
    behaviour: 'TopicReady is False: Failed to obtain Kafka cluster admin.',
    repair: 'Add the keys.',
    documented: 'document 5.4.6.3.1, 5.4.6.3.2',
  },
  'SFL-K06': {
    level: 'error',
    title: 'An external topic needs class Kafka',
    means: 'Only Kafka brokers read the annotation kafka.eventing.knative.dev/external.topic.',
    behaviour: 'Other classes ignore it.',
    repair: 'Add --class Kafka.',
    documented: 'document 5.4.6.1.2',
  },
  'SFL-K07': {
    level: 'note',
    title: 'The external topic was not looked at',
    means: 'Whether a topic exists is known to Kafka only.',
    behaviour: 'A topic that is missing, internal or without partitions shows as TopicReady=False.',
    repair: 'Create the topic before the broker.',
    documented: 'document 5.4.6.1.2',
  },
  'SFL-K08': {
    level: 'error',
    title: 'Kafka cannot be reached',
    means: 'The controller could not connect with these servers and credentials.',
    behaviour: 'TopicReady is False: Failed to obtain Kafka cluster admin.',
    repair: 'Check bootstrap.servers (host:port), the listener of that port, and the Secret.',
    documented: 'eventing-kafka-broker issue 309; knative/eventing issue 8526',
  },
  'SFL-K09': {
    level: 'error',
    title: 'The topic could not be created',
    means: 'Kafka refused to create the topic.',
    behaviour:
      'TopicReady is False. A replication factor above the number of Kafka brokers and missing rights are the usual causes.',
    repair: 'Lower default.topic.replication.factor in the ConfigMap, or grant the right to create topics.',
    documented: 'document 5.4.6.2',
  },
  'SFL-K10': {
    level: 'error',
    title: 'The topic is not there or not usable',
    means: 'The topic does not exist, has no partitions, is internal, or may not be described.',
    behaviour: 'An external topic is never created by Knative.',
    repair: 'Create the topic, or correct the annotation.',
    documented: 'document 5.4.6.1.2; eventing-kafka-broker issue 977',
  },
  'SFL-K11': {
    level: 'error',
    title: 'The broker ingress does not know the broker',
    means: 'The receiver pods do not answer for the path of the broker.',
    behaviour:
      'NotReady: the receiver refused the settings (secret format) or has not loaded them. UnknownError: a network policy or service mesh is in between.',
    repair: 'Check the format of the Secret and the log of kafka-broker-receiver.',
    documented: 'knative/eventing issue 6334',
  },
  'SFL-K12': {
    level: 'warning',
    title: 'The finalizer will not find the topic',
    means: 'The topic of the broker was never created: status has no default.topic.',
    behaviour: 'The controller answers "no topic annotated on broker" on every try and keeps its finalizer.',
    repair: 'Repair the broker until its topic exists, then delete it; or remove the finalizer by hand.',
    documented: 'eventing-kafka-broker control-plane/pkg/reconciler/broker/broker.go',
  },
  'SFL-K13': {
    level: 'warning',
    title: 'The finalizer will not find the ConfigMap',
    means: 'The ConfigMap that the broker names is gone, and the controller needs it to delete the topic.',
    behaviour: 'Without the copies in the status annotations the finalizer stays.',
    repair: 'Create the ConfigMap again before the deletion.',
    documented: 'eventing-kafka-broker issue 1580, 2566',
  },
  'SFL-K14': {
    level: 'note',
    title: 'What becomes of the topic',
    means: 'The topic of a Kafka broker belongs to it, unless it is external.',
    behaviour: 'With the broker its topic and all events in it are deleted; an external topic stays.',
    repair: 'Nothing to do.',
    documented: 'document 5.4.6.1.2',
  },
  'SFL-K15': {
    level: 'warning',
    title: 'The finalizer will not find the Secret',
    means: 'The Secret of the ConfigMap is gone, and the controller needs it to delete the topic.',
    behaviour: 'The finalizer stays until the Secret is back.',
    repair: 'Create the Secret again.',
    documented: 'eventing-kafka-broker issue 2211',
  },
  'SFL-K16': {
    level: 'error',
    title: 'The contract with the data plane cannot be written',
    means: 'The controller hands the brokers to the data plane in a ConfigMap and could not do so.',
    behaviour: 'ConfigMapUpdated is False.',
    repair:
      'Check that the ConfigMap kafka-broker-brokers-triggers is not damaged and that kafka-controller may write it.',
    documented: 'eventing-kafka-broker control-plane/pkg/reconciler/base',
  },
  'SFL-K48': {
    level: 'error',
    urgent: true,
    title: 'This broker brings the Kafka controller down',
    means: 'A broker of class Kafka or KafkaNamespaced is stored without spec.config, or would be.',
    behaviour:
      'kafka-controller reads spec.config without asking whether it is there: it crashes, starts again and crashes again. Until the broker is gone, nothing of Kafka is reconciled in the whole cluster: no broker, trigger, channel, sink or source. Deleting the broker ends at the same line, so the controller never takes its finalizer off.',
    repair:
      'Delete the broker and take the finalizer brokers.eventing.knative.dev off it by hand; then create it with a config. The config of a stored broker cannot be set.',
    documented: 'eventing-kafka-broker control-plane/pkg/reconciler/broker/broker.go, brokerConfigMap',
  },
  ...kafkaConfigCatalogue,
  ...knativeKafkaCatalogue,
} as const
