import {describe, expect, test} from 'vitest'
import {planChannelApply, planChannelCreate} from '../../../../src/domain/eventing/channel/create.js'
import {planChannelDelete} from '../../../../src/domain/eventing/channel/delete.js'
import {type ChannelCreateFacts} from '../../../../src/domain/eventing/channel/facts.js'
import {describeChannel} from '../../../../src/domain/eventing/channel/description.js'
import {readChannelOptions, type ChannelOptions} from '../../../../src/domain/eventing/channel/options.js'
import {planChannelUpdate, readChannelUpdateOptions} from '../../../../src/domain/eventing/channel/update.js'
import {readFeatures} from '../../../../src/domain/eventing/features.js'
import {type KubeObject} from '../../../../src/domain/core/object.js'
import {told} from '../cluster.js'
import {aChannel, aSink, aSubscription, creating, IMC, KAFKA, looking} from '../messaging.js'

const create = (options: Partial<ChannelOptions>, facts: Partial<ChannelCreateFacts> = {}, force = false) =>
  planChannelCreate(
    readChannelOptions({name: 'pipe', namespace: 'shop', type: 'imc', ...options}),
    {force},
    creating(facts),
  )

describe('the plan of channel create', () => {
  test.each<[string, Partial<ChannelOptions>, Partial<ChannelCreateFacts>, string]>([
    ['nothing to say', {}, {}, ''],
    [
      'the default type',
      {type: undefined},
      {},
      'note SFL-C04 channel pipe will be of type InMemoryChannel: cluster default in default-ch-webhook',
    ],
    [
      'a default that cannot be read (no permission)',
      {type: undefined},
      {defaults: 'forbidden'},
      'note SFL-B11 the default type was not checked: ConfigMap knative-eventing/default-ch-webhook could not be read',
    ],
    [
      'deployments that cannot be read (no permission)',
      {type: 'kafka'},
      {deployments: 'forbidden'},
      'note SFL-B11 the controllers of type KafkaChannel were not checked: the Deployments of namespace knative-eventing could not be read',
    ],
    ['a type of somebody else, which nobody here knows', {type: 'acme.dev:v1:Nats'}, {deployments: {}}, ''],
    [
      'a sink that the webhook refuses',
      {dlSink: 'http:foo'},
      {sink: aSink('http:foo')},
      'error SFL-C06 the server would refuse it: invalid value: Relative URI is not allowed when Ref and [apiVersion, kind, name] is absent: spec.delivery.deadLetterSink.uri',
    ],
    [
      'a feature that is off',
      {timeout: 'PT5S', retryAfterMax: 'PT5S'},
      {features: readFeatures({'delivery-timeout': 'disabled'})},
      `error SFL-D05 timeout is not allowed on this cluster: delivery-timeout is not enabled in ConfigMap knative-eventing/config-features
  kubectl -n knative-eventing patch configmap config-features --type=merge -p '{"data":{"delivery-timeout":"enabled"}}'
error SFL-D06 retryAfterMax is not allowed on this cluster: delivery-retryafter is not enabled in ConfigMap knative-eventing/config-features
  kubectl -n knative-eventing patch configmap config-features --type=merge -p '{"data":{"delivery-retryafter":"enabled"}}'`,
    ],
    [
      'half a back-off, and what Kafka does not read',
      {backoffDelay: 'PT1S', retry: '3'},
      {},
      `warning SFL-D08 type InMemoryChannel needs back-off policy and delay together; with only the back-off delay it retries at once
  kubectl sfl channel create pipe -n shop --backoff-policy exponential`,
    ],
    [
      'a Retry-After limit for Kafka',
      {type: 'kafka', retryAfterMax: 'PT1S'},
      {features: readFeatures({'delivery-retryafter': 'enabled'})},
      'warning SFL-D07 type KafkaChannel does not read retryAfterMax; it will have no effect',
    ],
    [
      'a format',
      {deliveryFormat: 'json'},
      {},
      'warning SFL-S18 delivery format json has no effect: the controller does not hand it on to the channel',
    ],
    [
      'a name that no Service can have',
      {name: '1.pipe'},
      {},
      "warning SFL-C09 Service 1.pipe-kn-channel is made for channel 1.pipe, and a Service's name begins with a letter, has no dots and at most 63 characters",
    ],
  ])('%s', (_case, options, facts, text) => {
    expect(told(create(options, facts).findings)).toBe(text)
  })

  test('--force passes over what only we find wrong, not over what the server refuses', () => {
    const facts = {served: 'not-served' as const, sink: aSink('http:foo')}
    expect(create({dlSink: 'http:foo'}, facts, true).findings.map(({code, level}) => `${level} ${code}`)).toEqual([
      'error SFL-C06',
      'warning SFL-C02',
    ])
  })

  test('the settings of a KafkaChannel go into its template, and only those that were given', () => {
    const [step] = create({type: 'kafka', partitions: '6', retention: '2h'}).steps
    expect(step).toEqual({
      verb: 'create',
      object: {
        apiVersion: 'messaging.knative.dev/v1',
        kind: 'Channel',
        metadata: {name: 'pipe', namespace: 'shop'},
        spec: {channelTemplate: {...KAFKA, spec: {numPartitions: 6, retentionDuration: 'PT2H'}}},
      },
    })
  })

  test('one that is there: refused, kept, or said to differ', () => {
    const twice = (options: Partial<ChannelOptions>) =>
      told(
        planChannelCreate(
          readChannelOptions({name: 'pipe', namespace: 'shop', ...options}),
          {ifNotExists: true},
          creating({existing: aChannel()}),
        ).findings,
      )
    expect(twice({type: 'imc'})).toBe('')
    expect(twice({type: 'kafka'})).toBe(
      'note SFL-C08 channel pipe exists with other settings, which were left alone: spec.channelTemplate.apiVersion, spec.channelTemplate.kind\n  kubectl sfl channel describe pipe -n shop',
    )
  })
})

describe('the plan of channel apply', () => {
  test('states the stored spec again, so that it is neither removed nor changed', () => {
    const existing = aChannel({spec: {channelTemplate: {...KAFKA, spec: {numPartitions: 3}}, delivery: {retry: 2}}})
    const request = readChannelOptions({name: 'pipe', namespace: 'shop', labels: ['a=b']})
    const plan = planChannelApply(request, {}, creating({existing}))
    expect(plan.findings).toEqual([])
    expect(plan.steps).toEqual([
      {
        verb: 'apply',
        before: existing,
        object: {
          apiVersion: 'messaging.knative.dev/v1',
          kind: 'Channel',
          metadata: {name: 'pipe', namespace: 'shop', labels: {a: 'b'}},
          spec: {channelTemplate: {...KAFKA, spec: {numPartitions: 3}}, delivery: {retry: 2}},
        },
      },
    ])
  })
})

describe('the plan of channel update', () => {
  const plan = (options: object, channel: KubeObject, subscriptions: readonly KubeObject[] | 'forbidden' = []) =>
    planChannelUpdate(
      readChannelUpdateOptions({name: 'pipe', namespace: 'shop', ...options}),
      {},
      {
        channel,
        subscriptions,
      },
    )

  test('delivery is offered to the subscriptions: in full to those that had it from the channel', () => {
    const channel = aChannel({spec: {delivery: {retry: 2, backoffPolicy: 'linear', backoffDelay: 'PT1S'}}})
    const own = aSubscription({metadata: {name: 'own'}, spec: {delivery: {retry: 1}}})
    const direct = aSubscription({metadata: {name: 'direct'}, spec: {channel: {...IMC, name: 'pipe'}}})
    const other = aSubscription({metadata: {name: 'other', namespace: 'elsewhere'}})
    expect(told(plan({retry: '5'}, channel, [own, aSubscription(), direct, other]).findings)).toBe(
      `error SFL-C05 delivery settings of channel pipe cannot be changed; its 3 subscriptions can have delivery settings of their own
  kubectl sfl subscription update audit -n shop --retry 5 --backoff-policy linear --backoff-delay PT1S
  kubectl sfl subscription update direct -n shop --retry 5 --backoff-policy linear --backoff-delay PT1S
  kubectl sfl subscription update own -n shop --retry 5`,
    )
  })

  test('without subscriptions, or when they cannot be read (no permission), the way to a new channel is shown', () => {
    const text = `error SFL-C05 delivery settings of channel pipe cannot be changed; it must be deleted and recreated, its subscriptions find it again, and events that it still holds are lost
  kubectl sfl channel describe pipe -n shop
  kubectl sfl channel delete pipe -n shop --yes
  kubectl sfl channel create pipe -n shop --type imc --retry 5`
    expect(told(plan({retry: '5'}, aChannel()).findings)).toBe(text)
    expect(told(plan({retry: '5'}, aChannel(), 'forbidden').findings)).toBe(text)
  })
})

describe('the plan of channel delete', () => {
  test.each<[string, KubeObject, readonly KubeObject[] | 'forbidden', string]>([
    ['an unused one', aChannel(), [], 'note SFL-C16 events that channel pipe has not delivered yet are lost'],
    [
      'one in Kafka, whose subscriptions cannot be read (no permission)',
      aChannel({spec: {channelTemplate: KAFKA}}),
      'forbidden',
      `note SFL-B11 the subscriptions of channel pipe were not checked: they could not be listed
note SFL-C16 the KafkaChannel behind channel pipe, its topic and all events in it are deleted with the channel`,
    ],
    [
      'one with a subscription',
      aChannel(),
      [aSubscription()],
      `warning SFL-C11 subscription audit loses its channel and delivers nothing any more
  kubectl sfl subscription list -n shop
note SFL-C16 events that channel pipe has not delivered yet are lost`,
    ],
  ])('%s', (_case, channel, subscriptions, text) => {
    expect(told(planChannelDelete({}, {channel, subscriptions}).findings)).toBe(text)
  })
})

describe('what channel describe finds', () => {
  const failing = (type: string, reason: string, message = '') => ({
    conditions: [
      {type, status: 'False', reason, message},
      {type: 'Ready', status: 'False', reason, message},
    ],
  })
  const kept = {delivery: {deadLetterSink: {uri: 'http://dead.example.com'}}}

  test.each<[string, KubeObject, Parameters<typeof looking>[1], string]>([
    ['nothing', aChannel({spec: kept}), {}, ''],
    [
      'a real channel that fails',
      aChannel({spec: kept, status: failing('BackingChannelReady', 'ChannelServiceFailed', 'no')}),
      {backing: {...aChannel({status: failing('ChannelServiceReady', 'ChannelServiceFailed', 'no')}), ...IMC}},
      `error SFL-C13 InMemoryChannel pipe behind the channel is not ready (ChannelServiceReady: ChannelServiceFailed: no)
  kubectl -n shop describe inmemorychannels.messaging.knative.dev pipe`,
    ],
    [
      'a real channel that cannot be read (no permission)',
      aChannel({spec: kept, status: failing('BackingChannelReady', 'Broken')}),
      {backing: 'forbidden'},
      `error SFL-C13 InMemoryChannel pipe behind the channel is not ready (BackingChannelReady: Broken)
  kubectl -n shop describe inmemorychannels.messaging.knative.dev pipe`,
    ],
    [
      'another condition',
      aChannel({spec: kept, status: failing('EventPoliciesReady', 'Unclear')}),
      {},
      `error SFL-C13 condition EventPoliciesReady of channel pipe fails (EventPoliciesReady: Unclear)
  kubectl -n shop describe channels.messaging.knative.dev pipe`,
    ],
    [
      'its own dead letter sink',
      aChannel({spec: kept, status: failing('DeadLetterSinkResolved', "didn't set it")}),
      {},
      "error SFL-D02 the dead letter sink could not be resolved (DeadLetterSinkResolved: didn't set it)",
    ],
    [
      'nothing that fails, but something open',
      aChannel({
        spec: kept,
        status: {
          conditions: [
            {type: 'Addressable', status: 'Unknown'},
            {type: 'Ready', status: 'Unknown'},
          ],
        },
      }),
      {},
      'note SFL-C14 channel pipe is not ready yet: waiting for Addressable',
    ],
    [
      'subscriptions with settings of their own',
      aChannel({spec: kept}),
      {subscriptions: [aSubscription({spec: {delivery: {retry: 1}}})]},
      'note SFL-C18 audit has delivery settings of its own; of those of the channel only the dead letter sink remains',
    ],
  ])('%s', (_case, channel, facts, text) => {
    expect(told(describeChannel(looking(channel, facts), 0).findings)).toBe(text)
  })
})
