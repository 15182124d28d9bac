import type {KubeObject} from '../../src/domain/core/object.js'

/** A cluster in which nothing is wrong, of any size: stored past all checks and left alone by the controllers. */

const ready = {conditions: [{type: 'Ready', status: 'True'}]}

export const aNamespace = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {name},
  status: {phase: 'Active'},
})

export const aSink = (name: string, namespace: string): KubeObject => ({
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: {name, namespace},
  spec: {template: {spec: {containers: [{image: 'registry.local/sink'}]}}},
  status: {...ready, address: {url: `http://${name}.${namespace}.svc.cluster.local`}},
})

export const destination = (name: string) => ({ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name}})

export const aHealthyBroker = (
  name: string,
  namespace: string,
  changes: {spec?: object; status?: object} = {},
): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {
    name,
    namespace,
    annotations: {'eventing.knative.dev/broker.class': 'Kafka'},
    finalizers: ['brokers.eventing.knative.dev'],
  },
  spec: {
    config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka-broker-config', namespace: 'knative-eventing'},
    delivery: {
      deadLetterSink: destination('dead-letters'),
      retry: 10,
      backoffPolicy: 'exponential',
      backoffDelay: 'PT0.2S',
    },
    ...changes.spec,
  },
  status: {
    ...ready,
    address: {url: `http://kafka-broker-ingress.knative-eventing.svc.cluster.local/${namespace}/${name}`},
    ...changes.status,
  },
})

export const aHealthyTrigger = (
  name: string,
  broker: string,
  namespace: string,
  changes: {metadata?: object; spec?: object; status?: object} = {},
): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Trigger',
  metadata: {name, namespace, labels: {'eventing.knative.dev/broker': broker}, ...changes.metadata},
  spec: {broker, filter: {attributes: {type: 'order'}}, subscriber: destination('sink'), ...changes.spec},
  status: {...ready, ...changes.status},
})

/** So many brokers, each in a namespace of ten, with five triggers each. */
export const aHealthyCluster = (brokers: number): KubeObject[] =>
  Array.from({length: Math.ceil(brokers / 10)}, (_, group) => {
    const namespace = `team-${group}`
    const own = Array.from({length: Math.min(10, brokers - group * 10)}, (_broker, index) => `orders-${index}`)
    return [
      aNamespace(namespace),
      aSink('sink', namespace),
      aSink('dead-letters', namespace),
      ...own.flatMap((broker) => [
        aHealthyBroker(broker, namespace),
        ...Array.from({length: 5}, (_trigger, index) => aHealthyTrigger(`${broker}-${index}`, broker, namespace)),
      ]),
    ]
  }).flat()
