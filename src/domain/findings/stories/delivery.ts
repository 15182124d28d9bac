import {other, pull, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-D: delivery of events, retries, dead letter sinks. */
export const deliveryStories = {
  'SFL-D01': {
    means: 'A back-off policy or delay only says how long to pause before a retry, and there are no retries.',
    behaviour: 'Both data planes ignore it when retry is not set or 0.',
    repair: 'Set --retry.',
    sources: [section('5.4.8.2')],
  },
  'SFL-D02': {
    means: 'The object that should receive undeliverable events is not there, or its kind is not installed.',
    behaviour:
      'The broker stays not ready: DeadLetterSinkResolved is False (channel-based), ConfigParsed is False (Kafka).',
    repair: 'Create it first, or name another sink.',
    sources: [section('5.4.8.2')],
  },
  'SFL-D03': {
    means: 'The object exists but shows no URL in status.address.url, so no event can be sent to it.',
    behaviour: 'The broker stays not ready until the sink has an address.',
    repair: 'Wait until the sink is ready, or repair it.',
    sources: [section('5.4.8.2', 'addressable objects')],
  },
  'SFL-D04': {
    means: 'The duration is sent in a form that the webhook and the Kafka controller both read alike.',
    behaviour: 'The Kafka controller refuses components above 3276 (PT3600S) and the API refuses durations like 1s.',
    repair: 'Nothing to do.',
    sources: [other('github.com/rickb777/date v1.13.0 and v1.14.1'), section('5.4.8.2')],
  },
  'SFL-D05': {
    means: 'The cluster does not allow timeout in delivery settings.',
    behaviour: 'The webhook answers: must not set the field(s): spec.delivery.timeout.',
    repair: 'Set the key delivery-timeout of the ConfigMap config-features to enabled.',
    sources: [upstream('knative/eventing', 'config/core/configmaps/features.yaml')],
  },
  'SFL-D06': {
    means: 'The cluster does not allow retryAfterMax in delivery settings; it is off by default.',
    behaviour: 'The webhook answers: must not set the field(s): spec.delivery.retryAfterMax.',
    repair: 'Set the key delivery-retryafter of the ConfigMap config-features to enabled.',
    sources: [upstream('knative/eventing', 'config/core/configmaps/features.yaml')],
  },
  'SFL-D07': {
    means: 'Only the channel-based data plane reads retryAfterMax.',
    behaviour: 'The Kafka data plane ignores Retry-After headers.',
    repair: 'Leave it out.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'data-plane', 'EgressConfig')],
  },
  'SFL-D08': {
    means: 'A channel-based broker needs back-off policy and delay together.',
    behaviour: 'With only one of them it retries at once, without a pause.',
    repair: 'Give --backoff-policy and --backoff-delay.',
    sources: [upstream('knative/eventing', 'pkg/kncloudevents/retries.go')],
  },
  'SFL-D09': {
    means: 'There is no dead letter sink.',
    behaviour: 'After the last retry the event is lost.',
    repair: 'Set --dl-sink.',
    sources: [section('5.4.8')],
  },
  'SFL-D10': {
    means: 'A component of the duration is above 3276.',
    behaviour: 'The webhook accepts it, the Kafka controller answers "integer overflow occurred" in ConfigParsed.',
    repair: 'Write it with larger units: PT1H instead of PT3600S.',
    sources: [other('github.com/rickb777/date v1.14.1')],
  },
  'SFL-D11': {
    means: 'Events that cannot be delivered would come back to the broker that could not deliver them.',
    behaviour: 'They loop forever.',
    repair: 'Name another sink.',
    sources: [section('5.4.8.2')],
  },
  'SFL-D12': {
    means: 'The delivery settings of the broker do not reach them, or only in part.',
    behaviour:
      'Class Kafka: a trigger with any spec.delivery inherits nothing. MTChannelBasedBroker: only the dead letter sink of the broker stays. KafkaNamespaced merges field by field.',
    repair: 'Repeat the settings in the trigger, or remove spec.delivery from it.',
    sources: [pull('knative/eventing', 6277), section('5.4.8.3')],
  },
  'SFL-D13': {
    means: 'Without spec.delivery the webhook copies the default of config-br-defaults into the broker.',
    behaviour: 'Only dead letter sink, retry, back-off policy and back-off delay are copied.',
    repair: 'To have none, unset the fields one by one instead.',
    sources: [upstream('knative/eventing', 'pkg/apis/eventing/v1/broker_defaults.go')],
  },
} as const satisfies Stories
