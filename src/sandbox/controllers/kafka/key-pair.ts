import {createPrivateKey, createPublicKey, type KeyObject, X509Certificate} from 'node:crypto'

interface Block {
  type: string
  der: Buffer
}

const armour = /-----BEGIN ([^-\n]+)-----\r?\n([\s\S]*?)-----END \1-----/g

/** The PEM blocks of a text, as Go's encoding/pem finds them; blocks that are no base64 are passed over. */
const blocksOf = (text: string): Block[] =>
  [...text.matchAll(armour)].flatMap(([, type = '', body = '']) => {
    const headers = body.includes(':')
    const base64 = body.replaceAll(/\s/g, '')
    return headers || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? [] : [{type, der: Buffer.from(base64, 'base64')}]
  })

const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}

const certificateFrom = (der: Buffer): X509Certificate | undefined => attempt(() => new X509Certificate(der))

/** At least one certificate in it parses (Go's CertPool.AppendCertsFromPEM). */
export const hasCertificate = (text: string): boolean =>
  blocksOf(text).some(({type, der}) => type === 'CERTIFICATE' && certificateFrom(der) !== undefined)

const isKey = (type: string) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY')
const keyOf = (text: string): Block | undefined => blocksOf(text).find(({type}) => isKey(type))

type Form = 'pkcs1' | 'pkcs8' | 'sec1'

/**
 * The form of a private key by what follows its version: a number (RSA's modulus), a sequence (the algorithm), or
 * bytes (the key). OpenSSL takes any of them for any other, Go does not.
 */
const formOf = (der: Buffer): Form | undefined => {
  const lengthBytes = (der[1] ?? 0) < 0x80 ? 1 : 1 + ((der[1] ?? 0) & 0x7f)
  const afterVersion = der[1 + lengthBytes + 3]
  if (der[0] !== 0x30 || afterVersion === undefined) return undefined
  const forms: Readonly<Record<number, Form>> = {0x02: 'pkcs1', 0x30: 'pkcs8', 0x04: 'sec1'}
  return forms[afterVersion]
}

const privateKey = (der: Buffer): KeyObject | undefined => {
  const type = formOf(der)
  return type && attempt(() => createPrivateKey({key: der, format: 'der', type}))
}

/** RSA's own format, which Java clients cannot read. */
export const isPkcs1 = (text: string): boolean => {
  const key = keyOf(text)
  return key !== undefined && formOf(key.der) === 'pkcs1' && privateKey(key.der) !== undefined
}

const skipped = (blocks: readonly Block[]) => `[${blocks.map(({type}) => type).join(' ')}]`

/** Why a certificate and a key are no pair, in the words of Go's tls.X509KeyPair. */
export const keyPairFault = (certificateText: string, keyText: string): string | undefined => {
  const inCertificate = blocksOf(certificateText)
  const leaf = inCertificate.find(({type}) => type === 'CERTIFICATE')
  if (leaf === undefined) {
    if (inCertificate.length === 0) return 'tls: failed to find any PEM data in certificate input'
    return inCertificate.length === 1 && isKey(inCertificate[0]!.type)
      ? 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched'
      : `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: ${skipped(inCertificate)}`
  }
  const inKey = blocksOf(keyText)
  const key = keyOf(keyText)
  if (key === undefined) {
    if (inKey.length === 0) return 'tls: failed to find any PEM data in key input'
    return inKey.length === 1 && inKey[0]!.type === 'CERTIFICATE'
      ? 'tls: found a certificate rather than a key in the PEM for the private key'
      : `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: ${skipped(inKey)}`
  }
  const certificate = certificateFrom(leaf.der)
  if (certificate === undefined) return 'x509: malformed certificate'
  const secret = privateKey(key.der)
  if (secret === undefined) return 'tls: failed to parse private key'
  if (certificate.publicKey.asymmetricKeyType !== secret.asymmetricKeyType)
    return 'tls: private key type does not match public key type'
  const spki = (one: KeyObject) => one.export({format: 'der', type: 'spki'})
  return spki(certificate.publicKey).equals(spki(createPublicKey(secret)))
    ? undefined
    : 'tls: private key does not match public key'
}
