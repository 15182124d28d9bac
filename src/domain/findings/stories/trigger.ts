import {issue, other, pull, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-T: triggers. */
export const triggerStories = {
  'SFL-T01': {
    means: 'A trigger of this name is there, so it cannot be created.',
    behaviour: 'The API server answers AlreadyExists and changes nothing.',
    repair: 'Change it with "trigger update" or "trigger apply", or create with --if-not-exists.',
    sources: [section('5.4.3.2')],
  },
  'SFL-T02': {
    means: 'No broker of this name is in the namespace of the trigger, and injection would not create it.',
    behaviour: 'The trigger is stored and stays not ready with reason BrokerDoesNotExist; it delivers nothing.',
    repair: 'Create the broker, name another one with --broker, or have it created with --inject-broker.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/broker/trigger/trigger.go'), section('5.4.3.2')],
  },
  'SFL-T03': {
    means: 'The broker that the trigger names is marked for deletion.',
    behaviour: 'The trigger delivers nothing once the broker is gone.',
    repair: 'Name another broker, or wait and create the broker again.',
    sources: [other('Kubernetes, "Finalizers"')],
  },
  'SFL-T04': {
    means: 'The broker that the trigger names exists but cannot receive events yet.',
    behaviour: 'BrokerReady of the trigger repeats the reason of the broker; the trigger becomes ready after it.',
    repair: 'Look at the broker with "broker describe".',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/trigger_lifecycle.go')],
  },
  'SFL-T05': {
    means: 'The object that should receive the events is not there, or its kind is not installed.',
    behaviour:
      'The trigger stays not ready: SubscriberResolved is False (channel-based), DependencyReady is False (Kafka).',
    repair: 'Create it first, or name another sink.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/broker/trigger/trigger.go'), section('5.4.3.2')],
  },
  'SFL-T06': {
    means: 'The object exists but shows no URL in status.address.url, so no event can be sent to it.',
    behaviour: 'The trigger stays not ready until the sink has an address.',
    repair: 'Wait until the sink is ready, or repair it.',
    sources: [upstream('knative/pkg', 'resolver/addressable_resolver.go')],
  },
  'SFL-T07': {
    means: 'The sink or the dead letter sink of the trigger is the broker that it takes events from.',
    behaviour:
      'An event that matches the filters goes round again and again; the channel-based broker drops it after 255 rounds.',
    repair: 'Name another sink.',
    sources: [upstream('knative/eventing', 'pkg/broker/ttl.go'), section('5.4.8.2')],
  },
  'SFL-T08': {
    means: 'Only the Kafka classes know an order of delivery.',
    behaviour: 'The annotation is stored and nobody reads it.',
    repair: 'Use a broker of class Kafka, or remove the order with --unset order.',
    sources: [section('5.4.8.4')],
  },
  'SFL-T09': {
    means: 'The validating webhook would answer with this text.',
    behaviour: 'The write fails; --force does not help.',
    repair: 'Correct the named field.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/trigger_validation.go')],
  },
  'SFL-T10': {
    means: 'The trigger has delivery settings of its own, and those of the broker that it leaves out are dropped.',
    behaviour:
      'Class Kafka: any spec.delivery replaces that of the broker completely, the dead letter sink too. MTChannelBasedBroker: only the dead letter sink of the broker remains. KafkaNamespaced: the back-off policy is always that of the trigger.',
    repair: 'Repeat the settings in the trigger: --merge-delivery.',
    sources: [pull('knative/eventing', 6277), section('5.4.8.3')],
  },
  'SFL-T11': {
    means: 'spec.broker is fixed at the creation of the trigger.',
    behaviour: 'The webhook answers: Immutable fields changed.',
    repair: 'Delete the trigger and recreate it: "trigger update --broker NAME --recreate".',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/trigger_validation.go')],
  },
  'SFL-T12': {
    means: 'The trigger is deleted and recreated.',
    behaviour:
      'Events that arrive before the new trigger is ready are not delivered, and those that the old one still held are lost.',
    repair: 'Create a second trigger on the other broker, then delete this one.',
    sources: [
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/trigger/v2', 'initial offset'),
      section('5.4.8.4'),
    ],
  },
  'SFL-T13': {
    means: 'The trigger was there already and its settings are not those that were asked for.',
    behaviour: 'With --if-not-exists nothing is changed.',
    repair: 'Use "trigger update" or "trigger apply".',
    sources: [section('5.4.3.2')],
  },
  'SFL-T14': {
    means: 'The trigger is marked for deletion.',
    behaviour: 'Changes to it have no effect, and it cannot be created before it is gone.',
    repair: 'Wait until it is gone and create it again.',
    sources: [other('Kubernetes, "Finalizers"')],
  },
  'SFL-T15': {
    means: 'The trigger has no conditions.',
    behaviour: 'Either no controller knows the class of its broker, or that controller is not running.',
    repair: 'Check the class of the broker and the controller of the class.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/broker/trigger/controller.go')],
  },
  'SFL-T16': {
    means: 'The controller reports this condition as False.',
    behaviour: 'The trigger is not ready; the controller retries.',
    repair: 'See the message of the condition.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/trigger_lifecycle.go')],
  },
  'SFL-T17': {
    means: 'The controller is still working, or waits for something.',
    behaviour: 'Conditions that are Unknown have not been decided yet.',
    repair: 'Wait, and look again.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/trigger_lifecycle.go')],
  },
  'SFL-T18': {
    means: 'The trigger is marked for deletion and a finalizer holds it.',
    behaviour: 'It disappears once the controller has cleaned up and removed its finalizer.',
    repair: 'See that the controller runs; removing the finalizer by hand leaves undone what it stands for.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/trigger')],
  },
  'SFL-T19': {
    means: 'The trigger has both spec.filters and spec.filter.',
    behaviour: 'Only spec.filters is looked at.',
    repair: 'Repeat the attributes with --filter; they are then written where they count.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/trigger_types.go')],
  },
  'SFL-T20': {
    means: 'The consumer group of the trigger could not be set up or has no dispatcher pod.',
    behaviour: 'DependencyReady is False with the reason of the consumer group; events stay in the topic.',
    repair: 'Look at the dispatcher and the controller in knative-eventing.',
    sources: [
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/consumergroup'),
      issue('knative-extensions/eventing-kafka-broker', 4091),
    ],
  },
  'SFL-T21': {
    means: 'The annotation knative.dev/dependency names an object that is missing or not ready.',
    behaviour: 'DependencyReady is False, and the trigger with it.',
    repair: 'Repair that object, or remove the annotation.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/broker/trigger/trigger.go')],
  },
  'SFL-T22': {
    means: 'The trigger has no delivery settings of its own any more.',
    behaviour: 'A trigger without spec.delivery takes all of that of its broker.',
    repair: 'Nothing to do.',
    sources: [section('5.4.8.3')],
  },
  'SFL-T23': {
    means: 'The annotation kafka.eventing.knative.dev/delivery.order is neither ordered nor unordered.',
    behaviour: 'The webhook takes it; the Kafka controller reports it in DependencyReady and delivers nothing.',
    repair: 'Set it with --order.',
    sources: [
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/trigger/v2'),
      section('5.4.8.4'),
    ],
  },
  'SFL-T24': {
    means: 'A re-creation deletes and creates; one of the two is not allowed.',
    behaviour: 'Without the right to create, the trigger would be lost after its deletion.',
    repair: 'Ask for the right, or have somebody do it who has it.',
    sources: [other('kubectl auth can-i --help')],
  },
  'SFL-T25': {
    means: 'The broker is not there yet; the sugar controller creates it for the trigger or its namespace.',
    behaviour: 'The trigger becomes ready once the broker is.',
    repair: 'Nothing to do.',
    sources: [section('5.4.3.2'), section('5.4.3.3')],
  },
} as const satisfies Stories
