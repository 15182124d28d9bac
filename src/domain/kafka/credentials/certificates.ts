import {fill, openssl, type Command, type Word} from '../../core/commands.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Ref} from '../../core/object.js'
import {type KeyForm} from './secret-format.js'

/** One X.509 certificate. Times are milliseconds since 1970. */
export interface CertificateFacts {
  /** `CN=orders, O=shop` */
  subject: string
  issuer: string
  notBefore: number
  notAfter: number
  /** It may sign others (basicConstraints CA). */
  authority: boolean
}

/** What a text of PEM blocks holds. */
export interface PemFacts {
  certificates: readonly CertificateFacts[]
  /** Why it cannot be read as certificates. */
  fault?: string
  /** There is text after the last block. */
  trailing: boolean
}

export interface KeyFacts {
  form: KeyForm
  /** Why it cannot be read. */
  fault?: string
  /** It belongs to the first of the client certificates; left out when one of them cannot be read. */
  matches?: boolean
}

/** The TLS part of the credentials, looked at without keeping any of it. */
export interface CertificateBundle {
  /** `ca.crt` */
  authority?: PemFacts
  /** `user.crt` */
  client?: PemFacts
  /** `user.key` */
  key?: KeyFacts
  /** A signature chain leads from the client certificate to one of `ca.crt`; left out without both. */
  leadsToAuthority?: boolean
}

const DAY = 24 * 3600 * 1000
/** From here on an expiry is worth a warning. */
export const SOON_DAYS = 30

/** Words for the parts in findings: a flag with its file, or a key of a Secret. */
export interface PartNames {
  authority: string
  client: string
  key: string
  /** What replaces the credentials, or converts the key. */
  repairs: {convert?: Command; replace?: Command}
  /** What else helps against a key in another format, as the end of a sentence. */
  advice?: string
}

/** Turns a key into the only format that all parts read. */
export const convertKeyCommand = (from: Word, to: Word): Command =>
  openssl('pkcs8', '-topk8', '-nocrypt', '-in', from, '-out', to)

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
const daysOf = (ms: number): string => {
  const days = Math.floor(ms / DAY)
  return days === 1 ? '1 day' : `${days} days`
}
const withRepair = (repair: Command | undefined): {repair?: Command} => (repair === undefined ? {} : {repair})

/** What is wrong with certificates and key, and what soon will be. `now` is in milliseconds since 1970. */
export const certificateFindings = (
  object: Ref,
  {authority, client, key, leadsToAuthority}: CertificateBundle,
  names: PartNames,
  now: number,
): Finding[] => {
  const {replace} = names.repairs
  return [
    ...(authority === undefined ? [] : pemFindings(object, authority, names.authority, replace, now)),
    ...(client === undefined ? [] : pemFindings(object, client, names.client, replace, now)),
    ...(authority === undefined ? [] : anchorFindings(object, authority, names)),
    ...(key === undefined ? [] : keyFindings(object, key, names)),
    ...(key?.matches === false
      ? [
          finding('SFL-A06', {
            object,
            message: `${names.key} does not belong to ${names.client}: the public keys differ ("failed to load x.509 key pair: tls: private key does not match public key")`,
            ...withRepair(replace),
          }),
        ]
      : []),
    ...(leadsToAuthority === false
      ? [
          finding('SFL-A11', {
            object,
            message: `${names.client} was not issued by ${names.authority}; that is as it should be where Kafka has one CA for its servers and another one for its clients, as Strimzi has`,
          }),
        ]
      : []),
  ]
}

const pemFindings = (
  object: Ref,
  {certificates, fault, trailing}: PemFacts,
  name: string,
  repair: Command | undefined,
  now: number,
): Finding[] => {
  if (fault !== undefined)
    return [finding('SFL-A04', {object, message: `${name} cannot be read: ${fault}`, ...withRepair(repair)})]
  return [
    ...certificates.flatMap((certificate) => validityFindings(object, certificate, name, repair, now)),
    ...(trailing
      ? [finding('SFL-A19', {object, message: `${name} has text after its last PEM block, which nobody reads`})]
      : []),
  ]
}

const validityFindings = (
  object: Ref,
  {subject, notBefore, notAfter}: CertificateFacts,
  name: string,
  repair: Command | undefined,
  now: number,
): Finding[] => {
  const what = `certificate ${subject} in ${name}`
  if (notAfter <= now)
    return [
      finding('SFL-A08', {
        object,
        message: `${what} expired on ${dateOf(notAfter)}, ${daysOf(now - notAfter)} ago`,
        ...withRepair(repair),
      }),
    ]
  if (notBefore > now)
    return [
      finding('SFL-A10', {
        object,
        message: `${what} is valid only from ${dateOf(notBefore)} on, in ${daysOf(notBefore - now)}`,
        ...withRepair(repair),
      }),
    ]
  if (notAfter - now < SOON_DAYS * DAY)
    return [
      finding('SFL-A09', {
        object,
        message: `${what} expires on ${dateOf(notAfter)}, in ${daysOf(notAfter - now)}`,
        ...withRepair(repair),
      }),
    ]
  return []
}

const anchorFindings = (object: Ref, {certificates, fault}: PemFacts, names: PartNames): Finding[] =>
  fault !== undefined || certificates.some(({authority}) => authority)
    ? []
    : [
        finding('SFL-A12', {
          object,
          message: `${names.authority} has no CA certificate, only ${certificates.map(({subject}) => subject).join('; ')}; it is trusted as it is and fails with the next renewal`,
        }),
      ]

const keyFindings = (
  object: Ref,
  {form, fault}: KeyFacts,
  {key, advice = '', repairs: {convert}}: PartNames,
): Finding[] => {
  if (form === 'none') return [finding('SFL-A05', {object, message: `${key} holds no private key in PEM`})]
  if (form === 'encrypted')
    return [
      finding('SFL-A05', {
        object,
        message: `${key} is encrypted, and nobody has its passphrase`,
        repair: convertKeyCommand(fill('KEY.pem'), fill('KEY.pkcs8.pem')),
      }),
    ]
  if (fault !== undefined) return [finding('SFL-A05', {object, message: `${key} cannot be read: ${fault}`})]
  if (form === 'PKCS#8') return []
  const why =
    form === 'PKCS#1'
      ? `the controller says: unsupported user key format in user.key, 'PKCS #1' format is not supported, convert private key to 'PKCS #8'`
      : 'the control plane takes it, the data plane reads only PKCS #8'
  return [
    finding('SFL-A05', {
      object,
      message: `${key} is in ${form.replace('#', ' #')}; ${why}${advice}`,
      ...withRepair(convert),
    }),
  ]
}

/** The first certificate to expire; `undefined` without any. */
export const earliestExpiry = ({authority, client}: CertificateBundle): number | undefined => {
  const all = [...(authority?.certificates ?? []), ...(client?.certificates ?? [])].map(({notAfter}) => notAfter)
  return all.length === 0 ? undefined : Math.min(...all)
}
