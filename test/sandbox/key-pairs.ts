import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import {createPrivateKey, webcrypto} from 'node:crypto'

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const
const ec = {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'} as const

/** A certificate and its key in several forms, PEM. */
export interface KeyPair {
  certificate: string
  pkcs8: string
  /** RSA: PKCS #1, EC: SEC1. */
  traditional: string
}

const pairOf = async (algorithm: typeof rsa | typeof ec, traditional: 'pkcs1' | 'sec1'): Promise<KeyPair> => {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=test',
      serialNumber: '01',
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2027-01-01T00:00:00Z'),
      signingAlgorithm: algorithm,
      keys,
    },
    webcrypto,
  )
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  const key = createPrivateKey({key: der, format: 'der', type: 'pkcs8'})
  return {
    certificate: certificate.toString('pem'),
    pkcs8: key.export({format: 'pem', type: 'pkcs8'}).toString(),
    traditional: key.export({format: 'pem', type: traditional}).toString(),
  }
}

export const rsaPair = (): Promise<KeyPair> => pairOf(rsa, 'pkcs1')
export const ecPair = (): Promise<KeyPair> => pairOf(ec, 'sec1')
