import {destination} from '../../../support/healthy.js'
import {
  aBroker,
  aChannelBroker,
  aTrigger,
  brokerTo,
  configReference,
  deleting,
  failing,
  home,
  idle,
  kafkaConfig,
  pending,
  service,
  silent,
  system,
  withConfig,
  type Scene,
} from './scene.js'

const keeps = {deadLetterSink: destination('dead-letters')}
const safe = {...keeps, retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S'}
const template = (text: string) => system('ConfigMap', 'v1', 'own-channel', {data: {'channel-template-spec': text}})

/** The broker `default`, which is to go, with what would bring it back. */
const going = deleting(
  {...aBroker({}), metadata: {...aBroker({}).metadata, name: 'default'}},
  'brokers.eventing.knative.dev',
)
const sugar = (key: string, selector: string) => system('ConfigMap', 'v1', 'config-sugar', {data: {[key]: selector}})
const labelled = 'matchLabels:\n  eventing.knative.dev/injection: enabled\n'
const injected = {'eventing.knative.dev/injection': 'enabled'}

export const brokerScenes: readonly Scene[] = [
  {
    shows: 'a broker without a dead letter sink, with the triggers that live on it',
    objects: [aBroker({spec: {delivery: {retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S'}}})],
    codes: ['SFL-D09'],
  },
  {
    shows: 'a Kafka broker without a config, which keeps its controller from everything else',
    objects: [
      {...aBroker({spec: {delivery: safe}}), spec: {delivery: safe}},
      aBroker({spec: {delivery: safe}, metadata: {name: 'waiting'}, status: {}}),
    ],
    codes: ['SFL-K48'],
  },
  {shows: 'a broker without retries', objects: [aBroker({spec: {delivery: keeps}})], codes: ['SFL-H06']},
  {
    shows: 'channel-based brokers that keep events in memory, told once for their ConfigMap',
    objects: ['quick', 'quicker'].map((name) => aChannelBroker(name)),
    codes: ['SFL-H07'],
  },
  {
    shows: 'a class that no controller knows',
    objects: [aBroker({metadata: {annotations: {'eventing.knative.dev/broker.class': 'kafka'}}})],
    codes: ['SFL-B02'],
  },
  {
    shows: 'a config that does not fit the class, on a broker that is ready for now',
    objects: [aBroker({spec: configReference('config-br-default-channel', 'knative-eventing')})],
    codes: ['SFL-B03'],
  },
  {
    shows: 'a config that does not exist, once, with the triggers and sources that wait',
    objects: [
      withConfig('gone', {status: failing('ConfigParsed', 'Failed', 'failed to get configmap team-0/gone')}),
      aTrigger({status: failing('BrokerReady', 'BrokerNotReady', 'broker is not ready')}),
    ],
    codes: ['SFL-B05'],
  },
  {
    shows: 'a channel template that cannot be read',
    objects: [template('kind: ['), aChannelBroker('quick', {spec: configReference('own-channel', 'knative-eventing')})],
    codes: ['SFL-B06'],
  },
  {
    shows: 'a class without a data plane, once, with all brokers of the class',
    objects: [
      idle('mt-broker-ingress'),
      ...['quick', 'quicker'].map((name) =>
        aChannelBroker(name, {status: failing('IngressReady', 'DeploymentUnavailable', 'no ready pod')}),
      ),
    ],
    codes: ['SFL-B08', 'SFL-H07'],
  },
  {
    shows: 'names that are too long for triggers, or do not suit a Service',
    objects: [
      {...aBroker({}), metadata: {...aBroker({}).metadata, name: 'a'.repeat(64)}},
      aChannelBroker('1st', {spec: {delivery: safe}}),
    ],
    codes: ['SFL-B16', 'SFL-B17', 'SFL-H07'],
  },
  {
    shows: 'a broker that nobody has looked at',
    objects: [aBroker({status: {conditions: [], address: undefined}})],
    codes: ['SFL-B18'],
  },
  {
    shows: 'a condition that says nothing we know',
    objects: [aBroker({status: failing('EventPoliciesReady', 'Conflict', 'two policies')})],
    codes: ['SFL-B19'],
  },
  {
    shows: 'a broker whose deletion does not end, because what its finalizer looks for is gone',
    objects: [deleting(withConfig('gone'), 'brokers.eventing.knative.dev')],
    codes: ['SFL-B20', 'SFL-K12', 'SFL-K13', 'SFL-T03'],
  },
  {
    shows: 'a finalizer that does not find the Secret any more',
    objects: [
      kafkaConfig('other', {'auth.secret.ref.name': 'gone'}),
      deleting(
        aBroker({
          spec: configReference('other', home),
          status: {annotations: {'default.topic': 'knative-broker-team-0-orders-0', 'auth.secret.ref.name': 'gone'}},
        }),
        'brokers.eventing.knative.dev',
      ),
    ],
    args: `-n ${home} --ignore K03`,
    codes: ['SFL-B20', 'SFL-K15', 'SFL-T03'],
  },
  {
    shows: 'a broker that its controller is still at work on',
    objects: [aBroker({status: pending('TopicReady')})],
    codes: ['SFL-B22'],
  },
  {
    shows: 'back-off without retries, and half a back-off',
    objects: [
      aBroker({spec: {delivery: {...keeps, backoffPolicy: 'linear', backoffDelay: 'PT1S'}}}),
      aChannelBroker('quick', {spec: {delivery: {...keeps, retry: 3, backoffPolicy: 'linear'}}}),
    ],
    codes: ['SFL-D01', 'SFL-D08', 'SFL-H06', 'SFL-H07'],
  },
  {
    shows: 'a dead letter sink that does not exist, and one without an address',
    objects: [
      aBroker({spec: {delivery: {...safe, deadLetterSink: service('gone')}}}),
      silent('mute'),
      aTrigger({spec: {delivery: {...safe, deadLetterSink: destination('mute')}}}),
    ],
    codes: ['SFL-D02', 'SFL-D03'],
  },
  {
    shows: 'retryAfterMax, which the Kafka data plane does not read',
    objects: [aBroker({spec: {delivery: {...safe, retryAfterMax: 'PT30S'}}})],
    codes: ['SFL-D07'],
  },
  {
    shows: 'a duration that the Kafka controller cannot read, on a broker that is ready for now',
    objects: [aBroker({spec: {delivery: {...safe, backoffDelay: 'PT3600S'}}})],
    codes: ['SFL-D10'],
  },
  {
    shows: 'an external topic of a class that knows none',
    objects: [
      {
        ...aChannelBroker('quick'),
        metadata: {
          name: 'quick',
          namespace: home,
          annotations: {
            'eventing.knative.dev/broker.class': 'MTChannelBasedBroker',
            'kafka.eventing.knative.dev/external.topic': 'orders',
          },
        },
      },
    ],
    codes: ['SFL-H07', 'SFL-K06'],
  },
  {
    shows: 'a broker that is its own dead letter sink',
    objects: [aBroker({spec: {delivery: {...safe, deadLetterSink: brokerTo('orders-0')}}})],
    codes: ['SFL-D11'],
  },
  {
    shows: 'a deleted broker that its namespace would bring back',
    objects: [
      going,
      sugar('namespace-selector', labelled),
      {apiVersion: 'v1', kind: 'Namespace', metadata: {name: home, labels: injected}, status: {phase: 'Active'}},
    ],
    codes: ['SFL-B20', 'SFL-I01', 'SFL-K12'],
  },
  {
    shows: 'a deleted broker that a trigger would bring back',
    objects: [
      going,
      sugar('trigger-selector', labelled),
      {...aTrigger({metadata: {labels: injected}}), spec: {broker: 'default', subscriber: destination('sink')}},
    ],
    codes: ['SFL-B20', 'SFL-I02', 'SFL-K12', 'SFL-T03'],
  },
  {
    shows: 'a deleted broker that comes back in every namespace',
    objects: [going, sugar('namespace-selector', '{}\n')],
    codes: ['SFL-B20', 'SFL-I03', 'SFL-K12'],
  },
]
