import {describe, expect, test} from 'vitest'
import {readBrokerOptions, type BrokerOptions} from '../../src/domain/eventing/broker/options.js'
import {readBrokerUpdateOptions} from '../../src/domain/eventing/broker/update.js'
import {type KubeObject} from '../../src/domain/core/object.js'
import {createFacts, deleteFacts, describeFacts, triggerCounts, updateFacts} from '../../src/facts/broker.js'
import {type ServedKind} from '../../src/kube/client.js'
import {KubeError} from '../../src/kube/errors.js'
import {FakeClient, type FakeCluster} from './fake-client.js'

const object = (
  kind: string,
  namespace: string | undefined,
  name: string,
  rest: object = {},
  apiVersion = 'v1',
): KubeObject => {
  const {metadata = {}, ...fields} = rest as {metadata?: object}
  return {apiVersion, kind, metadata: {name, ...(namespace === undefined ? {} : {namespace}), ...metadata}, ...fields}
}
const configMap = (name: string, data: Record<string, string>, namespace = 'knative-eventing') =>
  object('ConfigMap', namespace, name, {data})
const eventing = 'eventing.knative.dev/v1'
const brokerKind: ServedKind = {
  apiVersion: eventing,
  kind: 'Broker',
  plural: 'brokers',
  namespaced: true,
  verbs: ['get'],
}
const kafkaData = {
  'bootstrap.servers': 'k:9092',
  'default.topic.partitions': '10',
  'default.topic.replication.factor': '3',
}
const broker = (config = 'kafka-broker-config', namespace = 'knative-eventing'): KubeObject =>
  object(
    'Broker',
    'shop',
    'orders',
    {
      metadata: {annotations: {'eventing.knative.dev/broker.class': 'Kafka'}},
      spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: config, namespace}},
    },
    eventing,
  )
const trigger = (name: string, spec: object, namespace = 'shop'): KubeObject =>
  object('Trigger', namespace, name, {spec, metadata: {labels: {a: 'b'}}}, eventing)

const stock = [
  configMap('config-br-defaults', {
    'default-br-config':
      'clusterDefault:\n  brokerClass: MTChannelBasedBroker\n  apiVersion: v1\n  kind: ConfigMap\n  name: config-br-default-channel\n  namespace: knative-eventing\n',
  }),
  configMap('config-br-default-channel', {
    'channel-template-spec': 'apiVersion: messaging.knative.dev/v1\nkind: InMemoryChannel\n',
  }),
  configMap('config-features', {'delivery-timeout': 'disabled'}),
  configMap('config-sugar', {'namespace-selector': '{}', 'trigger-selector': 'matchLabels: [broken'}),
  configMap('kafka-broker-config', {...kafkaData, 'auth.secret.ref.name': 'creds'}),
  object('Secret', 'knative-eventing', 'creds', {
    data: {
      protocol: Buffer.from('SASL_SSL').toString('base64'),
      password: Buffer.from('hush').toString('base64'),
      'sasl.mechanism': Buffer.from('PLAIN').toString('base64'),
    },
  }),
  object('Deployment', 'knative-eventing', 'kafka-controller', {status: {readyReplicas: 2}}, 'apps/v1'),
  object('Deployment', 'knative-eventing', 'kafka-broker-receiver', {status: {}}, 'apps/v1'),
  object('Namespace', undefined, 'shop', {metadata: {labels: {team: 'x'}}}),
]
const client = (changes: FakeCluster = {}) =>
  new FakeClient({served: {[eventing]: [brokerKind]}, ...changes, objects: [...stock, ...(changes.objects ?? [])]})
const request = (options: Partial<BrokerOptions> = {}) =>
  readBrokerOptions({name: 'orders', namespace: 'shop', ...options})

describe('facts for creating a broker', () => {
  test('are read in two rounds, without a credential among them', async () => {
    const fake = client()
    const facts = await createFacts(fake, request({className: 'Kafka'}))
    expect(facts).toEqual({
      existing: 'absent',
      defaults: {
        defaults: {
          clusterDefault: {
            brokerClass: 'MTChannelBasedBroker',
            inline: {
              config: {
                apiVersion: 'v1',
                kind: 'ConfigMap',
                name: 'config-br-default-channel',
                namespace: 'knative-eventing',
              },
            },
            brokerClasses: {},
            disallowDifferentNamespaceConfig: false,
          },
          namespaceDefaults: {},
        },
      },
      features: {
        deliveryTimeout: false,
        deliveryRetryAfter: false,
        kreferenceGroup: false,
        crossNamespaceEventLinks: false,
        newApiServerSourceFilters: false,
      },
      configs: {
        'knative-eventing/kafka-broker-config': {
          data: {...kafkaData, 'auth.secret.ref.name': 'creds'},
          channelTemplate: {fault: 'it is empty or missing'},
          secret: {keys: ['protocol', 'password', 'sasl.mechanism'], protocol: 'SASL_SSL', mechanism: 'PLAIN'},
        },
        'knative-eventing/config-br-default-channel': {
          data: {'channel-template-spec': 'apiVersion: messaging.knative.dev/v1\nkind: InMemoryChannel\n'},
          channelTemplate: {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'},
        },
      },
      deployments: {'kafka-controller': 2, 'kafka-broker-receiver': 0},
    })
    expect(fake.rounds).toBe(2)
    expect(JSON.stringify(facts)).not.toContain('hush')
  })

  test('need one round when nothing more must be looked up', async () => {
    const fake = client()
    await createFacts(fake, request())
    expect(fake.rounds).toBe(1)
    expect(fake.asked.toSorted()).toEqual([
      'get Broker shop/orders',
      'get ConfigMap knative-eventing/config-br-default-channel',
      'get ConfigMap knative-eventing/config-br-defaults',
      'get ConfigMap knative-eventing/config-features',
      'get ConfigMap knative-eventing/kafka-broker-config',
      'list Deployment knative-eventing',
      `served ${eventing}`,
    ])
  })

  test('follow the default of a namespace to its ConfigMap', async () => {
    const defaults = configMap('config-br-defaults', {
      'default-br-config':
        'namespaceDefaults:\n  shop: {brokerClass: Kafka, apiVersion: v1, kind: ConfigMap, name: own, namespace: shop}\n',
    })
    const fake = new FakeClient({
      served: {[eventing]: [brokerKind]},
      objects: [defaults, configMap('own', kafkaData, 'shop')],
    })
    expect((await createFacts(fake, request())).configs).toMatchObject({'shop/own': {data: kafkaData}})
    expect(fake.rounds).toBe(2)
  })

  test('say what was not there and what cannot be read (no permission)', async () => {
    const bare = new FakeClient({served: {[eventing]: [brokerKind]}})
    expect(await createFacts(bare, request({brokerConfig: 'cm:own'}))).toEqual({
      existing: 'absent',
      defaults: 'absent',
      features: {
        deliveryTimeout: true,
        deliveryRetryAfter: false,
        kreferenceGroup: false,
        crossNamespaceEventLinks: false,
        newApiServerSourceFilters: false,
      },
      configs: {
        'knative-eventing/kafka-broker-config': 'absent',
        'knative-eventing/config-br-default-channel': 'absent',
        'shop/own': 'absent',
      },
      deployments: {},
    })
    const blind = client({forbidden: ['ConfigMap', 'Deployment', 'Broker']})
    expect(await createFacts(blind, request())).toEqual({
      existing: 'forbidden',
      defaults: 'forbidden',
      features: 'forbidden',
      configs: {
        'knative-eventing/kafka-broker-config': 'forbidden',
        'knative-eventing/config-br-default-channel': 'forbidden',
      },
      deployments: 'forbidden',
    })
  })

  test.each<[string, string, FakeCluster, string, string]>([
    [
      'a Knative Service with a URL',
      'letters',
      {
        objects: [
          object('Service', 'shop', 'letters', {status: {address: {url: 'http://l'}}}, 'serving.knative.dev/v1'),
        ],
      },
      'addressable',
      'Service',
    ],
    [
      'a Knative Service without one',
      'letters',
      {objects: [object('Service', 'shop', 'letters', {}, 'serving.knative.dev/v1')]},
      'no-address',
      'Service',
    ],
    ['a Kubernetes Service', 'svc:s', {objects: [object('Service', 'shop', 's')]}, 'addressable', 'Service'],
    ['a missing one', 'letters', {}, 'absent', 'Service'],
    ['a forbidden one', 'letters', {forbidden: ['Service']}, 'forbidden', 'Service'],
    ['a kind that is not installed', 'kafkasink:k', {unserved: ['KafkaSink']}, 'not-served', 'KafkaSink'],
    [
      'a kind that discovery tells',
      'acme.dev/v1/thing:t',
      {
        served: {
          [eventing]: [brokerKind],
          'acme.dev/v1': [{apiVersion: 'acme.dev/v1', kind: 'BigThing', plural: 'things', namespaced: true, verbs: []}],
        },
        objects: [object('BigThing', 'shop', 't', {status: {address: {url: 'http://t'}}}, 'acme.dev/v1')],
      },
      'addressable',
      'BigThing',
    ],
    ['a kind that discovery does not know', 'acme.dev/v1/thing:t', {}, 'not-served', 'Thing'],
  ])('tell about the dead letter sink: %s', async (_case, dlSink, cluster, state, kind) => {
    const {sink} = await createFacts(client(cluster), request({dlSink}))
    expect([sink?.state, sink?.destination.ref?.kind]).toEqual([state, kind])
  })

  test('a URI is not looked up', async () => {
    const {sink} = await createFacts(client(), request({dlSink: 'http://h/x'}))
    expect(sink).toEqual({sink: {uri: 'http://h/x'}, destination: {uri: 'http://h/x'}, state: 'uri'})
  })

  test('broken YAML is told with its reason', async () => {
    const broken = new FakeClient({
      served: {[eventing]: [brokerKind]},
      objects: [configMap('config-br-defaults', {'default-br-config': 'a: [b'})],
    })
    const {defaults} = await createFacts(broken, request())
    expect(defaults).toEqual({
      fault: 'Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 6',
    })
  })

  test('Knative that is not installed is recognised', async () => {
    const nothing = new FakeClient({unserved: ['Broker']})
    await expect(createFacts(nothing, request())).rejects.toMatchObject({reason: 'KnativeNotInstalled', exitCode: 1})
  })

  test('a cluster that cannot be reached is no missing fact', async () => {
    const failure = new KubeError('ConnectionRefused', 'refused', {code: 0, request: {verb: 'get'}})
    await expect(createFacts(client({failure}), request())).rejects.toBe(failure)
  })
})

describe('facts about a broker', () => {
  const ref = {namespace: 'shop', name: 'orders'}

  test('for an update: the broker, the features and the sink, in one round', async () => {
    const fake = client({objects: [broker()]})
    const update = readBrokerUpdateOptions({...ref, dlSink: 'http://h'})
    expect(await updateFacts(fake, update)).toMatchObject({
      broker: broker(),
      features: {deliveryTimeout: false},
      sink: {state: 'uri'},
    })
    expect(fake.rounds).toBe(1)
  })

  test('for a deletion: who depends on it and what would bring it back, in two rounds', async () => {
    const fake = client({
      objects: [
        broker(),
        trigger('t', {broker: 'orders'}),
        trigger('foreign', {brokerRef: {name: 'orders', namespace: 'other'}}),
        trigger('far', {broker: 'orders'}, 'other'),
      ],
    })
    const facts = await deleteFacts(fake, ref)
    expect(facts).toMatchObject({
      broker: broker(),
      triggers: [
        {name: 't', namespace: 'shop', labels: {a: 'b'}, broker: 'orders'},
        {name: 'foreign', broker: ''},
      ],
      sugar: {namespaceSelector: {selector: {}}, triggerSelector: {fault: expect.stringContaining('Flow sequence')}},
      namespaceLabels: {team: 'x'},
      config: {data: kafkaData, secret: {protocol: 'SASL_SSL'}},
    })
    expect(fake.rounds).toBe(2)
  })

  test('for a description: all of it, with events, in two rounds', async () => {
    const fake = client({
      objects: [
        broker('own', 'shop'),
        configMap('own', kafkaData, 'shop'),
        object('Event', 'shop', 'e', {reason: 'X'}),
      ],
    })
    const facts = await describeFacts(fake, ref)
    expect(facts).toMatchObject({
      config: {data: kafkaData},
      events: [{reason: 'X'}],
      triggers: [],
      deployments: {'kafka-controller': 2},
    })
    expect(fake.rounds).toBe(2)
    expect(fake.asked).toContain(
      'list Event shop involvedObject.kind=Broker,involvedObject.name=orders,involvedObject.namespace=shop',
    )
    expect(await describeFacts(client({objects: [broker()]}), ref, {events: false})).not.toHaveProperty('events')
  })

  test('a broker that is not there is NotFound, unless brokers are not served at all', async () => {
    await expect(deleteFacts(client(), ref)).rejects.toMatchObject({name: 'KubeError', reason: 'NotFound'})
    await expect(describeFacts(client({served: {}}), ref)).rejects.toMatchObject({reason: 'KnativeNotInstalled'})
    await expect(deleteFacts(client({unserved: ['Broker']}), ref)).rejects.toMatchObject({
      reason: 'KnativeNotInstalled',
    })
  })

  test('without rights, only the broker itself is needed', async () => {
    const fake = client({
      objects: [broker()],
      forbidden: ['ConfigMap', 'Secret', 'Trigger', 'Namespace', 'Deployment', 'Event'],
    })
    expect(await describeFacts(fake, ref)).toMatchObject({
      triggers: 'forbidden',
      sugar: 'forbidden',
      namespaceLabels: 'forbidden',
      config: 'forbidden',
      events: 'forbidden',
      defaults: 'forbidden',
    })
  })
})

test('triggers are counted by broker, page by page', async () => {
  const objects = [
    trigger('a', {broker: 'orders'}),
    trigger('b', {broker: 'orders'}),
    trigger('c', {broker: 'default'}),
    trigger('d', {broker: 'orders'}, 'other'),
    trigger('e', {brokerRef: {name: 'default'}}),
  ]
  const counts = await triggerCounts(client({objects}))
  expect(Object.fromEntries(counts ?? [])).toEqual({'shop/orders': 2, 'shop/default': 2, 'other/orders': 1})
  expect(Object.fromEntries((await triggerCounts(client({objects}), 'other')) ?? [])).toEqual({'other/orders': 1})
  expect(await triggerCounts(client({objects, forbidden: ['Trigger']}))).toBeUndefined()
})
