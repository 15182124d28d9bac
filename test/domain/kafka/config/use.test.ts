import {describe, expect, test} from 'vitest'
import {readBrokerDefaults} from '../../../../src/domain/eventing/cluster-defaults/broker-defaults.js'
import {brokerNames, brokersUsing, defaultsUsing} from '../../../../src/domain/kafka/config/use.js'
import {aStoredBroker} from '../../../support/eventing.js'

const place = {namespace: 'demo', name: 'my-kafka'}
const config = (fields: object) => ({
  spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'my-kafka', ...fields}},
})

describe('the brokers that use a ConfigMap', () => {
  test.each<[string, object, string, boolean]>([
    ['by namespace and name', {namespace: 'demo'}, 'shop', true],
    ['in their own namespace', {}, 'demo', true],
    ['not one of the same name elsewhere', {}, 'shop', false],
    ['not a Secret of that name', {kind: 'Secret'}, 'demo', false],
    ['not another name', {name: 'other'}, 'demo', false],
  ])('%s', (_title, fields, namespace, expected) => {
    const broker = aStoredBroker('orders', {...config(fields), metadata: {namespace}})
    expect(brokersUsing(place, {brokers: [broker]}).length === 1).toBe(expected)
  })

  test('are named, the first five of them', () => {
    const brokers = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => aStoredBroker(name))
    expect(brokerNames(brokers.slice(0, 2))).toBe('demo/a, demo/b')
    expect(brokerNames(brokers)).toBe('demo/a, demo/b, demo/c, demo/d, demo/e and 2 more')
  })
})

test('the defaults that name a ConfigMap are told by their path', () => {
  const reference = {apiVersion: 'v1', kind: 'ConfigMap', name: 'my-kafka'}
  const defaults = readBrokerDefaults({
    clusterDefault: {
      ...reference,
      name: 'config-br-default-channel',
      namespace: 'knative-eventing',
      brokerClasses: {Kafka: {...reference, namespace: 'demo'}},
    },
    namespaceDefaults: {demo: {...reference}, shop: {...reference}},
  })
  expect(defaultsUsing(place, {defaults})).toEqual(['clusterDefault.brokerClasses.Kafka', 'namespaceDefaults.demo'])
  expect([defaultsUsing(place, 'forbidden'), defaultsUsing(place, {fault: 'no YAML'})]).toEqual([[], []])
})
