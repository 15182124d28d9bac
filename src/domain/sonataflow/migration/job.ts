import {type KubeObject, type Manifest} from '../../core/object.js'
import {type Fields} from '../../core/read.js'
import {ownerOf, SERVICE_LABEL, type ChildrenContext} from '../workload/children.js'
import {currentSchema, servicePersistence, type EffectivePostgres} from '../effective/persistence.js'
import {type Platform} from '../model.js'
import {has, type OperatorRelease, writtenTag} from '../release.js'
import {
  DEFAULT_POSTGRES_PORT,
  defaultSchema,
  isMigrationJob,
  JOB,
  MIGRATION_CONTAINER,
  migrationJobName,
  OPERATOR,
  serviceKeys,
  type ServiceKey,
} from '../names.js'

/** The services whose database the migration Job takes care of: `job` is written, whether or not there is a database. */
export const servicesMigratedByJob = (platform: Platform): ServiceKey[] =>
  serviceKeys.filter((key) => platform.services?.[key]?.persistence?.dbMigrationStrategy === 'job')

/** The database that the migration Job connects to, which is not always that of the service. */
export interface MigrationTarget {
  jdbcUrl: string
  schema: string
  secret: {name: string; userKey: string; passwordKey: string}
  /** What of the platform's settings the operator drops on the way to the Job. */
  dropped: ReadonlyArray<'namespace' | 'port'>
}

/**
 * Where the Job migrates the database of a service; `undefined` without PostgreSQL. Of a `serviceRef` of the platform only
 * the names of Service and database arrive, namespace and port are lost (the operator's
 * profiles/common/persistence/postgresql.go, MapToPersistencePostgreSQL).
 */
export const migrationTarget = (platform: Platform, key: ServiceKey): MigrationTarget | undefined => {
  const persistence = servicePersistence(platform, key)
  if (persistence.kind !== 'postgresql') return undefined
  const {secret, level, server, database} = persistence
  const common = {
    schema: schemaOf(persistence, platform, key),
    secret: {name: secret.name?.value ?? '', userKey: secret.userKey.value, passwordKey: secret.passwordKey.value},
  }
  if (level === 'service' || server === undefined) return {...common, jdbcUrl: persistence.jdbcUrl.value, dropped: []}
  return {
    ...common,
    jdbcUrl: `jdbc:postgresql://${server.name.value}.${platform.namespace}:${DEFAULT_POSTGRES_PORT}/${database?.value ?? ''}?currentSchema=${common.schema}`,
    dropped: [
      ...(server.namespace.value === platform.namespace ? [] : (['namespace'] as const)),
      ...(server.port.value === DEFAULT_POSTGRES_PORT ? [] : (['port'] as const)),
    ],
  }
}

const schemaOf = (persistence: EffectivePostgres, platform: Platform, key: ServiceKey): string =>
  (persistence.server === undefined ? currentSchema(persistence.jdbcUrl.value) : persistence.schema?.value) ??
  defaultSchema(platform.name, key)

const variablePart: Readonly<Record<ServiceKey, string>> = {dataIndex: 'DATAINDEX', jobService: 'JOBSSERVICE'}

/** Without a database the operator writes single spaces, which the API server refuses. */
const missingTarget: MigrationTarget = {
  jdbcUrl: ' ',
  schema: ' ',
  secret: {name: ' ', userKey: ' ', passwordKey: ' '},
  dropped: [],
}

const variables = (platform: Platform, key: ServiceKey, migrated: boolean): Fields[] => {
  const part = variablePart[key]
  const flag = {name: `MIGRATE_DB_${part}`, value: String(migrated)}
  if (!migrated) return [flag]
  const {jdbcUrl, schema, secret} = migrationTarget(platform, key) ?? missingTarget
  const from = (secretKey: string): Fields => ({secretKeyRef: {name: secret.name, key: secretKey}})
  return [
    flag,
    {name: `QUARKUS_DATASOURCE_${part}_JDBC_URL`, value: jdbcUrl},
    {name: `QUARKUS_DATASOURCE_${part}_USERNAME`, valueFrom: from(secret.userKey)},
    {name: `QUARKUS_DATASOURCE_${part}_PASSWORD`, valueFrom: from(secret.passwordKey)},
    {name: `QUARKUS_FLYWAY_${part}_SCHEMAS`, value: schema},
  ]
}

/**
 * The name of the migration Job of an operator; `undefined` while too little is known of the operator: since March 2026 it
 * ends with a hash of the version that is compiled in, which nothing tells before the operator has made something.
 */
export const expectedJobName = (release: OperatorRelease): string | undefined => {
  const versioned = has('versionedMigrationJob', release)
  if (versioned === false) return migrationJobName()
  return versioned === true && release.version !== undefined ? migrationJobName(release.version) : undefined
}

/** The migration Jobs of a namespace, of all versions of the operator. */
export const migrationJobs = (jobs: readonly KubeObject[]): KubeObject[] =>
  jobs.filter(({metadata}) => isMigrationJob(metadata.name))

/** The Job that the operator looks at; where its name is not known, the newest that there is. */
export const currentJob = (jobs: readonly KubeObject[], release: OperatorRelease): KubeObject | undefined => {
  const found = migrationJobs(jobs)
  const name = expectedJobName(release)
  if (name !== undefined) return found.find(({metadata}) => metadata.name === name)
  return found
    .toSorted(({metadata: one}, {metadata: other}) =>
      (one.creationTimestamp ?? '') < (other.creationTimestamp ?? '') ? -1 : 1,
    )
    .at(-1)
}

/**
 * The migration Job, when a service asks for it (the operator's internal/controller/platform/db_migrator_job.go). Where its
 * name is not known it has the one of operators before March 2026, which is also what all others begin with.
 */
export const expectedMigrationJob = (context: ChildrenContext): Manifest | undefined => {
  const {platform, operator, release = {}} = context
  const migrated = servicesMigratedByJob(platform)
  if (has('migrationStrategies', release) === false || migrated.length === 0) return undefined
  const name = expectedJobName(release) ?? migrationJobName()
  const tag = writtenTag(context)
  const component = `${platform.name}-${name}`
  return {
    ...JOB,
    metadata: {
      name,
      namespace: platform.namespace,
      labels: {
        app: platform.name,
        'app-namespace': platform.namespace,
        [SERVICE_LABEL]: `sonataflow-db-job-${name}`,
        'app.kubernetes.io/instance': platform.name,
        'app.kubernetes.io/name': name,
        'app.kubernetes.io/component': component,
        'app.kubernetes.io/part-of': platform.name,
        'app.kubernetes.io/managed-by': OPERATOR,
        ...(tag === undefined ? {} : {'app.kubernetes.io/version': tag}),
      },
      ...ownerOf(platform),
    },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: MIGRATION_CONTAINER,
              image:
                operator?.migratorImage ??
                `docker.io/apache/incubator-kie-kogito-db-migrator-tool${tag === undefined ? '' : `:${tag}`}`,
              env: serviceKeys.flatMap((key) => variables(platform, key, migrated.includes(key))),
            },
          ],
          restartPolicy: 'Never',
        },
      },
      backoffLimit: 0,
    },
  }
}
