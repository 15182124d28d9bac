import {KAFKA_CHANNEL, KAFKA_SINK, KAFKA_SOURCE, BROKER} from '../../eventing/names.js'
import {type Kind} from '../../core/object.js'
import {type WorkloadName} from '../../core/workload.js'

/** The parts of Kafka for Knative that can be switched on one by one. */
export const PARTS = ['broker', 'channel', 'source', 'sink'] as const
export type Part = (typeof PARTS)[number]

/** Needed by every part (eventing-kafka-broker control-plane/config). */
export const controlPlane: readonly WorkloadName[] = [
  {kind: 'Deployment', name: 'kafka-controller'},
  {kind: 'Deployment', name: 'kafka-webhook-eventing'},
]

/** The data plane of a part (eventing-kafka-broker data-plane/config). Dispatchers were Deployments before release 1.14. */
export const dataPlane: Readonly<Record<Part, readonly WorkloadName[]>> = {
  broker: [
    {kind: 'Deployment', name: 'kafka-broker-receiver'},
    {kind: 'StatefulSet', name: 'kafka-broker-dispatcher'},
  ],
  channel: [
    {kind: 'Deployment', name: 'kafka-channel-receiver'},
    {kind: 'StatefulSet', name: 'kafka-channel-dispatcher'},
  ],
  source: [{kind: 'StatefulSet', name: 'kafka-source-dispatcher'}],
  sink: [{kind: 'Deployment', name: 'kafka-sink-receiver'}],
}

/** What people have of a part, and what it is called. */
export const partObjects: Readonly<Record<Part, {kind: Kind; one: string; many: string; plural: string}>> = {
  broker: {kind: BROKER, one: 'Kafka broker', many: 'Kafka brokers', plural: 'brokers.eventing.knative.dev'},
  channel: {
    kind: KAFKA_CHANNEL,
    one: 'KafkaChannel',
    many: 'KafkaChannels',
    plural: 'kafkachannels.messaging.knative.dev',
  },
  source: {kind: KAFKA_SOURCE, one: 'KafkaSource', many: 'KafkaSources', plural: 'kafkasources.sources.knative.dev'},
  sink: {kind: KAFKA_SINK, one: 'KafkaSink', many: 'KafkaSinks', plural: 'kafkasinks.eventing.knative.dev'},
}

/** A name for several parts: `broker`, `broker and sink`. */
export const partsText = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`
