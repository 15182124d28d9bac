import {randomUUID} from 'node:crypto'
import {brokerFaults, kafkaBrokerFaults, triggerFaults} from '../../domain/eventing/admission.js'
import {defaultedBroker, defaultedTrigger} from '../../domain/eventing/cluster-defaults/broker-defaults.js'
import {channelFaults, inMemoryChannelFaults, kafkaChannelFaults} from '../../domain/eventing/channel/admission.js'
import {defaultTemplate, readChannelDefaults} from '../../domain/eventing/channel/defaults.js'
import {kafkaSourceFaults, sourceFaults} from '../../domain/eventing/source/admission.js'
import {subscriptionFaults} from '../../domain/eventing/subscription/admission.js'
import {type KubeObject} from '../../domain/core/object.js'
import {isRecord, recordAt, textAt} from '../../domain/core/read.js'
import {type KindRegistry} from '../kinds/kind.js'
import {equal} from '../store/equal.js'
import {type Admission, type AdmissionRequest} from '../store/request.js'
import {type EventingConfig, readYaml, systemNamespace} from './config.js'
import {denied, refuseFaults} from './envelope.js'
import {decodingFault} from './go-json.js'
import {judgeOperatorResource} from './operators.js'

const defaulting = 'webhook.eventing.knative.dev'
const validation = 'validation.webhook.eventing.knative.dev'
const kafkaValidation = 'validation.webhook.kafka.eventing.knative.dev'

/** Who created the object and who changed its spec last (knative.dev/pkg apis/metadata_annotation.go). */
const signed = (object: KubeObject, before: KubeObject | undefined, user: string, group: string): KubeObject => {
  const annotations = object.metadata.annotations ?? {}
  const [creator, lastModifier] = [`${group}/creator`, `${group}/lastModifier`]
  const added =
    before === undefined
      ? {[creator]: user, [lastModifier]: user}
      : equal(object['spec'], before['spec'])
        ? {}
        : {[lastModifier]: user}
  return {...object, metadata: {...object.metadata, annotations: {...annotations, ...added}}}
}

const defaultedChannel = (channel: KubeObject, config: EventingConfig): KubeObject => {
  const spec = recordAt(channel, 'spec')
  if (spec['channelTemplate'] !== undefined) return channel
  const document = readYaml(config.data(systemNamespace, 'default-ch-webhook')?.['default-ch-config'])
  const found = defaultTemplate(readChannelDefaults(document), channel.metadata.namespace ?? '')
  return found === undefined ? channel : {...channel, spec: {...spec, channelTemplate: {...found.template}}}
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

const defaultedSinkBinding = (binding: KubeObject): KubeObject => {
  const spec = recordAt(binding, 'spec')
  const subject = recordAt(spec, 'subject')
  return located(
    {...binding, spec: {...spec, subject: {...subject, namespace: subject['namespace'] ?? binding.metadata.namespace}}},
    'sink',
  )
}

const webhookGroups = ['eventing.knative.dev', 'messaging.knative.dev', 'sources.knative.dev']

/** The admission webhooks of Knative Eventing, its Kafka broker and the operators, with the rules of domain/eventing. */
export const knativeAdmission = (config: EventingConfig, registry: KindRegistry): Admission => {
  // The add-on's own webhook comes with its kinds.
  const kafka = () => registry.byGroupKind('messaging.knative.dev', 'KafkaChannel') !== undefined
  const defaulted = (object: KubeObject): KubeObject => {
    switch (object.kind) {
      case 'Broker':
        return defaultedBroker(object, config.brokerDefaults())
      case 'Trigger':
        return defaultedTrigger(object, config.features().crossNamespaceEventLinks)
      case 'Channel':
        return defaultedChannel(object, config)
      case 'Subscription':
        return located(object, 'subscriber', 'reply')
      case 'KafkaChannel':
        return {...object, spec: {retentionDuration: 'PT168H', ...recordAt(object, 'spec')}}
      case 'KafkaSource':
        return {
          ...object,
          spec: {consumerGroup: `knative-kafka-source-${randomUUID()}`, ...recordAt(object, 'spec')},
        }
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
  return {
    mutate({kind, object, before, user, subresource}: AdmissionRequest): KubeObject {
      if (!webhookGroups.includes(kind.group) || subresource !== '') return object
      const trouble = decodingFault(kind.kind, object['spec'], kind.schema.properties?.['spec'] ?? {})
      if (trouble !== undefined)
        throw denied(defaulting, `mutation failed: cannot decode incoming new object: ${trouble}`)
      if (object.metadata.deletionTimestamp !== undefined) return object
      return signed(defaulted(object), before, user.name, kind.group)
    },
    validate(request: AdmissionRequest): void {
      const {kind, operation, object, before, subresource, user} = request
      judgeOperatorResource(request, registry)
      if (!webhookGroups.includes(kind.group) || operation === 'DELETE' || subresource !== '') return
      // What is being deleted is not judged any more, so that finalizers can go.
      if (object.metadata.deletionTimestamp !== undefined) return
      const features = config.features()
      switch (kind.kind) {
        case 'Broker':
          refuseFaults(validation, brokerFaults(object, before, features, config.brokerDefaults()))
          if (kafka()) refuseFaults(kafkaValidation, kafkaBrokerFaults(object))
          return
        case 'Trigger':
          return refuseFaults(validation, triggerFaults(object, before, features))
        case 'Channel':
          return refuseFaults(validation, channelFaults(object, before, features))
        case 'Subscription':
          return refuseFaults(validation, subscriptionFaults(object, before, features))
        case 'InMemoryChannel':
          return refuseFaults(validation, inMemoryChannelFaults(object, before, user.name))
        case 'KafkaChannel':
          return refuseFaults(kafkaValidation, kafkaChannelFaults(object, before, user.name))
        case 'KafkaSource':
          return refuseFaults(kafkaValidation, kafkaSourceFaults(object, before, features))
        default:
          return refuseFaults(validation, sourceFaults(object, features))
      }
    },
  }
}

/** A cluster without webhooks. */
export const noAdmission: Admission = {mutate: ({object}) => object, validate: () => {}}
