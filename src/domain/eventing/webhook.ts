import {type KubeObject} from '../core/object.js'
import {isRecord, recordAt, textAt} from '../core/read.js'
import {brokerFaults, kafkaBrokerFaults, triggerFaults} from './admission.js'
import {channelFaults, inMemoryChannelFaults, kafkaChannelFaults} from './channel/admission.js'
import {defaultTemplate, type ChannelDefaults} from './channel/defaults.js'
import {defaultedBroker, defaultedTrigger, type BrokerDefaults} from './cluster-defaults/broker-defaults.js'
import {type Features} from './features.js'
import {kafkaSourceFaults, sourceFaults} from './source/admission.js'
import {subscriptionFaults} from './subscription/admission.js'

/** What of a cluster the webhooks of Knative Eventing go by. */
export interface WebhookSettings {
  features: Features
  /** Left out: not known. */
  brokerDefaults?: BrokerDefaults
  channelDefaults?: ChannelDefaults
}

/** References without a namespace get that of the object (knative.dev/pkg apis/duck/v1/destination.go). */
const located = (object: KubeObject, ...fields: readonly string[]): KubeObject => {
  const {namespace} = object.metadata
  const spec = recordAt(object, 'spec')
  const filled = fields.flatMap((field) => {
    const destination = spec[field]
    const ref = isRecord(destination) ? destination['ref'] : undefined
    return isRecord(destination) && isRecord(ref) && !textAt(ref, 'namespace')
      ? [[field, {...destination, ref: {...ref, namespace}}]]
      : []
  })
  return filled.length === 0 ? object : {...object, spec: {...spec, ...Object.fromEntries(filled)}}
}

const defaultedChannel = (channel: KubeObject, defaults: ChannelDefaults | undefined): KubeObject => {
  const spec = recordAt(channel, 'spec')
  if (spec['channelTemplate'] !== undefined || defaults === undefined) return channel
  const found = defaultTemplate(defaults, channel.metadata.namespace ?? '')
  return found === undefined ? channel : {...channel, spec: {...spec, channelTemplate: {...found.template}}}
}

const defaultedSinkBinding = (binding: KubeObject): KubeObject => {
  const spec = recordAt(binding, 'spec')
  const subject = recordAt(spec, 'subject')
  return located(
    {...binding, spec: {...spec, subject: {...subject, namespace: subject['namespace'] ?? binding.metadata.namespace}}},
    'sink',
  )
}

/** Groups of kinds that pass the webhooks. */
const judgedGroups = ['eventing.knative.dev', 'messaging.knative.dev', 'sources.knative.dev']

/** Whether the webhooks of Knative Eventing look at objects of a kind at all. */
export const passesWebhook = ({apiVersion}: {apiVersion: string}): boolean =>
  judgedGroups.includes(apiVersion.split('/')[0] ?? '')

/**
 * An object as the mutating webhook stores it (knative/eventing pkg/apis, `*_defaults.go`). What comes from settings that are
 * not known is left out, and so is what is made up: the consumer group of a KafkaSource.
 */
export const defaultedByWebhook = (object: KubeObject, settings: WebhookSettings): KubeObject => {
  if (!passesWebhook(object)) return object
  switch (object.kind) {
    case 'Broker':
      return settings.brokerDefaults === undefined ? object : defaultedBroker(object, settings.brokerDefaults)
    case 'Trigger':
      return defaultedTrigger(object, settings.features.crossNamespaceEventLinks)
    case 'Channel':
      return defaultedChannel(object, settings.channelDefaults)
    case 'Subscription':
      return located(object, 'subscriber', 'reply')
    case 'KafkaChannel':
      return {...object, spec: {retentionDuration: 'PT168H', ...recordAt(object, 'spec')}}
    case 'SinkBinding':
      return defaultedSinkBinding(object)
    case 'PingSource':
    case 'ApiServerSource':
    case 'ContainerSource':
      return located(object, 'sink')
    default:
      return object
  }
}

/** What the validating webhooks say, by the webhook that says it: Knative Eventing's own, and the Kafka add-on's. */
export interface WebhookFaults {
  eventing: readonly string[]
  kafka: readonly string[]
}

/**
 * The answers of the validating webhooks to an object after defaulting. `before` is what is stored, `user` who asks: only the
 * controller may change the subscribers of a channel.
 */
export const webhookFaults = (
  object: KubeObject,
  before: KubeObject | undefined,
  {features, brokerDefaults}: WebhookSettings,
  user: string,
): WebhookFaults => {
  const eventing = (faults: readonly string[]): WebhookFaults => ({eventing: faults, kafka: []})
  const kafka = (faults: readonly string[]): WebhookFaults => ({eventing: [], kafka: faults})
  if (!passesWebhook(object)) return eventing([])
  switch (object.kind) {
    case 'Broker':
      return {eventing: brokerFaults(object, before, features, brokerDefaults), kafka: kafkaBrokerFaults(object)}
    case 'Trigger':
      return eventing(triggerFaults(object, before, features))
    case 'Channel':
      return eventing(channelFaults(object, before, features))
    case 'Subscription':
      return eventing(subscriptionFaults(object, before, features))
    case 'InMemoryChannel':
      return eventing(inMemoryChannelFaults(object, before, user))
    case 'KafkaChannel':
      return kafka(kafkaChannelFaults(object, before, user))
    case 'KafkaSource':
      return kafka(kafkaSourceFaults(object, before, features))
    default:
      return eventing(sourceFaults(object, features))
  }
}
