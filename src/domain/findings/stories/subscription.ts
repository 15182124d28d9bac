import {other, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-S: subscriptions and sources. */
export const subscriptionStories = {
  'SFL-S01': {
    means: 'A subscription of this name is there, so it cannot be created.',
    behaviour: 'The API server answers AlreadyExists and changes nothing.',
    repair: 'Change it with "subscription update" or "subscription apply", or create with --if-not-exists.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/subscription_types.go')],
  },
  'SFL-S02': {
    means: 'spec.channel names a channel that is not there, or a kind that the cluster does not have.',
    behaviour: 'ReferencesResolved stays Unknown with reason ChannelReferenceFailed, and nothing is delivered.',
    repair: 'Create the channel first, or name another one with --channel.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/subscription/subscription.go')],
  },
  'SFL-S03': {
    means: 'The channel exists, and its condition Ready is not True.',
    behaviour: 'The subscription waits for it and delivers nothing until then.',
    repair: 'See what "channel describe" says.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/subscription/subscription.go')],
  },
  'SFL-S04': {
    means: 'spec.channel is fixed at the creation of a subscription.',
    behaviour: 'The webhook answers: Immutable fields changed (-old +new): spec.',
    repair: 'Create a second subscription and delete the first, or delete and recreate it.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/subscription_validation.go')],
  },
  'SFL-S05': {
    means: 'The validating webhook would answer with this text.',
    behaviour: 'The write fails; --force does not help.',
    repair: 'Correct the named field.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/subscription_validation.go')],
  },
  'SFL-S06': {
    means: 'The object that should receive events or answers is not there, or its kind is not installed.',
    behaviour: 'ReferencesResolved is False with reason SubscriberResolveFailed or ReplyResolveFailed.',
    repair: 'Create it first, or name another one.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/subscription/subscription.go')],
  },
  'SFL-S07': {
    means: 'The object exists but shows no URL in status.address.url, so no event can be sent to it.',
    behaviour: 'The subscription stays not ready until it has an address.',
    repair: 'Wait until it is ready, or repair it.',
    sources: [upstream('knative/pkg', 'resolver/addressable_resolver.go')],
  },
  'SFL-S08': {
    means: 'The subscription was there already and its settings are not those that were asked for.',
    behaviour: 'With --if-not-exists nothing is changed.',
    repair: 'Use "subscription update" or "subscription apply".',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/subscription_types.go')],
  },
  'SFL-S09': {
    means: 'The subscription is marked for deletion.',
    behaviour: 'Changes to it have no effect, and it cannot be created before it is gone.',
    repair: 'Wait until it is gone and create it again.',
    sources: [other('Kubernetes, "Finalizers"')],
  },
  'SFL-S10': {
    means: 'The subscription has no conditions.',
    behaviour: 'The controller of subscriptions is not running, or has not come to it yet.',
    repair: 'Check the Deployment eventing-controller.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/subscription')],
  },
  'SFL-S11': {
    means: 'The controller reports this condition as False.',
    behaviour: 'The subscription is not ready; the controller retries.',
    repair: 'See the message of the condition.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/subscription_lifecycle.go')],
  },
  'SFL-S12': {
    means: 'The controller is still working, or waits for the channel.',
    behaviour: 'Conditions of the subscription that are Unknown have not been decided yet.',
    repair: 'Wait, and look again.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/subscription_lifecycle.go')],
  },
  'SFL-S13': {
    means: 'The subscription has delivery settings of its own, and its channel has some too.',
    behaviour:
      'Retries and back-off of the channel do not hold for such a subscription; its dead letter sink still does. A KafkaChannel fills in every field that is left out.',
    repair: 'Repeat what should hold in the subscription, or remove its settings with --unset delivery.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/subscription/subscription.go'), section('5.4.8.3')],
  },
  'SFL-S14': {
    means: 'The reply of the subscription is the channel that it gets its events from.',
    behaviour: 'Every answer is delivered to the same subscriber again, and its answer too: forever.',
    repair: 'Name another reply.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/subscription_types.go')],
  },
  'SFL-S15': {
    means: 'The subscription is marked for deletion and a finalizer holds it.',
    behaviour: 'The subscription disappears once the controller has taken it out of the channel.',
    repair: 'Look at the controller; a finalizer that is removed by hand leaves the subscriber in the channel.',
    sources: [other('Kubernetes, "Finalizers"')],
  },
  'SFL-S16': {
    means: 'A subscription holds the place up to which the subscriber has got its events.',
    behaviour: 'One that is recreated begins with the events that come after that.',
    repair: 'Nothing to do when the subscriber is no longer needed.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/channel/channel.go')],
  },
  'SFL-S17': {
    means: 'Without spec.delivery a subscription gets the settings of its channel, if that has any.',
    behaviour: 'Without settings on either side nothing is retried by an InMemoryChannel.',
    repair: 'To have none of the settings of the channel, set them to other values.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/subscription/subscription.go'), section('5.4.8.3')],
  },
  'SFL-S18': {
    means: 'The format of delivered events is set on a subscription or a channel.',
    behaviour:
      'The subscription controller hands retries, back-off, time-out and dead letter sink on to the channel, and not the format.',
    repair: 'Leave it out; triggers of a broker of class Kafka have such a setting.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/subscription/subscription.go', 'deliverySpec')],
  },
  'SFL-S20': {
    means: 'A kind of sources could not be listed, so the list is not complete.',
    behaviour: 'Nothing is known to be wrong.',
    repair: 'Ask for the right to list it.',
    sources: [other('kubectl auth can-i --help')],
  },
} as const satisfies Stories
