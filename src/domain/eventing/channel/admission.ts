import {type KubeObject} from '../../core/object.js'
import {at, isRecord, listAt, numberAt, textAt, type Fields} from '../../core/read.js'
import {deliveryFaults} from '../delivery/admission.js'
import {sameDelivery} from '../delivery/delivery.js'
import {type Features} from '../features.js'
import {disallowed, invalidValue, missing, renderFaults, via, type FieldFault} from '../../core/field-faults.js'
import {readPeriod} from '../delivery/period.js'

/** Who may change the subscribers of a channel. */
export const EVENTING_CONTROLLER = 'system:serviceaccount:knative-eventing:eventing-controller'

/** Which cluster or namespace runs the dispatcher of a channel. */
const SCOPE = 'eventing.knative.dev/scope'

/** knative.dev/pkg kmp.ShortDiff of texts and numbers; other values are not shown as Go shows them. */
export const shortDiff = (
  struct: string,
  fields: ReadonlyArray<readonly [goPath: string, before: unknown, after: unknown]>,
): string =>
  fields
    .filter(([, before, after]) => !sameDelivery(before, after))
    .map(([path, before, after]) => `{v1.${struct}}.${path}:\n\t-: "${goText(before)}"\n\t+: "${goText(after)}"\n`)
    .join('')

const goText = (value: unknown): string => {
  if (value === undefined || value === null) return '<nil>'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export const immutable = (details: string): FieldFault[] =>
  details === '' ? [] : [{message: 'Immutable fields changed (-old +new)', paths: ['spec'], details}]

/**
 * The rules of the eventing webhook for a Channel, in its words (knative/eventing pkg/apis/messaging/v1/
 * channel_validation.go); see `brokerFaults`.
 */
export const channelFaults = (channel: KubeObject, before: KubeObject | undefined, features: Features): string[] => {
  const namespace = channel.metadata.namespace ?? ''
  const template = at(channel, 'spec', 'channelTemplate')
  return renderFaults([
    ...via('spec', [
      ...(isRecord(template)
        ? via(
            'channelTemplate',
            ['kind', 'apiVersion'].flatMap((field) => (textAt(template, field) ? [] : [missing(field)])),
          )
        : [missing('channelTemplate')]),
      ...(listAt(channel, 'spec', 'subscribers').length > 0 ? via('subscribable', [disallowed('subscribers')]) : []),
      ...via('delivery', deliveryFaults(at(channel, 'spec', 'delivery'), features, namespace)),
    ]),
    ...(before === undefined ? [] : immutable(channelDiff(before, channel))),
  ])
}

const channelDiff = (before: KubeObject, after: KubeObject): string => {
  const pair = (...path: string[]): readonly [unknown, unknown] => [
    at(before, 'spec', ...path),
    at(after, 'spec', ...path),
  ]
  return shortDiff('ChannelSpec', [
    ['ChannelTemplate.TypeMeta.Kind', ...pair('channelTemplate', 'kind')],
    ['ChannelTemplate.TypeMeta.APIVersion', ...pair('channelTemplate', 'apiVersion')],
    ['ChannelTemplate.Spec', ...pair('channelTemplate', 'spec')],
    ['ChannelableSpec.Delivery', ...pair('delivery')],
  ])
}

const scopeFaults = ({metadata}: KubeObject): FieldFault[] => {
  const scope = metadata.annotations?.[SCOPE]
  if (scope === undefined || scope === 'cluster' || scope === 'namespace') return []
  // Sic: the original joins "annotations" and the key with a dot.
  return [
    {
      ...invalidValue(scope, '', "expected either 'cluster' or 'namespace'"),
      paths: [`metadata.annotations.[${SCOPE}]`],
    },
  ]
}

const subscriberFaults = (channel: KubeObject, before: KubeObject | undefined, user: string): FieldFault[] => {
  const subscribers = listAt(channel, 'spec', 'subscribers')
  const incomplete = subscribers.flatMap((subscriber, index) =>
    textAt(subscriber, 'subscriberUri') || textAt(subscriber, 'replyUri')
      ? []
      : via(`spec.subscribable.subscriber[${index}]`, [
          {...missing('replyURI', 'subscriberURI'), details: 'expected at least one of, got none'},
        ]),
  )
  if (before === undefined || user === EVENTING_CONTROLLER) return incomplete
  return sameDelivery(listAt(before, 'spec', 'subscribers'), subscribers)
    ? incomplete
    : [
        ...incomplete,
        {
          message: `Channel.Spec.Subscribers changed by user ${user} which was not the ${EVENTING_CONTROLLER} service account`,
          paths: ['spec.subscribers'],
        },
      ]
}

/** The same for an InMemoryChannel (in_memory_channel_validation.go); its delivery is not judged. */
export const inMemoryChannelFaults = (channel: KubeObject, before: KubeObject | undefined, user: string): string[] =>
  renderFaults([...subscriberFaults(channel, before, user), ...scopeFaults(channel)])

const kafkaFields = [
  ['numPartitions', 'NumPartitions'],
  ['replicationFactor', 'ReplicationFactor'],
  ['retentionDuration', 'RetentionDuration'],
] as const

/** What the webhook of the Kafka add-on says of a KafkaChannel's settings, relative to its spec. */
export const kafkaChannelSpecFaults = (spec: Fields): FieldFault[] => {
  const {retentionDuration} = spec
  const retention = typeof retentionDuration === 'string' ? readPeriod(retentionDuration) : undefined
  return [
    ...['numPartitions', 'replicationFactor'].flatMap((field) => {
      const value = numberAt(spec, field)
      return value === undefined || value > 0 ? [] : [invalidValue(value, field)]
    }),
    ...(retention !== undefined && 'fault' in retention ? [invalidValue(retentionDuration, 'retentionDuration')] : []),
  ]
}

/**
 * The rules of `validation.webhook.kafka.eventing.knative.dev` for a KafkaChannel (eventing-kafka-broker
 * control-plane/pkg/apis/messaging/v1beta1/kafka_channel_validation.go). An empty field may be given a value later.
 */
export const kafkaChannelFaults = (channel: KubeObject, before: KubeObject | undefined, user: string): string[] => {
  const spec = at(channel, 'spec')
  const changed = kafkaFields.map(([field, goName]): readonly [string, unknown, unknown] => {
    const was = at(before, 'spec', field)
    return [goName, was, was === undefined || was === '' || was === 0 ? was : at(channel, 'spec', field)]
  })
  return renderFaults([
    ...via('spec', kafkaChannelSpecFaults(isRecord(spec) ? spec : {})),
    ...subscriberFaults(channel, before, user),
    ...scopeFaults(channel),
    ...(before === undefined ? [] : immutable(shortDiff('KafkaChannelSpec', changed))),
  ])
}
