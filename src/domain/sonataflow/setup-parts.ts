import {type BrokerOptions} from '../eventing/broker-options.js'
import {BrokerClass} from '../eventing/names.js'
import {type KafkaConfigOptions} from '../kafka/config-options.js'
import {type ClusterPlatformOptions} from './cluster-platform-plan.js'
import {type PlatformOptions} from './platform-options.js'
import {type SetupAnswers} from './setup-answers.js'
import {type ServiceKey} from './names.js'

/** Credentials for PostgreSQL or Kafka; the password is nowhere in here. */
export interface SecretWish {
  name: string
  namespace: string
  user?: string
  /** The file with the password, where one was named. */
  passwordFile?: string
}

export interface KafkaSecretWish extends SecretWish {
  mechanism?: string
  caCert?: string
  clientCert?: string
  clientKey?: string
  brokerConfig: string
}

/** One part of a set-up, in the order in which they are made. Every part is the work of one command. */
export type SetupPart =
  | {part: 'postgres-secret'; wish: SecretWish}
  | {part: 'kafka-secret'; wish: KafkaSecretWish}
  | {part: 'kafka-config'; options: KafkaConfigOptions}
  | {part: 'broker'; options: BrokerOptions}
  | {part: 'platform'; options: PlatformOptions}
  | {part: 'replicas'; platform: string; namespace: string; service: ServiceKey; replicas: number}
  | {part: 'cluster-platform'; options: ClusterPlatformOptions}

const some = <T>(value: string | undefined, make: (value: string) => T): T | undefined =>
  value === undefined || value === '' ? undefined : make(value)

type Present<T> = {[K in keyof T]?: Exclude<T[K], undefined>}

/** Leaves out what is undefined. */
const present = <T extends object>(values: T): Present<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>

/** The name of the ConfigMap for a new Kafka broker. */
export const kafkaConfigName = (broker: string): string => `${broker}-kafka`

const kafkaParts = (answers: SetupAnswers, namespace: string): SetupPart[] => {
  if (answers.eventing !== 'kafka') return []
  const name = answers.broker || 'default'
  const config = kafkaConfigName(name)
  const own = answers.kafkaSettings === 'new'
  const login = own ? (answers.kafkaLogin ?? 'none') : 'none'
  const secret = login === 'none' ? undefined : answers.kafkaSecret
  const made = secret !== undefined && login !== 'existing'
  return [
    ...(made
      ? [
          {
            part: 'kafka-secret' as const,
            wish: {
              name: secret,
              namespace,
              brokerConfig: `cm:${config}:${namespace}`,
              ...present({
                mechanism: login === 'certificate' ? undefined : login,
                user: some(answers.kafkaUser, String),
                passwordFile: some(answers.kafkaPasswordFile, String),
                caCert: some(answers.kafkaCaCert, String),
                clientCert: some(answers.kafkaClientCert, String),
                clientKey: some(answers.kafkaClientKey, String),
              }),
            },
          },
        ]
      : []),
    ...(own
      ? [
          {
            part: 'kafka-config' as const,
            options: {
              name: config,
              namespace,
              bootstrapServers: answers.bootstrapServers,
              partitions: answers.partitions,
              replicationFactor: answers.replicationFactor,
              authSecret: secret,
            },
          },
        ]
      : []),
    {
      part: 'broker',
      options: {
        name,
        namespace,
        className: BrokerClass.Kafka,
        ...(own ? {brokerConfig: `cm:${config}:${namespace}`} : {}),
      },
    },
  ]
}

const platformOptions = (answers: SetupAnswers, namespace: string, name: string): PlatformOptions => {
  const {services = 'all', dataIndexSchema, jobServiceSchema} = answers
  const postgresql = services !== 'none' && answers.persistence === 'postgresql'
  const schemas = postgresql
    ? [
        ...(dataIndexSchema && services !== 'job-service' ? [`data-index=${dataIndexSchema}`] : []),
        ...(jobServiceSchema && services !== 'data-index' ? [`job-service=${jobServiceSchema}`] : []),
      ]
    : []
  const broker = answers.eventing === 'kafka' ? answers.broker || 'default' : answers.broker
  return {
    name,
    namespace,
    services: [services],
    ...(postgresql
      ? {
          service: answers.databaseService,
          ...present({database: some(answers.database, String)}),
          secret: answers.databaseSecret,
          // Only services have schemas; what is set for the platform gives each the default one.
          ...(schemas.length === 0 ? {} : {schema: schemas, perService: true}),
          migration: [answers.migration ?? 'service'],
        }
      : {}),
    ...(answers.eventing === undefined || answers.eventing === 'direct' || broker === undefined ? {} : {broker}),
  }
}

/** What has to be made for these answers. */
export const setupParts = (answers: SetupAnswers): SetupPart[] => {
  const {namespace = 'default', name = 'sonataflow-platform', services = 'all'} = answers
  const secret = some(answers.databaseSecret, String)
  const user = some(answers.databaseUser, String)
  const postgresql = services !== 'none' && answers.persistence === 'postgresql'
  const replicas = Number(answers.dataIndexReplicas ?? 1)
  return [
    ...(postgresql && secret !== undefined && user !== undefined
      ? [
          {
            part: 'postgres-secret' as const,
            wish: {
              name: secret,
              namespace,
              user,
              ...present({passwordFile: some(answers.databasePasswordFile, String)}),
            },
          },
        ]
      : []),
    ...kafkaParts(answers, namespace),
    {part: 'platform', options: platformOptions(answers, namespace, name)},
    ...(replicas > 1 && (services === 'all' || services === 'data-index')
      ? [{part: 'replicas' as const, platform: name, namespace, service: 'dataIndex' as const, replicas}]
      : []),
    ...(answers.shareWithCluster === 'yes'
      ? [{part: 'cluster-platform' as const, options: {name, platform: `${namespace}/${name}`}}]
      : []),
  ]
}
