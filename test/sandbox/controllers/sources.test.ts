import {describe, expect, test} from 'vitest'
import {type KubeObject, type Ref} from '../../../src/domain/core/object.js'
import {isRecord, listAt, textAt} from '../../../src/domain/core/read.js'
import {type KubeClient} from '../../../src/kube/client.js'
import {type Sandbox} from '../../../src/sandbox/sandbox.js'
import {demo} from '../manifests.js'

const sink = {ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'audit'}}
const audit: KubeObject = {
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: {name: 'audit', namespace: 'demo'},
  spec: {},
}
const versionOf = (kind: string): string => `sources.knative.dev/${kind === 'KafkaSource' ? 'v1beta1' : 'v1'}`
const source = (kind: string, spec: object): KubeObject => ({
  apiVersion: versionOf(kind),
  kind,
  metadata: {name: 'x', namespace: 'demo'},
  spec: {sink, ...spec},
})
const ref = (kind: string, name = 'x'): Ref => ({apiVersion: versionOf(kind), kind, name, namespace: 'demo'})

const specs: Readonly<Record<string, object>> = {
  PingSource: {schedule: '*/5 * * * *'},
  ApiServerSource: {resources: [{apiVersion: 'v1', kind: 'Event'}]},
  ContainerSource: {template: {spec: {containers: [{name: 'c', image: 'i'}]}}},
  SinkBinding: {subject: {apiVersion: 'v1', kind: 'ConfigMap', name: 'subject'}},
  KafkaSource: {topics: ['t'], bootstrapServers: ['kafka:9092']},
}
const subject: KubeObject = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'subject', namespace: 'demo'}}

const start = async (...objects: readonly KubeObject[]): Promise<{sandbox: Sandbox; client: KubeClient}> => {
  const sandbox = demo()
  const client = sandbox.client()
  for (const object of objects) await client.create(object)
  await sandbox.settle()
  return {sandbox, client}
}

const conditions = async (client: KubeClient, target: Ref): Promise<string> =>
  listAt(await client.get(target), 'status', 'conditions')
    .filter(isRecord)
    .map(({type, status, reason, message}) => [type, status, reason, message].filter(Boolean).join(' | '))
    .join('\n')

const OFF = 'True | authentication-oidc feature disabled'
const MISSING = 'failed to get object demo/audit: services.serving.knative.dev "audit" not found'

describe('a source becomes what the real controllers make of it', () => {
  test.each<[string, string]>([
    ['PingSource', `Deployed | True\nOIDCIdentityCreated | ${OFF}\nReady | True\nSinkProvided | True`],
    [
      'ApiServerSource',
      `Deployed | True\nOIDCIdentityCreated | ${OFF}\nReady | True\nSinkProvided | True\nSufficientPermissions | True`,
    ],
    ['ContainerSource', 'Ready | True\nReceiveAdapterReady | True\nSinkBindingReady | True'],
    [
      'SinkBinding',
      `OIDCIdentityCreated | ${OFF}\nOIDCTokenSecretCreated | ${OFF}\nReady | True\nSinkBindingAvailable | True\nSinkProvided | True\nTrustBundlePropagated | True`,
    ],
    ['KafkaSource', `ConsumerGroup | True\nOIDCIdentityCreated | ${OFF}\nReady | True\nSinkProvided | True`],
  ])('%s with a sink that answers', async (kind, expected) => {
    const {client} = await start(audit, subject, source(kind, specs[kind]!))
    expect(await conditions(client, ref(kind))).toBe(expected)
    expect(textAt(await client.get(ref(kind)), 'status', 'sinkUri')).toBe('http://audit.demo.svc.cluster.local')
  })

  test.each<[string, string]>([
    [
      'PingSource',
      `Deployed | Unknown\nOIDCIdentityCreated | ${OFF}\nReady | False | NotFound\nSinkProvided | False | NotFound`,
    ],
    [
      'ApiServerSource',
      `Deployed | Unknown\nOIDCIdentityCreated | ${OFF}\nReady | False | NotFound\nSinkProvided | False | NotFound\nSufficientPermissions | Unknown`,
    ],
    [
      'ContainerSource',
      `Ready | False | NoAddressable | Addressable could not be extracted from destination: ${MISSING}\nReceiveAdapterReady | True\nSinkBindingReady | False | NoAddressable | Addressable could not be extracted from destination: ${MISSING}`,
    ],
    [
      'SinkBinding',
      `OIDCIdentityCreated | Unknown\nOIDCTokenSecretCreated | Unknown\nReady | False | NoAddressable | Addressable could not be extracted from destination: ${MISSING}\nSinkBindingAvailable | True\nSinkProvided | False | NoAddressable | Addressable could not be extracted from destination: ${MISSING}\nTrustBundlePropagated | True`,
    ],
  ])('%s whose sink is not there, and which recovers', async (kind, expected) => {
    const {sandbox, client} = await start(subject, source(kind, specs[kind]!))
    expect(await conditions(client, ref(kind))).toBe(expected)
    await client.create(audit)
    await sandbox.settle()
    expect(await conditions(client, ref(kind))).toContain('Ready | True')
  })

  test('a SinkBinding whose subject is not there waits for it', async () => {
    const {sandbox, client} = await start(audit, source('SinkBinding', specs['SinkBinding']!))
    expect(await conditions(client, ref('SinkBinding'))).toContain(
      'Ready | False | SubjectMissing | configmaps "subject" not found',
    )
    await client.create(subject)
    await sandbox.settle()
    expect(await conditions(client, ref('SinkBinding'))).toContain('Ready | True')
  })

  test('a ContainerSource makes a binding and a Deployment, which go with it', async () => {
    const {sandbox, client} = await start(audit, source('ContainerSource', specs['ContainerSource']!))
    const deployment = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'x-deployment', namespace: 'demo'}
    await client.get(ref('SinkBinding', 'x-sinkbinding'))
    await client.get(deployment)
    await client.delete(ref('ContainerSource'))
    await sandbox.settle()
    await expect(client.get(ref('SinkBinding', 'x-sinkbinding'))).rejects.toThrow('not found')
    await expect(client.get(deployment)).rejects.toThrow('not found')
  })
})
