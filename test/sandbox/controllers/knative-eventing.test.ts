import {describe, expect, test} from 'vitest'
import {isRecord, listAt, recordAt, textAt} from '../../../src/domain/core/read.js'
import {KNATIVE_EVENTING, KNATIVE_KAFKA} from '../../../src/domain/eventing/names.js'
import {type KubeClient} from '../../../src/kube/client.js'
import {broker, brokerRef, demo} from '../manifests.js'

const namespace = 'knative-eventing'
const eventing = {...KNATIVE_EVENTING, namespace, name: 'knative-eventing'}
const cm = (name: string) => ({apiVersion: 'v1', kind: 'ConfigMap', namespace, name})

const start = (layout: 'operator' | 'openshift' = 'openshift') => {
  const sandbox = demo({layout})
  const client = sandbox.client()
  return {
    sandbox,
    client,
    /** Changes the resource's spec, and lets the operator work. */
    async set(spec: Record<string, unknown>) {
      await client.patch(eventing, {spec})
      await sandbox.settle()
    },
    data: async (name: string) => recordAt(await client.get(cm(name)), 'data'),
  }
}

const conditions = async (client: KubeClient, ref = eventing): Promise<string[]> =>
  listAt(await client.get(ref), 'status', 'conditions')
    .filter(isRecord)
    .map(({type, status, reason, message}) => [type, status, reason, message].filter(Boolean).join(' | '))

const shipped = `clusterDefault:
  apiVersion: v1
  brokerClass: MTChannelBasedBroker
  delivery:
    backoffDelay: PT0.2S
    backoffPolicy: exponential
    retry: 10
  kind: ConfigMap
  name: config-br-default-channel
  namespace: knative-eventing
`

const kafkaDefault = `clusterDefault:
  brokerClass: Kafka # ours
  apiVersion: v1
  kind: ConfigMap
  name: kafka-broker-config
  namespace: knative-eventing
`

describe('the operator behind KnativeEventing', () => {
  test('is ready from the start on OpenShift', async () => {
    const {client} = start()
    expect(await conditions(client)).toEqual([
      'DependenciesInstalled | True',
      'DeploymentsAvailable | True',
      'InstallSucceeded | True',
      'Ready | True',
      'VersionMigrationEligible | True',
    ])
    const {metadata, status} = await client.get(eventing)
    expect(metadata.finalizers).toEqual(['knativeeventings.operator.knative.dev'])
    expect(status).toMatchObject({version: '1.21.0', observedGeneration: 1})
  })

  test('owns what it installs', async () => {
    const {client} = start()
    const {uid} = (await client.get(eventing)).metadata
    expect((await client.get(cm('config-features'))).metadata.ownerReferences).toEqual([
      {
        apiVersion: 'operator.knative.dev/v1beta1',
        blockOwnerDeletion: true,
        controller: true,
        kind: 'KnativeEventing',
        name: 'knative-eventing',
        uid,
      },
    ])
  })

  test('has injection on OpenShift, and off upstream', async () => {
    expect(Object.keys(await start('openshift').data('config-sugar'))).toEqual([
      'namespace-selector',
      'trigger-selector',
    ])
    expect(Object.keys(await start('operator').data('config-sugar'))).toEqual(['_example'])
  })

  test('writes config-br-defaults anew even when nothing is set: sorted, without comments', async () => {
    expect(await start().data('config-br-defaults')).toEqual({'default-br-config': shipped})
  })

  test.each(['config-features', 'features'])(
    'puts the keys of spec.config.%s in, and takes them out again',
    async (name) => {
      const {set, data} = start()
      await set({config: {[name]: {'kreference-group': 'enabled', mine: 'x'}}})
      expect(await data('config-features')).toMatchObject({
        'kreference-group': 'enabled',
        'delivery-timeout': 'enabled',
        mine: 'x',
      })
      await set({config: null})
      expect(await data('config-features')).toMatchObject({'kreference-group': 'disabled'})
      expect(await data('config-features')).not.toHaveProperty('mine')
    },
  )

  test('listens to the full name when both spellings are there', async () => {
    const {set, data} = start()
    await set({
      config: {'config-features': {'kreference-group': 'enabled'}, features: {'delivery-timeout': 'disabled'}},
    })
    expect(await data('config-features')).toMatchObject({'kreference-group': 'enabled', 'delivery-timeout': 'enabled'})
  })

  test('knows default-ch-webhook by its full name only', async () => {
    const {set, data} = start()
    const before = await data('default-ch-webhook')
    await set({config: {'ch-webhook': {'default-ch-config': 'clusterDefault: {}\n'}}})
    expect(await data('default-ch-webhook')).toEqual(before)
    await set({config: {'default-ch-webhook': {'default-ch-config': 'clusterDefault: {}\n'}}})
    expect(await data('default-ch-webhook')).toEqual({'default-ch-config': 'clusterDefault: {}\n'})
  })

  test('reverts hand edits and deletions, and leaves alone what was added', async () => {
    const {sandbox, client, data} = start()
    await client.patch(cm('config-features'), {data: {'kreference-group': 'enabled', added: 'by hand'}})
    await sandbox.settle()
    expect(await data('config-features')).toMatchObject({'kreference-group': 'disabled', added: 'by hand'})
    await client.patch(cm('config-features'), {metadata: {ownerReferences: null}})
    await sandbox.settle()
    expect((await client.get(cm('config-features'))).metadata.ownerReferences).toHaveLength(1)
    await client.delete(cm('config-br-defaults'))
    await sandbox.settle()
    expect(await data('config-br-defaults')).toEqual({'default-br-config': shipped})
  })

  test('sets the default class and keeps the default config, so that new Kafka brokers fail', async () => {
    const {sandbox, client, set, data} = start()
    await set({defaultBrokerClass: 'Kafka'})
    expect(await data('config-br-defaults')).toEqual({
      'default-br-config': shipped.replace('MTChannelBasedBroker', 'Kafka'),
    })
    await client.create(broker('b'))
    await sandbox.settle()
    expect((await client.get(brokerRef('b'))).metadata.annotations).toMatchObject({
      'eventing.knative.dev/broker.class': 'Kafka',
    })
    expect(textAt(await client.get(brokerRef('b')), 'spec', 'config', 'name')).toBe('config-br-default-channel')
  })

  test.each(['config-br-defaults', 'br-defaults'])(
    'ignores defaultBrokerClass when %s says brokerClass: anywhere, and writes the text as it is',
    async (name) => {
      const {set, data} = start()
      await set({defaultBrokerClass: 'MTChannelBasedBroker', config: {[name]: {'default-br-config': kafkaDefault}}})
      expect(await data('config-br-defaults')).toEqual({'default-br-config': kafkaDefault})
    },
  )

  test('overrides a clusterDefault without class, and drops what it does not know', async () => {
    const {set, data} = start()
    const text = 'clusterDefault: {apiVersion: v1, kind: ConfigMap, name: mine, namespace: a, colour: red}\n'
    await set({defaultBrokerClass: 'Kafka', config: {'br-defaults': {'default-br-config': text}}})
    expect(await data('config-br-defaults')).toEqual({
      'default-br-config':
        'clusterDefault:\n  apiVersion: v1\n  brokerClass: Kafka\n  kind: ConfigMap\n  name: mine\n  namespace: a\n',
    })
  })

  test('does nothing any more when there is neither clusterDefault nor class', async () => {
    const {set, data} = start()
    const text = 'namespaceDefaults: {a: {apiVersion: v1, kind: ConfigMap, name: mine}}\n'
    await set({config: {'br-defaults': {'default-br-config': text}, features: {'kreference-group': 'enabled'}}})
    expect(await data('config-br-defaults')).toEqual({'default-br-config': shipped})
    expect(await data('config-features')).toMatchObject({'kreference-group': 'disabled'})
  })

  test('reports an installation that failed', async () => {
    const {client, set} = start()
    await set({config: {'br-defaults': {'default-br-config': 'just words'}}})
    expect(await conditions(client)).toContain(
      'Ready | False | Error | Install failed with message: error converting YAML to JSON: default-br-config is no YAML map',
    )
  })

  test('waits for a deployment that is not ready', async () => {
    const {sandbox, client} = start()
    const ref = {apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'imc-controller'}
    const {metadata, spec} = await client.get(ref)
    sandbox.load([{...ref, metadata, spec, status: {replicas: 2, readyReplicas: 0}}])
    await client.patch(eventing, {metadata: {labels: {look: 'again'}}})
    await sandbox.settle()
    expect(await conditions(client)).toContain(
      'DeploymentsAvailable | False | NotReady | Waiting on deployments: imc-controller',
    )
  })

  test('takes everything along when it is deleted', async () => {
    const {sandbox, client} = start()
    await client.delete({...KNATIVE_KAFKA, namespace, name: 'knative-kafka'})
    await sandbox.settle()
    await client.delete(eventing)
    await sandbox.settle()
    expect(
      sandbox
        .snapshot()
        .filter(({metadata}) => metadata.namespace === namespace)
        .filter(({kind}) => ['ConfigMap', 'Deployment', 'StatefulSet', 'Pod'].includes(kind)),
    ).toEqual([])
    await expect(client.get(eventing)).rejects.toThrow('not found')
  })
})

describe('the operator of knative.dev', () => {
  test('leaves Kafka of release files alone', async () => {
    const {client, sandbox} = start('operator')
    expect((await client.get(cm('kafka-broker-config'))).metadata.ownerReferences).toBeUndefined()
    await client.patch(cm('kafka-broker-config'), {data: {'default.topic.partitions': '3'}})
    await sandbox.settle()
    expect(recordAt(await client.get(cm('kafka-broker-config')), 'data')).toMatchObject({
      'default.topic.partitions': '3',
    })
  })

  test('takes Kafka over when it is told to install it, and then writes its settings', async () => {
    const {client, set, data} = start('operator')
    const off = {enabled: false}
    await set({
      source: {ceph: off, github: off, gitlab: off, kafka: {enabled: true}, rabbitmq: off, redis: off},
      config: {'kafka-broker-config': {'default.topic.partitions': '5'}},
    })
    expect((await client.get(cm('kafka-broker-config'))).metadata.ownerReferences).toMatchObject([
      {kind: 'KnativeEventing'},
    ])
    expect(await data('kafka-broker-config')).toMatchObject({'default.topic.partitions': '5'})
    await client.get({apiVersion: 'apps/v1', kind: 'StatefulSet', namespace, name: 'kafka-source-dispatcher'})
  })

  test('demands all sources, as its CRD does since 1.22', async () => {
    const {client} = start('operator')
    await expect(client.patch(eventing, {spec: {source: {kafka: {enabled: true}}}})).rejects.toThrow(
      'spec.source.ceph: Required value',
    )
  })

  test('installs the files of additionalManifests, and removes them', async () => {
    const {client, set} = start('operator')
    const sink = {apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'kafka-sink-receiver'}
    await set({additionalManifests: [{URL: 'https://example.com/v1.22/eventing-kafka-sink.yaml'}]})
    await client.get(sink)
    await set({additionalManifests: null})
    await expect(client.get(sink)).rejects.toThrow('not found')
  })
})
