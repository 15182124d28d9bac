import {describe, expect, test} from 'vitest'
import {planBrokerApply} from '../../../../src/domain/eventing/broker/apply.js'
import {readBrokerOptions} from '../../../../src/domain/eventing/broker/options.js'
import {
  planBrokerUpdate,
  readBrokerUpdateOptions,
  type BrokerUpdateOptions,
} from '../../../../src/domain/eventing/broker/update.js'
import {type UpdateFacts} from '../../../../src/domain/eventing/broker/facts.js'
import {defaultFeatures} from '../../../../src/domain/eventing/features.js'
import {patchBetween} from '../../../../src/domain/core/patch-between.js'
import {mergePatch} from '../../../../src/domain/core/merge-patch.js'
import {type KubeObject} from '../../../../src/domain/core/object.js'
import fc from 'fast-check'
import {aBroker, cluster, told} from '../cluster.js'

const letters = {ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'letters', namespace: 'shop'}}
const broker = aBroker({
  metadata: {labels: {team: 'x'}, annotations: {'eventing.knative.dev/broker.class': 'Kafka', note: 'a'}},
  spec: {delivery: {deadLetterSink: letters, retry: 5, backoffPolicy: 'linear', backoffDelay: 'PT1S'}},
})
const plan = (options: Partial<BrokerUpdateOptions>, facts: Partial<UpdateFacts> = {}, how: {force?: boolean} = {}) =>
  planBrokerUpdate(readBrokerUpdateOptions({name: 'orders', namespace: 'shop', ...options}), how, {
    broker,
    features: defaultFeatures,
    ...facts,
  })
const patchOf = (options: Partial<BrokerUpdateOptions>, facts: Partial<UpdateFacts> = {}): unknown => {
  const [step] = plan(options, facts).steps
  return step?.verb === 'patch' ? step.patch : step?.verb
}
const uri: UpdateFacts['sink'] = {sink: {uri: 'http://h/x'}, destination: {uri: 'http://h/x'}, state: 'uri'}

describe('the plan of broker update', () => {
  test.each<[string, Partial<BrokerUpdateOptions>, unknown, Partial<UpdateFacts>?]>([
    [
      'retry changed and the sink removed',
      {retry: '3', unset: ['dl-sink']},
      {spec: {delivery: {retry: 3, deadLetterSink: null}}},
    ],
    ['nothing to change', {retry: '5', labels: ['team=x']}, 'keep'],
    ['a removal of what is not there', {unset: ['timeout', 'label:other']}, 'keep'],
    [
      'labels and annotations set and removed',
      {labels: ['team=y', 'tier=1'], unset: ['annotation:note']},
      {metadata: {labels: {team: 'y', tier: '1'}, annotations: {note: null}}},
    ],
    [
      'a URI in place of an object',
      {dlSink: 'http://h/x'},
      {spec: {delivery: {deadLetterSink: {ref: null, uri: 'http://h/x'}}}},
      {sink: uri},
    ],
    ['all delivery settings', {unset: ['delivery']}, {spec: {delivery: null}}],
    ['a first delivery setting', {retry: 1}, {spec: {delivery: {retry: 1}}}, {broker: aBroker()}],
  ])('%s', (_case, options, patch, facts) => {
    expect(patchOf(options, facts)).toEqual(patch)
  })

  test('class and config are explained with the way to a new broker, and the same values are no change', () => {
    expect(told(plan({className: 'MTChannelBasedBroker', brokerConfig: 'cm:own'}, {}, {force: true}).findings)).toBe(
      'error SFL-B10 class (Kafka, not MTChannelBasedBroker) and config (cm:kafka-broker-config:knative-eventing, not cm:own) of broker orders cannot be changed; it must be deleted and recreated, with its delivery settings, and events that it still holds are lost\n' +
        '  kubectl sfl broker describe orders -n shop\n' +
        '  kubectl sfl broker delete orders -n shop --yes\n' +
        '  kubectl sfl broker create orders -n shop --class MTChannelBasedBroker --broker-config cm:own',
    )
    expect(plan({className: 'Kafka', brokerConfig: 'cm:kafka-broker-config:knative-eventing'})).toEqual({
      steps: [{verb: 'keep', object: broker}],
      findings: [],
    })
  })

  test.each<[string, Partial<BrokerUpdateOptions>, Partial<UpdateFacts>, string]>([
    [
      'the back-off loses its retries',
      {unset: ['retry']},
      {},
      'warning SFL-D01 back-off policy and back-off delay without retry: nothing is retried, so there is nothing to pause for\n  kubectl sfl broker update orders -n shop --retry 5',
    ],
    [
      'the feature is off',
      {retryAfterMax: 'PT1S'},
      {},
      `error SFL-D06 retryAfterMax is not allowed on this cluster: delivery-retryafter is not enabled in ConfigMap knative-eventing/config-features\n  kubectl -n knative-eventing patch configmap config-features --type=merge -p '{"data":{"delivery-retryafter":"enabled"}}'\nwarning SFL-D07 class Kafka does not read retryAfterMax; it will have no effect`,
    ],
    [
      'the defaults come back',
      {unset: ['delivery']},
      {},
      "note SFL-D13 without delivery settings broker orders gets the cluster's default ones again",
    ],
    [
      'the broker is going',
      {retry: 1},
      {broker: aBroker({metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}})},
      'error SFL-B21 broker orders is being deleted; changes have no effect\n  kubectl -n shop wait --for=delete brokers.eventing.knative.dev/orders',
    ],
    [
      'a fault that was there before does not hinder another change',
      {labels: ['a=b']},
      {broker: aBroker({metadata: {annotations: {}}})},
      '',
    ],
  ])('says so when %s', (_case, options, facts, text) => {
    expect(told(plan(options, facts).findings)).toBe(text)
  })

  test.each<[Partial<BrokerUpdateOptions>, string]>([
    [{}, 'nothing to update: no setting was given'],
    [{retry: 1, unset: ['retry']}, 'retry: cannot be set and unset at the same time'],
    [{labels: ['a=b'], unset: ['label:a']}, 'label a: cannot be set and unset at the same time'],
    [{retry: 1, unset: ['delivery']}, 'delivery: cannot be set and unset at the same time'],
  ])('%j is refused', (options, message) => {
    expect(() => plan(options)).toThrow(message)
  })
})

describe('the plan of broker apply', () => {
  const applied = (before: KubeObject | undefined, options: object = {}, how: object = {}) =>
    planBrokerApply(
      readBrokerOptions({name: 'orders', namespace: 'shop', ...options}),
      {fieldManager: 'kubectl-sfl', ...how},
      cluster({existing: before ?? 'absent'}),
    )

  test('is server-side apply of what the flags say', () => {
    const made = applied(undefined, {className: 'Kafka', retry: 3}, {forceConflicts: true})
    expect(made.steps).toEqual([
      {
        verb: 'apply',
        before: undefined,
        drops: [],
        force: true,
        object: {
          apiVersion: 'eventing.knative.dev/v1',
          kind: 'Broker',
          metadata: {name: 'orders', namespace: 'shop', annotations: {'eventing.knative.dev/broker.class': 'Kafka'}},
          spec: {
            config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka-broker-config', namespace: 'knative-eventing'},
            delivery: {retry: 3},
          },
        },
      },
    ])
  })

  test('states class and config of an existing broker again, so that leaving them out does not remove them', () => {
    const made = applied(broker, {retry: 3})
    expect(made.findings).toEqual([])
    expect(made.steps).toMatchObject([
      {
        verb: 'apply',
        before: broker,
        object: {
          metadata: {annotations: {'eventing.knative.dev/broker.class': 'Kafka'}},
          spec: {config: {name: 'kafka-broker-config', namespace: 'knative-eventing'}, delivery: {retry: 3}},
        },
      },
    ])
  })

  test('refuses another class, also with --force', () => {
    const codes = applied(broker, {className: 'MTChannelBasedBroker'}, {force: true}).findings.map(
      ({code, level}) => `${level} ${code}`,
    )
    expect(codes).toEqual(['error SFL-B10'])
  })
})

test('a patch between two objects makes one into the other', () => {
  const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer(), {maxLength: 2}))
  const {tree} = fc.letrec((tie) => ({
    tree: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.oneof({maxDepth: 2}, leaf, tie('tree')), {
      noNullPrototype: true,
    }),
  }))
  fc.assert(
    fc.property(tree, tree, (before, after) => {
      const patch = patchBetween(before, after)
      expect(patch === undefined ? before : mergePatch(before, patch)).toEqual(after)
    }),
  )
})
