import {brokerRefOf, platform, workflow} from '../../../sandbox/sonataflow.js'
import {aNamespace} from '../../../support/healthy.js'
import {
  aBroker,
  aSecret,
  aTrigger,
  brokerTo,
  failing,
  home,
  idle,
  kafkaChannel,
  kafkaConfig,
  pending,
  service,
  silent,
  source,
  subscription,
  withConfig,
  aChannelBroker,
  type Scene,
} from './scene.js'
import {destination} from '../../../support/healthy.js'

const safe = {retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S'}
const both = {dataIndex: {enabled: true}, jobService: {enabled: true}}
const lost = failing('BrokerReady', 'BrokerDoesNotExist', 'Broker "gone" does not exist')

/** What several checks see from their sides is told once, with all who suffer from it. */
export const joinedScenes: readonly Scene[] = [
  {
    shows: 'one broker that is missing for triggers, sources and a platform',
    objects: [
      aTrigger({spec: {broker: 'gone'}, status: lost}),
      source('PingSource', 'tick', brokerTo('gone'), {status: failing('SinkProvided', 'NotFound', 'not found')}),
    ],
    created: [
      platform('flows', {services: both, eventing: {broker: brokerRefOf('gone')}}, home),
      workflow('greet', {podTemplate: {container: {image: 'registry.local/greet'}}}, {namespace: home}),
    ],
    codes: ['SFL-DB01', 'SFL-T02'],
  },
  {
    shows: 'one sink that is missing as dead letter sink, sink, subscriber and reply',
    objects: [
      aBroker({spec: {delivery: {...safe, deadLetterSink: service('gone')}}}),
      aTrigger({spec: {subscriber: service('gone')}}),
      kafkaChannel('mail'),
      subscription('mail', 'mail', {
        spec: {subscriber: service('gone'), reply: service('gone')},
        status: failing('ReferencesResolved', 'SubscriberResolveFailed', 'services "gone" not found'),
      }),
      source('PingSource', 'tick', service('gone'), {status: failing('SinkProvided', 'NotFound', 'not found')}),
    ],
    codes: ['SFL-T05'],
  },
  {
    shows: 'one sink without an address for two who send to it',
    objects: [
      silent('mute'),
      aTrigger({spec: {subscriber: destination('mute')}}),
      source('PingSource', 'tick', destination('mute'), {status: failing('SinkProvided', 'NotFound', 'no address')}),
    ],
    codes: ['SFL-T06'],
  },
  {
    shows: 'one Secret that is missing for a broker and for a source',
    objects: [
      kafkaConfig('own', {'auth.secret.ref.name': 'login'}),
      withConfig('own', {status: failing('TopicReady', 'Failed to get broker auth secret', 'not found')}),
      aTrigger({status: failing('BrokerReady', 'BrokerNotReady', 'not ready')}),
      {
        ...source('KafkaSource', 'import', brokerTo('orders-0'), {
          spec: {
            bootstrapServers: ['kafka.example.com:9092'],
            topics: ['ticks'],
            net: {
              sasl: {
                enable: true,
                user: {secretKeyRef: {name: 'login', key: 'user'}},
                password: {secretKeyRef: {name: 'login', key: 'password'}},
              },
            },
          },
          status: failing('SinkProvided', 'NotFound', 'no address'),
        }),
        apiVersion: 'sources.knative.dev/v1beta1',
      },
    ],
    codes: ['SFL-K03', 'SFL-K38'],
  },
  {
    shows: 'Kafka that is not installed at all',
    objects: [aBroker({status: {conditions: []}})],
    sandbox: {install: {kafka: false}},
    codes: ['SFL-K38'],
  },
  {
    shows: 'a control plane that does not run, and everything that it has not looked at',
    objects: [
      idle('eventing-controller'),
      aChannelBroker('quick', {status: {conditions: []}}),
      aTrigger({status: {conditions: []}}),
      kafkaChannel('mail', {status: {conditions: []}}),
      subscription('mail', 'mail', {status: {conditions: []}}),
    ],
    codes: ['SFL-H03', 'SFL-H07'],
  },
  {
    shows: 'a data plane that does not run, and brokers and triggers that wait for it',
    objects: [
      idle('kafka-controller'),
      aBroker({status: pending('TopicReady')}),
      aTrigger({status: failing('DependencyReady', 'Schedule', 'no dispatcher pod')}, 'orders-0-1'),
    ],
    codes: ['SFL-K36'],
  },
  {
    shows: 'a broker whose config is missing, and the platform that waits for the broker',
    args: '-n demo',
    bare: true,
    objects: [
      aNamespace('demo'),
      {
        ...withConfig('gone', {status: failing('ConfigParsed', 'Failed', 'configmap not found')}),
        metadata: {
          name: 'events',
          namespace: 'demo',
          annotations: {'eventing.knative.dev/broker.class': 'Kafka'},
        },
      },
    ],
    created: [platform('flows', {services: both, eventing: {broker: brokerRefOf('events')}})],
    codes: ['SFL-B05', 'SFL-D02', 'SFL-DB01'],
  },
  {
    shows: 'two faults of one platform are two: a Secret that is missing, and pods that lack something else',
    args: '-n demo',
    bare: true,
    objects: [
      aNamespace('demo'),
      aSecret('other', {}),
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: {name: 'flows-data-index-service', namespace: 'demo'},
        spec: {replicas: 1},
        status: {readyReplicas: 0},
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'flows-data-index-service-x',
          namespace: 'demo',
          labels: {'app.kubernetes.io/name': 'data-index-service', 'app.kubernetes.io/instance': 'flows'},
        },
        spec: {containers: [{name: 'data-index-service'}]},
        status: {
          phase: 'Pending',
          containerStatuses: [
            {
              name: 'data-index-service',
              ready: false,
              state: {waiting: {reason: 'ImagePullBackOff', message: 'no such image'}},
            },
          ],
        },
      },
      {
        ...platform('flows', {
          services: {
            dataIndex: {
              enabled: true,
              persistence: {
                postgresql: {secretRef: {name: 'gone'}, jdbcUrl: 'jdbc:postgresql://db:5432/flows?currentSchema=index'},
              },
            },
          },
        }),
        status: {conditions: [{type: 'Succeed', status: 'True'}], observedGeneration: 1},
      },
    ],
    codes: ['SFL-DB09', 'SFL-L02', 'SFL-L04', 'SFL-L06', 'SFL-W01'],
  },
]
