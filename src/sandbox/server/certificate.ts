import 'reflect-metadata'
import {webcrypto} from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** PEM texts for a server on the loopback interface. */
export interface Certificate {
  authority: string
  certificate: string
  key: string
}

const day = 24 * 60 * 60 * 1000
const algorithm = {name: 'ECDSA', namedCurve: 'P-256'}
const signing = {name: 'ECDSA', hash: 'SHA-256'}

const pem = (label: string, der: ArrayBuffer): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** A fresh authority and a certificate of it for 127.0.0.1 and localhost, valid for a year from a day ago. */
export const makeCertificate = async (now: Date): Promise<Certificate> => {
  const {subtle} = webcrypto
  const [authorityKeys, keys] = await Promise.all([
    subtle.generateKey(algorithm, true, ['sign', 'verify']),
    subtle.generateKey(algorithm, true, ['sign', 'verify']),
  ])
  const life = {notBefore: new Date(now.getTime() - day), notAfter: new Date(now.getTime() + 365 * day)}
  const authority = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '01',
      name: 'CN=sandbox-ca',
      ...life,
      keys: authorityKeys,
      signingAlgorithm: signing,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.digitalSignature, true),
      ],
    },
    webcrypto,
  )
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: '02',
      subject: 'CN=sandbox',
      issuer: authority.subject,
      ...life,
      publicKey: keys.publicKey,
      signingKey: authorityKeys.privateKey,
      signingAlgorithm: signing,
      extensions: [
        new x509.BasicConstraintsExtension(false),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          {type: 'ip', value: '127.0.0.1'},
          {type: 'dns', value: 'localhost'},
        ]),
      ],
    },
    webcrypto,
  )
  return {
    authority: authority.toString('pem'),
    certificate: certificate.toString('pem'),
    key: pem('PRIVATE KEY', await subtle.exportKey('pkcs8', keys.privateKey)),
  }
}
