import {createPrivateKey} from 'node:crypto'
import {beforeAll, describe, expect, test} from 'vitest'
import {SecretValue} from '../../src/domain/secret/secret-value.js'
import {convertKey, examineCertificates} from '../../src/facts/certificates.js'
import {newAuthority, type Authority, type Pair} from '../support/certificates.js'

let authority: Authority
let pair: Pair
let rsa: Pair

const from = new Date('2026-01-01T00:00:00Z')
const to = new Date('2026-06-01T00:00:00Z')

beforeAll(async () => {
  authority = await newAuthority('kafka-ca', {notBefore: from, notAfter: to})
  pair = await authority.issue({commonName: 'orders', notBefore: from, notAfter: to})
  rsa = await authority.issue({commonName: 'rsa', rsa: true, notBefore: from, notAfter: to})
})

const sec1 = (): string => String(createPrivateKey(pair.key).export({type: 'sec1', format: 'pem'}))
const pkcs1 = (): string => String(createPrivateKey(rsa.key).export({type: 'pkcs1', format: 'pem'}))

describe('certificates and key', () => {
  test('of one pair and its CA are seen through', () => {
    expect(examineCertificates({authority: authority.cert, client: pair.cert, key: pair.key})).toEqual({
      authority: {
        certificates: [
          {subject: 'CN=kafka-ca', issuer: 'CN=kafka-ca', notBefore: +from, notAfter: +to, authority: true},
        ],
        trailing: false,
      },
      client: {
        certificates: [
          {subject: 'CN=orders', issuer: 'CN=kafka-ca', notBefore: +from, notAfter: +to, authority: false},
        ],
        trailing: false,
      },
      key: {form: 'PKCS#8', matches: true},
      leadsToAuthority: true,
    })
  })

  test('of two pairs do not belong together', () => {
    expect(examineCertificates({client: pair.cert, key: rsa.key}).key).toEqual({form: 'PKCS#8', matches: false})
  })

  test('of another CA do not lead to this one, although it has the same name', async () => {
    const other = await newAuthority('kafka-ca')
    expect(examineCertificates({authority: other.cert, client: pair.cert}).leadsToAuthority).toBe(false)
  })

  test('are found in a bundle of several, with text between them', () => {
    const {authority: found} = examineCertificates({
      authority: `subject=CN=orders\n${pair.cert}\nsubject=CN=kafka-ca\n${authority.cert}`,
    })
    expect(found?.certificates.map(({subject}) => subject)).toEqual(['CN=orders', 'CN=kafka-ca'])
    expect(found?.trailing).toBe(false)
  })

  test.each<[string, () => string, object]>([
    ['text after the last block', () => `${pair.cert}-----BEGIN CERT`, {trailing: true}],
    ['no PEM', () => '0\u0082\u0003', {fault: 'it holds no PEM block "BEGIN CERTIFICATE"'}],
    ['the key in its place', () => pair.key, {fault: 'it holds a private key instead of a certificate'}],
    [
      'a damaged block',
      () => '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      {fault: 'a PEM block of it is no X.509 certificate'},
    ],
  ])('with %s: the fault is told', (_case, text, facts) => {
    expect(examineCertificates({client: text()}).client).toMatchObject(facts)
  })

  test.each<[string, () => string, object]>([
    ['PKCS#1', pkcs1, {form: 'PKCS#1'}],
    ['SEC1', sec1, {form: 'SEC1'}],
    [
      'encrypted',
      () =>
        String(
          createPrivateKey(pair.key).export({type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x'}),
        ),
      {form: 'encrypted'},
    ],
    ['none', () => pair.cert, {form: 'none'}],
    [
      'PKCS#8',
      () => '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
      {form: 'PKCS#8', fault: 'its PEM block is damaged'},
    ],
  ])('a key is told apart: %s', (_case, text, facts) => {
    expect(examineCertificates({key: text()}).key).toEqual(facts)
  })
})

describe('conversion to PKCS#8', () => {
  test.each<[string, () => string, () => Pair]>([
    ['PKCS#1', pkcs1, () => rsa],
    ['SEC1', sec1, () => pair],
  ])('a key in %s becomes the same key', (_form, text, whole) => {
    const converted = convertKey(SecretValue.fromText(text()))?.revealText() ?? ''
    expect(examineCertificates({client: whole().cert, key: converted}).key).toEqual({form: 'PKCS#8', matches: true})
  })

  test('what cannot be read is not converted', () => {
    expect(convertKey(SecretValue.fromText('x'))).toBeUndefined()
  })
})
