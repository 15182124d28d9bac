import {beforeAll, describe, expect, test} from 'vitest'
import {decoded} from '../../support/objects.js'
import {credentialFiles, OTHER_PASSWORD, PASSWORD, type CredentialFiles} from '../../support/credentials.js'
import {inRounds} from '../../support/clients.js'
import {aSandbox} from '../../support/run.js'
import {aConfigMap, withSystemConfig} from '../../support/eventing.js'
import {aSession, type Session} from '../../support/session.js'

let credentials: CredentialFiles
beforeAll(async () => {
  credentials = await credentialFiles()
})

const open = (more: Parameters<typeof aSession>[0] = {}): Session => aSession({files: credentials.files, ...more})

const SASL = '--mechanism SCRAM-SHA-512 --user orders --password-file pw.txt'
const TLS = '--ca-cert ca.pem --client-cert user.pem --client-key user.key'
const create = (rest: string): string => `kubectl sfl secret create-kafka-auth kafka-auth ${rest}`

/** What is stored, by key; certificates by their first line. */
const stored = async ({sandbox}: Session, name = 'kafka-auth', namespace = 'knative-eventing') =>
  decoded(await sandbox.client().get({apiVersion: 'v1', kind: 'Secret', name, namespace}))

describe('secret create-kafka-auth writes', () => {
  test.each<[string, string, Record<string, string>]>([
    [
      'SASL over TLS with the CA of Kafka',
      `${SASL} --ca-cert ca.pem`,
      {protocol: 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512', user: 'orders', password: PASSWORD, 'ca.crt': 'ca.pem'},
    ],
    [
      'SASL with a public CA: no ca.crt at all',
      '--mechanism plain --user orders --password-stdin',
      {protocol: 'SASL_SSL', 'sasl.mechanism': 'PLAIN', user: 'orders', password: PASSWORD},
    ],
    [
      'SASL without TLS',
      `${SASL} --no-tls`,
      {protocol: 'SASL_PLAINTEXT', 'sasl.mechanism': 'SCRAM-SHA-512', user: 'orders', password: PASSWORD},
    ],
    [
      'TLS with a client certificate',
      TLS,
      {protocol: 'SSL', 'ca.crt': 'ca.pem', 'user.crt': 'user.pem', 'user.key': 'user.key'},
    ],
    [
      'TLS without client certificate',
      '--ca-cert ca.pem --skip-client-auth',
      {protocol: 'SSL', 'ca.crt': 'ca.pem', 'user.skip': 'true'},
    ],
    [
      'SASL and TLS, both with credentials',
      `${SASL} ${TLS}`,
      {
        protocol: 'SASL_SSL',
        'sasl.mechanism': 'SCRAM-SHA-512',
        user: 'orders',
        password: PASSWORD,
        'ca.crt': 'ca.pem',
        'user.crt': 'user.pem',
        'user.key': 'user.key',
      },
    ],
    [
      'both formats for channels',
      `${SASL} --for-channels`,
      {
        protocol: 'SASL_SSL',
        'sasl.mechanism': 'SCRAM-SHA-512',
        user: 'orders',
        password: PASSWORD,
        'tls.enabled': 'true',
        saslType: 'SCRAM-SHA-512',
      },
    ],
  ])('%s', async (_case, flags, data) => {
    const session = open()
    expect((await session.type(create(flags))).code).toBe(0)
    const files = credentials.files
    const wanted = Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, /\.(crt|key)$/.test(key) ? files[value] : value]),
    )
    expect(await stored(session)).toEqual(wanted)
  })

  test('a key of another form as PKCS #8, which is what the data plane reads', async () => {
    const session = open()
    for (const key of ['--client-cert rsa.pem --client-key rsa.key', '--client-cert user.pem --client-key sec1.key']) {
      await session.prepare(`${create(key)} --convert-key --replace`)
      expect((await stored(session))['user.key']).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
    }
  })
})

describe('secret create-kafka-auth', () => {
  test('says where the Secret goes and how brokers come to use it', async () => {
    const session = open()
    await session.type(create(`${SASL} --ca-cert ca.pem`))
    await session.type(create(`${SASL} --ca-cert ca.pem`))
    await session.type(create(`${SASL} --ca-cert ca.pem -n demo --dry-run=client`))
    await session.type(create(`${SASL} --ca-cert ca.pem --broker-config cm:mine:demo --dry-run=client`))
    await session.matches('secret-create-kafka')
  })

  test('takes two rounds of requests before it writes, with or without --attach', async () => {
    for (const flags of ['', '--attach --for-channels --dry-run=client', '-n demo --dry-run=client']) {
      const {sandbox} = open()
      const {client, rounds} = inRounds(sandbox.client())
      await open({sandbox, client}).type(create(`${SASL} ${flags}`))
      expect(rounds).toHaveLength(2)
    }
  })

  test('goes where config-br-defaults sends brokers of class Kafka', async () => {
    const session = open()
    await withSystemConfig(session.sandbox, 'config-br-defaults', {
      'default-br-config':
        'clusterDefault:\n  brokerClass: MTChannelBasedBroker\n  apiVersion: v1\n  kind: ConfigMap\n  name: x\n  namespace: y\n  brokerClasses:\n    Kafka: {apiVersion: v1, kind: ConfigMap, name: our-kafka, namespace: kafka-settings}\n',
    })
    const {err} = await session.type(create(`${SASL} --dry-run=client -o name`))
    expect(err).toContain(
      'namespace kafka-settings: brokers of class Kafka look for the Secret beside ConfigMap our-kafka (the default of config-br-defaults)',
    )
  })

  test('refuses files and flags that can never do, all at once and before anything is asked', async () => {
    const session = open()
    await session.type('kubectl sfl secret create-kafka-auth')
    await session.type(create(''))
    await session.type(create('--user orders'))
    await session.type(create(`--mechanism SCRAM-SHA-1 --user 'o"r' --password-file quoted.txt --ca-cert nowhere.pem`))
    await session.type(create('--client-cert empty.pem --skip-client-auth --no-tls --via config-map --wait'))
    await session.type(create('--mechanism PLAIN --user x --password-stdin --ca-cert -'))
    await session.type(create(`${SASL} --client-certificate user.pem`))
    await session.type(create('--mechanism PLAIN --user x --password-file lines.txt --convert-key'))
    await session.type(create(`${SASL} --broker-config cm:mine`))
    await session.type(create(`${SASL} --broker-config cm:mine:other -n demo`))
    await session.type(create(`${SASL} --show-secrets`))
    await session.type(create('--ca-cert nowhere.pem -o json'))
    expect(session.requests()).toEqual([])
    await session.matches('secret-create-kafka-usage')
  })

  test('refuses certificates and keys that would break the brokers, and warns of those that soon will', async () => {
    const session = open()
    await session.type(create('--ca-cert notes.txt --skip-client-auth'))
    await session.type(create('--client-cert old.pem --client-key old.key --ca-cert ca.pem'))
    await session.type(create('--client-cert early.pem --client-key early.key --ca-cert ca.pem'))
    await session.type(create('--client-cert user.pem --client-key other.key --ca-cert ca.pem'))
    await session.type(create('--client-cert rsa.pem --client-key rsa.key --ca-cert ca.pem'))
    await session.type(create('--client-cert user.pem --client-key sec1.key --ca-cert ca.pem -o json'))
    expect(session.writes()).toEqual([])
    await session.type(create('--client-cert soon.pem --client-key soon.key --ca-cert user.pem'))
    await session.type(create('--client-cert foreign.pem --client-key foreign.key --ca-cert ca.pem --replace'))
    await session.type(create('--client-cert old.pem --client-key old.key --ca-cert ca.pem --replace --force'))
    await session.matches('secret-create-kafka-certificates')
  })

  test('changes an existing Secret only with --replace, and names the keys that change', async () => {
    const session = open()
    await session.prepare(create(`${SASL} --ca-cert ca.pem`))
    await session.type(create('--mechanism PLAIN --user orders --password-file other.txt'))
    await session.type(create('--mechanism PLAIN --user orders --password-file other.txt --force'))
    expect(session.writes()).toEqual([])
    await session.type(
      create('--mechanism PLAIN --user orders --password-file other.txt --replace --diff --dry-run=server'),
    )
    await session.type(create('--mechanism PLAIN --user orders --password-file other.txt --replace'))
    expect(await stored(session)).toEqual({
      protocol: 'SASL_SSL',
      'sasl.mechanism': 'PLAIN',
      user: 'orders',
      password: OTHER_PASSWORD,
    })
    await session.matches('secret-create-kafka-replace')
  })

  test('leaves the keys of others alone', async () => {
    const session = open()
    const base64 = (text: string): string => Buffer.from(text).toString('base64')
    await session.given({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {name: 'kafka-auth', namespace: 'knative-eventing'},
      data: {'user.p12': base64('x'), saslType: base64('PLAIN'), 'tls.enabled': base64('true')},
    })
    await session.type(create(`${SASL} --replace`))
    expect(Object.keys(await stored(session)).sort()).toEqual([
      'password',
      'protocol',
      'sasl.mechanism',
      'user',
      'user.p12',
    ])
  })

  test('gives up on a Secret that is immutable or going away', async () => {
    const session = open()
    session.sandbox.load([
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {name: 'kafka-auth', namespace: 'knative-eventing'},
        immutable: true,
        data: {},
      },
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: 'leaving',
          namespace: 'knative-eventing',
          deletionTimestamp: '2026-03-01T11:00:00Z',
          finalizers: ['kafka.eventing/1'],
        },
        data: {},
      },
    ])
    await session.type(create(`${SASL} --replace --force`))
    await session.type(`kubectl sfl secret create-kafka-auth leaving ${SASL} --replace`)
    await session.matches('secret-create-kafka-fixed')
  })

  test('shows manifests with masked values, and the values themselves only with --show-secrets', async () => {
    const session = open()
    const flags = '--mechanism PLAIN --user orders --password-file pw.txt --dry-run=client'
    await session.type(create(`${flags} -o yaml`))
    await session.type(create(`${flags} -o json`))
    await session.type(create(`${flags} -o jsonpath='{.data.password}'`))
    await session.type(create(`${flags} --diff`))
    await session.type(create(`${flags} -o yaml --show-secrets`))
    await session.matches('secret-create-kafka-output')
  })

  test('asks for the password at a terminal, twice and until it is one that Knative can use', async () => {
    const session = open({typed: ['', `${PASSWORD}"`, PASSWORD, 'mistyped', PASSWORD]})
    await session.type(create('--mechanism PLAIN --user orders'))
    expect((await stored(session))['password']).toBe(PASSWORD)
    await session.type(create('--mechanism PLAIN --user orders --password-stdin'))
    await session.type(create('--mechanism PLAIN --user orders --no-input'))
    await session.matches('secret-create-kafka-asked')
  })

  test('goes on without a look at what is there where that cannot be read (no permission)', async () => {
    const {sandbox} = open()
    const session = open({
      sandbox,
      client: {
        ...sandbox.client(),
        get: (ref, options) =>
          ref.kind === 'Secret' ? sandbox.client('alice').get(ref, options) : sandbox.client().get(ref, options),
      },
    })
    await session.type(create(SASL))
    await session.type(create(SASL))
    await session.matches('secret-create-kafka-blind')
  })
})

describe('secret create-kafka-auth --attach', () => {
  const data = async ({sandbox}: Session, name: string) =>
    (await sandbox.client().get({apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'knative-eventing'}))['data']

  test('makes the Secret and puts its name into the ConfigMap, as one plan', async () => {
    const session = open()
    await session.type(create(`${SASL} --attach --diff --dry-run=server`))
    expect(session.writes().filter((line) => !line.endsWith('dryRun'))).toEqual([])
    await session.type(create(`${SASL} --attach`))
    await session.type(create(`${SASL} --attach`))
    expect(await data(session, 'kafka-broker-config')).toMatchObject({'auth.secret.ref.name': 'kafka-auth'})
    await session.matches('secret-attach')
  })

  test('asks before other credentials are taken out of use', async () => {
    const session = open({answers: [false, true]})
    await session.prepare(create(`${SASL} --attach`))
    const second = `kubectl sfl secret create-kafka-auth second ${SASL} --attach`
    await session.type(second)
    await session.type(second, {answers: [true]})
    await session.type(`kubectl sfl secret create-kafka-auth third ${SASL} --attach --no-input`)
    await session.matches('secret-attach-other')
  })

  test('writes to the KnativeKafka where there is one, for channels too', async () => {
    const session = open({sandbox: aSandbox({layout: 'openshift'})})
    await session.type(create(`${SASL} --attach --for-channels --wait`))
    await session.type('kubectl sfl secret list -n knative-eventing')
    const kafka = await session.sandbox.client().get({
      apiVersion: 'operator.serverless.openshift.io/v1alpha1',
      kind: 'KnativeKafka',
      name: 'knative-kafka',
      namespace: 'knative-eventing',
    })
    expect(kafka['spec']).toMatchObject({
      broker: {defaultConfig: {authSecretName: 'kafka-auth'}},
      channel: {authSecretName: 'kafka-auth', authSecretNamespace: 'knative-eventing'},
    })
    await session.matches('secret-attach-knative-kafka')
  })

  test('is refused where brokers would not look, or there is nothing to attach to', async () => {
    const session = open()
    await session.type(create(`${SASL} --attach -n demo`))
    await session.type(create(`${SASL} --attach --broker-config cm:mine:demo`))
    await session.given(aConfigMap('mine', {'bootstrap.servers': 'kafka:9093'}))
    await session.type(create(`${SASL} --attach --broker-config cm:mine -n demo`))
    await session.type(create(`${SASL} --attach --via knative-kafka`))
    await session.matches('secret-attach-refused')
  })
})
