import {type BrokerOptions} from '../../eventing/broker/options.js'
import {BrokerClass} from '../../eventing/names.js'
import {type KafkaConfigOptions} from '../../kafka/config/options.js'
import {type ClusterPlatformOptions} from '../cluster-platform/plan.js'
import {type PlatformOptions} from '../platform/options.js'
import {type SetupAnswers, type SetupId} from './answers.js'
import {DEFAULT_DATABASE, defaultSchema, serviceWord, type ServiceKey} from '../names.js'

/** Credentials for PostgreSQL or Kafka; the password is nowhere in here. */
export interface SecretWish {
  name: string
  namespace: string
  user?: string
  /** The file with the password, where one was named. */
  passwordFile?: string
  /** The answer that names this file. */
  answerId: SetupId
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
  | {part: 'namespace'; name: string}
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
              answerId: 'kafkaPasswordFile' as const,
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
  // Only services have schemas; what is set for the platform gives each the default one.
  const apart = hasTwoDatabases(answers)
  const perService = postgresql && (apart || answers.databaseScope === 'services')
  const named = (key: ServiceKey, schema: string | undefined): string[] =>
    schema === undefined || schema === '' || schema === defaultSchema(name, key)
      ? []
      : [`${serviceWord[key]}=${schema}`]
  const schemas = [
    ...(services === 'job-service' ? [] : named('dataIndex', dataIndexSchema)),
    ...(services === 'data-index' || apart ? [] : named('jobService', jobServiceSchema)),
  ]
  const own = [answers.jobDatabase ?? DEFAULT_DATABASE, ...named('jobService', jobServiceSchema).map(schemaIn)]
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
          ...(perService ? {perService, ...(schemas.length === 0 ? {} : {schema: schemas})} : {}),
          ...(apart
            ? {
                ownDatabase: [
                  `job-service=${answers.jobDatabaseSecret ?? ''}@${answers.jobDatabaseService ?? ''}/${own.join('/')}`,
                ],
              }
            : {}),
          migration: [answers.migration ?? 'service'],
        }
      : {}),
    ...(answers.eventing === undefined || answers.eventing === 'direct' || broker === undefined ? {} : {broker}),
  }
}

/** `SCHEMA` of `SERVICE=SCHEMA` */
const schemaIn = (text: string): string => text.slice(text.indexOf('=') + 1)

/** Job Service keeps its data elsewhere than Data Index. */
export const hasTwoDatabases = ({services = 'all', persistence, databaseScope}: SetupAnswers): boolean =>
  services === 'all' && persistence === 'postgresql' && databaseScope === 'data-index'

const postgresSecret = (
  namespace: string,
  answerId: 'databasePasswordFile' | 'jobDatabasePasswordFile',
  [secret, user, file]: ReadonlyArray<string | undefined>,
): SetupPart[] => {
  const [name, login] = [some(secret, String), some(user, String)]
  return name === undefined || login === undefined
    ? []
    : [
        {
          part: 'postgres-secret',
          wish: {name, namespace, user: login, answerId, ...present({passwordFile: some(file, String)})},
        },
      ]
}

/** What has to be made for these answers. */
export const setupParts = (answers: SetupAnswers): SetupPart[] => {
  const {namespace = 'default', name = 'sonataflow-platform', services = 'all'} = answers
  const postgresql = services !== 'none' && answers.persistence === 'postgresql'
  const replicas = Number(answers.dataIndexReplicas ?? 1)
  return [
    ...(answers.createNamespace === 'yes' ? [{part: 'namespace' as const, name: namespace}] : []),
    ...(postgresql
      ? postgresSecret(namespace, 'databasePasswordFile', [
          answers.databaseSecret,
          answers.databaseUser,
          answers.databasePasswordFile,
        ])
      : []),
    ...(hasTwoDatabases(answers)
      ? postgresSecret(namespace, 'jobDatabasePasswordFile', [
          answers.jobDatabaseSecret,
          answers.jobDatabaseUser,
          answers.jobDatabasePasswordFile,
        ])
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
