import type {KafkaAuthRequest} from '../../domain/kafka/credentials/kafka-auth-options.js'
import {withPassword} from '../../domain/kafka/credentials/kafka-auth-options.js'
import {readPostgresAuth, type PostgresAuthRequest} from '../../domain/secret/postgres-auth.js'
import type {KafkaSecretWish, SecretWish, SetupPart} from '../../domain/sonataflow/setup/parts.js'
import {readKafkaAuthFlags} from '../flags/kafka-auth.js'
import type {Runtime} from '../runtime.js'
import {askPassword, readSecretInput} from '../secret-input.js'

interface Asking {
  'no-input'?: boolean | undefined
  output?: string | undefined
}

/** Credentials that a set-up makes, complete with the passwords that were typed or read from files. */
export interface SetupSecrets {
  postgres?: readonly PostgresAuthRequest[]
  kafka?: KafkaAuthRequest
}

const passwordFlags = (wish: SecretWish, asking: Asking) => ({
  ...asking,
  'password-stdin': false,
  'password-file': wish.passwordFile,
})

const postgresSecret = async (runtime: Runtime, wish: SecretWish, asking: Asking): Promise<PostgresAuthRequest> => {
  const {name, namespace, user = ''} = wish
  const flags = passwordFlags(wish, asking)
  const input = await readSecretInput(runtime, {}, flags, {passwordNeeded: true, forKafka: false})
  const common = {name, namespace, user, passwordGiven: wish.passwordFile !== undefined, faults: input.faults}
  readPostgresAuth({...common, password: input.password})
  const password = input.password === 'ask' ? await askPassword(runtime, user, false) : input.password
  return readPostgresAuth({...common, password})
}

const kafkaSecret = async (runtime: Runtime, wish: KafkaSecretWish, asking: Asking): Promise<KafkaAuthRequest> => {
  const flags = {
    ...passwordFlags(wish, asking),
    namespace: wish.namespace,
    'ca-cert': wish.caCert,
    'client-cert': wish.clientCert,
    'client-key': wish.clientKey,
    'convert-key': false,
    'skip-client-auth': false,
    mechanism: wish.mechanism,
    user: wish.user,
    tls: true,
    'for-channels': false,
    'broker-config': wish.brokerConfig,
    attach: false,
    wait: false,
  }
  const {request, ask} = await readKafkaAuthFlags(runtime, wish.name, flags)
  return ask ? withPassword(request, await askPassword(runtime, wish.user ?? '', true)) : request
}

/** Passwords that were typed or read already, by the Secrets that they are for: asked for once in a run. */
export type KnownSecrets = Map<string, SetupSecrets>

/** Reads files, asks for passwords where a person is there; throws InvalidArgument for what is missing. */
export const readSetupSecrets = async (
  runtime: Runtime,
  parts: readonly SetupPart[],
  asking: Asking,
  known: KnownSecrets = new Map(),
): Promise<SetupSecrets> => {
  let secrets: SetupSecrets = {}
  for (const part of parts) {
    if (part.part !== 'postgres-secret' && part.part !== 'kafka-secret') continue
    const key = JSON.stringify(part)
    const found =
      known.get(key) ??
      (part.part === 'postgres-secret'
        ? {postgres: [await postgresSecret(runtime, part.wish, asking)]}
        : {kafka: await kafkaSecret(runtime, part.wish, asking)})
    known.set(key, found)
    const postgres = [...(secrets.postgres ?? []), ...(found.postgres ?? [])]
    secrets = {...secrets, ...found, postgres}
  }
  return secrets
}
