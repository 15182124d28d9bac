import {describe, expect, test} from 'vitest'
import {
  defaultedBroker,
  defaultedTrigger,
  readBrokerDefaults,
  resolveBroker,
} from '../../../../src/domain/eventing/cluster-defaults/broker-defaults.js'

const map = (name: string) => ({apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'knative-eventing'})
const retry10 = {retry: 10, backoffPolicy: 'exponential', backoffDelay: 'PT0.2S'}
const stock = {clusterDefault: {brokerClass: 'MTChannelBasedBroker', ...map('channel'), delivery: retry10}}
const withKafka = {
  clusterDefault: {
    ...stock.clusterDefault,
    brokerClasses: {Kafka: {...map('kafka'), delivery: {retry: 3, timeout: 'PT1S'}}},
  },
}
const kafkaAlone = {clusterDefault: {...stock.clusterDefault, brokerClass: 'Kafka'}}
const namespaced = (entry: object) => ({...withKafka, namespaceDefaults: {shop: entry}})

type Case = [
  string,
  unknown,
  {className?: string; config?: ReturnType<typeof map>; delivery?: object},
  [string | undefined, string],
  [string | undefined, string],
  [unknown, string],
]

describe('what the cluster gives to a broker', () => {
  test.each<Case>([
    [
      'stock cluster, nothing given',
      stock,
      {},
      ['MTChannelBasedBroker', 'clusterDefault'],
      ['channel', 'clusterDefault'],
      [retry10, 'clusterDefault'],
    ],
    [
      'stock cluster, class Kafka: the channel config all the same',
      stock,
      {className: 'Kafka'},
      ['Kafka', 'broker'],
      ['channel', 'clusterDefault'],
      [retry10, 'clusterDefault'],
    ],
    [
      'a config for class Kafka',
      withKafka,
      {className: 'Kafka'},
      ['Kafka', 'broker'],
      ['kafka', 'clusterDefaultClass'],
      [{retry: 3}, 'clusterDefaultClass'],
    ],
    [
      'default class Kafka alone keeps the channel config',
      kafkaAlone,
      {},
      ['Kafka', 'clusterDefault'],
      ['channel', 'clusterDefault'],
      [retry10, 'clusterDefault'],
    ],
    [
      'a config of its own: default delivery of the cluster, not of the class',
      withKafka,
      {className: 'Kafka', config: map('own')},
      ['Kafka', 'broker'],
      ['own', 'broker'],
      [retry10, 'clusterDefault'],
    ],
    [
      'delivery of its own is not mixed with defaults',
      stock,
      {delivery: {retry: 1}},
      ['MTChannelBasedBroker', 'clusterDefault'],
      ['channel', 'clusterDefault'],
      [{retry: 1}, 'broker'],
    ],
    [
      'namespace with class and config',
      namespaced({brokerClass: 'Kafka', ...map('shop-kafka')}),
      {},
      ['Kafka', 'namespaceDefault'],
      ['shop-kafka', 'namespaceDefault'],
      [undefined, 'none'],
    ],
    [
      'namespace with class only: config of the cluster for that class',
      namespaced({brokerClass: 'Kafka'}),
      {},
      ['Kafka', 'namespaceDefault'],
      ['kafka', 'clusterDefaultClass'],
      [{retry: 3}, 'clusterDefaultClass'],
    ],
    [
      'namespace without class is skipped when no class is given',
      namespaced(map('shop-any')),
      {},
      ['MTChannelBasedBroker', 'clusterDefault'],
      ['channel', 'clusterDefault'],
      [retry10, 'clusterDefault'],
    ],
    [
      'namespace of another class',
      namespaced({brokerClass: 'Kafka', ...map('shop-kafka')}),
      {className: 'MTChannelBasedBroker'},
      ['MTChannelBasedBroker', 'broker'],
      ['channel', 'clusterDefault'],
      [retry10, 'clusterDefault'],
    ],
    [
      'namespace of another class with an entry for this one',
      namespaced({
        brokerClass: 'Kafka',
        ...map('shop-kafka'),
        brokerClasses: {MTChannelBasedBroker: map('shop-channel')},
      }),
      {className: 'MTChannelBasedBroker'},
      ['MTChannelBasedBroker', 'broker'],
      ['shop-channel', 'namespaceDefaultClass'],
      [undefined, 'none'],
    ],
    [
      'brokerClasses of the namespace win over its own config',
      namespaced({brokerClass: 'Kafka', ...map('shop-kafka'), brokerClasses: {Kafka: map('shop-special')}}),
      {},
      ['Kafka', 'namespaceDefault'],
      ['shop-special', 'namespaceDefaultClass'],
      [undefined, 'none'],
    ],
    [
      'no cluster config: brokerClasses are not consulted',
      {clusterDefault: {brokerClass: 'Kafka', brokerClasses: {Kafka: map('kafka')}}},
      {},
      ['Kafka', 'clusterDefault'],
      [undefined, 'none'],
      [undefined, 'none'],
    ],
    ['empty document', {}, {}, [undefined, 'none'], [undefined, 'none'], [undefined, 'none']],
    ['garbage', 'x', {className: 'Kafka'}, ['Kafka', 'broker'], [undefined, 'none'], [undefined, 'none']],
  ])('%s', (_case, document, given, className, config, delivery) => {
    const resolved = resolveBroker(readBrokerDefaults(document), {namespace: 'shop', ...given} as Parameters<
      typeof resolveBroker
    >[1])
    expect([resolved.className, resolved.classOrigin.source]).toEqual(className)
    expect([resolved.config?.name, resolved.configOrigin.source]).toEqual(config)
    expect([resolved.delivery, resolved.deliveryOrigin.source]).toEqual(delivery)
  })

  test('origins are told in words', () => {
    const resolved = resolveBroker(readBrokerDefaults(stock), {namespace: 'shop', className: 'Kafka'})
    expect([resolved.classOrigin.text, resolved.configOrigin.text]).toEqual([
      'given for this broker',
      'cluster default in config-br-defaults, which is meant for class MTChannelBasedBroker',
    ])
  })

  test('the stored broker has class, config with namespace, and delivery with the namespace of its sink', () => {
    const broker = {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Broker',
      metadata: {name: 'b', namespace: 'shop'},
      spec: {
        config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'own'},
        delivery: {deadLetterSink: {ref: {apiVersion: 'v1', kind: 'Service', name: 's'}}},
      },
    }
    expect(defaultedBroker(broker, readBrokerDefaults(stock))).toEqual({
      ...broker,
      metadata: {
        name: 'b',
        namespace: 'shop',
        annotations: {'eventing.knative.dev/broker.class': 'MTChannelBasedBroker'},
      },
      spec: {
        config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'own', namespace: 'shop'},
        delivery: {deadLetterSink: {ref: {apiVersion: 'v1', kind: 'Service', name: 's', namespace: 'shop'}}},
      },
    })
  })

  test('the stored trigger has the label of its broker, an open filter and the namespace of its subscriber', () => {
    const trigger = {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: {name: 't', namespace: 'shop'},
      spec: {broker: 'b', subscriber: {ref: {apiVersion: 'v1', kind: 'Service', name: 's'}}},
    }
    expect(defaultedTrigger(trigger)).toEqual({
      ...trigger,
      metadata: {name: 't', namespace: 'shop', labels: {'eventing.knative.dev/broker': 'b'}},
      spec: {
        broker: 'b',
        filter: {},
        subscriber: {ref: {apiVersion: 'v1', kind: 'Service', name: 's', namespace: 'shop'}},
      },
    })
  })
})
