import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Ref} from '../../core/object.js'
import {type ConfigMapFacts} from '../../eventing/broker/facts.js'
import {isFound} from '../../core/seen.js'
import {fill, kubectl, sfl, type Command, type Word} from '../../core/commands.js'
import {createSecretCommand, secretContentFindings, secretTitle} from '../credentials/secret-preflight.js'
import {
  CHANNEL_TEMPLATE_KEY,
  CONFIG_MAP,
  IN_MEMORY_CHANNEL,
  KafkaKey,
  SECRET,
  isKafkaClass,
} from '../../eventing/names.js'

/** A Kafka broker's ConfigMap, read as its controller reads it (OpenShift Serverless, "Configuring Kafka broker settings"). */
export interface KafkaConfig {
  bootstrapServers: readonly string[]
  partitions?: number
  replicationFactor?: number
  /** Name of the Secret, in the ConfigMap's namespace. */
  authSecret?: string
}

const needed = [KafkaKey.BootstrapServers, KafkaKey.Partitions, KafkaKey.ReplicationFactor] as const

const servers = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((server) => server.trim())
    .filter((server) => server !== '')

const positive = (text: string | undefined, most: number): number | undefined => {
  if (text === undefined || !/^[+-]?\d+$/.test(text)) return undefined
  const number = Number(text)
  return number > 0 && number <= most ? number : undefined
}

export const readKafkaConfig = (data: Readonly<Record<string, string>>): KafkaConfig => {
  const partitions = positive(data[KafkaKey.Partitions], 2_147_483_647)
  const replicationFactor = positive(data[KafkaKey.ReplicationFactor], 32_767)
  const authSecret = data[KafkaKey.AuthSecret]
  return {
    bootstrapServers: servers(data[KafkaKey.BootstrapServers]),
    ...(partitions === undefined ? {} : {partitions}),
    ...(replicationFactor === undefined ? {} : {replicationFactor}),
    ...(authSecret ? {authSecret} : {}),
  }
}

/** The ConfigMap has everything that a Kafka broker needs of it; its Secret is another matter. */
export const isKafkaConfig = (data: Readonly<Record<string, string>>): boolean => {
  const {bootstrapServers, partitions, replicationFactor} = readKafkaConfig(data)
  return bootstrapServers.length > 0 && partitions !== undefined && replicationFactor !== undefined
}

/** None of the keys is there: it was meant for something else. */
export const isForeignToKafka = (data: Readonly<Record<string, string>>): boolean =>
  needed.every((key) => data[key] === undefined)

/** What is wrong with the ConfigMap and the Secret that it names. */
export const kafkaConfigFindings = (
  config: {name: string; namespace: string},
  facts: Pick<ConfigMapFacts, 'data' | 'secret'>,
): Finding[] => {
  const object: Ref = {...CONFIG_MAP, ...config}
  const {data} = facts
  const read = readKafkaConfig(data)
  const where = `ConfigMap ${config.namespace}/${config.name}`
  const findings: Finding[] = []
  const gaps = needed.filter((key) => (data[key] ?? '').trim() === '')
  if (gaps.length > 0)
    findings.push(
      finding('SFL-K01', {
        object,
        message: `${where} lacks ${gaps.join(', ')}, so the broker could not get a topic`,
        repair: updateConfigCommand(config, gaps),
      }),
    )
  const numbers = [
    [KafkaKey.Partitions, read.partitions, 2_147_483_647],
    [KafkaKey.ReplicationFactor, read.replicationFactor, 32_767],
  ] as const
  for (const [key, value, most] of numbers)
    if ((data[key] ?? '').trim() !== '' && value === undefined)
      findings.push(
        finding('SFL-K02', {
          object,
          message: `${key} of ${where} is "${data[key]}", which is not a whole number from 1 to ${most}`,
          repair: updateConfigCommand(config, [key]),
        }),
      )
  if (!gaps.includes(KafkaKey.BootstrapServers) && read.bootstrapServers.length === 0)
    findings.push(
      finding('SFL-K01', {
        object,
        message: `${KafkaKey.BootstrapServers} of ${where} names no server`,
        repair: updateConfigCommand(config, [KafkaKey.BootstrapServers]),
      }),
    )
  return [...findings, ...secretFindings(read.authSecret, config, facts)]
}

const secretFindings = (
  name: string | undefined,
  config: {name: string; namespace: string},
  facts: Pick<ConfigMapFacts, 'secret'>,
): Finding[] => {
  if (name === undefined) return []
  const object: Ref = {...SECRET, name, namespace: config.namespace}
  const {secret} = facts
  if (secret === 'absent')
    return [
      finding('SFL-K03', {
        object,
        message: `${secretTitle(object)}, which ConfigMap ${config.namespace}/${config.name} names, does not exist`,
        repair: createSecretCommand(object),
      }),
    ]
  if (!isFound(secret))
    return [finding('SFL-B11', {object, message: `${secretTitle(object)} was not checked: it could not be read`})]
  return secretContentFindings(object, secret)
}

/** Flags of `kafka config` with a usual value, or a place to fill in. */
const placeholders: Readonly<Record<(typeof needed)[number], readonly [flag: string, value: Word]>> = {
  [KafkaKey.BootstrapServers]: ['--bootstrap-servers', fill('HOST:PORT')],
  [KafkaKey.Partitions]: ['--partitions', '10'],
  [KafkaKey.ReplicationFactor]: ['--replication-factor', '3'],
}

/** The command that gives values to keys of a ConfigMap, with places to fill in. */
export const updateConfigCommand = (
  where: {name: string; namespace: string},
  keys: ReadonlyArray<(typeof needed)[number]> = needed,
): Command => sfl('kafka config update', where.name, '-n', where.namespace, ...keys.flatMap((key) => placeholders[key]))

/** The command that creates the ConfigMap of a class, with places to fill in. */
export const createConfigCommand = (
  where: {name: string; namespace: string},
  className: string | undefined,
): Command =>
  isKafkaClass(className)
    ? sfl('kafka config create', where.name, '-n', where.namespace, ...needed.flatMap((key) => placeholders[key]))
    : kubectl(
        '-n',
        where.namespace,
        'create',
        'configmap',
        where.name,
        `--from-literal=${CHANNEL_TEMPLATE_KEY}=${JSON.stringify(IN_MEMORY_CHANNEL)}`,
      )
