import {describe, expect, test} from 'vitest'
import {planSubscriptionApply, planSubscriptionCreate} from '../../../../src/domain/eventing/subscription/create.js'
import {describeSubscription} from '../../../../src/domain/eventing/subscription/description.js'
import {type SubscriptionCreateFacts} from '../../../../src/domain/eventing/subscription/facts.js'
import {
  readSubscriptionOptions,
  readSubscriptionUpdateOptions,
  type SubscriptionOptions,
} from '../../../../src/domain/eventing/subscription/options.js'
import {planSubscriptionDelete, planSubscriptionUpdate} from '../../../../src/domain/eventing/subscription/update.js'
import {leftOutFindings} from '../../../../src/domain/eventing/source/types.js'
import {type KubeObject} from '../../../../src/domain/core/object.js'
import {told} from '../cluster.js'
import {aChannel, aSink, aSubscription, KAFKA, looking, subscribing} from '../messaging.js'

const read = (options: Partial<SubscriptionOptions>) =>
  readSubscriptionOptions({
    name: 'audit',
    namespace: 'shop',
    channel: 'pipe',
    subscriber: 'http://audit.example.com',
    ...options,
  })

describe('the plan of subscription create', () => {
  test.each<[string, Partial<SubscriptionOptions>, Partial<SubscriptionCreateFacts>, string]>([
    ['nothing to say', {}, {}, ''],
    [
      'a subscriber without an address, and a reply without one',
      {subscriber: 'ksvc:audit', reply: 'ksvc:reply'},
      {sinks: {subscriber: aSink('audit', 'no-address'), reply: aSink('reply', 'no-address')}},
      `error SFL-S07 subscriber ksvc:audit exists but has no address yet, so no event can be sent to it
  kubectl -n shop describe services.serving.knative.dev audit
error SFL-S07 reply ksvc:reply exists but has no address yet, so no event can be sent to it
  kubectl -n shop describe services.serving.knative.dev reply`,
    ],
    [
      'a reply of a kind that is not served',
      {reply: 'ksvc:reply'},
      {sinks: {subscriber: aSink('http://a.example.com'), reply: aSink('reply', 'not-served')}},
      `error SFL-S06 reply ksvc:reply: the cluster does not serve services of serving.knative.dev/v1
  kubectl api-resources --api-group=serving.knative.dev`,
    ],
    [
      'a subscriber that the webhook refuses',
      {subscriber: 'http:foo'},
      {sinks: {subscriber: aSink('http:foo')}},
      'error SFL-S05 the server would refuse it: invalid value: Relative URI is not allowed when Ref and [apiVersion, kind, name] is absent: spec.subscriber.uri',
    ],
    [
      'a real channel that is not ready',
      {channel: 'kafka:pipe'},
      {channel: {...aChannel({status: {}}), ...KAFKA}},
      `warning SFL-S03 kafkachannel pipe is not ready (no controller has reported about it yet); the subscription waits for it
  kubectl -n shop describe kafkachannels.messaging.knative.dev pipe`,
    ],
    [
      'settings that replace those of the channel',
      {retry: '1'},
      {channel: aChannel({spec: {delivery: {retry: 5, timeout: 'PT5S'}}})},
      'note SFL-S13 subscription audit has delivery settings of its own, so timeout of channel pipe does not hold for it; of those of the channel only the dead letter sink remains',
    ],
    [
      'a back-off whose retries come from a KafkaChannel',
      {backoffDelay: 'PT1S'},
      {channel: aChannel({spec: {channelTemplate: KAFKA, delivery: {retry: 5}}})},
      '',
    ],
    [
      'a feature that could not be looked at',
      {timeout: 'PT5S'},
      {features: 'forbidden'},
      'note SFL-B11 timeout was not checked: ConfigMap knative-eventing/config-features could not be read, and delivery-timeout decides whether it is allowed',
    ],
  ])('%s', (_case, options, facts, text) => {
    expect(told(planSubscriptionCreate(read(options), {}, subscribing(facts)).findings)).toBe(text)
  })

  test('one that is there and differs is left alone', () => {
    const plan = planSubscriptionCreate(
      read({retry: '3'}),
      {ifNotExists: true},
      subscribing({existing: aSubscription()}),
    )
    expect(told(plan.findings)).toBe(
      'note SFL-S08 subscription audit exists with other settings, which were left alone: spec.delivery.retry\n  kubectl sfl subscription describe audit -n shop',
    )
    expect(plan.steps.map(({verb}) => verb)).toEqual(['keep'])
  })
})

describe('the plan of subscription apply', () => {
  const owned = (manager: string, operation: string, ...fields: readonly string[]) => ({
    manager,
    operation,
    fieldsV1: {'f:spec': Object.fromEntries(fields.map((field) => [`f:${field}`, {}]))},
  })
  const stored = (...managedFields: readonly object[]): KubeObject =>
    aSubscription({
      metadata: {managedFields},
      spec: {delivery: {retry: 3}, reply: {uri: 'http://reply.example.com'}},
    })
  const verbs = (existing: KubeObject, options: Partial<SubscriptionOptions> = {}) =>
    planSubscriptionApply(
      read(options),
      {fieldManager: 'me'},
      subscribing({
        existing,
        sinks: {
          subscriber: aSink('http://audit.example.com'),
          ...(options.reply === undefined ? {} : {reply: aSink(options.reply)}),
        },
      }),
    ).steps

  test('takes whole parts away by themselves, for server-side apply would leave them empty or null', () => {
    const existing = stored(owned('me', 'Apply', 'delivery', 'reply', 'subscriber'))
    expect(verbs(existing)).toMatchObject([{verb: 'apply', before: existing, drops: ['delivery', 'reply']}])
  })

  test.each<[string, KubeObject, Partial<SubscriptionOptions>]>([
    [
      'what is still wanted',
      stored(owned('me', 'Apply', 'delivery', 'reply')),
      {retry: '1', reply: 'http://b.example.com'},
    ],
    ['what others set', stored(owned('other', 'Apply', 'delivery', 'reply')), {}],
    [
      'what others set as well',
      stored(owned('me', 'Apply', 'delivery', 'reply'), owned('o', 'Update', 'delivery', 'reply')),
      {},
    ],
    ['what was never applied', stored(owned('me', 'Update', 'delivery', 'reply')), {}],
    ['what nobody is known to have set', stored(), {}],
  ])('leaves alone %s', (_case, existing, options) => {
    expect(verbs(existing, options)).toMatchObject([{verb: 'apply', drops: []}])
  })
})

describe('the plan of subscription update', () => {
  const update = (options: object, facts: Partial<Parameters<typeof planSubscriptionUpdate>[2]> = {}) =>
    planSubscriptionUpdate(
      readSubscriptionUpdateOptions({name: 'audit', namespace: 'shop', ...options}),
      {},
      {...subscribing(), subscription: aSubscription({spec: {delivery: {retry: 3}}}), sinks: {}, ...facts},
    )

  test.each<[string, KubeObject, string]>([
    [
      'those of the channel',
      aChannel({spec: {delivery: {retry: 1}}}),
      'without delivery settings of its own subscription audit gets those of its channel',
    ],
    ['none', aChannel(), 'without delivery settings subscription audit has no retries and no dead letter sink'],
    [
      'those of Kafka',
      aChannel({spec: {channelTemplate: KAFKA}}),
      'without delivery settings subscription audit has those that are built into the Kafka data plane',
    ],
  ])('without settings of its own it has %s', (_case, channel, text) => {
    const {findings, steps} = update({unset: ['delivery']}, {channel})
    expect(told(findings)).toBe(`note SFL-S17 ${text}`)
    expect(steps[0]).toMatchObject({verb: 'patch', patch: {spec: {delivery: null}}})
  })

  test('an old fault of the stored object is not held against another change', () => {
    const subscription = aSubscription({spec: {delivery: {backoffPolicy: 'Linear'}}})
    expect(update({labels: ['a=b']}, {subscription}).findings).toEqual([])
  })

  test('its deletion says what is lost', () => {
    expect(told(planSubscriptionDelete(aSubscription(), {}).findings)).toBe(
      'note SFL-S16 events that subscription audit has not delivered yet are lost',
    )
  })
})

describe('what subscription describe finds', () => {
  const kept = {delivery: {deadLetterSink: {uri: 'http://dead.example.com'}}}
  const {served, deployments} = looking(aChannel())

  test('waiting, with the command that looks closer', () => {
    const status = {
      conditions: [
        {type: 'ChannelReady', status: 'Unknown'},
        {type: 'Ready', status: 'Unknown'},
      ],
    }
    const facts = {subscription: aSubscription({spec: kept, status}), channel: aChannel(), served, deployments}
    expect(told(describeSubscription(facts, 0).findings)).toBe(
      `note SFL-S12 subscription audit is not ready yet: waiting for ChannelReady
  kubectl -n shop describe subscriptions.messaging.knative.dev audit`,
    )
  })

  test('a channel whose controllers are gone', () => {
    const facts = {
      subscription: aSubscription({spec: kept, status: {}}),
      channel: aChannel({status: {}}),
      served,
      deployments: {'eventing-controller': 1},
    }
    expect(told(describeSubscription(facts, 0).findings)).toBe(
      `error SFL-S10 no controller has reconciled subscription audit yet
  kubectl -n knative-eventing get deployments eventing-controller
warning SFL-S03 channel pipe is not ready (no controller has reported about it yet); the subscription waits for it
  kubectl sfl channel describe pipe -n shop
error SFL-C07 no controller handles channels of type InMemoryChannel: in namespace knative-eventing, imc-controller, imc-dispatcher do not exist
  kubectl -n knative-eventing get deployments eventing-controller imc-controller imc-dispatcher`,
    )
  })
})

test('types that cannot be listed (no permission) are named once', () => {
  expect(leftOutFindings([], 'shop')).toEqual([])
  expect(told(leftOutFindings(['a.b.dev', 'c.d.dev'], undefined))).toBe(
    'note SFL-S20 a.b.dev, c.d.dev left out: you have no permission to list them in all namespaces',
  )
})
