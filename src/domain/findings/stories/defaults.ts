import {issue, other, repository, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-F: deFaults of the cluster, and what they are written to. */
export const defaultsStories = {
  'SFL-F01': {
    means:
      'What a setting would have to be written to is not there, cannot be read (no permission), or does not hold such settings.',
    behaviour: 'Nothing is written; --force does not help.',
    repair: 'Leave --via out, or ask somebody who may read and change the resource.',
    sources: [
      other('knative/operator, its documentation'),
      repository('openshift-knative/serverless-operator'),
      section('5.4.5'),
    ],
  },
  'SFL-F02': {
    means: 'An operator writes the ConfigMap from its own resource, or does not write it at all.',
    behaviour:
      'An operator watches what it has written and puts it back within seconds. It touches only the ConfigMaps of its own manifests.',
    repair: 'Leave --via out: the right target is found out.',
    sources: [
      upstream('openshift-knative/serverless-operator', 'knative-operator/pkg/controller/knativekafka'),
      upstream('knative/operator', 'pkg/reconciler/common/config_maps.go'),
    ],
  },
  'SFL-F03': {
    means:
      'The resources of the operators cannot be listed (no permission), or disagree with the owner of the ConfigMap.',
    behaviour: 'Where an operator writes the ConfigMap, a change by hand is undone within seconds.',
    repair: 'Look at the ConfigMap again after a minute, or name the target with --via.',
    sources: [upstream('knative/operator', 'pkg/reconciler/common/config_maps.go')],
  },
  'SFL-F04': {
    means: 'The settings of Knative are ConfigMaps, which operators write from resources of their own.',
    behaviour:
      'A KnativeKafka writes kafka-broker-config and kafka-channel-config, a KnativeEventing the ConfigMaps of eventing; without them the ConfigMap itself is changed.',
    repair: 'Nothing to do; another target can be chosen with --via.',
    sources: [
      section('5.4.4'),
      section('5.4.5'),
      section('5.4.6.3'),
      repository('openshift-knative/serverless-operator'),
      repository('knative/operator'),
    ],
  },
  'SFL-F05': {
    means: 'KnativeEventing names the same ConfigMap with and without "config-".',
    behaviour: 'The operator takes the full name and ignores the short one completely, all its keys included.',
    repair: 'Remove the short one.',
    sources: [upstream('knative/operator', 'pkg/reconciler/common/config_maps.go')],
  },
  'SFL-F06': {
    means: 'KnativeEventing says one default class in spec.defaultBrokerClass and another one in default-br-config.',
    behaviour:
      'As soon as default-br-config contains "brokerClass:" anywhere, the operator ignores spec.defaultBrokerClass.',
    repair: 'Set the class with broker class set, which keeps both the same.',
    sources: [section('5.4.5'), upstream('knative/operator', 'pkg/reconciler/knativeeventing/common/defaultbroker.go')],
  },
  'SFL-F07': {
    means: 'default-br-config needs a clusterDefault with a class and a reference to a config.',
    behaviour:
      'Without the config, brokers that name none are refused; without clusterDefault and any brokerClass, the operator crashes.',
    repair: 'Set the class with broker class set, which writes all of it.',
    sources: [upstream('knative/eventing', 'pkg/apis/config/defaults.go')],
  },
  'SFL-F08': {
    means: 'An entry of namespaceDefaults has no brokerClass.',
    behaviour: 'Brokers that name no class skip the entry and get the default of the cluster.',
    repair: 'Set the class for the namespace.',
    sources: [upstream('knative/eventing', 'pkg/apis/config/defaults.go')],
  },
  'SFL-F09': {
    means: 'Brokers that get these defaults would name a config that is missing or that their class cannot read.',
    behaviour: 'Such brokers are created and never become ready.',
    repair: 'Create the config, or name another one with --broker-config.',
    sources: [section('5.4.5'), issue('knative-extensions/eventing-kafka-broker', 2815)],
  },
  'SFL-F10': {
    means: 'No known controller handles brokers of this class. Classes are compared letter by letter.',
    behaviour: 'Brokers that get it are created and stay without any status.',
    repair: 'Use one of the known classes.',
    sources: [section('5.4.5')],
  },
  'SFL-F11': {
    means: 'The ConfigMap does not say what the resource of the operator says.',
    behaviour: 'Knative goes by the ConfigMap. An operator writes it within seconds unless something hinders it.',
    repair: 'Look at the conditions of the resource and the log of the operator.',
    sources: [upstream('knative/operator', 'pkg/reconciler/common/config_maps.go')],
  },
  'SFL-F12': {
    means: 'The defaults are filled in when a broker is created.',
    behaviour: 'Class and config of a broker that exists cannot be changed.',
    repair: 'Nothing to do; to move a broker, delete it and create it again.',
    sources: [section('5.4.5'), upstream('knative/eventing', 'pkg/apis/eventing/v1/broker_defaults.go')],
  },
  'SFL-F13': {
    means: 'The default of a namespace replaces that of the cluster, its delivery included.',
    behaviour: 'Brokers of the namespace get no retries unless they or the entry say so.',
    repair: 'Give the delivery settings with broker class set --for-namespace.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/broker_defaults.go')],
  },
  'SFL-F14': {
    means: 'KnativeKafka says that KafkaChannels are not wanted.',
    behaviour: 'Without spec.channel.enabled the operator installs no controller for them; they stay without status.',
    repair: 'Enable the channel part of KnativeKafka, with bootstrapServers.',
    sources: [section('5.4.4'), repository('openshift-knative/serverless-operator')],
  },
  'SFL-F15': {
    means: 'Channel-based brokers that exist take the new kind of channel as well.',
    behaviour:
      'The controller reads the template at every reconcile and does not watch it. Each broker then makes a channel of the new kind and moves its subscriptions; what is in the old channel is not delivered any more.',
    repair: 'Let senders pause until the channels are empty, and set it then.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/broker/broker.go')],
  },
  'SFL-F16': {
    means: 'The YAML inside the ConfigMap or the resource cannot be parsed.',
    behaviour: 'Knative keeps the last value that it could read, and does not start with this one.',
    repair: 'Correct the YAML by hand, or replace all of it with --force.',
    sources: [upstream('knative/eventing', 'pkg/apis/config/store.go')],
  },
  'SFL-F17': {
    means: 'A default is set for a namespace that is not there.',
    behaviour: 'It holds as soon as the namespace is created.',
    repair: 'Correct the name if it is a typing error.',
    sources: [section('5.4.5')],
  },
  'SFL-F18': {
    means: 'Partitions, replicas and retention are used when a channel is made.',
    behaviour: 'The spec of a channel cannot be changed.',
    repair: 'Nothing to do; a broker that is recreated gets the new settings.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/broker/broker.go')],
  },
  'SFL-F19': {
    means: 'A broker that names no config would be of a Kafka class and get no config from config-br-defaults either.',
    behaviour:
      'The first such broker, however it is made, crashes kafka-controller at every start, and nothing of Kafka is reconciled in the whole cluster until it is gone.',
    repair: 'Name a config for the class with "broker class set --broker-config".',
    sources: [
      upstream('knative/eventing', 'pkg/apis/config/defaults.go'),
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/broker/broker.go'),
    ],
  },
} as const satisfies Stories
