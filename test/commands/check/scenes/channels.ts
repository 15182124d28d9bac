import {destination} from '../../../support/healthy.js'
import {
  channel,
  deleting,
  failing,
  home,
  idle,
  kafkaChannel,
  pending,
  ready,
  service,
  silent,
  source,
  subscription,
  type Scene,
} from './scene.js'

const toChannel = (name: string, kind = 'Channel') => ({
  ref: {apiVersion: 'messaging.knative.dev/v1', kind, name, namespace: home},
})

export const channelScenes: readonly Scene[] = [
  {
    shows: 'a channel in memory, and a subscription that loses what it cannot deliver',
    objects: [channel('mail', 'InMemoryChannel'), subscription('mail', 'mail', {spec: {delivery: undefined}})],
    codes: ['SFL-D09', 'SFL-H09'],
  },
  {
    shows: 'a Kafka channel with one copy, and a subscription without a channel',
    objects: [
      channel('mail', 'KafkaChannel', {template: {spec: {numPartitions: 1, replicationFactor: 1}}}),
      subscription('lost', 'mial'),
    ],
    codes: ['SFL-H05', 'SFL-S02'],
  },
  {
    shows: 'a type that the cluster does not have',
    objects: [kafkaChannel('mail', {status: failing('BackingChannelReady', 'NotFound', 'no matches for kind')})],
    sandbox: {install: {kafka: false}},
    bare: true,
    args: `-n ${home}`,
    codes: ['SFL-C02'],
  },
  {
    shows: 'a type that nothing looks after, once, with all its channels',
    objects: [
      idle('imc-dispatcher'),
      ...['mail', 'post'].map((name) =>
        channel(name, 'InMemoryChannel', {status: failing('BackingChannelReady', 'NotReady', 'not ready')}),
      ),
    ],
    codes: ['SFL-C07', 'SFL-H09'],
  },
  {
    shows: 'a name that does not suit the Service of a channel',
    objects: [{...kafkaChannel('mail'), metadata: {name: '1st', namespace: home}}],
    codes: ['SFL-C09'],
  },
  {
    shows: 'a channel that nobody has looked at',
    objects: [kafkaChannel('mail', {status: {conditions: []}})],
    codes: ['SFL-C12'],
  },
  {
    shows: 'a channel that fails, once, with its subscription and the source that sends to it',
    objects: [
      kafkaChannel('mail', {status: failing('ChannelServiceReady', 'Failed', 'no Service')}),
      subscription('mail', 'mail', {status: failing('ChannelReady', 'ChannelNotReady', 'not ready')}),
      source('PingSource', 'tick', toChannel('mail'), {status: failing('SinkProvided', 'NotFound', 'no address')}),
    ],
    codes: ['SFL-C13'],
  },
  {
    shows: 'a channel that its controller is still at work on',
    objects: [kafkaChannel('mail', {status: pending('BackingChannelReady')})],
    codes: ['SFL-C14'],
  },
  {
    shows: 'a channel whose deletion does not end',
    objects: [deleting(kafkaChannel('mail'), 'example.com/hold')],
    codes: ['SFL-C17'],
  },
  {
    shows: 'a dead letter sink of a channel that does not exist, and a format that has no effect',
    objects: [kafkaChannel('mail', {spec: {delivery: {deadLetterSink: service('gone'), format: 'json'}}})],
    codes: ['SFL-D02', 'SFL-S18'],
  },
  {
    shows: 'a subscription that waits for a channel of its own kind',
    objects: [
      {
        apiVersion: 'messaging.knative.dev/v1beta1',
        kind: 'KafkaChannel',
        metadata: {name: 'mail', namespace: home},
        spec: {numPartitions: 1, replicationFactor: 3},
        status: failing('TopicReady', 'Failed', 'no topic'),
      },
      subscription('mail', 'mail', {
        spec: {channel: {apiVersion: 'messaging.knative.dev/v1beta1', kind: 'KafkaChannel', name: 'mail'}},
        status: failing('ChannelReady', 'ChannelNotReady', 'not ready'),
      }),
    ],
    codes: ['SFL-S03'],
  },
  {
    shows: 'a subscriber that does not exist, and a reply without an address',
    objects: [
      silent('mute'),
      kafkaChannel('mail'),
      subscription('mail', 'mail', {spec: {subscriber: service('gone'), reply: destination('mute')}}),
    ],
    codes: ['SFL-S06', 'SFL-S07'],
  },
  {
    shows: 'a subscription that nobody has looked at',
    objects: [kafkaChannel('mail'), subscription('mail', 'mail', {status: {conditions: []}})],
    codes: ['SFL-S10'],
  },
  {
    shows: 'a condition that says nothing we know',
    objects: [
      kafkaChannel('mail'),
      subscription('mail', 'mail', {status: failing('AddedToChannel', 'Failed', 'physical channel is busy')}),
    ],
    codes: ['SFL-S11'],
  },
  {
    shows: 'a subscription that its controller is still at work on',
    objects: [kafkaChannel('mail'), subscription('mail', 'mail', {status: pending('AddedToChannel')})],
    codes: ['SFL-S12'],
  },
  {
    shows: 'answers that go back to the channel they came from',
    objects: [
      kafkaChannel('mail', {status: {...ready, address: {url: 'http://mail'}}}),
      subscription('mail', 'mail', {spec: {reply: toChannel('mail')}}),
    ],
    codes: ['SFL-S14'],
  },
  {
    shows: 'a subscription whose deletion does not end',
    objects: [kafkaChannel('mail'), deleting(subscription('mail', 'mail'), 'example.com/hold')],
    codes: ['SFL-S15'],
  },
]

export const sourceScenes: readonly Scene[] = [
  {
    shows: 'a source whose sink is gone, and one that is not ready for another reason',
    objects: [
      source('PingSource', 'tick', service('gone'), {
        status: failing('SinkProvided', 'NotFound', 'services "gone" not found'),
      }),
      source('ApiServerSource', 'watch', destination('sink'), {
        status: failing('SufficientPermissions', 'Forbidden', 'may not list pods'),
      }),
    ],
    codes: ['SFL-H10', 'SFL-H11'],
  },
  {
    shows: 'SinkBindings without a subject, by name and by labels',
    objects: [
      source('SinkBinding', 'bind', destination('sink'), {
        spec: {subject: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'gone'}},
      }),
      source('SinkBinding', 'bind-all', destination('sink'), {
        spec: {subject: {apiVersion: 'apps/v1', kind: 'Deployment', selector: {matchLabels: {app: 'gone'}}}},
      }),
    ],
    codes: ['SFL-H12'],
  },
]
