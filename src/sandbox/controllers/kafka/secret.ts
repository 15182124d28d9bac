import {
  isGarbled,
  keyFormOf,
  MECHANISMS,
  PROTOCOLS,
  SecretKey,
  usesSasl,
  usesTls,
} from '../../../domain/kafka/credentials/secret-format.js'
import {type KubeObject} from '../../../domain/core/object.js'
import {textsAt} from '../../../domain/core/read.js'
import {hasCertificate, isPkcs1, keyPairFault} from './key-pair.js'

type Data = Readonly<Record<string, string>>

/** How old releases of the control plane differ (eventing-kafka-broker release notes). */
export interface Behaviour {
  /** A secret without `protocol` is read in the format of old channels: since 1.14. */
  readsLegacy: boolean
  /** A private key in PKCS #1 is refused: since 1.16. */
  refusesPkcs1: boolean
}

export const behaviourOf = ([major, minor]: readonly [number, number]): Behaviour => ({
  readsLegacy: major > 1 || minor >= 14,
  refusesPkcs1: major > 1 || minor >= 16,
})

const dataOf = (secret: KubeObject): Data =>
  Object.fromEntries(
    Object.entries(textsAt(secret, 'data')).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  )

const protocols: readonly string[] = PROTOCOLS
const supported = `supported protocols: [${protocols.join(' ')}]`
const mechanisms: readonly string[] = MECHANISMS
const bearer = 'OAUTHBEARER'
const tokenProviders = ['MSKAccessTokenProvider', 'MSKRoleAccessTokenProvider']

/** Go's strconv.ParseBool: `undefined` for what it refuses. */
const goBoolean = (text: string): boolean | undefined => {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true
  return ['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text) ? false : undefined
}

/** A secret of old channels as the control plane completes it (control-plane/pkg/security/secrets_provider_legacy_channel_secret.go). */
const completed = (data: Data): Data => {
  const tls = Boolean(data[SecretKey.Authority]) || goBoolean(data[SecretKey.LegacyTls] ?? '') === true
  const sasl =
    data[SecretKey.Password] !== undefined &&
    (data[SecretKey.LegacyUser] !== undefined || data[SecretKey.User] !== undefined)
  const mechanism = data[SecretKey.LegacyMechanism] ?? data[SecretKey.OldLegacyMechanism]
  const user = data[SecretKey.User] ?? data[SecretKey.LegacyUser]
  return {
    ...data,
    protocol: sasl ? (tls ? 'SASL_SSL' : 'SASL_PLAINTEXT') : tls ? 'SSL' : 'PLAINTEXT',
    ...(mechanism === undefined ? {} : {[SecretKey.Mechanism]: mechanism}),
    ...(user === undefined ? {} : {user}),
  }
}

const saslFault = (data: Data): string | undefined => {
  const mechanism = data[SecretKey.Mechanism] ?? 'PLAIN'
  if (mechanism === bearer) {
    const provider = data[SecretKey.TokenProvider]
    return provider === undefined || tokenProviders.includes(provider)
      ? undefined
      : `failed to create OAUTHBEARER token provider: unsupported token provider: ${provider}`
  }
  if (!data[SecretKey.User]) return 'SASL user required (key: user)'
  if (!data[SecretKey.Password]) return 'SASL password required (key: password)'
  return mechanisms.includes(mechanism) ? undefined : 'unsupported SASL mechanism (key: sasl.mechanism)'
}

const authorityFault = ({[SecretKey.Authority]: authority}: Data): string | undefined =>
  authority === undefined || hasCertificate(authority) ? undefined : 'failed to parse CA certificates (key: ca.crt)'

const clientFault = (data: Data, {refusesPkcs1}: Behaviour): string | undefined => {
  const flag = data[SecretKey.SkipClientAuth]
  const skip = flag === undefined ? false : goBoolean(flag)
  if (skip === undefined)
    return `failed to parse client auth flag (key: user.skip): strconv.ParseBool: parsing ${JSON.stringify(flag)}: invalid syntax`
  if (skip) return undefined
  const [key, certificate] = [data[SecretKey.Key], data[SecretKey.Certificate]]
  const missing = (name: string) => `required user key (key: ${name}) - use "user.skip: true" to disable client auth`
  if (key === undefined) return missing(SecretKey.Key)
  if (certificate === undefined) return missing(SecretKey.Certificate)
  const fault = keyPairFault(certificate, key)
  if (fault !== undefined) return `failed to load x.509 key pair: ${fault}`
  return refusesPkcs1 && isPkcs1(key)
    ? "unsupported user key format in user.key, 'PKCS #1' format is not supported, convert private key to 'PKCS #8'"
    : undefined
}

/** What the control plane finds wrong with a broker's secret (control-plane/pkg/security/secret.go). */
export const controlPlaneFault = (secret: KubeObject, behaviour: Behaviour): string | undefined => {
  const written = dataOf(secret)
  const data = behaviour.readsLegacy && !written[SecretKey.Protocol] ? completed(written) : written
  const {protocol} = data
  if (protocol === undefined) return `protocol required (key: protocol) ${supported}`
  if (!protocols.includes(protocol)) return `protocol ${protocol} unsupported (key: protocol), ${supported}`
  const fault =
    (usesSasl(protocol) ? saslFault(data) : undefined) ??
    (usesTls(protocol) ? authorityFault(data) : undefined) ??
    (protocol === 'SSL' ? clientFault(data, behaviour) : undefined)
  return fault === undefined ? undefined : `[protocol ${protocol}] ${fault}`
}

/**
 * Whether the broker's ingress takes the secret (data-plane/core KafkaClientsAuth.java and its validator). It is
 * stricter than the control plane: no old format, no `1` for true, PKCS #8 only, nothing that breaks its settings.
 */
export const ingressAccepts = (secret: KubeObject): boolean => {
  const data = dataOf(secret)
  const {protocol = ''} = data
  if (!protocols.includes(protocol)) return false
  const [key, certificate, user, password] = [
    data[SecretKey.Key],
    data[SecretKey.Certificate],
    data[SecretKey.User],
    data[SecretKey.Password],
  ]
  const skips = data[SecretKey.SkipClientAuth]?.toLowerCase() === 'true'
  if (protocol === 'SSL' && !skips && (!key || !certificate)) return false
  if (usesTls(protocol) && !skips && key && certificate && keyFormOf(key) !== 'PKCS#8') return false
  if (!usesSasl(protocol)) return true
  if (data[SecretKey.Mechanism] === bearer && protocol === 'SASL_SSL') return true
  return Boolean(user && password) && ![user, password].some((text) => isGarbled(text ?? ''))
}
