import {applyForce} from '../../../../src/domain/findings/catalogue.js'
import {describe, expect, test} from 'vitest'
import {
  settingsSteps,
  settledSteps,
  type SettingsChange,
} from '../../../../src/domain/kafka/write-target/write-settings.js'
import {
  chooseTarget,
  configEntry,
  type ConfigMapPlace,
  type WriteTarget,
  type WriteTargetFacts,
} from '../../../../src/domain/kafka/write-target/write-target.js'
import type {KubeObject} from '../../../../src/domain/core/object.js'

const SYSTEM = 'knative-eventing'
const place = (name: string, namespace = SYSTEM): ConfigMapPlace => ({name, namespace})

const configMap = (
  name: string,
  data: Record<string, string> = {},
  owner?: {kind: string; group: string},
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name,
    namespace: SYSTEM,
    ...(owner === undefined
      ? {}
      : {
          ownerReferences: [
            {apiVersion: `${owner.group}/v1`, kind: owner.kind, name: 'knative', uid: '1', controller: true},
          ],
        }),
  },
  data,
})
const eventingOwner = {kind: 'KnativeEventing', group: 'operator.knative.dev'}

const knativeEventing = (spec: object = {}): KubeObject => ({
  apiVersion: 'operator.knative.dev/v1beta1',
  kind: 'KnativeEventing',
  metadata: {name: 'knative', namespace: SYSTEM},
  spec,
})
const knativeKafka = (spec: object = {}): KubeObject => ({
  apiVersion: 'operator.serverless.openshift.io/v1alpha1',
  kind: 'KnativeKafka',
  metadata: {name: 'knative-kafka', namespace: SYSTEM},
  spec: {channel: {enabled: false}, source: {enabled: false}, ...spec},
})

const plain: WriteTargetFacts = {configMap: 'absent', knativeKafkas: 'absent', knativeEventings: 'absent'}
const upstream: WriteTargetFacts = {...plain, knativeEventings: [knativeEventing()]}
const openShift: WriteTargetFacts = {...upstream, knativeKafkas: [knativeKafka()]}

describe('where a change of a settings ConfigMap is written', () => {
  test.each<[string, string, WriteTargetFacts, string]>([
    ['nothing there', 'kafka-broker-config', plain, 'config-map'],
    ['no operator', 'config-br-defaults', {...plain, configMap: configMap('config-br-defaults')}, 'config-map'],
    ['OpenShift: Kafka settings', 'kafka-broker-config', openShift, 'knative-kafka'],
    ['OpenShift: channel settings', 'kafka-channel-config', openShift, 'knative-kafka'],
    ['OpenShift: eventing settings', 'config-br-defaults', openShift, 'knative-eventing'],
    [
      'upstream operator, owned',
      'config-br-defaults',
      {...upstream, configMap: configMap('config-br-defaults', {}, eventingOwner)},
      'knative-eventing',
    ],
    [
      'upstream operator that manages Kafka as well',
      'kafka-broker-config',
      {...upstream, configMap: configMap('kafka-broker-config', {}, eventingOwner)},
      'knative-eventing',
    ],
    [
      'upstream operator beside Kafka from YAML files',
      'kafka-broker-config',
      {...upstream, configMap: configMap('kafka-broker-config')},
      'config-map',
    ],
  ])('%s: %s', (_, name, facts, via) => {
    const {target, findings} = chooseTarget(place(name), facts)
    expect(target?.via).toBe(via)
    expect(findings.map(({code}) => code)).toEqual(['SFL-F04'])
  })

  test('a ConfigMap of a user belongs to no operator', () => {
    const facts = {...openShift, configMap: configMap('kafka-broker-config')}
    expect(chooseTarget(place('kafka-broker-config', 'shop'), facts).target?.via).toBe('config-map')
  })

  test.each<[string, string, WriteTargetFacts, 'knative-kafka' | 'knative-eventing' | 'config-map', string]>([
    ['an edit that would be undone', 'kafka-broker-config', openShift, 'config-map', 'SFL-F02 error'],
    ['an operator that does not write it', 'kafka-broker-config', upstream, 'knative-eventing', 'SFL-F02 error'],
    ['an operator that is overruled', 'kafka-broker-config', openShift, 'knative-eventing', 'SFL-F02 error'],
    ['a resource that is not there', 'kafka-broker-config', upstream, 'knative-kafka', 'SFL-F01 error'],
    ['a resource for other settings', 'config-br-defaults', openShift, 'knative-kafka', 'SFL-F01 error'],
  ])('--via is refused for %s', (_, name, facts, via, expected) => {
    const worst = (force: boolean): string[] =>
      applyForce(chooseTarget(place(name), facts, {via}).findings, force).flatMap(({code, level}) =>
        level === 'note' ? [] : [`${code} ${level}`],
      )
    expect(worst(false)).toEqual([expected])
    expect(worst(true)).toEqual([expected === 'SFL-F02 error' ? 'SFL-F02 warning' : expected])
  })

  test.each<[string, string, WriteTargetFacts, string | undefined, string]>([
    [
      'the owner cannot be read (no permission)',
      'config-br-defaults',
      {...plain, configMap: configMap('x', {}, eventingOwner), knativeEventings: 'forbidden'},
      undefined,
      'SFL-F01',
    ],
    [
      'the ConfigMap cannot be read (no permission)',
      'config-br-defaults',
      {...plain, configMap: 'forbidden'},
      undefined,
      'SFL-F01',
    ],
    [
      'KnativeKafka cannot be listed (no permission)',
      'kafka-broker-config',
      {...plain, configMap: configMap('x'), knativeKafkas: 'forbidden'},
      'config-map',
      'SFL-F03',
    ],
    [
      'an operator is there but owns nothing',
      'config-br-defaults',
      {...upstream, configMap: configMap('x')},
      'config-map',
      'SFL-F03',
    ],
  ])('when %s, that is said', (_, name, facts, via, code) => {
    const {target, findings} = chooseTarget(place(name), facts)
    expect(target?.via).toBe(via)
    expect(findings.map((one) => one.code)).toContain(code)
  })
})

const steps = (name: string, facts: WriteTargetFacts, change: SettingsChange) => {
  const {target} = chooseTarget(place(name), facts)
  const [step] = settingsSteps(target!, change)
  return step?.verb === 'patch' ? step.patch : step?.verb === 'create' ? {create: step.object.data} : step?.verb
}

describe('what is written', () => {
  const owned = configMap('config-br-defaults', {a: '1'}, eventingOwner)
  const eventing = (spec: object): WriteTargetFacts => ({
    ...plain,
    configMap: owned,
    knativeEventings: [knativeEventing(spec)],
  })
  const kafka = (spec: object): WriteTargetFacts => ({...plain, knativeKafkas: [knativeKafka(spec)]})

  test.each<[string, string, WriteTargetFacts, SettingsChange, unknown]>([
    ['a new ConfigMap', 'kafka-broker-config', plain, {set: {a: '1'}}, {create: {a: '1'}}],
    [
      'keys of a ConfigMap',
      'x',
      {...plain, configMap: configMap('x', {a: '1', b: '2', c: '3'})},
      {set: {a: '1', b: 'new'}, remove: ['c', 'd']},
      {data: {b: 'new', c: null}},
    ],
    [
      'nothing that is there already',
      'x',
      {...plain, configMap: configMap('x', {a: '1'})},
      {set: {a: '1'}, remove: ['b']},
      'keep',
    ],
    [
      'the full name where there is no entry',
      'config-br-defaults',
      eventing({}),
      {set: {k: 'v'}},
      {spec: {config: {'config-br-defaults': {k: 'v'}}}},
    ],
    [
      'the spelling that is there',
      'config-br-defaults',
      eventing({config: {'br-defaults': {a: '1'}}}),
      {set: {k: 'v'}},
      {spec: {config: {'br-defaults': {k: 'v'}}}},
    ],
    [
      'the spelling that wins',
      'config-br-defaults',
      eventing({config: {'br-defaults': {}, 'config-br-defaults': {}}}),
      {set: {k: 'v'}},
      {spec: {config: {'config-br-defaults': {k: 'v'}}}},
    ],
    [
      'the whole entry away with its last key',
      'config-br-defaults',
      eventing({config: {'br-defaults': {k: 'v'}}}),
      {remove: ['k']},
      {spec: {config: {'br-defaults': null}}},
    ],
    [
      'one key of several away',
      'config-br-defaults',
      eventing({config: {'br-defaults': {k: 'v', o: 'v'}}}),
      {remove: ['k']},
      {spec: {config: {'br-defaults': {k: null}}}},
    ],
    [
      'a field of KnativeEventing with it',
      'config-br-defaults',
      eventing({}),
      {set: {k: 'v'}, eventingSpec: {defaultBrokerClass: 'Kafka'}},
      {spec: {defaultBrokerClass: 'Kafka', config: {'config-br-defaults': {k: 'v'}}}},
    ],
    [
      'fields of a KnativeKafka, and enabled where the CRD wants it',
      'kafka-broker-config',
      kafka({}),
      {
        set: {
          'bootstrap.servers': 'k:9092',
          'default.topic.partitions': '6',
          'auth.secret.ref.name': 's',
          'default.topic.config.retention.ms': '9',
        },
      },
      {
        spec: {
          broker: {enabled: false, defaultConfig: {bootstrapServers: 'k:9092', numPartitions: 6, authSecretName: 's'}},
          config: {'kafka-broker-config': {'default.topic.config.retention.ms': '9'}},
        },
      },
    ],
    [
      'a secret away, wherever it was written',
      'kafka-broker-config',
      kafka({
        broker: {enabled: true, defaultConfig: {authSecretName: 's'}},
        config: {'kafka-broker-config': {'auth.secret.ref.name': 's'}},
      }),
      {remove: ['auth.secret.ref.name']},
      {
        spec: {
          broker: {defaultConfig: {authSecretName: null}},
          config: {'kafka-broker-config': {'auth.secret.ref.name': null}},
        },
      },
    ],
    [
      'channel settings',
      'kafka-channel-config',
      kafka({}),
      {set: {'bootstrap.servers': 'k:9092'}},
      {spec: {channel: {bootstrapServers: 'k:9092'}}},
    ],
  ])('%s', (_, name, facts, change, expected) => {
    expect(steps(name, facts, change)).toEqual(expected)
  })

  test('a merge patch with everything that is wanted already changes nothing', () => {
    const facts = kafka({broker: {enabled: true, defaultConfig: {bootstrapServers: 'k:9092', numPartitions: 6}}})
    expect(steps('kafka-broker-config', facts, {set: {'default.topic.partitions': '6'}})).toBe('keep')
  })
})

describe('what is waited for', () => {
  const awaited = (name: string, facts: WriteTargetFacts, change: SettingsChange) => {
    const target: WriteTarget = chooseTarget(place(name), facts).target!
    return settledSteps(target, change, 1000).map((step) => (step.verb === 'wait' ? step.until : step.verb))
  }
  const broker = {configMap: configMap('kafka-broker-config', {'auth.secret.ref.name': 's'})}

  test.each<[string, string, WriteTargetFacts, SettingsChange, unknown[]]>([
    ['nothing for a ConfigMap', 'x', {...plain, configMap: configMap('x')}, {set: {a: '1'}}, []],
    [
      'what the operator writes',
      'kafka-broker-config',
      {...openShift, ...broker},
      {set: {'bootstrap.servers': 'k:1'}},
      [{data: {'bootstrap.servers': 'k:1'}}],
    ],
    [
      'a key that goes away',
      'kafka-broker-config',
      {...openShift, ...broker},
      {remove: ['auth.secret.ref.name']},
      [{data: {'auth.secret.ref.name': null}}],
    ],
    [
      'the default of the CRD',
      'kafka-broker-config',
      {...openShift, ...broker},
      {remove: ['default.topic.partitions']},
      [{data: {'default.topic.partitions': '10'}}],
    ],
    [
      'nothing that is there already',
      'kafka-broker-config',
      {...openShift, ...broker},
      {set: {'auth.secret.ref.name': 's'}},
      [],
    ],
    [
      'the operator, when a shipped value comes back',
      'config-br-defaults',
      upstream,
      {remove: ['default-br-config']},
      ['observed'],
    ],
  ])('%s', (_, name, facts, change, expected) => {
    expect(awaited(name, facts, change)).toEqual(expected)
  })
})

test('names without the prefix config- have one spelling', () => {
  expect(configEntry(knativeEventing({config: {sugar: {a: '1'}}}), 'config-sugar').spelling).toBe('sugar')
  expect(configEntry(knativeEventing({config: {'-webhook': {a: '1'}}}), 'default-ch-webhook').present).toBe(false)
})
