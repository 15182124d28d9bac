import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import {webcrypto} from 'node:crypto'

/** A certificate and its key, PEM. */
export interface Pair {
  cert: string
  key: string
}

export interface Authority extends Pair {
  issue(options?: IssueOptions): Promise<Pair>
}

export interface IssueOptions {
  commonName?: string
  /** DNS names and IP addresses; default: this machine. */
  names?: readonly string[]
  notBefore?: Date
  notAfter?: Date
  /** An RSA key instead of one on a curve. */
  rsa?: boolean
}

const ALGORITHM = {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'}
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
}
const DAY = 24 * 3600 * 1000

/** A certificate authority that lives as long as the test. */
export const newAuthority = async (
  name = 'test-ca',
  {notBefore, notAfter}: Pick<IssueOptions, 'notBefore' | 'notAfter'> = {},
): Promise<Authority> => {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const own = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: `CN=${name}`,
      keys,
      signingAlgorithm: ALGORITHM,
      serialNumber: '01',
      notBefore: notBefore ?? new Date(Date.now() - 30 * DAY),
      notAfter: notAfter ?? new Date(Date.now() + 30 * DAY),
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      ],
    },
    webcrypto,
  )
  let serial = 1
  const issue = async (options: IssueOptions = {}): Promise<Pair> => {
    const {commonName = 'test', names = ['127.0.0.1', 'localhost'], notBefore, notAfter, rsa = false} = options
    const issued = await webcrypto.subtle.generateKey(rsa ? RSA : ALGORITHM, true, ['sign', 'verify'])
    const cert = await x509.X509CertificateGenerator.create(
      {
        subject: `CN=${commonName}`,
        issuer: own.subject,
        publicKey: issued.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        serialNumber: (++serial).toString(16).padStart(4, '0'),
        notBefore: notBefore ?? new Date(Date.now() - DAY),
        notAfter: notAfter ?? new Date(Date.now() + DAY),
        extensions: [
          new x509.SubjectAlternativeNameExtension(
            names.map((value) => ({type: /^[\d.]+$|:/.test(value) ? 'ip' : 'dns', value}) as const),
          ),
        ],
      },
      webcrypto,
    )
    return {cert: cert.toString('pem'), key: await keyPem(issued.privateKey)}
  }
  return {cert: own.toString('pem'), key: await keyPem(keys.privateKey), issue}
}

const keyPem = async (key: webcrypto.CryptoKey): Promise<string> => {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`
}
