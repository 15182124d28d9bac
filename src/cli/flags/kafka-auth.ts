import * as Flags from '@oclif/core/flags'
import {
  readKafkaAuth,
  type KafkaAuthOptions,
  type KafkaAuthRequest,
} from '../../domain/kafka/credentials/kafka-auth-options.js'
import {MECHANISMS} from '../../domain/kafka/credentials/secret-format.js'
import type {Via} from '../../domain/kafka/write-target/write-target.js'
import {SecretValue} from '../../domain/secret/secret-value.js'
import {readSecretInput, type PasswordFlags} from '../secret-input.js'
import type {Runtime} from '../runtime.js'
import {passwordFlags} from './secret.js'
import {viaFlag} from './via.js'
import {waitFlags} from './write.js'

const helpGroup = 'CREDENTIALS'
const file = (summary: string) => Flags.string({helpGroup, helpValue: 'FILE', summary})

/** The credentials for Kafka, and where they are put to use. */
export const kafkaAuthFlags = {
  'ca-cert': file("CA certificate that Kafka's servers are checked against, PEM; left out for a public CA."),
  'client-cert': file('Client certificate for Kafka, PEM.'),
  'client-key': file('Key of the client certificate, PEM, PKCS #8; here it is not the key for the API server.'),
  'convert-key': Flags.boolean({helpGroup, summary: 'Convert a key in PKCS #1 or SEC1 to PKCS #8.'}),
  'skip-client-auth': Flags.boolean({helpGroup, summary: 'TLS without a client certificate.'}),
  mechanism: Flags.string({helpGroup, helpValue: MECHANISMS.join('|'), summary: 'SASL mechanism.'}),
  user: Flags.string({
    helpGroup,
    helpValue: 'NAME',
    summary: 'User of the server that the credentials are for; here it is not the user of the kubeconfig.',
  }),
  ...passwordFlags,
  tls: Flags.boolean({
    helpGroup,
    allowNo: true,
    default: true,
    summary: 'Encrypt with TLS; --no-tls sends the password in clear.',
  }),
  'for-channels': Flags.boolean({summary: 'Write the keys that old KafkaChannels read as well.'}),
  'broker-config': Flags.string({
    helpValue: 'REF',
    summary: 'ConfigMap of the brokers that will use it, cm:NAME:NAMESPACE; left out, the default one.',
  }),
  attach: Flags.boolean({
    summary: "Put the Secret's name into the settings of the brokers, with --for-channels into those of channels too.",
  }),
  ...viaFlag,
  ...waitFlags,
}

export interface KafkaAuthFlagValues extends PasswordFlags {
  namespace?: string | undefined
  'ca-cert'?: string | undefined
  'client-cert'?: string | undefined
  'client-key'?: string | undefined
  'convert-key': boolean
  'skip-client-auth': boolean
  mechanism?: string | undefined
  user?: string | undefined
  tls: boolean
  'for-channels': boolean
  'broker-config'?: string | undefined
  attach: boolean
  via?: Via | undefined
  wait: boolean
}

/** Reads files and password, and checks all flags together. `ask`: the password is still to be asked for. */
export const readKafkaAuthFlags = async (
  runtime: Runtime,
  name: string | undefined,
  flags: KafkaAuthFlagValues,
): Promise<{request: KafkaAuthRequest; ask: boolean}> => {
  const {user, mechanism} = flags
  const input = await readSecretInput(
    runtime,
    {
      authority: {flag: '--ca-cert', path: flags['ca-cert']},
      client: {flag: '--client-cert', path: flags['client-cert']},
      key: {flag: '--client-key', path: flags['client-key']},
    },
    flags,
    {passwordNeeded: user !== undefined || mechanism !== undefined, forKafka: true},
  )
  const {authority, client, key} = input.texts
  const options: KafkaAuthOptions = {
    name,
    namespace: flags.namespace,
    brokerConfig: flags['broker-config'],
    mechanism,
    user,
    password: input.password,
    authority,
    client,
    key: key === undefined ? undefined : SecretValue.fromText(key),
    given: {
      authority: flags['ca-cert'] !== undefined,
      client: flags['client-cert'] !== undefined,
      key: flags['client-key'] !== undefined,
      password: flags['password-stdin'] || flags['password-file'] !== undefined,
    },
    tls: flags.tls,
    skipClientAuth: flags['skip-client-auth'],
    forChannels: flags['for-channels'],
    attach: flags.attach,
    via: flags.via,
    faults: [
      ...input.faults,
      ...(flags['convert-key'] && flags['client-key'] === undefined ? ['--convert-key needs --client-key'] : []),
      ...(flags.wait && !flags.attach ? ['--wait needs --attach: a Secret alone has nothing to wait for'] : []),
    ],
  }
  return {request: readKafkaAuth(options), ask: input.password === 'ask'}
}
