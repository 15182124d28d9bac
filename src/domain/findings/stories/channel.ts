import {other, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-C: channels. */
export const channelStories = {
  'SFL-C01': {
    means: 'A channel of this name is there, so it cannot be created.',
    behaviour: 'The API server answers AlreadyExists and changes nothing.',
    repair: 'Create it with --if-not-exists, or choose another name; the spec of a channel cannot be changed.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/channel_validation.go')],
  },
  'SFL-C02': {
    means: 'The server does not serve the kind that the channel would be made of.',
    behaviour: 'The Channel is accepted and stays not ready: BackingChannelReady is never True.',
    repair:
      'Install the type (for KafkaChannel: spec.channel.enabled of KnativeKafka), or choose one of "channel list-types".',
    sources: [section('5.4.4')],
  },
  'SFL-C03': {
    means: 'No type was given and the cluster has no default one.',
    behaviour: 'The webhook answers: missing field(s): spec.channelTemplate.',
    repair: 'Give --type.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/config/channel_defaults.go')],
  },
  'SFL-C04': {
    means: 'No type was given, so the webhook puts the default of default-ch-webhook into the channel.',
    behaviour: 'The type is fixed from then on; a default that changes later does not reach the channel.',
    repair: 'To choose another type: --type.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/channel_defaults.go')],
  },
  'SFL-C05': {
    means: 'Type, settings and delivery of a channel are fixed at its creation.',
    behaviour: 'The webhook answers: Immutable fields changed (-old +new): spec.',
    repair:
      'Give its subscriptions delivery settings of their own, or delete the channel and recreate it: subscriptions survive that, undelivered events do not.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/channel_validation.go'), section('5.4.8.3')],
  },
  'SFL-C06': {
    means: 'The validating webhook would answer with this text.',
    behaviour: 'The write fails; --force does not help.',
    repair: 'Correct the named field.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/channel_validation.go')],
  },
  'SFL-C07': {
    means: 'The controllers or the data plane of the type are not running.',
    behaviour: 'The channel gets no address and stays not ready.',
    repair: 'Start or install them: KnativeKafka with spec.channel.enabled on OpenShift for KafkaChannel.',
    sources: [section('5.4.4')],
  },
  'SFL-C08': {
    means: 'The channel was there already and its settings are not those that were asked for.',
    behaviour: 'With --if-not-exists nothing is changed.',
    repair: 'The spec of a channel cannot be changed; create another one, or change labels with "channel update".',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/channel_validation.go')],
  },
  'SFL-C09': {
    means: 'A Service is named after the channel, with -kn-channel behind it.',
    behaviour: 'The Service is refused and the channel never becomes ready.',
    repair: 'Choose a name of at most 52 letters, digits and "-" that begins with a letter.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/inmemorychannel/controller/resources/service.go')],
  },
  'SFL-C10': {
    means: 'The channel is marked for deletion.',
    behaviour: 'Changes to it have no effect, and it cannot be created before it is gone.',
    repair: 'Wait until it is gone and create it again.',
    sources: [other('Kubernetes, "Finalizers"')],
  },
  'SFL-C11': {
    means: 'Subscriptions get their events from the channel.',
    behaviour: 'They stay and deliver nothing until a channel of the same name and kind is there again.',
    repair: 'Delete them, or create ones for another channel; the channel of a subscription cannot be changed.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/subscription_validation.go')],
  },
  'SFL-C12': {
    means: 'The channel has no conditions.',
    behaviour: 'The controller of channels is not running, or has not come to it yet.',
    repair: 'Check the Deployment eventing-controller.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/channel')],
  },
  'SFL-C13': {
    means: 'The controller reports this condition as False.',
    behaviour: 'The channel is not ready; the controller retries.',
    repair: 'See the message of the condition, and that of the real channel behind it.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/channel_lifecycle.go')],
  },
  'SFL-C14': {
    means: 'The controller is still working, or waits for something.',
    behaviour: 'Conditions of the channel that are Unknown have not been decided yet.',
    repair: 'Wait, and look again.',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/v1/channel_lifecycle.go')],
  },
  'SFL-C15': {
    means: 'The key default-ch-config of the ConfigMap default-ch-webhook is missing or no valid YAML.',
    behaviour: 'The eventing webhook goes on with the last good value; after a restart it fails.',
    repair: 'kubectl -n knative-eventing edit configmap default-ch-webhook',
    sources: [upstream('knative/eventing', 'pkg/apis/messaging/config/channel_defaults.go')],
  },
  'SFL-C16': {
    means: 'What the channel has taken and not delivered yet goes with it.',
    behaviour: 'An InMemoryChannel holds events in memory; a KafkaChannel deletes its topic.',
    repair: 'Stop the senders and wait until everything is delivered.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/channel/channel.go')],
  },
  'SFL-C17': {
    means: 'The channel is marked for deletion and a finalizer holds it.',
    behaviour: 'The channel disappears once the controller has cleaned up and removed its finalizer.',
    repair: 'Look at the controller; a finalizer that is removed by hand leaves undone what it was there for.',
    sources: [other('Kubernetes, "Finalizers"')],
  },
  'SFL-C18': {
    means: 'The delivery settings of the channel do not reach them, or only in part.',
    behaviour:
      'A subscription with any spec.delivery has retries and back-off of its own; only the dead letter sink falls back to that of the channel. A KafkaChannel fills in every field that is left out.',
    repair: 'Repeat the settings in the subscription, or remove spec.delivery from it.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/subscription/subscription.go'), section('5.4.8.3')],
  },
} as const satisfies Stories
