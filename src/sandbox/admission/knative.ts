import {brokerFaults, kafkaBrokerFaults, triggerFaults} from '../../domain/eventing/admission.js'
import {defaultedBroker, defaultedTrigger} from '../../domain/eventing/broker-defaults.js'
import {type KubeObject} from '../../domain/object.js'
import {recordAt} from '../../domain/read.js'
import {equal} from '../store/equal.js'
import {type Admission, type AdmissionRequest} from '../store/request.js'
import {type EventingConfig, readYaml, systemNamespace} from './config.js'
import {denied, refuseFaults} from './envelope.js'
import {decodingFault} from './go-json.js'

const defaulting = 'webhook.eventing.knative.dev'
const validation = 'validation.webhook.eventing.knative.dev'
const kafkaValidation = 'validation.webhook.kafka.eventing.knative.dev'

const creator = 'eventing.knative.dev/creator'
const lastModifier = 'eventing.knative.dev/lastModifier'

/** Who created the object and who changed its spec last (knative.dev/pkg apis/metadata_annotation.go). */
const signed = (object: KubeObject, before: KubeObject | undefined, user: string): KubeObject => {
  const annotations = object.metadata.annotations ?? {}
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
  const defaults = readYaml(config.data(systemNamespace, 'default-ch-webhook')?.['default-ch-config'])
  const own = recordAt(defaults, 'namespaceDefaults', channel.metadata.namespace ?? '')
  const template = Object.keys(own).length > 0 ? own : recordAt(defaults, 'clusterDefault')
  return Object.keys(template).length === 0 ? channel : {...channel, spec: {...spec, channelTemplate: template}}
}

const webhookGroups = ['eventing.knative.dev', 'messaging.knative.dev', 'sources.knative.dev']

/** The admission webhooks of Knative Eventing and its Kafka broker, with the rules of domain/eventing. */
export const knativeAdmission = (config: EventingConfig, kafka: boolean): Admission => ({
  mutate({kind, object, before, user, subresource}: AdmissionRequest): KubeObject {
    if (!webhookGroups.includes(kind.group) || subresource !== '') return object
    const trouble = decodingFault(kind.kind, object['spec'], kind.schema.properties?.['spec'] ?? {})
    if (trouble !== undefined)
      throw denied(defaulting, `mutation failed: cannot decode incoming new object: ${trouble}`)
    if (object.metadata.deletionTimestamp !== undefined) return object
    switch (kind.kind) {
      case 'Broker':
        return signed(defaultedBroker(object, config.brokerDefaults()), before, user.name)
      case 'Trigger':
        return signed(defaultedTrigger(object, config.features().crossNamespaceEventLinks), before, user.name)
      case 'Channel':
        return signed(defaultedChannel(object, config), before, user.name)
      case 'KafkaChannel':
        return {...object, spec: {retentionDuration: 'PT168H', ...recordAt(object, 'spec')}}
      default:
        return object
    }
  },
  validate({kind, operation, object, before, subresource}: AdmissionRequest): void {
    if (kind.group !== 'eventing.knative.dev' || operation === 'DELETE' || subresource !== '') return
    // What is being deleted is not judged any more, so that finalizers can go.
    if (object.metadata.deletionTimestamp !== undefined) return
    if (kind.kind === 'Broker') {
      refuseFaults(validation, brokerFaults(object, before, config.features(), config.brokerDefaults()))
      if (kafka) refuseFaults(kafkaValidation, kafkaBrokerFaults(object))
    }
    if (kind.kind === 'Trigger') refuseFaults(validation, triggerFaults(object, before, config.features()))
  },
})

/** A cluster without webhooks. */
export const noAdmission: Admission = {mutate: ({object}) => object, validate: () => {}}
