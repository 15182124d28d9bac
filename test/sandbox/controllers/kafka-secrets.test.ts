import {beforeEach, describe, expect, test} from 'vitest'
import {listAt, textAt} from '../../../src/domain/core/read.js'
import {type KubeClient} from '../../../src/kube/client.js'
import {type Sandbox} from '../../../src/sandbox/sandbox.js'
import {ecPair, rsaPair} from '../key-pairs.js'
import {broker, brokerRef, configMap, configMapRef, demo} from '../manifests.js'

const [first, second, curve] = await Promise.all([rsaPair(), rsaPair(), ecPair()])

type Data = Readonly<Record<string, string>>

const secret = (data: Data) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {name: 'login', namespace: 'demo'},
  stringData: {...data},
})
const secretRef = {apiVersion: 'v1', kind: 'Secret', namespace: 'demo', name: 'login'}

const settings = {
  'bootstrap.servers': 'kafka:9092',
  'default.topic.partitions': '1',
  'default.topic.replication.factor': '1',
  'auth.secret.ref.name': 'login',
}
const own = {config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'own', namespace: 'demo'}}

let sandbox: Sandbox
let client: KubeClient

beforeEach(async () => {
  sandbox = demo()
  client = sandbox.client()
  await client.create(configMap('own', settings))
})

const condition = async (type: string): Promise<string> => {
  await sandbox.settle()
  const found = listAt(await client.get(brokerRef('b')), 'status', 'conditions').find(
    (one) => textAt(one, 'type') === type,
  )
  return ['status', 'reason', 'message'].flatMap((field) => textAt(found, field) ?? []).join(' | ')
}

const sasl = {protocol: 'SASL_SSL', user: 'alice', password: 'wonderland'}
const tls = {protocol: 'SSL', 'ca.crt': first.certificate}
const client1 = {'user.crt': first.certificate, 'user.key': first.pkcs8}
const noUserKey = (key: string) =>
  `[protocol SSL] required user key (key: ${key}) - use "user.skip: true" to disable client auth`
const pair = (text: string) => `[protocol SSL] failed to load x.509 key pair: ${text}`

describe('a Kafka broker', () => {
  test.each<[string, Data]>([
    ['PLAINTEXT', {protocol: 'PLAINTEXT'}],
    ['SSL with client certificate', {...tls, ...client1}],
    ['SSL with a public CA', {protocol: 'SSL', ...client1}],
    ['SSL with a key on an elliptic curve', {...tls, 'user.crt': curve.certificate, 'user.key': curve.pkcs8}],
    ['SSL without client certificate', {...tls, 'user.skip': 'true'}],
    ['SASL_PLAINTEXT, PLAIN when nothing is said', {...sasl, protocol: 'SASL_PLAINTEXT'}],
    ['SASL_SSL with SCRAM', {...sasl, 'sasl.mechanism': 'SCRAM-SHA-512', 'ca.crt': first.certificate}],
    ['SASL_SSL with a public CA', sasl],
    [
      'SASL_SSL with tokens',
      {protocol: 'SASL_SSL', 'sasl.mechanism': 'OAUTHBEARER', tokenProvider: 'MSKAccessTokenProvider'},
    ],
  ])('is ready with a secret for %s', async (_, data) => {
    await client.create(secret(data))
    await client.create(broker('b', own, 'Kafka'))
    expect(await condition('Ready')).toBe('True')
  })

  test.each<[string, Data, string]>([
    [
      'an unknown protocol',
      {protocol: 'TLS'},
      'protocol TLS unsupported (key: protocol), supported protocols: [PLAINTEXT SASL_PLAINTEXT SSL SASL_SSL]',
    ],
    [
      'a protocol with a line end',
      {protocol: 'SSL\n'},
      'protocol SSL\n unsupported (key: protocol), supported protocols: [PLAINTEXT SASL_PLAINTEXT SSL SASL_SSL]',
    ],
    [
      'a CA that is none',
      {...tls, ...client1, 'ca.crt': 'no pem'},
      '[protocol SSL] failed to parse CA certificates (key: ca.crt)',
    ],
    ['an empty CA', {...tls, ...client1, 'ca.crt': ''}, '[protocol SSL] failed to parse CA certificates (key: ca.crt)'],
    [
      'a CA whose block is garbage',
      {...sasl, 'ca.crt': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'},
      '[protocol SASL_SSL] failed to parse CA certificates (key: ca.crt)',
    ],
    ['no client certificate at all', tls, noUserKey('user.key')],
    ['no user.key', {...tls, 'user.crt': first.certificate}, noUserKey('user.key')],
    ['no user.crt', {...tls, 'user.key': first.pkcs8}, noUserKey('user.crt')],
    ['user.skip that is not true', {...tls, 'user.skip': 'false'}, noUserKey('user.key')],
    [
      'user.skip that is no boolean',
      {...tls, 'user.skip': 'yes'},
      '[protocol SSL] failed to parse client auth flag (key: user.skip): strconv.ParseBool: parsing "yes": invalid syntax',
    ],
    [
      'an empty certificate',
      {...tls, ...client1, 'user.crt': ''},
      pair('tls: failed to find any PEM data in certificate input'),
    ],
    ['an empty key', {...tls, ...client1, 'user.key': ''}, pair('tls: failed to find any PEM data in key input')],
    [
      'certificate and key mixed up',
      {...tls, 'user.crt': first.pkcs8, 'user.key': first.certificate},
      pair(
        'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
      ),
    ],
    [
      'a certificate for a key',
      {...tls, ...client1, 'user.key': first.certificate},
      pair('tls: found a certificate rather than a key in the PEM for the private key'),
    ],
    [
      'the key of another certificate',
      {...tls, ...client1, 'user.key': second.pkcs8},
      pair('tls: private key does not match public key'),
    ],
    [
      'a key of another kind',
      {...tls, ...client1, 'user.key': curve.pkcs8},
      pair('tls: private key type does not match public key type'),
    ],
    [
      'a key that is garbage',
      {...tls, ...client1, 'user.key': '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'},
      pair('tls: failed to parse private key'),
    ],
    [
      'a certificate that is garbage',
      {...tls, ...client1, 'user.crt': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'},
      pair('x509: malformed certificate'),
    ],
    [
      'a key in PKCS #1',
      {...tls, ...client1, 'user.key': first.traditional},
      "[protocol SSL] unsupported user key format in user.key, 'PKCS #1' format is not supported, convert private key to 'PKCS #8'",
    ],
    ['no user', {protocol: 'SASL_SSL', password: 'p'}, '[protocol SASL_SSL] SASL user required (key: user)'],
    [
      'no user without TLS',
      {protocol: 'SASL_PLAINTEXT', password: 'p'},
      '[protocol SASL_PLAINTEXT] SASL user required (key: user)',
    ],
    ['no password', {protocol: 'SASL_SSL', user: 'u'}, '[protocol SASL_SSL] SASL password required (key: password)'],
    ['an empty password', {...sasl, password: ''}, '[protocol SASL_SSL] SASL password required (key: password)'],
    [
      'an unknown mechanism',
      {...sasl, 'sasl.mechanism': 'SCRAM-SHA-1'},
      '[protocol SASL_SSL] unsupported SASL mechanism (key: sasl.mechanism)',
    ],
    [
      'an unknown mechanism of the old format',
      {saslType: 'scram', user: 'u', password: 'p'},
      '[protocol SASL_PLAINTEXT] unsupported SASL mechanism (key: sasl.mechanism)',
    ],
  ])('says in TopicReady what the control plane says of %s', async (_, data, message) => {
    await client.create(secret(data))
    await client.create(broker('b', own, 'Kafka'))
    expect(await condition('TopicReady')).toBe(`False | Failed to obtain Kafka cluster admin | ${message}`)
  })

  test('says what an old control plane says of a secret without protocol', async () => {
    const controller = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'knative-eventing',
      name: 'kafka-controller',
    }
    await client.patch(controller, {metadata: {labels: {'app.kubernetes.io/version': '1.13.4'}}})
    await client.create(secret({'tls.enabled': 'true', user: 'u', password: 'p'}))
    await client.create(broker('b', own, 'Kafka'))
    expect(await condition('TopicReady')).toBe(
      'False | Failed to obtain Kafka cluster admin | protocol required (key: protocol) supported protocols: [PLAINTEXT SASL_PLAINTEXT SSL SASL_SSL]',
    )
  })

  test.each<[string, Data]>([
    ['in the old format', {'tls.enabled': 'true', saslType: 'SCRAM-SHA-512', user: 'u', password: 'p'}],
    ['in the old format with username', {username: 'u', password: 'p', 'ca.crt': first.certificate}],
    ['that says nothing at all', {note: 'x'}],
    ['with user.skip 1, which is true for Go only', {...tls, 'user.skip': '1'}],
    ['with a key in SEC1', {...tls, 'user.crt': curve.certificate, 'user.key': curve.traditional}],
    ['with tokens but without TLS', {protocol: 'SASL_PLAINTEXT', 'sasl.mechanism': 'OAUTHBEARER'}],
    ['with a quotation mark in the password', {...sasl, password: 'a"b'}],
  ])('gets its topic, but no ingress, with a secret %s', async (_, data) => {
    await client.create(secret(data))
    await client.create(broker('b', own, 'Kafka'))
    expect(await condition('TopicReady')).toBe('True | Topic knative-broker-demo-b created')
    expect(await condition('ProbeSucceeded')).toBe('False | ProbeStatus | status: NotReady')
    expect(await condition('Ready')).toBe('False | ProbeStatus | status: NotReady')
    expect(textAt(await client.get(brokerRef('b')), 'status', 'address', 'url')).toBeUndefined()
  })

  test('follows its secret: missing, wrong, right', async () => {
    await client.create(broker('b', own, 'Kafka'))
    expect(await condition('TopicReady')).toBe(
      'False | Failed to get broker auth secret | failed to get secret demo/login: secrets "login" not found',
    )
    await client.create(secret({...sasl, user: ''}))
    expect(await condition('TopicReady')).toContain('SASL user required')
    await client.patch(secretRef, {stringData: {user: 'alice'}})
    expect(await condition('Ready')).toBe('True')
  })

  test('follows its ConfigMap to another secret', async () => {
    await client.create(secret(sasl))
    await client.create(broker('b', own, 'Kafka'))
    expect(await condition('Ready')).toBe('True')
    await client.patch(configMapRef('own'), {data: {'auth.secret.ref.name': 'other'}})
    expect(await condition('TopicReady')).toContain('failed to get secret demo/other')
    await client.patch(configMapRef('own'), {data: {'auth.secret.ref.name': null}})
    expect(await condition('Ready')).toBe('True')
  })

  test('holds its secret until it is gone itself', async () => {
    await client.create(secret(sasl))
    await client.create(broker('b', own, 'Kafka'))
    await sandbox.settle()
    const {uid} = (await client.get(brokerRef('b'))).metadata
    expect((await client.get(secretRef)).metadata.finalizers).toEqual([`kafka.eventing/${uid}`])
    await client.delete(secretRef)
    await sandbox.settle()
    expect((await client.get(secretRef)).metadata.deletionTimestamp).toBeDefined()
    await client.delete(brokerRef('b'))
    await sandbox.settle()
    await expect(client.get(secretRef)).rejects.toThrow('secrets "login" not found')
  })

  test.each<[string, Record<string, string | null>, string]>([
    [
      'words for numbers',
      {'default.topic.partitions': 'ten'},
      'unable to build topic config from configmap: failed to parse config map demo/own: failed to parse "default.topic.partitions": strconv.ParseInt: parsing "ten": invalid syntax',
    ],
    [
      'numbers that are too large',
      {'default.topic.replication.factor': '3000000000'},
      'unable to build topic config from configmap: failed to parse config map demo/own: failed to parse "default.topic.replication.factor": strconv.ParseInt: parsing "3000000000": value out of range',
    ],
    [
      'a factor that turns over in 16 bits',
      {'default.topic.replication.factor': '40000'},
      'invalid configuration - numPartitions: 1 - replicationFactor: -25536 - bootstrapServers: [kafka:9092]',
    ],
    [
      'no servers',
      {'bootstrap.servers': ' , '},
      'invalid configuration - numPartitions: 1 - replicationFactor: 1 - bootstrapServers: []',
    ],
  ])('says in ConfigParsed what is wrong with %s', async (_, data, reason) => {
    await client.patch(configMapRef('own'), {data})
    await client.create(broker('b', own, 'Kafka'))
    expect(await condition('ConfigParsed')).toContain(`False | `)
    expect(await condition('ConfigParsed')).toContain(reason)
  })

  test('has no data plane without a ready receiver', async () => {
    const pods = {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'knative-eventing',
      name: 'kafka-broker-receiver-7d9c5b8f6-x2x7q',
    }
    await client.delete(pods)
    await client.create(broker('b', own, 'Kafka'))
    expect(await condition('DataPlaneAvailable')).toBe(
      'False | Data plane not available | Did you install the data plane for this component?',
    )
  })

  test('gets no conditions while its controller does not run', async () => {
    await client.delete({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'knative-eventing',
      name: 'kafka-controller',
    })
    await client.create(broker('b', own, 'Kafka'))
    expect(await condition('Ready')).toBe('')
  })
})
