import {beforeAll, describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {credentialFiles, PASSWORD, type CredentialFiles} from '../../support/credentials.js'
import {aConfigMap, aStoredBroker} from '../../support/eventing.js'
import {inRounds} from '../../support/clients.js'
import {aSandbox} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

let credentials: CredentialFiles
beforeAll(async () => {
  credentials = await credentialFiles()
})

const aSecret = (name: string, data: Readonly<Record<string, string>>, more: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {name, namespace: 'demo', ...more},
  type: 'Opaque',
  data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, Buffer.from(text).toString('base64')])),
})

/** Signatures and keys that are made for a test differ by some bytes. */
const withoutSizes = (text: string): string =>
  text.replace(/^( +(?:ca|user)\.(?:crt|key) +)\d+/gm, '$1N').replace(/(bytes"?: )\d{3,}/g, '$1N')

const secretRef = (name: string, key: string) => ({secretKeyRef: {name, key}})

/** Secrets in all states, and those who refer to them. */
const aTown = async (): Promise<Session> => {
  const session = aSession({files: credentials.files})
  await session.prepare(
    'kubectl sfl secret create-kafka-auth good -n demo --mechanism SCRAM-SHA-512 --user u --password-file pw.txt --ca-cert ca.pem',
    'kubectl sfl secret create-kafka-auth soon -n demo --client-cert soon.pem --client-key soon.key --ca-cert ca.pem',
    'kubectl sfl secret create-kafka-auth gone-off -n demo --client-cert old.pem --client-key old.key --ca-cert ca.pem --force',
    'kubectl sfl secret create-kafka-auth clear -n demo --mechanism PLAIN --user u --password-file pw.txt --no-tls',
    'kubectl sfl secret create-postgres-auth database --user u --password-file pw.txt',
  )
  session.sandbox.load([
    aSecret('old-format', {'tls.enabled': 'true', saslType: 'PLAIN', user: 'u', password: PASSWORD}),
    aSecret('rsa', {
      protocol: 'SSL',
      'user.crt': credentials.files['rsa.pem']!,
      'user.key': credentials.files['rsa.key']!,
    }),
    aSecret('chart', {username: 'u', 'db-password': PASSWORD}),
    aSecret('free', {login: 'u', pass: PASSWORD}),
    aSecret('unrelated', {token: PASSWORD}),
    aSecret(
      'leaving',
      {protocol: 'PLAINTEXT'},
      {
        deletionTimestamp: '2026-03-01T11:00:00Z',
        finalizers: ['kafka.eventing/8f14e45f'],
      },
    ),
    ...['good', 'old-format', 'nowhere'].map((name) =>
      aConfigMap(`of-${name}`, {
        'bootstrap.servers': 'kafka:9093',
        'default.topic.partitions': '1',
        'default.topic.replication.factor': '1',
        'auth.secret.ref.name': name,
      }),
    ),
    ...['good', 'old-format', 'nowhere'].map((name) =>
      aStoredBroker(`with-${name}`, {
        spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: `of-${name}`, namespace: 'demo'}},
      }),
    ),
    aStoredBroker('elsewhere', {
      metadata: {namespace: 'other'},
      spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'of-good', namespace: 'demo'}},
    }),
    {
      apiVersion: 'eventing.knative.dev/v1alpha1',
      kind: 'KafkaSink',
      metadata: {name: 'audit', namespace: 'demo'},
      spec: {topic: 't', bootstrapServers: ['kafka:9093'], auth: {secret: {ref: {name: 'rsa'}}}},
      status: {},
    },
    {
      apiVersion: 'sources.knative.dev/v1beta1',
      kind: 'KafkaSource',
      metadata: {name: 'orders', namespace: 'demo'},
      spec: {
        topics: ['t'],
        bootstrapServers: ['kafka:9093'],
        net: {
          sasl: {enable: true, user: secretRef('free', 'login'), password: secretRef('free', 'password')},
          tls: {enable: false, caCert: secretRef('ignored', 'ca')},
        },
      },
      status: {},
    },
    {
      apiVersion: 'sonataflow.org/v1alpha08',
      kind: 'SonataFlowPlatform',
      metadata: {name: 'flows', namespace: 'demo'},
      spec: {
        persistence: {postgresql: {secretRef: {name: 'chart'}, serviceRef: {name: 'postgres'}}},
        services: {
          jobService: {persistence: {postgresql: {secretRef: {name: 'database'}, serviceRef: {name: 'postgres'}}}},
        },
      },
      status: {},
    },
    aConfigMap(
      'kafka-channel-config',
      {'auth.secret.ref.name': 'soon', 'auth.secret.ref.namespace': 'demo'},
      'knative-eventing',
    ),
  ])
  return session
}

describe('secret list', () => {
  test('shows the Secrets of brokers, channels, sinks, sources and platforms with their state', async () => {
    const session = await aTown()
    await session.type('kubectl sfl secret list')
    await session.type('kubectl sfl secret list --no-headers -l app.kubernetes.io/managed-by=kubectl-sfl')
    await session.type('kubectl sfl secret list -A -o name')
    await session.type(
      'kubectl sfl secret list -o custom-columns=NAME:.metadata.name,STATE:.view.state,VERDICT:.view.verdict --sort-by .view.verdict',
    )
    await session.type('kubectl sfl secret list -n kube-public')
    await session.type('kubectl sfl secret list -n kube-public -o json')
    await session.matches('secret-list')
  })

  test('asks once for every kind, and for each ConfigMap that brokers name', async () => {
    const session = await aTown()
    const before = session.requests().length
    await session.type('kubectl sfl secret list')
    expect(session.requests().slice(before).toSorted()).toEqual([
      'get v1 ConfigMap demo/of-good',
      'get v1 ConfigMap demo/of-nowhere',
      'get v1 ConfigMap demo/of-old-format',
      'get v1 ConfigMap knative-eventing/kafka-broker-config',
      'get v1 ConfigMap knative-eventing/kafka-channel-config',
      'list eventing.knative.dev/v1 Broker',
      'list eventing.knative.dev/v1alpha1 KafkaSink demo',
      'list sonataflow.org/v1alpha08 SonataFlowPlatform demo',
      'list sources.knative.dev/v1beta1 KafkaSource demo',
      'list v1 Secret demo',
    ])
  })

  test('takes two rounds of requests', async () => {
    const {sandbox} = await aTown()
    const {client, rounds} = inRounds(sandbox.client())
    await aSession({sandbox, client}).type('kubectl sfl secret list -A')
    expect(rounds).toHaveLength(2)
  })

  test('shows what it may where Secrets cannot be listed (no permission)', async () => {
    const {sandbox} = await aTown()
    const session = aSession({
      sandbox: aSandbox({access: (_user, {resource, verb}) => resource !== 'secrets' || verb === 'get'}),
      user: 'bob',
    })
    session.sandbox.load(sandbox.snapshot())
    await session.type('kubectl sfl secret list')
    await session.matches('secret-list-no-list')
  })

  test('says what it could not look at', async () => {
    const {sandbox} = await aTown()
    const session = aSession({
      sandbox: aSandbox({access: (_user, {resource, namespace}) => resource === 'secrets' && namespace === 'demo'}),
      user: 'bob',
    })
    session.sandbox.load(sandbox.snapshot())
    await session.type('kubectl sfl secret list')
    await session.type('kubectl sfl secret describe good')
    await session.matches('secret-list-blind', withoutSizes)
  })
})

describe('secret describe', () => {
  test('shows everything but the values, and how to repair what is wrong', async () => {
    const session = await aTown()
    await session.type('kubectl sfl secret describe good soon')
    await session.type('kubectl sfl secret describe gone-off clear')
    await session.type('kubectl sfl secret describe old-format rsa')
    await session.type('kubectl sfl secret describe chart free database leaving')
    await session.type('kubectl sfl secret describe unrelated')
    await session.type('kubectl sfl secret describe goood')
    await session.matches('secret-describe', withoutSizes)
  })

  test('has the same for programs', async () => {
    const session = await aTown()
    await session.type('kubectl sfl secret describe gone-off -o json')
    await session.type('kubectl sfl secret describe good clear -o yaml')
    await session.type("kubectl sfl secret describe soon -o jsonpath='{.view.expiresAt}'")
    await session.matches('secret-describe-output', withoutSizes)
  })
})
