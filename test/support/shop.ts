import type {KubeObject} from '../../src/domain/core/object.js'
import {aHealthyBroker, aHealthyTrigger, aNamespace, aSink, destination} from './healthy.js'

/** A namespace with a bit of everything that sends or gets events, and something broken of every sort. */

const ready = {conditions: [{type: 'Ready', status: 'True'}]}
const failed = (reason: string, message?: string) => ({
  conditions: [{type: 'Ready', status: 'False', reason, ...(message === undefined ? {} : {message})}],
})

const made = (apiVersion: string, kind: string, name: string, spec: object, status: object = ready): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, namespace: SHOP},
  spec,
  status,
})

const to = (apiVersion: string, kind: string, name: string) => ({ref: {apiVersion, kind, name}})
const broker = (name: string) => to('eventing.knative.dev/v1', 'Broker', name)
const ORDER = {'kafka.eventing.knative.dev/delivery.order': 'ordered'}

export const SHOP = 'shop'

const brokers: readonly KubeObject[] = [
  aHealthyBroker('orders', SHOP),
  aHealthyBroker('slow', SHOP, {status: {conditions: [{type: 'Ready', status: 'Unknown'}]}}),
]

const triggers: readonly KubeObject[] = [
  aHealthyTrigger('billing', 'orders', SHOP, {
    metadata: {annotations: ORDER},
    spec: {subscriber: destination('billing')},
  }),
  aHealthyTrigger('audit', 'orders', SHOP, {
    spec: {
      filter: {},
      filters: [{any: [{prefix: {type: 'order.'}}, {exact: {source: '/shop'}}]}],
      subscriber: destination('audit'),
      delivery: {deadLetterSink: to('v1', 'Service', 'attic'), retry: 3},
    },
  }),
  aHealthyTrigger('mail', 'orders', SHOP, {
    spec: {filter: {}, subscriber: to('v1', 'Service', 'mailer')},
    status: failed('NotFound', 'services "mailer" not found'),
  }),
  aHealthyTrigger('lost', 'order', SHOP, {
    spec: {filter: {}, subscriber: {uri: 'https://lost.example.com/<in>?a=b&c="d"'}},
    status: failed('BrokerDoesNotExist'),
  }),
  aHealthyTrigger('robot', 'orders', SHOP, {
    spec: {filter: {}, subscriber: to('machines.example.com/v1', 'Robot', 'arm')},
    status: failed('SubscriberResolveFailed', 'no matches for kind "Robot" in version "machines.example.com/v1"'),
  }),
  aHealthyTrigger('waiting', 'slow', SHOP, {
    spec: {filter: {}, subscriber: destination('box')},
    status: {conditions: [{type: 'Ready', status: 'Unknown', reason: 'BrokerUnknown'}]},
  }),
  aHealthyTrigger('again', 'slow', SHOP, {spec: {filter: {}, subscriber: broker('slow')}}),
]

const channels: readonly KubeObject[] = [
  made('messaging.knative.dev/v1', 'Channel', 'returns', {
    channelTemplate: {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'},
  }),
  made('messaging.knative.dev/v1', 'Subscription', 'returns', {
    channel: {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: 'returns'},
    subscriber: destination('billing'),
    reply: broker('orders'),
    delivery: {deadLetterSink: destination('dead-letters')},
  }),
]

const sources: readonly KubeObject[] = [
  made('sources.knative.dev/v1', 'PingSource', 'tick', {schedule: '*/5 * * * *', sink: broker('orders')}),
  made('sources.knative.dev/v1beta1', 'KafkaSource', 'intake', {
    topics: ['orders', 'changes'],
    bootstrapServers: ['kafka.example.com:9092'],
    sink: broker('orders'),
  }),
  made('sources.knative.dev/v1', 'ApiServerSource', 'watcher', {sink: destination('nobody')}, failed('NotFound')),
  made('sources.knative.dev/v1', 'SinkBinding', 'desk', {
    subject: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'desk'},
    sink: broker('slow'),
  }),
]

const flows: readonly KubeObject[] = [
  made(
    'sonataflow.org/v1alpha08',
    'SonataFlowPlatform',
    'flows',
    {
      services: {dataIndex: {enabled: true}, jobService: {enabled: true}},
      eventing: {broker: broker('slow')},
    },
    {conditions: [{type: 'Succeed', status: 'True'}]},
  ),
  {
    ...made('sonataflow.org/v1alpha08', 'SonataFlow', 'greet', {sink: broker('orders'), flow: {states: []}}),
    status: {conditions: [{type: 'Running', status: 'True'}]},
  },
]

const places: readonly KubeObject[] = [
  ...['billing', 'audit', 'box', 'tape', 'truck', 'post', 'is-large', 'dead-letters'].map((name) => aSink(name, SHOP)),
  ...['attic', 'flows-data-index-service', 'flows-jobs-service'].map((name): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {name, namespace: SHOP},
    spec: {},
  })),
  made('apps/v1', 'Deployment', 'desk', {}, {conditions: [{type: 'Available', status: 'True'}]}),
]

/** All of it, the namespace first. */
export const aShop = (): KubeObject[] => [
  aNamespace(SHOP),
  ...brokers,
  ...triggers,
  ...channels,
  ...sources,
  ...flows,
  ...places,
]

/** Beside it a Sequence and a Parallel, which the sandbox does not serve, and what leads to them. */
export const flowsOfTheShop = (): KubeObject[] => [
  made('flows.knative.dev/v1', 'Sequence', 'wrap', {
    steps: [destination('box'), destination('tape')],
    reply: to('messaging.knative.dev/v1', 'Channel', 'returns'),
  }),
  made('flows.knative.dev/v1', 'Parallel', 'split', {
    branches: [{filter: destination('is-large'), subscriber: destination('truck')}, {subscriber: destination('post')}],
    reply: broker('slow'),
  }),
  aHealthyTrigger('wrap', 'orders', SHOP, {
    spec: {filter: {}, subscriber: to('flows.knative.dev/v1', 'Sequence', 'wrap')},
  }),
  made('sources.knative.dev/v1', 'ApiServerSource', 'parcels', {sink: to('flows.knative.dev/v1', 'Parallel', 'split')}),
]
