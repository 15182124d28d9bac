import {describe, expect, test} from 'vitest'
import {brokerFaults, kafkaBrokerFaults, triggerFaults} from '../../../src/domain/eventing/admission.js'
import {readBrokerDefaults} from '../../../src/domain/eventing/cluster-defaults/broker-defaults.js'
import {defaultFeatures, readFeatures} from '../../../src/domain/eventing/features.js'
import {type KubeObject} from '../../../src/domain/core/object.js'

const broker = (spec: object, className: string | undefined = 'Kafka'): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {
    name: 'orders',
    namespace: 'shop',
    annotations: className === undefined ? {} : {'eventing.knative.dev/broker.class': className},
  },
  spec,
})
const all = readFeatures({
  'delivery-timeout': 'Enabled',
  'delivery-retryafter': 'ENABLED',
  'kreference-group': 'enabled',
})
const config = {apiVersion: 'v1', kind: 'ConfigMap', name: 'c', namespace: 'shop'}

describe('what the eventing webhook says about a broker', () => {
  test.each<[string, object, string]>([
    ['nothing', {config, delivery: {retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S', timeout: 'PT5S'}}, ''],
    ['a negative delay, which it accepts', {delivery: {backoffDelay: '-PT1S'}}, ''],
    ['negative retry', {delivery: {retry: -1}}, 'invalid value: -1: spec.delivery.retry'],
    ['upper-case policy', {delivery: {backoffPolicy: 'Linear'}}, 'invalid value: Linear: spec.delivery.backoffPolicy'],
    ['no ISO duration', {delivery: {backoffDelay: '5s'}}, 'invalid value: 5s: spec.delivery.backoffDelay'],
    ['a timeout of zero', {delivery: {timeout: 'PT0S'}}, 'invalid value: PT0S: spec.delivery.timeout'],
    [
      'a timeout that is cut to zero',
      {delivery: {timeout: 'PT0.05S'}},
      'invalid value: PT0.05S: spec.delivery.timeout',
    ],
    [
      'retryAfterMax without the feature',
      {delivery: {retryAfterMax: 'PT1S'}},
      'must not set the field(s): spec.delivery.retryAfterMax',
    ],
    ['an unknown format', {delivery: {format: 'xml'}}, 'invalid value: xml: spec.delivery.format'],
    [
      'an empty dead letter sink',
      {delivery: {deadLetterSink: {}}},
      'expected at least one, got none: spec.delivery.deadLetterSink.ref, spec.delivery.deadLetterSink.uri',
    ],
    [
      'ref and absolute URI',
      {delivery: {deadLetterSink: {ref: config, uri: 'http://h'}}},
      'Absolute URI is not allowed when Ref or [apiVersion, kind, name] is present: spec.delivery.deadLetterSink.ref, spec.delivery.deadLetterSink.uri, spec.delivery.deadLetterSink[apiVersion, kind, name]',
    ],
    [
      'a URI without host',
      {delivery: {deadLetterSink: {uri: 'http:foo'}}},
      'invalid value: Relative URI is not allowed when Ref and [apiVersion, kind, name] is absent: spec.delivery.deadLetterSink.uri',
    ],
    [
      'an incomplete ref',
      {delivery: {deadLetterSink: {ref: {name: 'x'}}}},
      'missing field(s): spec.delivery.deadLetterSink.ref.apiVersion, spec.delivery.deadLetterSink.ref.kind',
    ],
    [
      'a group without the feature',
      {delivery: {deadLetterSink: {ref: {...config, group: 'g'}}}},
      'must not set the field(s): spec.delivery.deadLetterSink.ref.group',
    ],
    ['a config without name', {config: {apiVersion: 'v1', kind: 'ConfigMap'}}, 'missing field(s): spec.config.name'],
    [
      'several faults, sorted, and merged where the text is the same',
      {config: {}, delivery: {retry: -1, timeout: 'x', deadLetterSink: {ref: {name: 'x'}}}},
      'invalid value: -1: spec.delivery.retry\n' +
        'invalid value: x: spec.delivery.timeout\n' +
        'missing field(s): spec.config.apiVersion, spec.config.kind, spec.config.name, spec.delivery.deadLetterSink.ref.apiVersion, spec.delivery.deadLetterSink.ref.kind',
    ],
  ])('%s', (_case, spec, text) => {
    expect(brokerFaults(broker(spec), undefined, defaultFeatures).join('\n')).toBe(text)
  })

  test('features decide about timeout, retryAfterMax and group', () => {
    const spec = {
      delivery: {
        timeout: 'PT1S',
        retryAfterMax: 'PT0S',
        deadLetterSink: {ref: {kind: 'Service', name: 'x', group: 'serving.knative.dev'}},
      },
    }
    expect(brokerFaults(broker(spec), undefined, all)).toEqual([])
    expect(brokerFaults(broker(spec), undefined, readFeatures({'delivery-timeout': 'disabled'}))).toEqual([
      'missing field(s): spec.delivery.deadLetterSink.ref.apiVersion',
      'must not set the field(s): spec.delivery.deadLetterSink.ref.group, spec.delivery.retryAfterMax, spec.delivery.timeout',
    ])
    expect(brokerFaults(broker({delivery: {retryAfterMax: '-PT1S'}}), undefined, all)).toEqual([
      'invalid value: -PT1S: spec.delivery.retryAfterMax',
    ])
  })

  test('a class is needed, and an empty one does not count', () => {
    const classless = {...broker({}), metadata: {name: 'orders', namespace: 'shop'}}
    const text = ['missing field(s): eventing.knative.dev/broker.class']
    expect(brokerFaults(classless, undefined, defaultFeatures)).toEqual(text)
    expect(brokerFaults(broker({}, ''), undefined, defaultFeatures)).toEqual(text)
  })

  test('a config of another namespace can be forbidden, for the cluster or for a namespace', () => {
    const foreign = broker({config: {...config, namespace: 'other'}})
    const answer = [
      'mismatched namespaces: spec.config.namespace\nparent namespace: "shop" does not match ref: "other"',
    ]
    const faults = (document: unknown) =>
      brokerFaults(foreign, undefined, defaultFeatures, readBrokerDefaults(document))
    expect(faults({})).toEqual([])
    expect(faults({clusterDefault: {disallowDifferentNamespaceConfig: true}})).toEqual(answer)
    expect(faults({namespaceDefaults: {shop: {disallowDifferentNamespaceConfig: true}}})).toEqual(answer)
    expect(faults({namespaceDefaults: {elsewhere: {disallowDifferentNamespaceConfig: true}}})).toEqual([])
  })

  test('class and config cannot be changed; the config is reported first', () => {
    const before = broker({config})
    expect(brokerFaults(broker({config, delivery: {retry: 1}}), before, defaultFeatures)).toEqual([])
    expect(brokerFaults(broker({config: {...config, name: 'd'}}, 'Other'), before, defaultFeatures)).toEqual([
      'Immutable fields changed (-old +new): spec\n{v1.BrokerSpec}.Config.Name:\n\t-: "c"\n\t+: "d"\n',
    ])
    expect(brokerFaults(broker({config}, 'Other'), before, defaultFeatures)).toEqual([
      'Immutable annotations changed (-old +new): annotations\n{string}:\n\t-: "Kafka"\n\t+: "Other"\n',
    ])
    expect(brokerFaults(broker({}), before, defaultFeatures)).toEqual([
      'Immutable fields changed (-old +new): spec\n{v1.BrokerSpec}.Config:\n\t-: "Kind = ConfigMap, Namespace = shop, Name = c, APIVersion = v1, Group = , Address = "\n\t+: "<nil>"\n',
    ])
  })

  test('the Kafka webhook wants a ConfigMap, and for KafkaNamespaced one of the own namespace', () => {
    const secret = {...config, kind: 'Secret'}
    const foreign = {...config, namespace: 'other'}
    expect(kafkaBrokerFaults(broker({config: secret}))).toEqual([
      'invalid value: Secret: spec.config.kind\nExpected ConfigMap',
    ])
    expect(kafkaBrokerFaults(broker({config: foreign}, 'KafkaNamespaced'))).toEqual([
      'invalid value: other: spec.config.namespace\nExpected ConfigMap in same namespace with broker resource',
    ])
    expect([
      kafkaBrokerFaults(broker({config: foreign})),
      kafkaBrokerFaults(broker({config: secret}, 'RabbitMQBroker')),
    ]).toEqual([[], []])
  })
})

describe('what the eventing webhook says about a trigger', () => {
  const subscriber = {uri: 'http://h/'}
  const trigger = (spec: object, annotations: Record<string, string> = {}): KubeObject => ({
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: {name: 't', namespace: 'shop', annotations},
    spec: {broker: 'default', subscriber, ...spec},
  })
  test.each<[string, KubeObject, string]>([
    ['nothing', trigger({filter: {attributes: {type: 'a'}}}), ''],
    ['no broker', trigger({broker: ''}), 'missing field(s): spec.broker'],
    [
      'broker and brokerRef',
      trigger({brokerRef: {name: 'b'}}),
      'expected exactly one, got both: spec.broker, spec.brokerRef',
    ],
    [
      'a foreign broker without the feature',
      trigger({broker: '', brokerRef: {name: 'b', namespace: 'other'}}),
      'must not set the field(s): spec.namespace\nonly name, apiVersion and kind are supported fields when feature.CrossNamespaceEventLinks is disabled',
    ],
    [
      'no subscriber',
      trigger({subscriber: {}}),
      'expected at least one, got none: spec.subscriber.ref, spec.subscriber.uri',
    ],
    [
      'a bad attribute name',
      trigger({filter: {attributes: {Type: 'a'}}}),
      'invalid key name "Type": spec.filter.attributes[Type]\nAttribute name must start with a letter and can only contain lowercase alphanumeric',
    ],
    [
      'two dialects in one filter',
      trigger({filters: [{exact: {type: 'a'}, prefix: {type: 'a'}}]}),
      'multiple dialects found, filters can have only one dialect set: ',
    ],
    [
      'a bad name in the first of two filters, with the doubled index of the original',
      trigger({filters: [{exact: {Type: 'a'}}, {all: [{not: {suffix: {x: 'b'}}}]}]}),
      'invalid key name "Type": spec.filters[1][0].exact[Type]\nAttribute name must start with a letter and can only contain lowercase alphanumeric',
    ],
    [
      'injection with a value of its own',
      trigger({}, {'eventing.knative.dev/injection': 'x'}),
      'The provided injection annotation value can only be "enabled" or "disabled", not "x": metadata.annotations[eventing.knative.dev/injection]',
    ],
    [
      'injection of another broker',
      trigger({broker: 'b'}, {'eventing.knative.dev/injection': 'enabled'}),
      'The provided injection annotation is only used for default broker, but non-default broker specified here: "b": metadata.annotations[eventing.knative.dev/injection]',
    ],
    [
      'a dependency that is no reference',
      trigger({}, {'knative.dev/dependency': 'x'}),
      'The provided annotation was not a corev1.ObjectReference: "x": metadata.annotations[knative.dev/dependency]',
    ],
    [
      'an incomplete dependency of another namespace',
      trigger({}, {'knative.dev/dependency': '{"kind":"PingSource","namespace":"other"}'}),
      'Namespace must be empty or equal to the trigger namespace "shop": metadata.annotations[knative.dev/dependency].namespace\nmissing field(s): metadata.annotations[knative.dev/dependency].apiVersion, metadata.annotations[knative.dev/dependency].name',
    ],
  ])('%s', (_case, object, text) => {
    expect(triggerFaults(object, undefined, defaultFeatures).join('\n')).toBe(text)
  })

  test('the broker of a trigger cannot be changed', () => {
    expect(triggerFaults(trigger({broker: 'b'}), trigger({}), defaultFeatures)).toEqual([
      'Immutable fields changed (-old +new): broker, spec\n{string}:\n\t-: "default"\n\t+: "b"\n',
    ])
  })
})
