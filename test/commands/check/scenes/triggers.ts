import {aHealthyTrigger, destination} from '../../../support/healthy.js'
import {
  aBroker,
  aChannelBroker,
  aTrigger,
  brokerTo,
  deleting,
  failing,
  home,
  pending,
  service,
  silent,
  system,
  type Scene,
} from './scene.js'

const safe = {deadLetterSink: destination('dead-letters'), retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S'}

export const triggerScenes: readonly Scene[] = [
  {
    shows: 'a trigger without a broker',
    objects: [
      aHealthyTrigger('lost', 'order-0', home, {
        status: failing('BrokerReady', 'BrokerDoesNotExist', 'Broker "order-0" does not exist'),
      }),
    ],
    codes: ['SFL-T02'],
  },
  {
    shows: 'a trigger whose broker will come by injection, and is not there yet',
    objects: [
      system('ConfigMap', 'v1', 'config-sugar', {
        data: {'trigger-selector': 'matchLabels:\n  eventing.knative.dev/injection: enabled\n'},
      }),
      aHealthyTrigger('early', 'soon', home, {
        metadata: {labels: {'eventing.knative.dev/injection': 'enabled'}},
        status: failing('BrokerReady', 'BrokerDoesNotExist', 'Broker "soon" does not exist'),
      }),
    ],
    codes: ['SFL-T25'],
  },
  {
    shows: 'triggers that wait for their broker, where brokers are not asked about',
    args: `triggers -n ${home}`,
    objects: [
      aBroker({status: pending('TopicReady')}),
      aTrigger({status: failing('BrokerReady', 'BrokerNotReady', 'broker is not ready')}),
    ],
    codes: ['SFL-T04'],
  },
  {
    shows: 'a trigger that delivers to what is gone, though it says it is ready',
    objects: [aTrigger({spec: {subscriber: service('gone')}})],
    codes: ['SFL-T05'],
  },
  {
    shows: 'a trigger that delivers to what has no address',
    objects: [silent('mute'), aTrigger({spec: {subscriber: destination('mute')}})],
    codes: ['SFL-T06'],
  },
  {
    shows: 'a trigger that sends events back to its broker',
    objects: [aTrigger({spec: {subscriber: brokerTo('orders-0')}})],
    codes: ['SFL-T07'],
  },
  {
    shows: 'an order where none is known',
    objects: [
      aChannelBroker('quick'),
      aHealthyTrigger('sorted', 'quick', home, {
        metadata: {annotations: {'kafka.eventing.knative.dev/delivery.order': 'ordered'}},
      }),
    ],
    codes: ['SFL-H07', 'SFL-T08'],
  },
  {
    shows: 'a trigger that loses the delivery settings of its broker',
    objects: [aTrigger({spec: {delivery: {retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S'}}})],
    codes: ['SFL-D09', 'SFL-T10'],
  },
  {
    shows: 'a trigger that gives up at the first failure',
    objects: [aTrigger({spec: {delivery: {deadLetterSink: destination('dead-letters')}}})],
    codes: ['SFL-H06', 'SFL-T10'],
  },
  {
    shows: 'a trigger that nobody has looked at',
    objects: [aTrigger({status: {conditions: []}})],
    codes: ['SFL-T15'],
  },
  {
    shows: 'a condition that says nothing we know',
    objects: [aTrigger({status: failing('OIDCIdentityCreated', 'Failed', 'no identity')})],
    codes: ['SFL-T16'],
  },
  {
    shows: 'a trigger that its controller is still at work on',
    objects: [aTrigger({status: pending('DependencyReady')})],
    codes: ['SFL-T17'],
  },
  {
    shows: 'a trigger whose deletion does not end',
    objects: [deleting(aTrigger({}), 'triggers.eventing.knative.dev')],
    codes: ['SFL-T18'],
  },
  {
    shows: 'two kinds of filters, of which one is not looked at',
    objects: [aTrigger({spec: {filters: [{exact: {type: 'order'}}]}})],
    codes: ['SFL-T19'],
  },
  {
    shows: 'a trigger whose events nobody takes out of Kafka',
    objects: [aTrigger({status: failing('DependencyReady', 'Schedule', 'no dispatcher pod')})],
    codes: ['SFL-T20'],
  },
  {
    shows: 'a dependency that is not ready',
    objects: [
      aTrigger({
        metadata: {annotations: {'knative.dev/dependency': '{"kind":"PingSource","name":"tick"}'}},
        status: failing('DependencyReady', 'DependencyDoesNotExist', 'pingsource tick not found'),
      }),
    ],
    codes: ['SFL-T21'],
  },
  {
    shows: 'an injection mark where Knative does not look, and an order that does not exist',
    objects: [
      aTrigger({metadata: {annotations: {'eventing.knative.dev/injection': 'enabled'}}}),
      aTrigger({metadata: {annotations: {'kafka.eventing.knative.dev/delivery.order': 'sorted'}}}, 'orders-0-1'),
    ],
    codes: ['SFL-I11', 'SFL-T23'],
  },
  {
    shows: 'a trigger that was made for a platform that is gone',
    args: '-A',
    objects: [
      aTrigger({
        metadata: {
          labels: {app: 'flows', 'app-namespace': 'old', 'app.kubernetes.io/managed-by': 'sonataflow-operator'},
        },
      }),
    ],
    codes: ['SFL-H08'],
  },
  {
    shows: 'an old mark that Knative before 1.4 would act upon',
    objects: [
      deleting({...aBroker({spec: {delivery: safe}})}, 'brokers.eventing.knative.dev'),
      aTrigger({metadata: {annotations: {'eventing.knative.dev/injection': 'enabled'}}}),
    ],
    codes: ['SFL-B20', 'SFL-I11', 'SFL-K12', 'SFL-T03'],
  },
]
