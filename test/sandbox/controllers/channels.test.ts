import {describe, expect, test} from 'vitest'
import {type KubeObject, type Ref} from '../../../src/domain/core/object.js'
import {at, isRecord, listAt, textAt} from '../../../src/domain/core/read.js'
import {type KubeClient} from '../../../src/kube/client.js'
import {type Sandbox} from '../../../src/sandbox/sandbox.js'
import {broker, demo, trigger} from '../manifests.js'

const MESSAGING = 'messaging.knative.dev/v1'
const ref = (kind: string, name: string, apiVersion = MESSAGING): Ref => ({apiVersion, kind, name, namespace: 'demo'})
const make = (kind: string, name: string, spec: object, apiVersion = MESSAGING): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, namespace: 'demo'},
  spec,
})
const service = (name: string) => make('Service', name, {}, 'serving.knative.dev/v1')
const toService = (name: string) => ({ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name}})
const toChannel = (name: string, kind = 'Channel') => ({apiVersion: MESSAGING, kind, name})

const conditions = async (client: KubeClient, target: Ref): Promise<string[]> =>
  listAt(await client.get(target), 'status', 'conditions')
    .filter(isRecord)
    .map(({type, status, reason, message}) => [type, status, reason, message].filter(Boolean).join(' | '))

const ready = async (client: KubeClient, target: Ref) =>
  (await conditions(client, target)).find((line) => line.startsWith('Ready '))

const start = async (...objects: readonly KubeObject[]): Promise<{sandbox: Sandbox; client: KubeClient}> => {
  const sandbox = demo()
  const client = sandbox.client()
  for (const object of objects) await client.create(object)
  await sandbox.settle()
  return {sandbox, client}
}

describe('a channel becomes what the real controllers make of it', () => {
  test.each<[string, string, object]>([
    ['InMemoryChannel', MESSAGING, {}],
    ['KafkaChannel', 'messaging.knative.dev/v1beta1', {numPartitions: 3}],
  ])('a Channel of type %s repeats the state of the real one', async (kind, apiVersion, spec) => {
    const {client} = await start(
      service('dead'),
      make('Channel', 'pipe', {
        channelTemplate: {apiVersion, kind, spec},
        delivery: {retry: 2, deadLetterSink: toService('dead')},
      }),
    )
    expect(await conditions(client, ref('Channel', 'pipe'))).toEqual([
      'Addressable | True',
      'BackingChannelReady | True',
      'DeadLetterSinkResolved | True',
      'EventPoliciesReady | True | OIDCDisabled | Feature "authentication-oidc" must be enabled to support Authorization',
      'Ready | True',
    ])
    const channel = await client.get(ref('Channel', 'pipe'))
    const url = 'http://pipe-kn-channel.demo.svc.cluster.local'
    expect(at(channel, 'status', 'address')).toEqual({name: 'http', url})
    expect(at(channel, 'status', 'channel')).toEqual({apiVersion, kind, name: 'pipe', namespace: 'demo'})
    expect(textAt(channel, 'status', 'deadLetterSinkUri')).toBe('http://dead.demo.svc.cluster.local')
    expect(at(await client.get(ref(kind, 'pipe', apiVersion)), 'spec')).toMatchObject({...spec, delivery: {retry: 2}})
  })

  test('a dead letter sink that is missing keeps the address back, and gives it once it is there', async () => {
    const {sandbox, client} = await start(make('Channel', 'pipe', {delivery: {deadLetterSink: toService('dead')}}))
    const text = 'failed to get object demo/dead: services.serving.knative.dev "dead" not found'
    expect(await conditions(client, ref('Channel', 'pipe'))).toEqual([
      'Addressable | False | EmptyHostname | hostname is the empty string',
      `BackingChannelReady | False | Unable to get the DeadLetterSink's URI | ${text}`,
      "DeadLetterSinkResolved | False | Backing Channel pipe didn't set status.deadLetterSinkURI",
      'EventPoliciesReady | True | OIDCDisabled | Feature "authentication-oidc" must be enabled to support Authorization',
      `Ready | False | Unable to get the DeadLetterSink's URI | ${text}`,
    ])
    await client.create(service('dead'))
    await sandbox.settle()
    expect(await ready(client, ref('Channel', 'pipe'))).toBe('Ready | True')
    await client.delete(ref('Service', 'dead', 'serving.knative.dev/v1'))
    await sandbox.settle()
    expect(await ready(client, ref('Channel', 'pipe'))).toBe(
      `Ready | False | Unable to get the DeadLetterSink's URI | ${text}`,
    )
    expect(at(await client.get(ref('Channel', 'pipe')), 'status', 'address')).toBeDefined()
  })

  test('a type that is not served', async () => {
    const {client} = await start(make('Channel', 'pipe', {channelTemplate: {apiVersion: 'acme.dev/v1', kind: 'Nats'}}))
    expect(await ready(client, ref('Channel', 'pipe'))).toBe(
      'Ready | False | ChannelFailure | no matches for kind "Nats" in version "acme.dev/v1"',
    )
  })

  test('its deletion takes the real channel along', async () => {
    const {sandbox, client} = await start(make('Channel', 'pipe', {}))
    await client.delete(ref('Channel', 'pipe'))
    await sandbox.settle()
    await expect(client.get(ref('InMemoryChannel', 'pipe'))).rejects.toThrow('not found')
  })
})

describe('a subscription becomes what the real controller makes of it', () => {
  test('it is put into the real channel, with the delivery settings that hold, and marked there', async () => {
    const {sandbox, client} = await start(
      service('audit'),
      service('dead'),
      make('Channel', 'pipe', {delivery: {retry: 2, deadLetterSink: toService('dead')}}),
      make('Subscription', 's', {
        channel: toChannel('pipe'),
        subscriber: toService('audit'),
        reply: {uri: 'http://reply.example.com'},
        delivery: {backoffDelay: 'PT1S', format: 'json'},
      }),
    )
    expect(await conditions(client, ref('Subscription', 's'))).toEqual([
      'AddedToChannel | True',
      'ChannelReady | True',
      'OIDCIdentityCreated | True | authentication-oidc feature disabled',
      'Ready | True',
      'ReferencesResolved | True',
    ])
    const subscription = await client.get(ref('Subscription', 's'))
    expect(subscription.metadata.finalizers).toEqual(['subscriptions.messaging.knative.dev'])
    expect(at(subscription, 'status', 'physicalSubscription')).toEqual({
      deadLetterSinkUri: 'http://dead.demo.svc.cluster.local',
      replyUri: 'http://reply.example.com',
      subscriberUri: 'http://audit.demo.svc.cluster.local',
    })
    const {uid, generation} = subscription.metadata
    expect(at(await client.get(ref('InMemoryChannel', 'pipe')), 'spec', 'subscribers')).toEqual([
      {
        delivery: {backoffDelay: 'PT1S', deadLetterSink: {uri: 'http://dead.demo.svc.cluster.local'}},
        generation,
        name: 's',
        replyUri: 'http://reply.example.com',
        subscriberUri: 'http://audit.demo.svc.cluster.local',
        uid,
      },
    ])
    expect(at(await client.get(ref('Channel', 'pipe')), 'status', 'subscribers')).toEqual([
      {observedGeneration: generation, ready: 'True', uid},
    ])
    await client.delete(ref('Subscription', 's'))
    await sandbox.settle()
    expect(at(await client.get(ref('InMemoryChannel', 'pipe')), 'spec', 'subscribers')).toBeUndefined()
    expect(at(await client.get(ref('Channel', 'pipe')), 'status', 'subscribers')).toBeUndefined()
  })

  test.each<[string, object, string]>([
    [
      'a channel that is not there',
      {channel: toChannel('gone'), subscriber: toService('audit')},
      'Ready | Unknown | ChannelReferenceFailed | Failed to get Spec.Channel or backing channel: channels.messaging.knative.dev "gone" not found',
    ],
    [
      'a channel that is not ready',
      {channel: toChannel('broken'), subscriber: toService('audit')},
      'Ready | Unknown | ChannelReferenceFailed | Failed to get Spec.Channel or backing channel: channel is not ready.',
    ],
    [
      'a kind of channel that is not served',
      {channel: {apiVersion: 'acme.dev/v1', kind: 'Nats', name: 'x'}, subscriber: toService('audit')},
      'Ready | Unknown | ChannelReferenceFailed | Failed to get Spec.Channel or backing channel: no matches for kind "Nats" in version "acme.dev/v1"',
    ],
    [
      'a subscriber that is not there',
      {channel: toChannel('pipe'), subscriber: toService('gone')},
      'Ready | False | SubscriberResolveFailed | Failed to resolve spec.subscriber: failed to get object demo/gone: services.serving.knative.dev "gone" not found',
    ],
    [
      'a reply without an address',
      {channel: toChannel('pipe'), subscriber: toService('audit'), reply: {ref: toChannel('broken')}},
      'Ready | False | ReplyResolveFailed | Failed to resolve spec.reply: address not set for Kind = Channel, Namespace = demo, Name = broken, APIVersion = messaging.knative.dev/v1, Group = , Address = ',
    ],
    [
      'a dead letter sink that is not there',
      {channel: toChannel('pipe'), subscriber: toService('audit'), delivery: {deadLetterSink: toService('gone')}},
      'Ready | False | DeadLetterSinkResolveFailed | Failed to resolve spec.delivery.deadLetterSink: failed to get object demo/gone: services.serving.knative.dev "gone" not found',
    ],
    [
      'a real channel whose dead letter sink is not there',
      {channel: toChannel('broken', 'InMemoryChannel'), subscriber: toService('audit')},
      "Ready | False | DeadLetterSinkResolveFailed | channel broken didn't set status.deadLetterSinkURI",
    ],
  ])('%s', async (_case, spec, expected) => {
    const {client} = await start(
      service('audit'),
      make('Channel', 'pipe', {}),
      make('Channel', 'broken', {delivery: {deadLetterSink: toService('gone')}}),
      make('Subscription', 's', spec),
    )
    expect(await ready(client, ref('Subscription', 's'))).toBe(expected)
  })

  test('it recovers when what was missing comes', async () => {
    const {sandbox, client} = await start(
      make('Subscription', 's', {channel: toChannel('pipe'), subscriber: toService('audit')}),
    )
    await client.create(make('Channel', 'pipe', {}))
    await sandbox.settle()
    expect(await ready(client, ref('Subscription', 's'))).toContain('SubscriberResolveFailed')
    await client.create(service('audit'))
    await sandbox.settle()
    expect(await ready(client, ref('Subscription', 's'))).toBe('Ready | True')
  })
})

describe('what the webhooks refuse', () => {
  const envelope = (webhook: string, text: string) =>
    `admission webhook "validation.webhook.${webhook}" denied the request: validation failed: ${text}`

  test.each<[KubeObject, string]>([
    [
      make('Channel', 'c', {channelTemplate: {spec: {}}}),
      envelope('eventing.knative.dev', 'missing field(s): spec.channelTemplate.apiVersion, spec.channelTemplate.kind'),
    ],
    [
      make('Subscription', 's', {}),
      envelope('eventing.knative.dev', 'missing field(s): spec.channel\nthe Subscription must reference a channel'),
    ],
    [
      make('KafkaChannel', 'k', {numPartitions: 0}, 'messaging.knative.dev/v1beta1'),
      envelope('kafka.eventing.knative.dev', 'invalid value: 0: spec.numPartitions'),
    ],
    [
      make('PingSource', 'p', {schedule: '* * * *', sink: {uri: 'http://x'}}, 'sources.knative.dev/v1'),
      envelope('eventing.knative.dev', 'invalid value: expected exactly 5 fields, found 4: [* * * *]: spec.schedule'),
    ],
    [
      make(
        'KafkaSource',
        'k',
        {topics: [], bootstrapServers: ['b'], sink: {uri: 'http://x'}},
        'sources.knative.dev/v1beta1',
      ),
      envelope('kafka.eventing.knative.dev', 'missing field(s): spec.topics'),
    ],
    [
      make('Channel', 'c', {delivery: {retries: 3}}),
      'admission webhook "webhook.eventing.knative.dev" denied the request: mutation failed: cannot decode incoming new object: json: unknown field "retries"',
    ],
  ])('$kind', async (object, text) => {
    const {client} = await start()
    await expect(client.create(object)).rejects.toThrow(text)
  })

  test('a changed channel, and subscribers that somebody else changes', async () => {
    const {client} = await start(make('Channel', 'pipe', {delivery: {retry: 1}}))
    await expect(client.patch(ref('Channel', 'pipe'), {spec: {delivery: {retry: 2}}})).rejects.toThrow(
      envelope('eventing.knative.dev', 'Immutable fields changed (-old +new): spec'),
    )
    await expect(
      client.patch(ref('InMemoryChannel', 'pipe'), {spec: {subscribers: [{subscriberUri: 'http://x'}]}}),
    ).rejects.toThrow('Channel.Spec.Subscribers changed by user admin which was not the')
    await client.patch(ref('InMemoryChannel', 'pipe'), {spec: {delivery: {retry: 5}}})
  })

  test('defaults: who made it, the type, the namespaces of references', async () => {
    const {client} = await start(
      make('Channel', 'pipe', {}),
      make('Subscription', 's', {channel: toChannel('pipe'), subscriber: toService('audit')}),
    )
    const [channel, subscription] = await Promise.all([
      client.get(ref('Channel', 'pipe')),
      client.get(ref('Subscription', 's')),
    ])
    expect(channel.metadata.annotations).toEqual({
      'messaging.knative.dev/creator': 'admin',
      'messaging.knative.dev/lastModifier': 'admin',
    })
    expect(at(channel, 'spec', 'channelTemplate')).toEqual({apiVersion: MESSAGING, kind: 'InMemoryChannel'})
    expect(textAt(subscription, 'spec', 'subscriber', 'ref', 'namespace')).toBe('demo')
  })
})

test.each(['MTChannelBasedBroker', 'Kafka'])(
  'the deletion of a broker of class %s makes its triggers not ready, with the reason',
  async (className) => {
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: className === 'Kafka' ? 'kafka-broker-config' : 'config-br-default-channel',
      namespace: 'knative-eventing',
    }
    const {sandbox, client} = await start(
      broker('b', {config}, className),
      trigger('t', {broker: 'b', subscriber: {uri: 'http://t.example.com'}}),
    )
    const target = ref('Trigger', 't', 'eventing.knative.dev/v1')
    expect(await ready(client, target)).toBe('Ready | True')
    await client.delete(ref('Broker', 'b', 'eventing.knative.dev/v1'))
    await sandbox.settle()
    expect(await ready(client, target)).toBe('Ready | False | BrokerDoesNotExist | Broker "b" does not exist')
  },
)
