import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {aConfigMap, aStoredBroker, withSystemConfig} from '../../support/eventing.js'
import {aSandbox} from '../../support/run.js'
import {aSession} from '../../support/session.js'

const SETTINGS = '--bootstrap-servers kafka:9092 --partitions 3 --replication-factor 1'
const data = {
  'bootstrap.servers': 'kafka:9092',
  'default.topic.partitions': '3',
  'default.topic.replication.factor': '1',
}

const aSecret = (name: string, values: Readonly<Record<string, string>>, namespace = 'demo'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {name, namespace},
  stringData: {...values},
})
const credentials = {protocol: 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512', user: 'sales', password: 'swordfish'}

/** A broker on a ConfigMap of `demo`, with its topic unless told otherwise. */
const aUser = (name: string, config: string, more: {topic?: boolean; namespace?: string} = {}): KubeObject => {
  const {topic = true, namespace = 'demo'} = more
  return aStoredBroker(name, {
    metadata: {namespace},
    spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: config, namespace: 'demo'}},
    status: {
      conditions: [{type: 'Ready', status: topic ? 'True' : 'False', reason: topic ? '' : 'Failed to create topic'}],
      ...(topic ? {annotations: {...data, 'default.topic': `knative-broker-${namespace}-${name}`}} : {}),
    },
  })
}

const openshift = () => aSandbox({layout: 'openshift'})
const SYSTEM = 'kafka-broker-config -n knative-eventing'

describe('kafka config create', () => {
  test('makes the ConfigMap of the document, and says how brokers use it', async () => {
    const session = aSession()
    await session.type(`kubectl sfl kafka config create my-kafka ${SETTINGS}`)
    await session.type('kubectl sfl kafka config describe my-kafka -o yaml')
    await session.type(
      `kubectl sfl kafka config create other --bootstrap-servers '[2001:db8::1]:9092, kafka-1.example.com:9092' --partitions 10 --replication-factor 3 --topic-config retention.ms=604800000 --topic-config default.topic.config.cleanup.policy=delete -l team=shop --dry-run=client -o yaml`,
    )
    await session.matches('kafka-config-create')
    expect(session.writes()).toEqual(['create v1 ConfigMap demo/my-kafka'])
  })

  test('says all that is wrong with the command line at once, before the first request', async () => {
    const session = aSession()
    await session.type('kubectl sfl kafka config create')
    await session.type('kubectl sfl kafka config create my-kafka')
    await session.type(
      'kubectl sfl kafka config create My_Kafka --bootstrap-servers kafka://a,b:99999,,::1:9092,a_b,c:1,c:1 --partitions 0 --replication-factor 40000 --auth-secret No --topic-config retention=7d --topic-config retention.ms=7d --topic-config X=1 --topic-config retention.bytes=',
    )
    await session.type('kubectl sfl kafka config create my-kafka --partitions 3.5 --via kafka -o json')
    await session.matches('kafka-config-create-usage')
    expect(session.requests()).toEqual([])
  })

  test('is run twice without harm', async () => {
    const session = aSession()
    await session.prepare(`kubectl sfl kafka config create my-kafka ${SETTINGS}`)
    await session.type(`kubectl sfl kafka config create my-kafka ${SETTINGS}`)
    await session.type(`kubectl sfl kafka config create my-kafka ${SETTINGS} --if-not-exists`)
    await session.type(
      'kubectl sfl kafka config create my-kafka --bootstrap-servers other:9092 --partitions 6 --replication-factor 1 --if-not-exists',
    )
    await session.matches('kafka-config-create-twice')
    expect(session.writes()).toEqual([])
  })

  test('refuses a Secret that is not there or that the data plane does not read', async () => {
    const session = aSession()
    await session.given(
      aSecret('elsewhere', credentials, 'knative-eventing'),
      aSecret('old', {'tls.enabled': 'true', saslType: 'SCRAM-SHA-512', user: 'sales', password: 'swordfish'}),
      aSecret('good', credentials),
    )
    await session.type(`kubectl sfl kafka config create a ${SETTINGS} --auth-secret elsewhere`)
    await session.type(`kubectl sfl kafka config create b ${SETTINGS} --auth-secret old`)
    await session.type(`kubectl sfl kafka config create b ${SETTINGS} --auth-secret old --force`)
    await session.type(`kubectl sfl kafka config create c ${SETTINGS} --auth-secret good -o json`)
    await session.matches('kafka-config-create-secret')
    expect(session.writes()).toEqual(['create v1 ConfigMap demo/b', 'create v1 ConfigMap demo/c'])
  })

  test('warns of topic settings that Kafka would refuse', async () => {
    const session = aSession()
    await session.type(
      `kubectl sfl kafka config create a ${SETTINGS} --topic-config retention.sm=1000 --topic-config min.insync.replicas=2`,
    )
    await session.matches('kafka-config-create-topics')
  })

  test('makes the usual one where release files were applied without it', async () => {
    const sandbox = await withSystemConfig(aSandbox(), 'kafka-broker-config', undefined)
    const session = aSession({sandbox})
    await session.type(`kubectl sfl kafka config create ${SYSTEM} ${SETTINGS} --wait`)
    await session.matches('kafka-config-create-system')
    expect(session.writes()).toEqual(['create v1 ConfigMap knative-eventing/kafka-broker-config'])
  })
})

describe('kafka config list', () => {
  test('shows each with its settings and its users', async () => {
    const session = aSession()
    await session.given(
      aConfigMap('my-kafka', {...data, 'auth.secret.ref.name': 'kafka-auth'}),
      aConfigMap('half', {'bootstrap.servers': 'kafka:9092'}),
      aConfigMap('settings', {colour: 'blue'}),
    )
    session.sandbox.load([aUser('orders', 'my-kafka'), aUser('bills', 'my-kafka', {namespace: 'shop'})])
    await session.type('kubectl sfl kafka config list')
    await session.type('kubectl sfl kafka config list -A -o wide')
    await session.type('kubectl sfl kafka config ls -n knative-eventing --no-headers')
    await session.type('kubectl sfl kafka config list -n empty')
    await session.type('kubectl sfl kafka config list -A -o name')
    await session.matches('kafka-config-list')
  })

  test('shows on OpenShift who owns them', async () => {
    const session = aSession({sandbox: openshift()})
    await session.type('kubectl sfl kafka config list -n knative-eventing -o wide')
    await session.matches('kafka-config-list-openshift')
  })
})

describe('kafka config describe', () => {
  test('shows settings, writer, Secret and users', async () => {
    const session = aSession()
    await session.given(
      aSecret('kafka-auth', credentials),
      aConfigMap('my-kafka', {
        ...data,
        'bootstrap.servers': 'kafka-0:9093, kafka-1:9093',
        'auth.secret.ref.name': 'kafka-auth',
        'default.topic.config.retention.ms': '604800000',
      }),
    )
    session.sandbox.load([aUser('orders', 'my-kafka'), aUser('bills', 'my-kafka', {namespace: 'shop', topic: false})])
    await session.type('kubectl sfl kafka config describe my-kafka')
    await session.type(`kubectl sfl kafka config describe ${SYSTEM}`)
    await session.matches('kafka-config-describe')
  })

  test('says what is wrong, with commands that repair it', async () => {
    const session = aSession()
    await session.given(
      aConfigMap('broken', {
        'bootstrap.servers': 'kafka,other:9092',
        'default.topic.partitions': '10k',
        'default.topic.partition': '10',
        'auth.secret.ref.name': 'kafka-auth',
        'auth.secret.ref.namespace': 'elsewhere',
      }),
      aConfigMap('settings', {colour: 'blue'}),
    )
    await session.type('kubectl sfl kafka config describe broken')
    await session.type('kubectl sfl kafka config describe settings')
    await session.type('kubectl sfl kafka config describe borken')
    await session.matches('kafka-config-describe-broken')
  })

  test('says on OpenShift that the operator writes it', async () => {
    const session = aSession({sandbox: openshift()})
    await session.type(`kubectl sfl kafka config describe ${SYSTEM}`)
    await session.matches('kafka-config-describe-openshift')
  })

  test('says what cannot be read (no permission)', async () => {
    const sandbox = aSandbox({
      access: (_user, {verb, resource, namespace}) =>
        resource === 'configmaps' && verb === 'get' && namespace === 'demo',
    })
    const session = aSession({sandbox, user: 'alice'})
    await session.given(aConfigMap('my-kafka', {...data, 'auth.secret.ref.name': 'kafka-auth'}))
    await session.type('kubectl sfl kafka config describe my-kafka')
    await session.matches('kafka-config-describe-blind')
  })
})

describe('kafka config update', () => {
  test('says what changes for brokers at once, and what for new topics only', async () => {
    const session = aSession()
    await session.given(aConfigMap('my-kafka', {...data, 'default.topic.config.retention.ms': '1000'}))
    await session.given(aSecret('kafka-auth', credentials))
    session.sandbox.load([aUser('orders', 'my-kafka'), aUser('bills', 'my-kafka', {namespace: 'shop', topic: false})])
    await session.type('kubectl sfl kafka config update my-kafka --partitions 6 --topic-config retention.ms=2000')
    await session.type(
      'kubectl sfl kafka config update my-kafka --bootstrap-servers kafka-0:9093 --auth-secret kafka-auth',
    )
    await session.type('kubectl sfl kafka config update my-kafka --bootstrap-servers kafka-0:9093')
    await session.type(
      'kubectl sfl kafka config update my-kafka --unset auth-secret --unset topic-config:retention.ms -l team=shop --diff --yes',
    )
    await session.type('kubectl sfl kafka config update my-kafka --partitions 9 --dry-run=client')
    await session.matches('kafka-config-update')
    expect(session.writes()).toHaveLength(4)
  })

  test('says all that is wrong with the command line', async () => {
    const session = aSession()
    await session.type('kubectl sfl kafka config update my-kafka')
    await session.type('kubectl sfl kafka config update my-kafka --unset partitions --unset auth --unset topic-config:')
    await session.type('kubectl sfl kafka config update my-kafka --auth-secret a --unset auth-secret')
    await session.matches('kafka-config-update-usage')
    expect(session.requests()).toEqual([])
  })

  test('lets faults be repaired one after the other', async () => {
    const session = aSession()
    await session.given(aConfigMap('half', {'bootstrap.servers': 'kafka:9092', 'default.topic.partitions': '10k'}))
    await session.type('kubectl sfl kafka config update half --replication-factor 3')
    await session.type('kubectl sfl kafka config update half --partitions 10')
    await session.type('kubectl sfl kafka config update half --auth-secret gone')
    await session.matches('kafka-config-update-repair')
    expect(session.writes()).toHaveLength(2)
  })

  test('leaves alone what is none for Kafka, what is immutable and what is not there', async () => {
    const session = aSession()
    await session.given(aConfigMap('settings', {colour: 'blue'}), {...aConfigMap('fixed', data), immutable: true})
    await session.type('kubectl sfl kafka config update settings --partitions 3')
    await session.type('kubectl sfl kafka config update fixed --partitions 4 --force')
    await session.type('kubectl sfl kafka config update fxied --partitions 4')
    await session.matches('kafka-config-update-refused')
    expect(session.writes()).toEqual([])
  })

  test('patches the KnativeKafka where its operator writes the ConfigMap', async () => {
    const session = aSession({sandbox: openshift()})
    await session.given(aSecret('kafka-auth', credentials, 'knative-eventing'))
    await session.type(
      `kubectl sfl kafka config update ${SYSTEM} --bootstrap-servers kafka-0:9093 --auth-secret kafka-auth --topic-config retention.ms=1000 --wait --diff --yes`,
    )
    await session.type(`kubectl sfl kafka config describe ${SYSTEM}`)
    await session.type(`kubectl sfl kafka config update ${SYSTEM} --unset auth-secret -l team=shop`)
    await session.type(`kubectl sfl kafka config update ${SYSTEM} --partitions 5 --via config-map`)
    await session.matches('kafka-config-update-openshift')
    expect(session.writes()).toEqual([
      'patch operator.serverless.openshift.io/v1alpha1 KnativeKafka knative-eventing/knative-kafka dryRun',
      'patch operator.serverless.openshift.io/v1alpha1 KnativeKafka knative-eventing/knative-kafka',
    ])
  })
})

describe('kafka config apply', () => {
  test('creates, changes, removes what is left out, and changes nothing the second time', async () => {
    const session = aSession()
    await session.type(`kubectl sfl kafka config apply my-kafka ${SETTINGS} --topic-config retention.ms=1000`)
    await session.type(`kubectl sfl kafka config apply my-kafka ${SETTINGS} --topic-config retention.ms=1000`)
    await session.type(`kubectl sfl kafka config apply my-kafka ${SETTINGS}`)
    await session.type('kubectl sfl kafka config describe my-kafka')
    await session.matches('kafka-config-apply')
  })

  test('patches the KnativeKafka where its operator writes the ConfigMap', async () => {
    const session = aSession({sandbox: openshift()})
    await session.type(`kubectl sfl kafka config apply ${SYSTEM} ${SETTINGS}`)
    await session.type(`kubectl sfl kafka config apply ${SYSTEM} ${SETTINGS}`)
    await session.matches('kafka-config-apply-openshift')
  })
})

describe('kafka config delete', () => {
  test('refuses while brokers use it, and tells what would become of them', async () => {
    const session = aSession()
    await session.given(aConfigMap('my-kafka', data))
    session.sandbox.load([aUser('orders', 'my-kafka'), aUser('bills', 'my-kafka', {namespace: 'shop', topic: false})])
    await session.type('kubectl sfl kafka config delete my-kafka --yes')
    await session.type('kubectl sfl kafka config delete my-kafka --force', {answers: [true]})
    await session.type('kubectl sfl kafka config delete my-kafka --yes --ignore-not-found')
    await session.matches('kafka-config-delete')
    expect(session.writes()).toEqual(['delete v1 ConfigMap demo/my-kafka'])
  })

  test('refuses a default of the cluster, and what is none for Kafka', async () => {
    const defaults = `clusterDefault:
  brokerClass: MTChannelBasedBroker
  apiVersion: v1
  kind: ConfigMap
  name: config-br-default-channel
  namespace: knative-eventing
  brokerClasses:
    Kafka: {apiVersion: v1, kind: ConfigMap, name: my-kafka, namespace: demo}
`
    const sandbox = await withSystemConfig(aSandbox(), 'config-br-defaults', {'default-br-config': defaults})
    const session = aSession({sandbox})
    await session.given(aConfigMap('my-kafka', data), aConfigMap('settings', {colour: 'blue'}))
    await session.type('kubectl sfl kafka config delete my-kafka settings --yes')
    await session.matches('kafka-config-delete-default')
    expect(session.writes()).toEqual([])
  })

  test('warns where the usual one goes, and refuses where the operator brings it back', async () => {
    const plain = aSession()
    await plain.type(`kubectl sfl kafka config delete ${SYSTEM} --dry-run=server`)
    await plain.matches('kafka-config-delete-system')
    const session = aSession({sandbox: openshift()})
    await session.type(`kubectl sfl kafka config delete ${SYSTEM} --yes`)
    await session.matches('kafka-config-delete-openshift')
    expect(session.writes()).toEqual([])
  })
})
