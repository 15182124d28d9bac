import {printCommands} from '../../../../src/domain/core/commands.js'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {
  controlPlaneFault,
  isGarbled,
  judgeKafkaSecret,
  keyFormOf,
  readersOf,
  secretFacts,
  type SecretFacts,
} from '../../../../src/domain/kafka/credentials/secret-format.js'
import {secretContentFindings} from '../../../../src/domain/kafka/credentials/secret-preflight.js'

const factsOf = (data: Readonly<Record<string, string>>): SecretFacts =>
  secretFacts(Object.keys(data), (key) => data[key] ?? '')

const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
const key = (label: string): string => `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`
const pair = {'user.crt': certificate, 'user.key': key('PRIVATE KEY')}
const login = {user: 'orders', password: 'pw'}
const all = '[PLAINTEXT SASL_PLAINTEXT SSL SASL_SSL]'

describe("what the control plane says of a Secret, in the operator's words", () => {
  test.each<[string, Record<string, string>, string | undefined]>([
    ['nothing at all', {}, `protocol required (key: protocol) supported protocols: ${all}`],
    ['only foreign keys', {token: 'x'}, `protocol required (key: protocol) supported protocols: ${all}`],
    [
      'a protocol that is none',
      {protocol: 'TLS'},
      `protocol TLS unsupported (key: protocol), supported protocols: ${all}`,
    ],
    [
      'a protocol with a line end',
      {protocol: 'SSL\n'},
      `protocol SSL\n unsupported (key: protocol), supported protocols: ${all}`,
    ],
    ['PLAINTEXT', {protocol: 'PLAINTEXT'}, undefined],
    ['SSL with a pair', {protocol: 'SSL', ...pair}, undefined],
    ['SSL with a pair and a CA', {protocol: 'SSL', 'ca.crt': certificate, ...pair}, undefined],
    ['SSL without client certificate, on purpose', {protocol: 'SSL', 'user.skip': 'true'}, undefined],
    [
      'SSL with a CA that is no PEM',
      {protocol: 'SSL', 'ca.crt': 'MIIB', ...pair},
      '[protocol SSL] failed to parse CA certificates (key: ca.crt)',
    ],
    [
      'SSL without key',
      {protocol: 'SSL', 'user.crt': certificate},
      '[protocol SSL] required user key (key: user.key) - use "user.skip: true" to disable client auth',
    ],
    [
      'SSL without certificate',
      {protocol: 'SSL', 'user.key': key('PRIVATE KEY')},
      '[protocol SSL] required user key (key: user.crt) - use "user.skip: true" to disable client auth',
    ],
    [
      'SSL with a switch that is none',
      {protocol: 'SSL', 'user.skip': 'yes', ...pair},
      '[protocol SSL] failed to parse client auth flag (key: user.skip): strconv.ParseBool: parsing "yes": invalid syntax',
    ],
    [
      'SSL with a key in PKCS #1',
      {protocol: 'SSL', ...pair, 'user.key': key('RSA PRIVATE KEY')},
      "[protocol SSL] unsupported user key format in user.key, 'PKCS #1' format is not supported, convert private key to 'PKCS #8'",
    ],
    ['SASL_PLAINTEXT', {protocol: 'SASL_PLAINTEXT', ...login}, undefined],
    [
      'SASL_PLAINTEXT without user',
      {protocol: 'SASL_PLAINTEXT', password: 'x'},
      '[protocol SASL_PLAINTEXT] SASL user required (key: user)',
    ],
    [
      'SASL_PLAINTEXT with an empty password',
      {protocol: 'SASL_PLAINTEXT', user: 'x', password: ''},
      '[protocol SASL_PLAINTEXT] SASL password required (key: password)',
    ],
    [
      'SASL_SSL with a mechanism that is none',
      {protocol: 'SASL_SSL', 'sasl.mechanism': 'SCRAM', ...login},
      '[protocol SASL_SSL] unsupported SASL mechanism (key: sasl.mechanism)',
    ],
    ['SASL_SSL without a CA', {protocol: 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512', ...login}, undefined],
    [
      'SASL_SSL with a CA that is no PEM',
      {protocol: 'SASL_SSL', 'ca.crt': 'x', ...login},
      '[protocol SASL_SSL] failed to parse CA certificates (key: ca.crt)',
    ],
    [
      'OAUTHBEARER for AWS',
      {protocol: 'SASL_SSL', 'sasl.mechanism': 'OAUTHBEARER', tokenProvider: 'MSKAccessTokenProvider'},
      undefined,
    ],
    ['the old format, which the control plane reads', {'tls.enabled': 'true', saslType: 'PLAIN', ...login}, undefined],
  ])('%s', (_case, data, said) => {
    expect(controlPlaneFault(factsOf(data))).toBe(said)
  })

  test('a certificate and a key that do not load together are named', () => {
    const facts = {...factsOf({protocol: 'SSL', ...pair}), pairFault: 'tls: private key does not match public key'}
    expect(controlPlaneFault(facts)).toBe(
      '[protocol SSL] failed to load x.509 key pair: tls: private key does not match public key',
    )
  })
})

describe('what only the data plane stumbles over', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['a switch that Go takes for true', {protocol: 'SSL', 'user.skip': '1'}, ['skip']],
    ['the same, in capitals, is fine', {protocol: 'SSL', 'user.skip': 'TRUE'}, []],
    ['a key in SEC1', {protocol: 'SSL', ...pair, 'user.key': key('EC PRIVATE KEY')}, ['key']],
    ['an encrypted key', {protocol: 'SSL', ...pair, 'user.key': key('ENCRYPTED PRIVATE KEY')}, ['key']],
    ['a quote in the password', {protocol: 'SASL_SSL', user: 'u', password: 'a"b'}, ['garbled']],
    ['a line end in the user', {protocol: 'SASL_SSL', user: 'u\n', password: 'ab'}, ['garbled']],
    [
      'OAUTHBEARER without TLS',
      {protocol: 'SASL_PLAINTEXT', 'sasl.mechanism': 'OAUTHBEARER', tokenProvider: 'MSKRoleAccessTokenProvider'},
      ['token'],
    ],
    [
      'OAUTHBEARER with a provider that is none',
      {protocol: 'SASL_SSL', 'sasl.mechanism': 'OAUTHBEARER', tokenProvider: 'Okta'},
      ['token'],
    ],
  ])('%s', (_case, data, kinds) => {
    expect(judgeKafkaSecret(factsOf(data)).faults.map(({kind}) => kind)).toEqual(kinds)
    expect(controlPlaneFault(factsOf(data))).toBeUndefined()
  })
})

describe('which format it is, and who reads that', () => {
  test.each<[string, Record<string, string>, object]>([
    ['the one to write', {protocol: 'SSL', ...pair}, {format: 'protocol', protocol: 'SSL'}],
    [
      'SASL without a mechanism is PLAIN',
      {protocol: 'SASL_SSL', ...login},
      {format: 'protocol', protocol: 'SASL_SSL', mechanism: 'PLAIN'},
    ],
    [
      "the document's second example",
      {'tls.enabled': 'true', saslType: 'SCRAM-SHA-512', ...login},
      {format: 'legacy', protocol: 'SASL_SSL', mechanism: 'SCRAM-SHA-512'},
    ],
    ['the old format with a CA', {'ca.crt': certificate}, {format: 'legacy', protocol: 'SSL'}],
    [
      'the old format without TLS, user under its old name',
      {username: 'u', password: 'p', sasltype: 'PLAIN'},
      {format: 'legacy', protocol: 'SASL_PLAINTEXT', mechanism: 'PLAIN'},
    ],
    [
      'both beside each other',
      {protocol: 'SASL_SSL', 'sasl.mechanism': 'PLAIN', saslType: 'PLAIN', 'tls.enabled': 'true', ...login},
      {format: 'both', protocol: 'SASL_SSL', mechanism: 'PLAIN'},
    ],
    ['something else', {'tls.crt': 'x'}, {format: 'neither'}],
  ])('%s', (_case, data, verdict) => {
    const {faults: _faults, ...rest} = judgeKafkaSecret(factsOf(data))
    expect(rest).toEqual(verdict)
  })

  test('the old format is read by channels and dispatchers, not by the ingress of brokers and not by sinks', () => {
    expect(readersOf('protocol').wouldNot).toEqual([])
    expect(readersOf('both')).toEqual(readersOf('protocol'))
    expect(readersOf('legacy')).toEqual({
      reads: ['control plane of brokers and sinks', 'trigger dispatcher', 'KafkaChannel'],
      wouldNot: ['broker ingress', 'trigger dispatcher of KafkaNamespaced', 'KafkaSink'],
    })
    expect(readersOf('neither').reads).toEqual([])
  })

  test.each([
    ['PRIVATE KEY', 'PKCS#8'],
    ['RSA PRIVATE KEY', 'PKCS#1'],
    ['EC PRIVATE KEY', 'SEC1'],
    ['ENCRYPTED PRIVATE KEY', 'encrypted'],
    ['CERTIFICATE', 'none'],
  ])('a block %s is %s', (label, form) => {
    expect(keyFormOf(key(label))).toBe(form)
  })

  test('a key that OpenSSL has encrypted in its old way is encrypted, not PKCS#1', () => {
    expect(keyFormOf('-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n')).toBe('encrypted')
  })
})

describe('the command that repairs', () => {
  const object = {apiVersion: 'v1', kind: 'Secret', name: 'creds', namespace: 'shop'}
  const patch = (values: object): string =>
    `kubectl -n shop patch secret creds --type=merge -p '${JSON.stringify({stringData: values})}'`
  test.each<[string, Record<string, string>, string]>([
    [
      'adds two keys to the old format, so that nobody has to look the password up',
      {'tls.enabled': 'true', saslType: 'SCRAM-SHA-512', ...login},
      patch({protocol: 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512'}),
    ],
    ['cuts the line end of a protocol', {protocol: 'SASL_SSL\n', ...login}, patch({protocol: 'SASL_SSL'})],
    [
      'spells a mechanism right',
      {protocol: 'SASL_SSL', 'sasl.mechanism': 'scram_sha_256', ...login},
      patch({'sasl.mechanism': 'SCRAM-SHA-256'}),
    ],
    ['writes true for 1', {protocol: 'SSL', 'user.skip': '1'}, patch({'user.skip': 'true'})],
    [
      'recreates it where the old format has the user under its old name',
      {'tls.enabled': 'true', username: 'u', password: 'p', saslType: 'PLAIN'},
      'kubectl sfl secret create-kafka-auth creds -n shop --mechanism PLAIN --user USER --password-file FILE --replace',
    ],
    [
      'converts a key',
      {protocol: 'SSL', ...pair, 'user.key': key('RSA PRIVATE KEY')},
      'kubectl sfl secret create-kafka-auth creds -n shop --client-cert CERT.pem --client-key KEY.pem --convert-key --replace',
    ],
    [
      'asks for the password again',
      {protocol: 'SASL_PLAINTEXT', user: 'x'},
      'kubectl sfl secret create-kafka-auth creds -n shop --no-tls --mechanism PLAIN --user USER --password-file FILE --replace',
    ],
  ])('%s', (_case, data, repair) => {
    expect(secretContentFindings(object, factsOf(data)).map((one) => printCommands(one.repair ?? []))).toEqual([repair])
  })

  test('the old format is an error for brokers and a warning where only channels read it', () => {
    const facts = factsOf({'tls.enabled': 'true', saslType: 'PLAIN', ...login})
    expect(secretContentFindings(object, facts)[0]).toMatchObject({code: 'SFL-K04', level: 'error'})
    expect(secretContentFindings(object, facts, {channelsOnly: true})[0]).toMatchObject({
      code: 'SFL-A22',
      level: 'warning',
    })
  })
})

test('whatever user, password and key are, the facts hold none of them', () => {
  const long = fc.string({minLength: 12}).filter((text) => !kept.includes(text))
  const kept = 'SASL_SSL SCRAM-SHA-512 password user.key user protocol sasl.mechanism garbled keys keyForm none'
  fc.assert(
    fc.property(long, long, long, (user, password, userKey) => {
      const facts = factsOf({
        protocol: 'SASL_SSL',
        'sasl.mechanism': 'SCRAM-SHA-512',
        user,
        password,
        'user.key': userKey,
      })
      const text = JSON.stringify([facts, judgeKafkaSecret(facts)])
      for (const value of [user, password, userKey]) expect(text).not.toContain(JSON.stringify(value).slice(1, -1))
    }),
  )
})

test.each(['a"b', 'a\\b', 'a\nb', 'a\tb', 'a\u2028b'])('%j would be garbled', (text) => {
  expect(isGarbled(text)).toBe(true)
})

test('letters of all languages, blanks and other signs are no trouble', () => {
  expect(isGarbled("pass wörd £$%&'=;{}#@ 密码")).toBe(false)
})
