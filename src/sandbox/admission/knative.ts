import {randomUUID} from 'node:crypto'
import {readChannelDefaults} from '../../domain/eventing/channel/defaults.js'
import {defaultedByWebhook, passesWebhook, webhookFaults, type WebhookSettings} from '../../domain/eventing/webhook.js'
import {type KubeObject} from '../../domain/core/object.js'
import {recordAt} from '../../domain/core/read.js'
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

/** The admission webhooks of Knative Eventing, its Kafka broker and the operators, with the rules of domain/eventing. */
export const knativeAdmission = (config: EventingConfig, registry: KindRegistry): Admission => {
  // The add-on's own webhook comes with its kinds.
  const kafka = () => registry.byGroupKind('messaging.knative.dev', 'KafkaChannel') !== undefined
  const settings = (): WebhookSettings => ({
    features: config.features(),
    brokerDefaults: config.brokerDefaults(),
    channelDefaults: readChannelDefaults(
      readYaml(config.data(systemNamespace, 'default-ch-webhook')?.['default-ch-config']),
    ),
  })
  const defaulted = (object: KubeObject): KubeObject => {
    if (object.kind !== 'KafkaSource') return defaultedByWebhook(object, settings())
    const spec = {consumerGroup: `knative-kafka-source-${randomUUID()}`, ...recordAt(object, 'spec')}
    return defaultedByWebhook({...object, spec}, settings())
  }
  return {
    mutate({kind, object, before, user, subresource}: AdmissionRequest): KubeObject {
      if (!passesWebhook(object) || subresource !== '') return object
      const trouble = decodingFault(kind.kind, object['spec'], kind.schema.properties?.['spec'] ?? {})
      if (trouble !== undefined)
        throw denied(defaulting, `mutation failed: cannot decode incoming new object: ${trouble}`)
      if (object.metadata.deletionTimestamp !== undefined) return object
      return signed(defaulted(object), before, user.name, kind.group)
    },
    validate(request: AdmissionRequest): void {
      const {operation, object, before, subresource, user} = request
      judgeOperatorResource(request, registry)
      if (!passesWebhook(object) || operation === 'DELETE' || subresource !== '') return
      // What is being deleted is not judged any more, so that finalizers can go.
      if (object.metadata.deletionTimestamp !== undefined) return
      const faults = webhookFaults(object, before, settings(), user.name)
      refuseFaults(validation, faults.eventing)
      if (kafka()) refuseFaults(kafkaValidation, faults.kafka)
    },
  }
}

/** A cluster without webhooks. */
export const noAdmission: Admission = {mutate: ({object}) => object, validate: () => {}}
