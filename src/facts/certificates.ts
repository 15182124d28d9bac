import {createPrivateKey, X509Certificate, type KeyObject} from 'node:crypto'
import {
  type CertificateBundle,
  type CertificateFacts,
  type KeyFacts,
  type PemFacts,
} from '../domain/kafka/credentials/certificates.js'
import {keyFormOf} from '../domain/kafka/credentials/secret-format.js'
import {SecretValue} from '../domain/secret/secret-value.js'

/** X.509 and private keys are read here and nowhere else; what goes on is plain data. */

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g

const blocksOf = (pem: string, label: RegExp): string[] =>
  [...pem.matchAll(BLOCK)].flatMap(([block, found = '']) => (label.test(found) ? [block] : []))

/** `CN=orders, O=shop` of Node's one line an attribute. */
const nameOf = (text: string | undefined): string => (text ?? '').split('\n').filter(Boolean).join(', ')

const factsOf = (certificate: X509Certificate): CertificateFacts => ({
  subject: nameOf(certificate.subject),
  issuer: nameOf(certificate.issuer),
  notBefore: Date.parse(certificate.validFrom),
  notAfter: Date.parse(certificate.validTo),
  authority: certificate.ca,
})

interface Pem {
  facts: PemFacts
  certificates: readonly X509Certificate[]
}

const readPem = (text: string): Pem => {
  const blocks = blocksOf(text, /^(X509 |TRUSTED )?CERTIFICATE$/)
  const last = [...text.matchAll(BLOCK)].at(-1)
  const trailing = last !== undefined && text.slice(last.index + last[0].length).trim() !== ''
  const unreadable = (fault: string): Pem => ({facts: {certificates: [], fault, trailing: false}, certificates: []})
  if (blocks.length === 0)
    return unreadable(
      blocksOf(text, /PRIVATE KEY$/).length > 0
        ? 'it holds a private key instead of a certificate'
        : 'it holds no PEM block "BEGIN CERTIFICATE"',
    )
  try {
    const certificates = blocks.map((block) => new X509Certificate(block))
    return {facts: {certificates: certificates.map(factsOf), trailing}, certificates}
  } catch {
    return unreadable('a PEM block of it is no X.509 certificate')
  }
}

const readKey = (text: string): {facts: KeyFacts; key?: KeyObject} => {
  const form = keyFormOf(text)
  if (form === 'none' || form === 'encrypted') return {facts: {form}}
  try {
    return {facts: {form}, key: createPrivateKey(blocksOf(text, /PRIVATE KEY$/)[0] ?? '')}
  } catch {
    // The words of OpenSSL say nothing to anyone, and might say too much.
    return {facts: {form, fault: 'its PEM block is damaged'}}
  }
}

const issued = (certificate: X509Certificate, issuer: X509Certificate): boolean => {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

/** Whether signatures lead from the first certificate, over the others sent with it, to one of the authorities. */
const leadsTo = (chain: readonly X509Certificate[], authorities: readonly X509Certificate[]): boolean => {
  let [current] = chain
  for (const _step of chain) {
    const here: X509Certificate | undefined = current
    if (here === undefined) return false
    if (authorities.some((one) => one.fingerprint256 === here.fingerprint256 || issued(here, one))) return true
    current = chain.find((one) => one !== here && issued(here, one))
  }
  return false
}

/** The parts of the TLS credentials, as they are in files or in a Secret. */
export interface CertificateTexts {
  authority?: string
  client?: string
  key?: string
}

/** Looks at certificates and key; nothing of a key goes into the answer but its form. */
export const examineCertificates = ({authority, client, key}: CertificateTexts): CertificateBundle => {
  const trusted = authority === undefined ? undefined : readPem(authority)
  const own = client === undefined ? undefined : readPem(client)
  const secret = key === undefined ? undefined : readKey(key)
  const [leaf] = own?.certificates ?? []
  return {
    ...(trusted === undefined ? {} : {authority: trusted.facts}),
    ...(own === undefined ? {} : {client: own.facts}),
    ...(secret === undefined
      ? {}
      : {
          key: {
            ...secret.facts,
            ...(leaf === undefined || secret.key === undefined ? {} : {matches: leaf.checkPrivateKey(secret.key)}),
          },
        }),
    ...(leaf === undefined || own === undefined || trusted === undefined || trusted.certificates.length === 0
      ? {}
      : {leadsToAuthority: leadsTo(own.certificates, trusted.certificates)}),
  }
}

/** A PKCS#1 or SEC1 key in PKCS#8; `undefined` for a key that cannot be read, an encrypted one for example. */
export const convertKey = (key: SecretValue): SecretValue | undefined => {
  const {key: read} = readKey(key.revealText())
  if (read === undefined) return undefined
  return SecretValue.fromText(String(read.export({type: 'pkcs8', format: 'pem'})))
}
