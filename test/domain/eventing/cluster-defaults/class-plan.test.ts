import {describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {readClassOptions} from '../../../../src/domain/eventing/cluster-defaults/class-options.js'
import {planClassSet, planClassUnset} from '../../../../src/domain/eventing/cluster-defaults/class-plan.js'
import type {ClassFacts, ParsedText} from '../../../../src/domain/eventing/cluster-defaults/default-facts.js'
import type {KubeObject} from '../../../../src/domain/core/object.js'
import type {Plan} from '../../../../src/domain/core/plan.js'
import {at, recordAt, textAt} from '../../../../src/domain/core/read.js'
import {editYaml} from '../../../../src/facts/edit-yaml.js'

const KEY = 'default-br-config'
const SYSTEM = 'knative-eventing'
const shipped = `clusterDefault:
  brokerClass: MTChannelBasedBroker
  apiVersion: v1
  kind: ConfigMap
  name: config-br-default-channel
  namespace: knative-eventing
  delivery: {retry: 10, backoffPolicy: exponential, backoffDelay: PT0.2S}
`
const text = (yaml: string): ParsedText => ({text: yaml, document: parse(yaml)})

/** A cluster whose KnativeEventing has this spec, and whose operator made this of the ConfigMap. */
const managed = (spec: object, today = shipped): ClassFacts => {
  const resource: KubeObject = {
    apiVersion: 'operator.knative.dev/v1beta1',
    kind: 'KnativeEventing',
    metadata: {name: 'knative', namespace: SYSTEM},
    spec,
  }
  const stated =
    textAt(resource, 'spec', 'config', 'config-br-defaults', KEY) ??
    textAt(resource, 'spec', 'config', 'br-defaults', KEY)
  return {
    configMap: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'config-br-defaults',
        namespace: SYSTEM,
        ownerReferences: [
          {apiVersion: 'operator.knative.dev/v1beta1', kind: 'KnativeEventing', name: 'knative', uid: '1'},
        ],
      },
      data: {[KEY]: today},
    },
    knativeKafkas: 'absent',
    knativeEventings: [resource],
    today: text(today),
    ...(stated === undefined ? {} : {stated: text(stated)}),
    configs: {
      [`${SYSTEM}/kafka-broker-config`]: {
        data: {'bootstrap.servers': 'k:9092', 'default.topic.partitions': '1', 'default.topic.replication.factor': '1'},
        channelTemplate: {fault: 'none'},
      },
      [`${SYSTEM}/config-br-default-channel`]: {
        data: {},
        channelTemplate: {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'},
      },
    },
    deployments: {
      'kafka-controller': 1,
      'kafka-broker-receiver': 1,
      'mt-broker-controller': 1,
      'mt-broker-ingress': 1,
      'mt-broker-filter': 1,
    },
    namespaces: {},
  }
}

const specPatch = ({steps}: Plan): unknown => {
  const [step] = steps
  return step?.verb === 'patch' ? step.patch.spec : step?.verb
}
const written = (plan: Plan, spelling = 'config-br-defaults'): unknown =>
  parse(textAt(specPatch(plan), 'config', spelling, KEY) ?? '')

const set = (facts: ClassFacts, className: string, ...namespaces: string[]): Plan =>
  planClassSet(readClassOptions({className, namespaces}), {}, facts, editYaml).plan
const unset = (facts: ClassFacts, ...namespaces: string[]): Plan => planClassUnset(namespaces, {}, facts, editYaml).plan

describe('broker class set through KnativeEventing', () => {
  test('defaultBrokerClass follows the class of the cluster', () => {
    const plan = set(managed({defaultBrokerClass: 'MTChannelBasedBroker'}), 'Kafka')
    expect(recordAt(specPatch(plan)).defaultBrokerClass).toBe('Kafka')
    expect(textAt(written(plan), 'clusterDefault', 'brokerClass')).toBe('Kafka')
  })

  test('a namespace alone leaves the class of the cluster as the operator has filled it in so far', () => {
    const today = shipped.replace('MTChannelBasedBroker', 'Kafka')
    const plan = set(managed({defaultBrokerClass: 'Kafka'}, today), 'MTChannelBasedBroker', 'shop')
    expect(specPatch(plan)).not.toHaveProperty('defaultBrokerClass')
    expect(textAt(written(plan), 'clusterDefault', 'brokerClass')).toBe('Kafka')
  })

  test('also when the resource states defaults without any class', () => {
    const stated =
      'clusterDefault: {apiVersion: v1, kind: ConfigMap, name: kafka-broker-config, namespace: knative-eventing}\n'
    const today = stated.replace('{', '{brokerClass: Kafka, ')
    const facts = managed({defaultBrokerClass: 'Kafka', config: {'br-defaults': {[KEY]: stated}}}, today)
    const plan = set(facts, 'MTChannelBasedBroker', 'shop')
    expect(written(plan, 'br-defaults')).toMatchObject({
      clusterDefault: {brokerClass: 'Kafka', name: 'kafka-broker-config'},
      namespaceDefaults: {shop: {brokerClass: 'MTChannelBasedBroker', name: 'config-br-default-channel'}},
    })
  })

  test('an existing defaultBrokerClass that was ignored is put right', () => {
    const facts = managed({defaultBrokerClass: 'Kafka', config: {'config-br-defaults': {[KEY]: shipped}}})
    expect(recordAt(specPatch(set(facts, 'Kafka', 'shop'))).defaultBrokerClass).toBe('MTChannelBasedBroker')
  })

  test('the shipped text comes back by taking the key out, and defaultBrokerClass with it', () => {
    const facts = managed({
      defaultBrokerClass: 'Kafka',
      config: {'config-br-defaults': {[KEY]: shipped.replace('MTChannelBasedBroker', 'Kafka')}},
    })
    expect(specPatch(unset(facts))).toEqual({defaultBrokerClass: null, config: {'config-br-defaults': null}})
  })

  test('where defaultBrokerClass says another class, the shipped text has to stay written out', () => {
    const entry = 'namespaceDefaults: {shop: {brokerClass: Kafka, apiVersion: v1, kind: ConfigMap, name: x}}\n'
    const facts = managed({defaultBrokerClass: 'Kafka', config: {'config-br-defaults': {[KEY]: shipped + entry}}})
    const plan = unset(facts, 'shop')
    expect(at(written(plan), 'namespaceDefaults')).toBeUndefined()
    expect(textAt(written(plan), 'clusterDefault', 'brokerClass')).toBe('MTChannelBasedBroker')
  })

  test('defaults that cannot be read are no obstacle to taking them out', () => {
    const broken = 'clusterDefault: {'
    const facts: ClassFacts = {
      ...managed({config: {'config-br-defaults': {[KEY]: '# to be replaced'}}}),
      stated: {text: broken, fault: 'broken'},
    }
    expect(specPatch(unset(facts))).toEqual({config: {'config-br-defaults': null}})
    expect(set(facts, 'Kafka').findings.map(({code}) => code)).toContain('SFL-F16')
  })

  test('what is not there is not taken away', () => {
    expect(unset(managed({}), 'shop').steps).toMatchObject([{verb: 'keep'}])
    expect(unset(managed({})).steps).toMatchObject([{verb: 'keep'}])
  })
})
