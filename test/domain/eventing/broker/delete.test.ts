import {describe, expect, test} from 'vitest'
import {deletionStuck, planBrokerDelete} from '../../../../src/domain/eventing/broker/delete.js'
import {type DeleteFacts, type SugarFacts} from '../../../../src/domain/eventing/broker/facts.js'
import {labelThatStops, matchesSelector} from '../../../../src/domain/core/label-selector.js'
import {aBroker, aTrigger, kafkaConfig, kafkaData, told} from '../cluster.js'

const enabled = {matchExpressions: [{key: 'eventing.knative.dev/injection', operator: 'In', values: ['enabled']}]}
const openShift: SugarFacts = {namespaceSelector: {selector: enabled}, triggerSelector: {selector: enabled}}
const label = {'eventing.knative.dev/injection': 'enabled'}
const defaultBroker = aBroker({metadata: {name: 'default'}, className: 'MTChannelBasedBroker'})
const facts = (changes: Partial<DeleteFacts> = {}): DeleteFacts => ({
  broker: defaultBroker,
  triggers: [],
  sugar: openShift,
  namespaceLabels: {},
  ...changes,
})
const findings = (changes: Partial<DeleteFacts>): string => told(planBrokerDelete({}, facts(changes)).findings)

describe('the plan of broker delete', () => {
  test('deletes, and waits until it is gone', () => {
    const ref = {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'default', namespace: 'shop'}
    expect(planBrokerDelete({waitMs: 5000}, facts())).toEqual({
      steps: [
        {verb: 'delete', ref, before: defaultBroker},
        {verb: 'wait', ref, until: 'gone', timeoutMs: 5000},
      ],
      findings: [],
    })
  })

  test.each<[string, Partial<DeleteFacts>, string]>([
    [
      'the namespace would bring it back',
      {namespaceLabels: label},
      'error SFL-I01 namespace shop creates broker default again: its labels match namespace-selector of config-sugar\n  kubectl label namespace shop eventing.knative.dev/injection-',
    ],
    [
      'a trigger would bring it back, and loses it',
      {
        triggers: [
          aTrigger('t', {broker: 'default', labels: label}),
          aTrigger('other', {broker: 'orders', labels: label}),
        ],
      },
      'error SFL-I02 trigger t creates broker default again: its labels match trigger-selector of config-sugar\n  kubectl -n shop label triggers.eventing.knative.dev t eventing.knative.dev/injection-\n' +
        'warning SFL-B12 trigger t loses its broker and delivers nothing any more\n  kubectl -n shop get triggers.eventing.knative.dev -l eventing.knative.dev/broker=default',
    ],
    [
      'injection is on for everything',
      {sugar: {namespaceSelector: {selector: {}}, triggerSelector: 'off'}},
      'error SFL-I03 namespace-selector of config-sugar matches every namespace, so no label can keep the broker away\n  kubectl -n knative-eventing edit configmap config-sugar',
    ],
    [
      'a trigger has the annotation of old clusters',
      {triggers: [aTrigger('t', {broker: 'default', annotations: label})]},
      'warning SFL-I07 trigger t has the injection annotation; Knative before 1.4 would create broker default again\n  kubectl -n shop annotate triggers.eventing.knative.dev t eventing.knative.dev/injection-\n' +
        'warning SFL-B12 trigger t loses its broker and delivers nothing any more\n  kubectl -n shop get triggers.eventing.knative.dev -l eventing.knative.dev/broker=default',
    ],
    [
      'the cluster is old and acts upon the annotation',
      {sugar: 'absent', triggers: [aTrigger('t', {broker: 'default', annotations: label})]},
      'error SFL-I02 trigger t creates broker default again: it has the injection annotation, which this old cluster acts upon\n  kubectl -n shop annotate triggers.eventing.knative.dev t eventing.knative.dev/injection-\n' +
        'warning SFL-B12 trigger t loses its broker and delivers nothing any more\n  kubectl -n shop get triggers.eventing.knative.dev -l eventing.knative.dev/broker=default',
    ],
    [
      'config-sugar cannot be read (no permission), so it only warns',
      {sugar: 'forbidden', namespaceLabels: label},
      'warning SFL-I01 namespace shop creates, if injection is on, broker default again: its labels match namespace-selector of config-sugar\n  kubectl label namespace shop eventing.knative.dev/injection-\n' +
        'note SFL-I05 whether injection would create the broker again was not fully checked: ConfigMap knative-eventing/config-sugar could not be read',
    ],
    [
      'nothing may be read',
      {sugar: 'forbidden', namespaceLabels: 'forbidden', triggers: 'forbidden'},
      'note SFL-I05 whether injection would create the broker again was not fully checked: ConfigMap knative-eventing/config-sugar, the labels of namespace shop, the triggers of namespace shop could not be read',
    ],
    [
      'a selector is broken',
      {sugar: {namespaceSelector: {fault: 'bad YAML'}, triggerSelector: {selector: 'x'}}},
      'warning SFL-I04 namespace-selector of ConfigMap knative-eventing/config-sugar cannot be read: bad YAML\n  kubectl -n knative-eventing edit configmap config-sugar\n' +
        'warning SFL-I04 trigger-selector of ConfigMap knative-eventing/config-sugar cannot be read: it is not a label selector\n  kubectl -n knative-eventing edit configmap config-sugar',
    ],
    [
      'the label of the namespace is about broker default only',
      {broker: aBroker({className: 'RabbitMQBroker'}), namespaceLabels: label},
      '',
    ],
    [
      'several triggers lose it',
      {
        triggers: [aTrigger('b', {broker: 'default'}), aTrigger('a', {broker: 'default'})],
        sugar: {namespaceSelector: 'off', triggerSelector: 'off'},
      },
      'warning SFL-B12 2 triggers lose their broker and deliver nothing any more: a, b\n  kubectl -n shop get triggers.eventing.knative.dev -l eventing.knative.dev/broker=default',
    ],
    [
      'a topic goes with it',
      {broker: aBroker({status: {annotations: {'default.topic': 'knative-broker-shop-orders'}}}), config: kafkaConfig},
      'note SFL-K14 topic knative-broker-shop-orders and all events in it are deleted with the broker',
    ],
    [
      'an external topic stays',
      {
        broker: aBroker({
          metadata: {
            annotations: {
              'eventing.knative.dev/broker.class': 'Kafka',
              'kafka.eventing.knative.dev/external.topic': 'orders.v1',
            },
          },
        }),
        config: kafkaConfig,
      },
      'note SFL-K14 topic orders.v1 is external and stays',
    ],
  ])('says so when %s', (_case, changes, text) => {
    expect(findings(changes)).toBe(text)
  })

  test('--force goes on', () => {
    const levels = planBrokerDelete({force: true}, facts({namespaceLabels: label})).findings.map(({level}) => level)
    expect(levels).toEqual(['warning'])
  })
})

describe('a deletion that does not end', () => {
  const going = (changes: object = {}, status: object = {}) =>
    aBroker({
      metadata: {deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['brokers.eventing.knative.dev'], ...changes},
      status,
    })
  const held = `  kubectl -n shop patch brokers.eventing.knative.dev orders --type=merge -p '{"metadata":{"finalizers":[]}}'`

  test.each<[string, Parameters<typeof deletionStuck>, string]>([
    ['is not one', [aBroker(), kafkaConfig], ''],
    [
      'waits for the controller',
      [going({}, {annotations: {...kafkaData, 'default.topic': 't'}}), kafkaConfig],
      `warning SFL-B20 finalizer brokers.eventing.knative.dev holds broker orders until its controller has cleaned up\n${held}`,
    ],
    [
      'has no topic',
      [going(), kafkaConfig],
      `warning SFL-B20 finalizer brokers.eventing.knative.dev holds broker orders for the reason below\n${held}\n` +
        `warning SFL-K12 broker orders never got a topic, so the controller will answer "no topic annotated on broker" and keep its finalizer\n${held}`,
    ],
    [
      'has lost its ConfigMap',
      [going({}, {annotations: {'default.topic': 't'}}), 'absent'],
      `warning SFL-B20 finalizer brokers.eventing.knative.dev holds broker orders for the reason below\n${held}\n` +
        'warning SFL-K13 ConfigMap knative-eventing/kafka-broker-config is gone, and the controller needs it to clean up after broker orders\n' +
        '  kubectl sfl kafka config create kafka-broker-config -n knative-eventing --bootstrap-servers HOST:PORT --partitions 10 --replication-factor 3',
    ],
    [
      'has lost its Secret',
      [
        going({}, {annotations: {'default.topic': 't'}}),
        {...kafkaConfig, data: {...kafkaData, 'auth.secret.ref.name': 'creds'}, secret: 'absent'},
      ],
      `warning SFL-B20 finalizer brokers.eventing.knative.dev holds broker orders for the reason below\n${held}\n` +
        'warning SFL-K15 Secret knative-eventing/creds is gone, and the controller needs it to delete the topic of broker orders\n  kubectl -n knative-eventing get secrets',
    ],
    [
      'cannot reach Kafka',
      [
        going(
          {},
          {
            annotations: {...kafkaData, 'default.topic': 't'},
            conditions: [
              {
                type: 'TopicReady',
                status: 'False',
                reason: 'Failed to obtain Kafka cluster admin',
                message: 'kafka: client has run out of available brokers',
              },
            ],
          },
        ),
        kafkaConfig,
      ],
      `warning SFL-B20 finalizer brokers.eventing.knative.dev holds broker orders because Kafka cannot be reached: kafka: client has run out of available brokers\n${held}`,
    ],
    [
      'is held by somebody else',
      [going({finalizers: ['acme.dev/backup']}), kafkaConfig],
      `warning SFL-B20 finalizer acme.dev/backup holds broker orders; whoever set it must remove it\n${held}`,
    ],
  ])('%s', (_case, [broker, config], text) => {
    expect(told(deletionStuck(broker, config))).toBe(text)
  })
})

describe('label selectors', () => {
  const expression = (key: string, operator: string, ...values: string[]) => ({
    matchExpressions: [{key, operator, values}],
  })
  test.each<[string, unknown, Record<string, string>, boolean | undefined, string | undefined]>([
    ['empty', {}, {}, true, undefined],
    ['matchLabels', {matchLabels: {a: '1'}}, {a: '1', b: '2'}, true, 'a-'],
    ['matchLabels of another value', {matchLabels: {a: '1'}}, {a: '2'}, false, undefined],
    ['In', expression('a', 'In', '1', '2'), {a: '2'}, true, 'a-'],
    ['NotIn without the key', expression('a', 'NotIn', 'off'), {}, true, 'a=off'],
    ['NotIn with the value', expression('a', 'NotIn', 'off'), {a: 'off'}, false, undefined],
    ['Exists', expression('a', 'Exists'), {a: ''}, true, 'a-'],
    ['DoesNotExist', expression('a', 'DoesNotExist'), {}, true, 'a=disabled'],
    ['both must match', {matchLabels: {a: '1'}, ...expression('b', 'Exists')}, {a: '1'}, false, undefined],
    ['unknown operator', expression('a', 'Like', 'x'), {}, undefined, undefined],
    ['no selector', 'x', {}, undefined, undefined],
    ['labels that are a list', {matchLabels: ['a']}, {}, undefined, undefined],
  ])('%s', (_case, selector, labels, matched, change) => {
    expect(matchesSelector(selector, labels)).toBe(matched)
    if (matched === true) expect(labelThatStops(selector, labels)).toBe(change)
  })
})
