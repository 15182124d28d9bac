import {describe, expect, test} from 'vitest'
import {printCommands} from '../../../../src/domain/core/commands.js'
import {type Finding} from '../../../../src/domain/findings/finding.js'
import {type KubeObject} from '../../../../src/domain/core/object.js'
import {
  crashesController,
  crashFindings,
  crashingDefaults,
  crashingDefaultFindings,
} from '../../../../src/domain/eventing/broker/controller-crash.js'
import {readBrokerDefaults} from '../../../../src/domain/eventing/cluster-defaults/broker-defaults.js'
import {isFinal, rankOf} from '../../../../src/domain/findings/catalogue.js'

const lines = ([one]: readonly Finding[]): string[] => printCommands(one?.repair ?? []).split('\n')
const config = {apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka-broker-config', namespace: 'knative-eventing'}
const broker = (className: string | undefined, spec: object = {}, metadata: object = {}): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {
    name: 'orders',
    namespace: 'shop',
    ...(className === undefined ? {} : {annotations: {'eventing.knative.dev/broker.class': className}}),
    ...metadata,
  },
  spec: {...spec},
})

describe('a stored broker ends the Kafka controller', () => {
  test.each<[string, KubeObject, boolean]>([
    ['of class Kafka without a config', broker('Kafka'), true],
    ['of class KafkaNamespaced without a config', broker('KafkaNamespaced', {delivery: {retry: 1}}), true],
    ['whose config is null', broker('Kafka', {config: null}), true],
    ['of class Kafka with a config', broker('Kafka', {config}), false],
    ['of the channel-based class', broker('MTChannelBasedBroker'), false],
    ['of no class', broker(undefined), false],
  ])('%s: %s', (_, stored, crashes) => {
    expect(crashesController(stored)).toBe(crashes)
  })

  test('the finding about it is told before all others, and --force does not help', () => {
    const [one] = crashFindings(broker('Kafka'))
    expect(one).toBeDefined()
    expect(rankOf(one!)).toBeLessThan(rankOf({code: 'SFL-B03', level: 'error'}))
    expect(isFinal(one!)).toBe(true)
  })

  test('the repair deletes it, takes the finalizer off that its controller cannot, and recreates it', () => {
    const stored = broker('Kafka', {}, {finalizers: ['brokers.eventing.knative.dev', 'x.example']})
    expect(lines(crashFindings(stored))).toEqual([
      'kubectl sfl broker delete orders -n shop --yes --no-wait',
      'kubectl -n shop patch brokers.eventing.knative.dev orders --type=merge -p \'{"metadata":{"finalizers":["x.example"]}}\'',
      'kubectl sfl broker create orders -n shop --class Kafka --broker-config cm:kafka-broker-config:knative-eventing',
    ])
  })

  test('of one that is being deleted the repair begins with the finalizer', () => {
    const going = broker('Kafka', {}, {finalizers: ['brokers.eventing.knative.dev'], deletionTimestamp: '2026-01-01'})
    expect(lines(crashFindings(going))[0]).toContain('{"finalizers":[]}')
  })
})

describe('defaults that make such brokers', () => {
  const clusterDefault = {brokerClass: 'MTChannelBasedBroker', ...config, name: 'config-br-default-channel'}
  const delivery = {retry: 1}
  const found = (document: unknown) =>
    crashingDefaults(readBrokerDefaults(document)).map(
      ({namespace = '*', named = '(none)', className}) => `${namespace} ${named} → ${className}`,
    )

  test.each<[string, unknown, string[]]>([
    ['the shipped ones', {clusterDefault}, []],
    ['Kafka with a config', {clusterDefault: {...clusterDefault, brokerClass: 'Kafka'}}, []],
    [
      'a namespace with class Kafka alone falls back on the config of the cluster, which does not fit, but is there',
      {clusterDefault, namespaceDefaults: {shop: {brokerClass: 'Kafka'}}},
      [],
    ],
    [
      'a namespace with class Kafka and delivery settings gets no config at all',
      {clusterDefault, namespaceDefaults: {shop: {brokerClass: 'Kafka', delivery}}},
      ['shop (none) → Kafka', 'shop Kafka → Kafka'],
    ],
    [
      'a class that is named with delivery settings only',
      {clusterDefault: {...clusterDefault, brokerClasses: {Kafka: {delivery}}}},
      ['* Kafka → Kafka'],
    ],
    ['no default at all', {}, ['* Kafka → Kafka', '* KafkaNamespaced → KafkaNamespaced']],
    [
      'class Kafka for the cluster, and a config nowhere',
      {clusterDefault: {brokerClass: 'Kafka', delivery}},
      ['* (none) → Kafka', '* Kafka → Kafka', '* KafkaNamespaced → KafkaNamespaced'],
    ],
  ])('%s', (_, document, expected) => {
    expect(found(document)).toEqual(expected)
  })

  test('are told once a namespace, with the command that names a config', () => {
    const document = {clusterDefault, namespaceDefaults: {shop: {brokerClass: 'Kafka', delivery}}}
    const [one, ...more] = crashingDefaultFindings(crashingDefaults(readBrokerDefaults(document)))
    expect(more).toEqual([])
    expect(one?.message).toContain('the defaults of namespace shop name no config for class Kafka')
    expect(lines([one!])).toEqual([
      'kubectl sfl broker class set Kafka --for-namespace shop --broker-config cm:kafka-broker-config:knative-eventing',
    ])
  })
})
