import {describe, expect, test} from 'vitest'
import {
  certificateFindings,
  earliestExpiry,
  type CertificateBundle,
  type CertificateFacts,
} from '../../../../src/domain/kafka/credentials/certificates.js'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const DAY = 24 * 3600 * 1000
const object = {apiVersion: 'v1', kind: 'Secret', name: 'creds', namespace: 'shop'}
const names = {authority: '--ca-cert ca.pem', client: '--client-cert c.pem', key: '--client-key k.pem', repairs: {}}

const certificate = (from: number, to: number, authority = false): CertificateFacts => ({
  subject: 'CN=orders',
  issuer: 'CN=kafka-ca',
  notBefore: NOW + from * DAY,
  notAfter: NOW + to * DAY,
  authority,
})
const client = (from: number, to: number): CertificateBundle => ({
  client: {certificates: [certificate(from, to)], trailing: false},
})

const told = (bundle: CertificateBundle): string =>
  certificateFindings(object, bundle, names, NOW)
    .map(({level, code, message}) => `${level} ${code} ${message}`)
    .join('\n')

describe('what is said of certificates and keys', () => {
  test.each<[string, CertificateBundle, string]>([
    ['long valid', client(-1, 31), ''],
    ['30 days left to the minute', client(-1, 30), ''],
    [
      'less than 30 days left',
      client(-1, 29.5),
      'warning SFL-A09 certificate CN=orders in --client-cert c.pem expires on 2026-03-31, in 29 days',
    ],
    [
      'the last day',
      client(-1, 1),
      'warning SFL-A09 certificate CN=orders in --client-cert c.pem expires on 2026-03-02, in 1 day',
    ],
    [
      'expired this moment',
      client(-1, 0),
      'error SFL-A08 certificate CN=orders in --client-cert c.pem expired on 2026-03-01, 0 days ago',
    ],
    [
      'not valid yet',
      client(3, 100),
      'error SFL-A10 certificate CN=orders in --client-cert c.pem is valid only from 2026-03-04 on, in 3 days',
    ],
    [
      'a CA file without a CA',
      {authority: {certificates: [certificate(-1, 100)], trailing: false}},
      'warning SFL-A12 --ca-cert ca.pem has no CA certificate, only CN=orders; it is trusted as it is and fails with the next renewal',
    ],
    [
      'an unreadable CA file',
      {authority: {certificates: [], fault: 'it holds no PEM block "BEGIN CERTIFICATE"', trailing: false}},
      'error SFL-A04 --ca-cert ca.pem cannot be read: it holds no PEM block "BEGIN CERTIFICATE"',
    ],
    ['a good key', {key: {form: 'PKCS#8', matches: true}}, ''],
    [
      'a key of another pair',
      {key: {form: 'PKCS#8', matches: false}},
      'error SFL-A06 --client-key k.pem does not belong to --client-cert c.pem: the public keys differ ("failed to load x.509 key pair: tls: private key does not match public key")',
    ],
    [
      'a key in PKCS#1',
      {key: {form: 'PKCS#1'}},
      "error SFL-A05 --client-key k.pem is in PKCS #1; the controller says: unsupported user key format in user.key, 'PKCS #1' format is not supported, convert private key to 'PKCS #8'",
    ],
    [
      'a key in SEC1',
      {key: {form: 'SEC1'}},
      'error SFL-A05 --client-key k.pem is in SEC1; the control plane takes it, the data plane reads only PKCS #8',
    ],
    [
      'an encrypted key',
      {key: {form: 'encrypted'}},
      'error SFL-A05 --client-key k.pem is encrypted, and nobody has its passphrase',
    ],
    ['no key at all', {key: {form: 'none'}}, 'error SFL-A05 --client-key k.pem holds no private key in PEM'],
    [
      'a damaged key',
      {key: {form: 'PKCS#8', fault: 'its PEM block is damaged'}},
      'error SFL-A05 --client-key k.pem cannot be read: its PEM block is damaged',
    ],
    [
      'a client certificate of another CA, as with Strimzi',
      {leadsToAuthority: false},
      'note SFL-A11 --client-cert c.pem was not issued by --ca-cert ca.pem; that is as it should be where Kafka has one CA for its servers and another one for its clients, as Strimzi has',
    ],
    [
      'text behind the blocks',
      {client: {certificates: [certificate(-1, 100)], trailing: true}},
      'note SFL-A19 --client-cert c.pem has text after its last PEM block, which nobody reads',
    ],
  ])('%s', (_case, bundle, text) => {
    expect(told(bundle)).toBe(text)
  })

  test('the first certificate to expire counts', () => {
    const of = (to: number) => ({certificates: [certificate(-1, to)], trailing: false})
    expect(earliestExpiry({authority: of(10), client: of(5)})).toBe(NOW + 5 * DAY)
    expect(earliestExpiry({})).toBeUndefined()
  })
})
