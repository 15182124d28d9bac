import {type ConfigReference, parseBrokerConfig} from '../../eventing/broker/config.js'
import {invalid} from '../../core/errors.js'
import {collectFaults} from '../../core/option-faults.js'
import {SecretValue} from '../../secret/secret-value.js'
import {didYouMean} from '../../core/suggest.js'
import {checkName, checkNamespace} from '../../core/syntax.js'
import {isGarbled, MECHANISMS, SecretKey, usesSasl, usesTls, type Protocol} from './secret-format.js'

/** Flags of `secret create-kafka-auth`, with the files they name already read. */
export interface KafkaAuthOptions {
  name?: string | undefined
  namespace?: string | undefined
  brokerConfig?: string | undefined
  mechanism?: string | undefined
  user?: string | undefined
  /** `ask` when it will be asked for. */
  password?: SecretValue | 'ask' | undefined
  authority?: string | undefined
  client?: string | undefined
  key?: SecretValue | undefined
  /** The flags that were given, whether or not their files could be read. */
  given: {authority: boolean; client: boolean; key: boolean; password: boolean}
  tls: boolean
  skipClientAuth: boolean
  forChannels: boolean
  attach: boolean
  via?: string | undefined
  /** What was wrong with files and password. */
  faults: readonly string[]
}

/** What is wanted, checked as far as that goes without a cluster. */
export interface KafkaAuthRequest {
  name: string
  /** Of `-n`. */
  namespace?: string
  /** The ConfigMap of the brokers that will use it. */
  config?: Required<ConfigReference>
  protocol: Protocol
  data: Readonly<Record<string, SecretValue>>
  forChannels: boolean
  attach: boolean
}

const howToLogIn =
  'say how to log in to Kafka: --mechanism, --user and --password-stdin or --password-file (SASL), or --client-cert and --client-key, or --skip-client-auth (TLS)'

/**
 * Checks the flags and makes the data of the Secret. The protocol follows from what is given: SASL with `--user`, TLS unless
 * `--no-tls`. Throws InvalidArgument; several faults come as one error with `causes`.
 */
export const readKafkaAuth = (options: KafkaAuthOptions): KafkaAuthRequest => {
  const {attempt, reject, check} = collectFaults()
  const {given, tls, skipClientAuth} = options
  const name =
    options.name === undefined || options.name === ''
      ? void reject('the name of the Secret is missing')
      : attempt(() => checkName(options.name ?? '', 'secret name'))
  const namespace = attempt(() => (options.namespace ? checkNamespace(options.namespace) : undefined))
  const config = attempt(() => readConfig(options, namespace))
  options.faults.forEach(reject)

  const sasl = options.user !== undefined || options.mechanism !== undefined || given.password
  const mechanism = attempt(() => (options.mechanism === undefined ? undefined : readMechanism(options.mechanism)))
  if (sasl) {
    if (options.user === undefined) reject('SASL needs --user')
    if (options.mechanism === undefined) reject(`SASL needs --mechanism, one of ${MECHANISMS.join(', ')}`)
    if (!given.password && options.password === undefined) reject('SASL needs --password-stdin or --password-file')
  }
  if (options.user === '') reject('--user is empty')
  if (options.user !== undefined && isGarbled(options.user))
    reject('--user has a double quote, a backslash or a control character, which the data plane would garble')
  if (given.client !== given.key)
    reject(`${given.client ? '--client-key' : '--client-cert'} is missing: both belong together`)
  if (skipClientAuth && (given.client || given.key))
    reject('--skip-client-auth and --client-cert contradict each other')
  if (!tls && (given.authority || given.client || given.key || skipClientAuth))
    reject('--no-tls and the flags for TLS contradict each other')
  if (!tls && !sasl) reject('--no-tls needs SASL: Kafka without TLS and without SASL needs no Secret')
  else if (!sasl && !given.client && !given.key && !skipClientAuth) reject(howToLogIn)
  if (options.via !== undefined && !options.attach) reject('--via needs --attach')
  check()

  const protocol: Protocol = sasl ? (tls ? 'SASL_SSL' : 'SASL_PLAINTEXT') : 'SSL'
  return {
    name: name ?? '',
    ...(namespace === undefined ? {} : {namespace}),
    ...(config === undefined ? {} : {config}),
    protocol,
    data: dataOf(protocol, mechanism, options),
    forChannels: options.forChannels,
    attach: options.attach,
  }
}

const readConfig = ({brokerConfig}: KafkaAuthOptions, namespace: string | undefined) => {
  if (brokerConfig === undefined) return undefined
  const config = parseBrokerConfig(brokerConfig)
  if (config.apiVersion !== 'v1' || config.kind !== 'ConfigMap')
    throw invalid(`--broker-config: a Kafka broker takes only a ConfigMap, not ${config.kind}`)
  const home = config.namespace ?? namespace
  if (home === undefined)
    throw invalid(`--broker-config: write the namespace too, cm:${config.name}:NAMESPACE, or give -n`)
  if (namespace !== undefined && home !== namespace)
    throw invalid(
      `-n ${namespace} contradicts --broker-config: brokers look for the Secret where their ConfigMap is, in ${home}`,
    )
  return {...config, namespace: home}
}

const readMechanism = (text: string): string => {
  const found = MECHANISMS.find((one) => one === text.toUpperCase())
  if (found !== undefined) return found
  const near = didYouMean(text.toUpperCase(), MECHANISMS)
  throw invalid(`--mechanism: "${text}" is not one of ${MECHANISMS.join(', ')}${near === undefined ? '' : `; ${near}`}`)
}

/**
 * The `protocol` format, and with `--for-channels` the keys of the old format beside it. A public CA is said by leaving
 * `ca.crt` out: the data plane then trusts what the system trusts.
 */
const dataOf = (
  protocol: Protocol,
  mechanism: string | undefined,
  {user, password, authority, client, key, skipClientAuth, forChannels}: KafkaAuthOptions,
): Record<string, SecretValue> => {
  const text = (name: string, value: string | undefined): [string, SecretValue][] =>
    value === undefined ? [] : [[name, SecretValue.fromText(value)]]
  return Object.fromEntries([
    ...text(SecretKey.Protocol, protocol),
    ...text(SecretKey.Mechanism, usesSasl(protocol) ? mechanism : undefined),
    ...text(SecretKey.User, user),
    ...(password instanceof SecretValue ? [[SecretKey.Password, password] as const] : []),
    ...text(SecretKey.Authority, authority),
    ...text(SecretKey.Certificate, client),
    ...(key === undefined ? [] : [[SecretKey.Key, key] as const]),
    ...text(SecretKey.SkipClientAuth, skipClientAuth ? 'true' : undefined),
    ...(forChannels
      ? [
          ...text(SecretKey.LegacyTls, usesTls(protocol) ? 'true' : undefined),
          ...text(SecretKey.LegacyMechanism, usesSasl(protocol) ? mechanism : undefined),
        ]
      : []),
  ])
}

/** Adds the password that was asked for. */
export const withPassword = (request: KafkaAuthRequest, password: SecretValue): KafkaAuthRequest => ({
  ...request,
  data: {...request.data, [SecretKey.Password]: password},
})

/** What a password may not be; `undefined` when it is fine. Never says the password itself. */
export const passwordFault = (text: string, forKafka: boolean): string | undefined => {
  if (text === '') return 'the password is empty'
  if (text.includes('\uFFFD')) return 'the password is not UTF-8'
  if (/[\r\n]/.test(text)) return 'the password has more than one line'
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'the password has a control character'
  if (forKafka && isGarbled(text))
    return 'the password has a double quote or a backslash, which the data plane of Knative would garble'
  return undefined
}

/** One line end at the end comes from an editor or `echo`, not from the password. */
export const withoutLineEnd = (text: string): string => text.replace(/\r?\n$/, '')
