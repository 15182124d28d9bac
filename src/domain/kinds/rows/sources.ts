import {type KindRow, row} from '../kind.js'
import {
  API_SERVER_SOURCE,
  CONTAINER_SOURCE,
  INTEGRATION_SOURCE,
  KAFKA_SOURCE,
  PING_SOURCE,
  SINK_BINDING,
} from '../names.js'

const legacy = 'sources.eventing.knative.dev/v1alpha1'

/** Versions: knative/eventing config/core/resources and knative-extensions/eventing-kafka-broker, with their histories. */
export const sourceRows: readonly KindRow[] = [
  row(API_SERVER_SOURCE, {
    from: 'eventing',
    former: ['v1beta1', 'v1alpha2', 'v1alpha1', legacy],
    condition: 'Ready',
    role: 'source',
    judged: 'sources',
    listed: 'scope',
    typeText: 'Watch and send Kubernetes API events to addressable',
    sandbox: true,
  }),
  row(CONTAINER_SOURCE, {
    from: 'eventing',
    former: ['v1beta1', 'v1alpha2', 'v1alpha1', legacy],
    condition: 'Ready',
    role: 'source',
    judged: 'sources',
    listed: 'scope',
    typeText: 'Generate events by Container image and send to addressable',
    sandbox: true,
  }),
  row(KAFKA_SOURCE, {
    from: 'kafka',
    versions: ['v1'],
    former: ['v1alpha1', legacy],
    condition: 'Ready',
    role: 'source',
    judged: 'sources',
    listed: 'scope',
    typeText: 'Route events from Apache Kafka Server to addressable',
    sandbox: true,
  }),
  row(PING_SOURCE, {
    from: 'eventing',
    versions: ['v1beta2'],
    deprecated: ['v1beta2'],
    former: ['v1beta1', 'v1alpha2', 'v1alpha1'],
    condition: 'Ready',
    role: 'source',
    judged: 'sources',
    listed: 'scope',
    typeText: 'Send periodically ping events to addressable',
    sandbox: true,
  }),
  row(INTEGRATION_SOURCE, {from: 'eventing', condition: 'Ready', role: 'source'}),
  row(SINK_BINDING, {
    from: 'eventing',
    former: ['v1beta1', 'v1alpha2', 'v1alpha1', legacy],
    condition: 'Ready',
    role: 'binding',
    judged: 'sources',
    listed: 'scope',
    typeText: 'Binding for connecting a PodSpecable to addressable',
    sandbox: true,
  }),
]
