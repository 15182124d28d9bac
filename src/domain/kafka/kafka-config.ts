import {type Finding} from '../finding.js'
import {finding} from '../findings.js'
import {type Ref} from '../object.js'
import {type ConfigMapFacts, type SecretFacts} from '../eventing/broker-facts.js'
import {seen} from '../seen.js'
import {kubectl} from '../commands.js'
import {CHANNEL_TEMPLATE_KEY, CONFIG_MAP, IN_MEMORY_CHANNEL, KafkaKey, SECRET, isKafkaClass} from '../eventing/names.js'

/** A Kafka broker's ConfigMap, read as its controller reads it (document 5.4.6.2). */
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
export const kafkaConfigFindings = (config: {name: string; namespace: string}, facts: ConfigMapFacts): Finding[] => {
  const object: Ref = {...CONFIG_MAP, ...config}
  const edit = kubectl('-n', config.namespace, 'edit', 'configmap', config.name)
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
        repair: edit,
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
          repair: edit,
        }),
      )
  if (!gaps.includes(KafkaKey.BootstrapServers) && read.bootstrapServers.length === 0)
    findings.push(
      finding('SFL-K01', {object, message: `${KafkaKey.BootstrapServers} of ${where} names no server`, repair: edit}),
    )
  return [...findings, ...secretFindings(read.authSecret, config, facts)]
}

const secretFindings = (
  name: string | undefined,
  config: {name: string; namespace: string},
  facts: ConfigMapFacts,
): Finding[] => {
  if (name === undefined) return []
  const object: Ref = {...SECRET, name, namespace: config.namespace}
  const where = `Secret ${config.namespace}/${name}`
  const {secret} = facts
  if (secret === 'absent')
    return [
      finding('SFL-K03', {
        object,
        message: `${where}, which ConfigMap ${config.namespace}/${config.name} names, does not exist`,
        repair: kubectl(
          '-n',
          config.namespace,
          'create',
          'secret',
          'generic',
          name,
          '--from-literal=protocol=SASL_SSL',
          '--from-file=user',
          '--from-file=password',
        ),
      }),
    ]
  if (!seen(secret)) return [finding('SFL-B11', {object, message: `${where} was not checked: it could not be read`})]
  return secretContentFindings(object, where, secret)
}

const protocols = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL']
const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER']

const secretContentFindings = (object: Ref, where: string, secret: SecretFacts): Finding[] => {
  const edit = kubectl('-n', object.namespace ?? '', 'edit', 'secret', object.name)
  const {keys, protocol, mechanism} = secret
  if (protocol === undefined || !protocols.includes(protocol)) {
    const why =
      protocol === undefined
        ? 'has no key protocol'
        : `has protocol ${JSON.stringify(protocol)}, which is none of ${protocols.join(', ')}`
    return [
      finding('SFL-K04', {object, message: `${where} ${why}, so the broker ingress would refuse it`, repair: edit}),
    ]
  }
  const wanted = [
    ...(protocol.startsWith('SASL') && mechanism !== 'OAUTHBEARER' ? ['user', 'password'] : []),
    ...(protocol === 'SSL' && secret.userSkip !== 'true' ? ['user.crt', 'user.key'] : []),
  ].filter((key) => !keys.includes(key))
  const findings: Finding[] = []
  if (wanted.length > 0)
    findings.push(
      finding('SFL-K05', {
        object,
        message: `${where} has protocol ${protocol} but lacks ${wanted.join(', ')}`,
        repair: edit,
      }),
    )
  if (protocol.startsWith('SASL') && mechanism !== undefined && !mechanisms.includes(mechanism))
    findings.push(
      finding('SFL-K05', {
        object,
        message: `${where} has sasl.mechanism ${JSON.stringify(mechanism)}, which is none of ${mechanisms.join(', ')}`,
        repair: edit,
      }),
    )
  return findings
}

/** The command that creates the ConfigMap of a class, with places to fill in. */
export const createConfigCommand = (where: {name: string; namespace: string}, className: string | undefined): string =>
  kubectl(
    '-n',
    where.namespace,
    'create',
    'configmap',
    where.name,
    ...(isKafkaClass(className)
      ? [
          `--from-literal=${KafkaKey.BootstrapServers}=HOST:PORT`,
          `--from-literal=${KafkaKey.Partitions}=10`,
          `--from-literal=${KafkaKey.ReplicationFactor}=3`,
        ]
      : [`--from-literal=${CHANNEL_TEMPLATE_KEY}=${JSON.stringify(IN_MEMORY_CHANNEL)}`]),
  )
