import {ExitCode, invalid, SflError} from '../../core/errors.js'
import {collectFaults, type Attempts} from '../../core/option-faults.js'
import {checkLabelKey, checkName, readAnnotations, readLabels} from '../../core/syntax.js'
import {didYouMean} from '../../core/suggest.js'
import {KafkaKey} from '../../eventing/names.js'
import {readBootstrapServers} from './bootstrap-servers.js'
import {readTopicConfig, readTopicKey, TOPIC_CONFIG_PREFIX} from './topic-config.js'

/** The largest numbers that the controller takes: int32 for partitions, int16 for the factor. */
export const MOST_PARTITIONS = 2_147_483_647
export const MOST_REPLICAS = 32_767

/** Flags about Kafka settings, as typed. */
export interface KafkaSettingsOptions {
  bootstrapServers?: string | undefined
  partitions?: string | undefined
  replicationFactor?: string | undefined
  authSecret?: string | undefined
  topicConfig?: readonly string[] | undefined
}

/** Kafka settings that flags name, checked. */
export interface KafkaSettings {
  bootstrapServers?: readonly string[]
  partitions?: number
  replicationFactor?: number
  authSecret?: string
  /** Without the prefix of the ConfigMap's keys. */
  topicConfig: Readonly<Record<string, string>>
}

export interface KafkaConfigOptions extends KafkaSettingsOptions {
  name: string
  namespace: string
  labels?: readonly string[] | undefined
  annotations?: readonly string[] | undefined
}

/** What is wanted of a ConfigMap for Kafka brokers. */
export interface KafkaConfigRequest {
  name: string
  namespace: string
  settings: KafkaSettings
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
}

/** What an update sets and removes. */
export interface KafkaConfigUpdateRequest extends KafkaConfigRequest {
  /** Keys of the ConfigMap. */
  removed: readonly string[]
  labelsRemoved: readonly string[]
  annotationsRemoved: readonly string[]
}

/** A whole number from 1 to `most`. Throws InvalidArgument. */
export const readNumber = (flag: string, text: string, most: number): number => {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < 1 || number > most)
    throw invalid(`invalid ${flag} "${text}": expected a whole number from 1 to ${most}`)
  return number
}

/** Reads the flags about settings; every fault is noted with `attempts`. */
export const readKafkaSettings = (options: KafkaSettingsOptions, {attempt}: Attempts): KafkaSettings => {
  const given = <T>(text: string | undefined, read: (text: string) => T): T | undefined =>
    text === undefined ? undefined : attempt(() => read(text))
  const bootstrapServers = given(options.bootstrapServers, readBootstrapServers)
  const partitions = given(options.partitions, (text) => readNumber('--partitions', text, MOST_PARTITIONS))
  const replicationFactor = given(options.replicationFactor, (text) =>
    readNumber('--replication-factor', text, MOST_REPLICAS),
  )
  const authSecret = given(options.authSecret, (text) => checkName(text, '--auth-secret'))
  const topicConfig: Record<string, string> = {}
  for (const pair of options.topicConfig ?? [])
    attempt(() => {
      const [key, value] = readTopicConfig(pair)
      if (topicConfig[key] !== undefined && topicConfig[key] !== value)
        throw invalid(`--topic-config ${key} is given twice, as "${topicConfig[key]}" and as "${value}"`)
      topicConfig[key] = value
    })
  return {
    ...(bootstrapServers === undefined ? {} : {bootstrapServers}),
    ...(partitions === undefined ? {} : {partitions}),
    ...(replicationFactor === undefined ? {} : {replicationFactor}),
    ...(authSecret === undefined ? {} : {authSecret}),
    topicConfig,
  }
}

const demanded = [
  ['--bootstrap-servers', 'bootstrapServers'],
  ['--partitions', 'partitions'],
  ['--replication-factor', 'replicationFactor'],
] as const

const readRequest = (options: KafkaConfigOptions, attempts: Attempts): KafkaConfigRequest => {
  const {attempt} = attempts
  return {
    name: attempt(() => checkName(options.name, 'ConfigMap name')) ?? '',
    namespace: options.namespace,
    settings: readKafkaSettings(options, attempts),
    labels: attempt(() => readLabels(options.labels ?? [])) ?? {},
    annotations: attempt(() => readAnnotations(options.annotations ?? [])) ?? {},
  }
}

/**
 * Checks the flags of kafka config create and apply: the three settings without which no broker works are demanded
 * (eventing-kafka-broker has no built-in values). Throws InvalidArgument.
 */
export const readKafkaConfigOptions = (options: KafkaConfigOptions): KafkaConfigRequest => {
  const attempts = collectFaults()
  const request = readRequest(options, attempts)
  const missing = demanded.filter(([, option]) => options[option] === undefined).map(([flag]) => flag)
  if (missing.length > 0)
    attempts.reject(
      `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing: a Kafka broker needs all of bootstrap servers, partitions and replication factor, there are no built-in values`,
    )
  attempts.check()
  return request
}

const fields = ['auth-secret', 'topic-config:KEY', 'label:KEY', 'annotation:KEY']

type Unset = {key: string} | {label: string} | {annotation: string}

const readUnset = (text: string): Unset => {
  const colon = text.indexOf(':')
  const [word, rest] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
  if (word === 'auth-secret' && colon < 0) return {key: KafkaKey.AuthSecret}
  if (word === 'topic-config' && rest !== '')
    return {key: TOPIC_CONFIG_PREFIX + readTopicKey(rest, '--unset topic-config')}
  if (word === 'label' && rest !== '') return {label: checkLabelKey(rest, 'label')}
  if (word === 'annotation' && rest !== '') return {annotation: checkLabelKey(rest, 'annotation')}
  if (['bootstrap-servers', 'partitions', 'replication-factor'].includes(word))
    throw invalid(`--unset ${word}: a Kafka broker cannot do without it, so it can only be changed`)
  const near = didYouMean(word, ['auth-secret', 'topic-config', 'label', 'annotation'])
  throw invalid(
    `--unset "${text}" is not known${near === undefined ? '' : `, ${near}`}`,
    `what can be removed: ${fields.join(', ')}`,
  )
}

/** Checks the flags of kafka config update. Throws InvalidArgument, also when nothing is asked for. */
export const readKafkaConfigUpdate = (
  options: KafkaConfigOptions & {unset?: readonly string[] | undefined},
): KafkaConfigUpdateRequest => {
  const attempts = collectFaults()
  const request = readRequest(options, attempts)
  const unset = (options.unset ?? []).flatMap((text) => attempts.attempt(() => readUnset(text)) ?? [])
  const removed = unset.flatMap((one) => ('key' in one ? [one.key] : []))
  const labelsRemoved = unset.flatMap((one) => ('label' in one ? [one.label] : []))
  const annotationsRemoved = unset.flatMap((one) => ('annotation' in one ? [one.annotation] : []))
  const set = {...settingsData(request.settings)}
  const both = [
    ...removed.filter((key) => set[key] !== undefined).map(flagOfKey),
    ...labelsRemoved.filter((key) => request.labels[key] !== undefined).map((key) => `label ${key}`),
    ...annotationsRemoved.filter((key) => request.annotations[key] !== undefined).map((key) => `annotation ${key}`),
  ]
  if (both.length > 0) attempts.reject(`${both.join(', ')}: cannot be set and unset at the same time`)
  attempts.check()
  const asked = [set, request.labels, request.annotations].some((map) => Object.keys(map).length > 0)
  if (!asked && unset.length === 0)
    throw new SflError('InvalidArgument', 'nothing to update: no setting was given', ExitCode.Usage, {
      hint: 'give at least one of --bootstrap-servers, --partitions, --replication-factor, --auth-secret, --topic-config, --label, --annotation, --unset',
    })
  return {...request, removed, labelsRemoved, annotationsRemoved}
}

/** The keys of the ConfigMap that settings stand for; all values are strings. */
export const settingsData = (settings: KafkaSettings): Record<string, string> => ({
  ...(settings.bootstrapServers === undefined
    ? {}
    : {[KafkaKey.BootstrapServers]: settings.bootstrapServers.join(',')}),
  ...(settings.partitions === undefined ? {} : {[KafkaKey.Partitions]: String(settings.partitions)}),
  ...(settings.replicationFactor === undefined
    ? {}
    : {[KafkaKey.ReplicationFactor]: String(settings.replicationFactor)}),
  ...(settings.authSecret === undefined ? {} : {[KafkaKey.AuthSecret]: settings.authSecret}),
  ...Object.fromEntries(Object.entries(settings.topicConfig).map(([key, value]) => [TOPIC_CONFIG_PREFIX + key, value])),
})

/** The word of a key for people who know the flags. */
export const flagOfKey = (key: string): string => {
  switch (key) {
    case KafkaKey.BootstrapServers:
      return 'bootstrap-servers'
    case KafkaKey.Partitions:
      return 'partitions'
    case KafkaKey.ReplicationFactor:
      return 'replication-factor'
    case KafkaKey.AuthSecret:
      return 'auth-secret'
    default:
      return key.startsWith(TOPIC_CONFIG_PREFIX) ? `topic-config:${key.slice(TOPIC_CONFIG_PREFIX.length)}` : key
  }
}
