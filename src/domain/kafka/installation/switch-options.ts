import {ExitCode, SflError} from '../../core/errors.js'
import {collectFaults} from '../../core/option-faults.js'
import {didYouMean} from '../../core/suggest.js'
import {checkNamespace} from '../../core/syntax.js'
import {SYSTEM_NAMESPACE} from '../../eventing/names.js'
import {readKafkaSettings, type KafkaSettings, type KafkaSettingsOptions} from '../config/options.js'
import {PARTS, type Part} from './parts.js'

/** Flags of kafka enable, as typed. */
export interface KafkaEnableOptions extends Omit<KafkaSettingsOptions, 'topicConfig'> {
  parts: readonly string[]
  authSecretNamespace?: string | undefined
}

export interface KafkaEnableRequest {
  parts: readonly Part[]
  settings: KafkaSettings
  /** Where channels find the Secret; brokers always look in the system namespace. */
  authSecretNamespace: string
}

const readPart = (text: string): Part => {
  const word = text.toLowerCase()
  const found = PARTS.find((part) => part === word || `${part}s` === word || `kafka${part}` === word)
  if (found !== undefined) return found
  const near = didYouMean(word, PARTS)
  throw new SflError(
    'InvalidArgument',
    `"${text}" is no part of Kafka for Knative: expected ${PARTS.join(', ')}${near === undefined ? '' : `; ${near}`}`,
    ExitCode.Usage,
  )
}

/** The parts that a command names, in the order of the resource. Throws InvalidArgument. */
export const readParts = (texts: readonly string[]): Part[] => {
  const {attempt, check} = collectFaults()
  const named = texts.flatMap((text) => attempt(() => readPart(text)) ?? [])
  check()
  return PARTS.filter((part) => named.includes(part))
}

/** Checks the flags of kafka enable. Throws InvalidArgument. */
export const readKafkaEnable = (options: KafkaEnableOptions): KafkaEnableRequest => {
  const attempts = collectFaults()
  const {attempt, reject, check} = attempts
  const parts = attempt(() => readParts(options.parts)) ?? []
  const settings = readKafkaSettings(options, attempts)
  const authSecretNamespace =
    options.authSecretNamespace === undefined
      ? undefined
      : attempt(() => checkNamespace(options.authSecretNamespace ?? '', '--auth-secret-namespace'))
  const given = (...pairs: ReadonlyArray<readonly [string, string | undefined]>): string[] =>
    pairs.filter(([, value]) => value !== undefined).map(([flag]) => flag)
  const connection = given(['--bootstrap-servers', options.bootstrapServers], ['--auth-secret', options.authSecret])
  const topics = given(['--partitions', options.partitions], ['--replication-factor', options.replicationFactor])
  if (parts.length > 0) {
    if (connection.length > 0 && !parts.includes('broker') && !parts.includes('channel'))
      reject(`${connection.join(', ')}: only broker and channel have it here; a KafkaSource or KafkaSink names its own`)
    if (topics.length > 0 && !parts.includes('broker'))
      reject(`${topics.join(', ')}: only broker has it here; a KafkaChannel or KafkaSink names its own`)
    if (options.authSecretNamespace !== undefined && !parts.includes('channel'))
      reject('--auth-secret-namespace: only channel has it; brokers look for the Secret in knative-eventing')
  }
  if (options.authSecretNamespace !== undefined && options.authSecret === undefined)
    reject('--auth-secret-namespace needs --auth-secret')
  check()
  return {parts, settings, authSecretNamespace: authSecretNamespace ?? SYSTEM_NAMESPACE}
}
