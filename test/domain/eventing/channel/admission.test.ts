import {describe, expect, test} from 'vitest'
import {
  channelFaults,
  EVENTING_CONTROLLER,
  inMemoryChannelFaults,
  kafkaChannelFaults,
} from '../../../../src/domain/eventing/channel/admission.js'
import {defaultFeatures} from '../../../../src/domain/eventing/features.js'
import {subscriptionFaults} from '../../../../src/domain/eventing/subscription/admission.js'
import {type KubeObject} from '../../../../src/domain/core/object.js'

const object =
  (kind: string) =>
  (spec: object, annotations: Record<string, string> = {}): KubeObject => ({
    apiVersion: 'messaging.knative.dev/v1',
    kind,
    metadata: {name: 'pipe', namespace: 'shop', annotations},
    spec,
  })
const channel = object('Channel')
const imc = object('InMemoryChannel')
const kafka = object('KafkaChannel')
const subscription = object('Subscription')

const template = {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'}

describe('what the eventing webhook says about a channel', () => {
  test.each<[string, object, string]>([
    ['nothing', {channelTemplate: template, delivery: {retry: 3}}, ''],
    ['no template', {}, 'missing field(s): spec.channelTemplate'],
    [
      'half a template',
      {channelTemplate: {spec: {}}},
      'missing field(s): spec.channelTemplate.apiVersion, spec.channelTemplate.kind',
    ],
    [
      'subscribers',
      {channelTemplate: template, subscribers: [{uid: 'u'}]},
      'must not set the field(s): spec.subscribable.subscribers',
    ],
    [
      'delivery, as for a broker',
      {channelTemplate: template, delivery: {retry: -1, timeout: 'PT0S', deadLetterSink: {}}},
      'expected at least one, got none: spec.delivery.deadLetterSink.ref, spec.delivery.deadLetterSink.uri\n' +
        'invalid value: -1: spec.delivery.retry\n' +
        'invalid value: PT0S: spec.delivery.timeout',
    ],
  ])('%s', (_case, spec, text) => {
    expect(channelFaults(channel(spec), undefined, defaultFeatures).join('\n')).toBe(text)
  })

  test.each<[string, object, string]>([
    ['nothing, however its fields are ordered', {delivery: {retry: 1}, channelTemplate: template}, ''],
    [
      'another type',
      {channelTemplate: {...template, kind: 'KafkaChannel'}, delivery: {retry: 1}},
      'Immutable fields changed (-old +new): spec\n{v1.ChannelSpec}.ChannelTemplate.TypeMeta.Kind:\n\t-: "InMemoryChannel"\n\t+: "KafkaChannel"\n',
    ],
    [
      'other delivery settings',
      {channelTemplate: template, delivery: {retry: 2}},
      'Immutable fields changed (-old +new): spec\n{v1.ChannelSpec}.ChannelableSpec.Delivery:\n\t-: "{"retry":1}"\n\t+: "{"retry":2}"\n',
    ],
  ])('a change to %s', (_case, spec, text) => {
    const before = channel({channelTemplate: template, delivery: {retry: 1}})
    expect(channelFaults(channel(spec), before, defaultFeatures).join('\n')).toBe(text)
  })
})

describe('what the webhooks say about the real channels', () => {
  const scope = {'eventing.knative.dev/scope': 'moon'}
  const scopeText =
    "invalid value: moon: metadata.annotations.[eventing.knative.dev/scope]\nexpected either 'cluster' or 'namespace'"

  test.each<[string, KubeObject, string]>([
    ['bad delivery, which is not judged', imc({delivery: {retry: -1}}), ''],
    ['an unknown scope', imc({}, scope), scopeText],
    [
      'a subscriber without any URI',
      imc({subscribers: [{uid: 'u', subscriberUri: 'http://a'}, {uid: 'v'}]}),
      'missing field(s): spec.subscribable.subscriber[1].replyURI, spec.subscribable.subscriber[1].subscriberURI\nexpected at least one of, got none',
    ],
  ])('an InMemoryChannel with %s', (_case, one, text) => {
    expect(inMemoryChannelFaults(one, undefined, 'ann').join('\n')).toBe(text)
  })

  test('subscribers are the business of one service account', () => {
    const after = imc({subscribers: [{uid: 'u', replyUri: 'http://a'}]})
    expect(inMemoryChannelFaults(after, imc({}), EVENTING_CONTROLLER)).toEqual([])
    expect(inMemoryChannelFaults(after, after, 'ann')).toEqual([])
    expect(inMemoryChannelFaults(after, imc({}), 'ann')).toEqual([
      'Channel.Spec.Subscribers changed by user ann which was not the system:serviceaccount:knative-eventing:eventing-controller service account: spec.subscribers',
    ])
  })

  test.each<[string, KubeObject, string]>([
    ['good settings', kafka({numPartitions: 3, replicationFactor: 1, retentionDuration: 'PT168H'}), ''],
    ['no partitions', kafka({numPartitions: 0}), 'invalid value: 0: spec.numPartitions'],
    ['no replicas', kafka({replicationFactor: -1}), 'invalid value: -1: spec.replicationFactor'],
    ['no duration', kafka({retentionDuration: 'x'}), 'invalid value: x: spec.retentionDuration'],
    ['an unknown scope', kafka({}, scope), scopeText],
  ])('a KafkaChannel with %s', (_case, one, text) => {
    expect(kafkaChannelFaults(one, undefined, 'ann').join('\n')).toBe(text)
  })

  test('the settings of a KafkaChannel can be given once, its delivery at any time', () => {
    const before = kafka({numPartitions: 3, retentionDuration: ''})
    const change = (spec: object) => kafkaChannelFaults(kafka(spec), before, 'ann').join('\n')
    expect(change({numPartitions: 3, retentionDuration: 'PT1H', delivery: {retry: 1}})).toBe('')
    expect(change({numPartitions: 4})).toBe(
      'Immutable fields changed (-old +new): spec\n{v1.KafkaChannelSpec}.NumPartitions:\n\t-: "3"\n\t+: "4"\n',
    )
  })
})

describe('what the eventing webhook says about a subscription', () => {
  const ref = {...template, kind: 'Channel', name: 'pipe'}
  const to = {uri: 'http://audit.example.com'}

  test.each<[string, object, string]>([
    ['nothing', {channel: ref, subscriber: to, reply: to, delivery: {retry: 1}}, ''],
    [
      'no channel, and then nothing else',
      {delivery: {retry: -1}},
      'missing field(s): spec.channel\nthe Subscription must reference a channel',
    ],
    [
      'no subscriber',
      {channel: ref, reply: to},
      'missing field(s): spec.subscriber\nthe Subscription must reference a subscriber',
    ],
    [
      'half a channel in another namespace',
      {channel: {name: 'pipe', namespace: 'other'}, subscriber: to},
      'missing field(s): spec.channel.apiVersion, spec.channel.kind\n' +
        'must not set the field(s): spec.channel.namespace\n' +
        'only name, apiVersion and kind are supported fields when feature.CrossNamespaceEventLinks is disabled',
    ],
    [
      'sinks that name nothing',
      {channel: ref, subscriber: {ref: {name: 'x'}}, reply: {uri: 'foo'}},
      'invalid value: Relative URI is not allowed when Ref and [apiVersion, kind, name] is absent: spec.reply.uri\n' +
        'missing field(s): spec.subscriber.ref.apiVersion, spec.subscriber.ref.kind',
    ],
    [
      'delivery, as for a broker',
      {channel: ref, subscriber: to, delivery: {retryAfterMax: 'PT1S', format: 'xml'}},
      'invalid value: xml: spec.delivery.format\nmust not set the field(s): spec.delivery.retryAfterMax',
    ],
  ])('%s', (_case, spec, text) => {
    expect(subscriptionFaults(subscription(spec), undefined, defaultFeatures).join('\n')).toBe(text)
  })

  test('sinks and delivery may change, the channel may not', () => {
    const before = subscription({channel: ref, subscriber: to, delivery: {retry: 1}})
    const change = (spec: object) => subscriptionFaults(subscription(spec), before, defaultFeatures).join('\n')
    expect(change({channel: ref, subscriber: {uri: 'http://other'}, reply: to, delivery: {retry: 2}})).toBe('')
    expect(change({channel: {...ref, name: 'tube'}, subscriber: to})).toBe(
      'Immutable fields changed (-old +new): spec\n{v1.SubscriptionSpec}.Channel.Name:\n\t-: "pipe"\n\t+: "tube"\n',
    )
  })
})
