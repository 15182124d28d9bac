import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {aConfigMap, aStoredBroker, withoutKafka} from '../../support/eventing.js'
import {aSandbox} from '../../support/run.js'
import {aSession} from '../../support/session.js'
import type {Sandbox} from '../../../src/sandbox/sandbox.js'

const openshift = () => aSandbox({layout: 'openshift'})
const RESOURCE = 'operator.serverless.openshift.io/v1alpha1 KnativeKafka knative-eventing/knative-kafka'
const kafkaRef = {
  apiVersion: 'operator.serverless.openshift.io/v1alpha1',
  kind: 'KnativeKafka',
  name: 'knative-kafka',
  namespace: 'knative-eventing',
}

/** OpenShift Serverless before anybody asked for Kafka. */
const withoutKnativeKafka = async (): Promise<Sandbox> => {
  const sandbox = openshift()
  await sandbox.client().delete(kafkaRef)
  await sandbox.settle()
  return sandbox
}

const brokers = (): KubeObject[] => [
  aStoredBroker('orders', {status: {conditions: [{type: 'Ready', status: 'True'}]}}),
  aStoredBroker('bills', {
    metadata: {namespace: 'shop'},
    status: {
      conditions: [{type: 'Ready', status: 'False', reason: 'Failed to create topic: knative-broker-shop-bills'}],
    },
  }),
  aStoredBroker('plain', {className: 'MTChannelBasedBroker'}),
]

describe('kafka status', () => {
  test('shows who installed Kafka, its parts, and the settings of brokers', async () => {
    const session = aSession({sandbox: openshift()})
    await session.type('kubectl sfl kafka status')
    await session.matches('kafka-status-openshift')
    const plain = aSession()
    await plain.type('kubectl sfl kafka status')
    await plain.matches('kafka-status-release-files')
    const operator = aSession({sandbox: aSandbox({layout: 'operator'})})
    await operator.type('kubectl sfl kafka status')
    await operator.matches('kafka-status-operator')
  })

  test('is data for scripts', async () => {
    const session = aSession({sandbox: openshift()})
    await session.type('kubectl sfl kafka status -o json')
    await session.type('kubectl sfl kafka status -o yaml')
    await session.type('kubectl sfl kafka status -o wide')
    await session.matches('kafka-status-output')
  })

  test('says what is wrong, and still ends with 0', async () => {
    const session = aSession({sandbox: withoutKafka(aSandbox())})
    session.sandbox.load([
      ...brokers(),
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'kafka-controller-5f7d-aaaaa',
          namespace: 'knative-eventing',
          labels: {app: 'kafka-controller'},
          creationTimestamp: '2026-03-01T11:00:00Z',
        },
        spec: {containers: [{name: 'controller'}]},
        status: {
          phase: 'Pending',
          containerStatuses: [
            {name: 'controller', ready: false, restartCount: 4, state: {waiting: {reason: 'ImagePullBackOff'}}},
          ],
        },
      },
      aConfigMap(
        'kafka-broker-config',
        {'bootstrap.servers': 'kafka', 'auth.secret.ref.name': 'gone'},
        'knative-eventing',
      ),
    ])
    await session.type('kubectl sfl kafka status')
    await session.matches('kafka-status-broken')
  })

  test('tells of brokers whose part is off', async () => {
    const session = aSession({sandbox: openshift()})
    session.sandbox.load(brokers())
    await session.prepare('kubectl sfl kafka disable broker --confirm knative-kafka')
    await session.type('kubectl sfl kafka status')
    await session.matches('kafka-status-off')
  })

  test('shows what is left where nothing is installed or nothing may be read', async () => {
    const bare = aSession({sandbox: aSandbox({install: {kafka: false}})})
    await bare.type('kubectl sfl kafka status')
    const served = aSession({sandbox: await withoutKnativeKafka()})
    await served.type('kubectl sfl kafka status')
    const nothing = aSession({sandbox: aSandbox({install: {knative: false}})})
    await nothing.type('kubectl sfl kafka status')
    const blind = aSession({sandbox: openshift(), user: 'alice'})
    await blind.type('kubectl sfl kafka status')
    await bare.matches('kafka-status-nothing')
    await served.matches('kafka-status-served')
    await nothing.matches('kafka-status-no-knative')
    await blind.matches('kafka-status-blind')
  })
})

describe('kafka enable', () => {
  test('creates a KnativeKafka that is complete, and waits for its workloads', async () => {
    const session = aSession({sandbox: await withoutKnativeKafka()})
    await session.type('kubectl sfl kafka enable broker --dry-run=client -o yaml')
    await session.type('kubectl sfl kafka enable broker sink --bootstrap-servers kafka:9092 --dry-run=client -o yaml')
    await session.type(
      'kubectl sfl kafka enable broker sink --bootstrap-servers kafka:9092 --replication-factor 1 --wait',
    )
    await session.type('kubectl sfl kafka enable broker sink --bootstrap-servers kafka:9092')
    await session.matches('kafka-enable-create')
    expect(session.writes()).toEqual([`create ${RESOURCE}`])
  })

  test('changes only what is named in a KnativeKafka that is there', async () => {
    const session = aSession({sandbox: openshift()})
    await session.given({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {name: 'kafka-auth', namespace: 'knative-eventing'},
      stringData: {protocol: 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512', user: 'sales', password: 'swordfish'},
    })
    await session.type('kubectl sfl kafka enable source --diff --yes')
    await session.type('kubectl sfl kafka enable channel')
    await session.type(
      'kubectl sfl kafka enable channel --bootstrap-servers kafka:9092 --auth-secret kafka-auth --dry-run=server --diff',
    )
    await session.type('kubectl sfl kafka enable broker channel --bootstrap-servers kafka:9092 --auth-secret gone')
    await session.type('kubectl sfl kafka enable channel --bootstrap-servers kafka:9092 --auth-secret gone')
    await session.matches('kafka-enable-patch')
    expect(session.writes()).toEqual([
      `patch ${RESOURCE} dryRun`,
      `patch ${RESOURCE}`,
      `patch ${RESOURCE} dryRun`,
      `patch ${RESOURCE} dryRun`,
    ])
  })

  test('says what other servers mean for the brokers that are there', async () => {
    const session = aSession({sandbox: openshift()})
    session.sandbox.load(brokers())
    await session.type('kubectl sfl kafka enable broker --bootstrap-servers kafka:9092 --partitions 5')
    await session.matches('kafka-enable-brokers')
  })

  test('says all that is wrong with the command line', async () => {
    const session = aSession({sandbox: openshift()})
    await session.type('kubectl sfl kafka enable')
    await session.type('kubectl sfl kafka enable brokr --partitions x')
    await session.type(
      'kubectl sfl kafka enable source --bootstrap-servers kafka:9092 --partitions 5 --auth-secret-namespace demo',
    )
    await session.matches('kafka-enable-usage')
    expect(session.requests()).toEqual([])
  })

  test('claims nothing where there is no KnativeKafka to switch', async () => {
    const plain = aSession()
    await plain.type('kubectl sfl kafka enable broker')
    await plain.type('kubectl sfl kafka enable broker --partitions 5 --bootstrap-servers kafka:9092')
    await plain.type('kubectl sfl kafka enable sink source')
    await plain.type('kubectl sfl kafka enable sink --force')
    await plain.matches('kafka-enable-release-files')
    expect(plain.writes()).toEqual([])
    const operator = aSession({sandbox: aSandbox({layout: 'operator', install: {kafka: false}})})
    await operator.type('kubectl sfl kafka enable broker sink')
    await operator.type('kubectl sfl kafka enable source')
    await operator.matches('kafka-enable-operator')
    expect(operator.writes()).toEqual([])
  })

  test('demands Knative Eventing first', async () => {
    const sandbox = await withoutKnativeKafka()
    await sandbox.client().delete({
      apiVersion: 'operator.knative.dev/v1beta1',
      kind: 'KnativeEventing',
      name: 'knative-eventing',
      namespace: 'knative-eventing',
    })
    const session = aSession({sandbox})
    await session.type('kubectl sfl kafka enable broker --bootstrap-servers kafka:9092 --force')
    await session.matches('kafka-enable-no-eventing')
    expect(session.writes()).toEqual([])
  })
})

describe('kafka disable', () => {
  test('lists who is left without a data plane, asks, and waits until the workloads are gone', async () => {
    const session = aSession({sandbox: openshift()})
    session.sandbox.load(brokers())
    await session.type('kubectl sfl kafka disable broker')
    await session.type('kubectl sfl kafka disable broker', {replies: ['']})
    await session.type('kubectl sfl kafka disable broker source --wait', {replies: ['knative-kafka']})
    await session.type('kubectl sfl kafka disable broker --confirm knative-kafka')
    await session.matches('kafka-disable')
    expect(session.writes()).toEqual([`patch ${RESOURCE}`])
  })

  test('claims nothing where there is no KnativeKafka to switch', async () => {
    const plain = aSession()
    plain.sandbox.load(brokers())
    await plain.type('kubectl sfl kafka disable broker')
    await plain.type('kubectl sfl kafka disable sink')
    const served = aSession({sandbox: await withoutKnativeKafka()})
    await served.type('kubectl sfl kafka disable broker')
    await plain.matches('kafka-disable-release-files')
    await served.matches('kafka-disable-nothing')
  })
})
