import {describe, expect, test} from 'vitest'
import {readClassOptions} from '../../src/domain/eventing/cluster-defaults/class-options.js'
import {backingFacts} from '../../src/facts/backing-channel.js'
import {classSetFacts, classShowFacts, classUnsetFacts} from '../../src/facts/broker-class.js'
import {readWriteTarget} from '../../src/facts/write-target.js'
import {aSandbox} from '../support/run.js'
import {FakeClient} from './fake-client.js'

const objects = aSandbox({layout: 'openshift'}).snapshot()
const served = {
  'eventing.knative.dev/v1': [
    {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', plural: 'brokers', namespaced: true, verbs: []},
  ],
}
const cluster = (more: object = {}) => new FakeClient({objects, served, ...more})

describe('how often one has to wait for the cluster', () => {
  test.each<[string, number, (client: FakeClient) => Promise<unknown>]>([
    [
      'the write target',
      1,
      (client) => readWriteTarget(client, {namespace: 'knative-eventing', name: 'config-br-defaults'}),
    ],
    ['class show', 2, (client) => classShowFacts(client, 'shop')],
    ['class set', 2, (client) => classSetFacts(client, readClassOptions({className: 'Kafka', namespaces: ['shop']}))],
    ['class unset', 1, (client) => classUnsetFacts(client)],
    ['backing-channel show', 2, (client) => backingFacts(client)],
  ])('%s: at most %i rounds', async (_, rounds, read) => {
    const client = cluster()
    await read(client)
    expect(client.rounds).toBeLessThanOrEqual(rounds)
  })
})

test('what cannot be read (no permission) or is not served is a fact', async () => {
  const client = cluster({
    forbidden: ['ConfigMap', 'KnativeEventing', 'Deployment', 'Namespace'],
    unserved: ['KnativeKafka'],
  })
  expect(await classSetFacts(client, readClassOptions({className: 'Kafka', namespaces: ['shop']}))).toMatchObject({
    configMap: 'forbidden',
    knativeKafkas: 'absent',
    knativeEventings: 'forbidden',
    today: 'forbidden',
    deployments: 'forbidden',
    namespaces: {shop: 'forbidden'},
  })
})

test('a ConfigMap outside the system namespace is nobody else: no operator is asked about', async () => {
  const client = cluster()
  await readWriteTarget(client, {namespace: 'shop', name: 'kafka'})
  expect(client.asked).toEqual(['get ConfigMap shop/kafka'])
})
