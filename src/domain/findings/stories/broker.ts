import {issue, other, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-B: brokers. */
export const brokerStories = {
  'SFL-B01': {
    means: 'A broker of this name is there, so it cannot be created.',
    behaviour: 'The API server answers AlreadyExists and changes nothing.',
    repair: 'Change it with "broker update" or "broker apply", or create with --if-not-exists.',
    sources: [section('5.4.3.1')],
  },
  'SFL-B02': {
    means: 'No known controller handles brokers of this class. Classes are compared letter by letter.',
    behaviour: 'The webhook accepts any class; a broker of an unknown one gets no status at all, forever.',
    repair: 'Use Kafka, KafkaNamespaced, MTChannelBasedBroker or RabbitMQBroker; --force for a class of your own.',
    sources: [
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/kafka/broker_class.go'),
      section('5.4.2'),
    ],
  },
  'SFL-B03': {
    means: 'The broker would use a config that its class cannot read.',
    behaviour:
      'A broker without spec.config gets the default of config-br-defaults, whatever class that was meant for. A Kafka broker then fails with "numPartitions: 0 … bootstrapServers: []", a channel-based one with ChannelTemplateFailed. spec.config cannot be changed afterwards.',
    repair: 'Name a config that fits with --broker-config.',
    sources: [
      upstream('knative/eventing', 'pkg/apis/config/defaults.go'),
      issue('knative-extensions/eventing-kafka-broker', 2815),
      section('5.4.5'),
      section('5.4.6.1'),
    ],
  },
  'SFL-B04': {
    means: 'The default config of the cluster does not fit the class, so spec.config names one that does.',
    behaviour: 'With spec.config given, the webhook leaves it alone.',
    repair: 'Nothing to do. To choose another config: --broker-config.',
    sources: [section('5.4.6.1.1')],
  },
  'SFL-B05': {
    means: 'spec.config names an object that is not there.',
    behaviour: 'The controller reports it in ConfigParsed (Kafka) or TriggerChannelReady (channel-based) and retries.',
    repair: 'Create the object, or name another one with --broker-config.',
    sources: [section('5.4.6.2')],
  },
  'SFL-B06': {
    means: 'The ConfigMap of a channel-based broker must hold channel-template-spec with apiVersion and kind.',
    behaviour: 'TriggerChannelReady is False with reason ChannelTemplateFailed.',
    repair: 'Put apiVersion and kind of a channel into the key channel-template-spec.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/broker/broker.go'), section('5.4.4')],
  },
  'SFL-B07': {
    means: 'No class was given and the cluster has no usable default.',
    behaviour: 'The webhook answers: missing field(s): eventing.knative.dev/broker.class.',
    repair: 'Give --class.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/broker_validation.go'), section('5.4.5')],
  },
  'SFL-B08': {
    means: 'The parts that receive and deliver the events of this class are not running.',
    behaviour:
      'A Kafka broker stays at DataPlaneAvailable=False ("Did you install the data plane for this component?"), a channel-based one at IngressReady or FilterReady=False.',
    repair:
      'Install or start it: KnativeKafka with spec.broker.enabled on OpenShift, eventing-kafka-broker.yaml elsewhere.',
    sources: [section('5.4.6.1.1', 'prerequisites'), section('5.4.3.5')],
  },
  'SFL-B09': {
    means: 'The validating webhook would answer with this text.',
    behaviour: 'The write fails; --force does not help.',
    repair: 'Correct the named field.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/broker_validation.go')],
  },
  'SFL-B10': {
    means: 'The class annotation and spec.config of a broker are fixed at its creation.',
    behaviour: 'The webhook answers: Immutable fields changed, or Immutable annotations changed.',
    repair:
      'Create a second broker and move the triggers, or delete and recreate it. Events that are still in the old broker are lost with it.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/broker_validation.go')],
  },
  'SFL-B11': {
    means: 'You may not read something that this check needs, so it was left out.',
    behaviour: 'Nothing is known to be wrong.',
    repair: 'Ask for the right to read it, or look at the broker once it is created.',
    sources: [other('kubectl auth can-i --help')],
  },
  'SFL-B12': {
    means: 'Triggers are attached to the broker.',
    behaviour: 'They stay, turn not ready with reason BrokerDoesNotExist, and deliver nothing.',
    repair: 'Delete them or attach new ones to another broker; the broker of a trigger cannot be changed.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/trigger_validation.go')],
  },
  'SFL-B13': {
    means: 'The key default-br-config of the ConfigMap config-br-defaults is missing or no valid YAML.',
    behaviour: 'The eventing webhook logs it and goes on with the last good value; after a restart it fails.',
    repair: 'kubectl -n knative-eventing edit configmap config-br-defaults',
    sources: [upstream('knative/eventing', 'pkg/apis/config/defaults.go'), section('5.4.5')],
  },
  'SFL-B14': {
    means: 'The broker would keep its events in a KafkaChannel.',
    behaviour: 'It works with two hops more than a broker of class Kafka; Red Hat advises against it.',
    repair: 'Use a broker of class Kafka.',
    sources: [section('5.4.2.1')],
  },
  'SFL-B15': {
    means: 'The broker was there already and its settings are not those that were asked for.',
    behaviour: 'With --if-not-exists nothing is changed.',
    repair: 'Use "broker update" or "broker apply".',
    sources: [section('5.4.3')],
  },
  'SFL-B16': {
    means: 'The webhook copies the broker name into a label of every trigger, and a label holds 63 characters.',
    behaviour: 'The broker is accepted (names may have 253 characters), but no trigger can be created for it.',
    repair: 'Choose a name of at most 63 characters.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/trigger_defaults.go')],
  },
  'SFL-B17': {
    means: 'A Service is named after the broker, and Service names begin with a letter and have no dots.',
    behaviour: 'The backing channel never becomes ready: its Service is refused.',
    repair: 'Choose a name of letters, digits and "-" that begins with a letter.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/inmemorychannel/controller')],
  },
  'SFL-B18': {
    means: 'The broker has no conditions.',
    behaviour: 'Either no controller knows its class, or that controller is not running.',
    repair: 'Check the class and the controller of the class.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/broker')],
  },
  'SFL-B19': {
    means: 'The controller reports this condition as False.',
    behaviour: 'The broker is not ready; the controller retries.',
    repair: 'See the message of the condition.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/broker_lifecycle.go')],
  },
  'SFL-B20': {
    means: 'The broker is marked for deletion and a finalizer holds it.',
    behaviour: 'It disappears once the controller has cleaned up and removed its finalizer.',
    repair: 'Remove the cause that the message names. Removing the finalizer by hand leaves the topic behind.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/broker/broker.go')],
  },
  'SFL-B21': {
    means: 'The broker is marked for deletion.',
    behaviour: 'Changes to it have no effect, and it cannot be created before it is gone.',
    repair: 'Wait until it is gone and create it again.',
    sources: [other('Kubernetes, "Finalizers"')],
  },
  'SFL-B22': {
    means: 'The controller is still working, or waits for something.',
    behaviour: 'Conditions that are Unknown have not been decided yet.',
    repair: 'Wait, and look again.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/broker_lifecycle.go')],
  },
} as const satisfies Stories
