import {type Ref} from '../../core/object.js'
import {type PersistenceSettings, type Platform, type PostgresSettings} from '../model.js'
import {
  DEFAULT_DATABASE,
  DEFAULT_PASSWORD_KEY,
  DEFAULT_POSTGRES_PORT,
  DEFAULT_USER_KEY,
  defaultSchema,
  type MigrationStrategy,
  type ServiceKey,
} from '../names.js'
import {fromField, fromOperator, settingOr, type Origin, type Setting} from '../origin.js'
import {type Workflow} from '../workflow/model.js'

/** A database that a service or workflow really uses. */
export interface EffectivePostgres {
  kind: 'postgresql'
  /** Which object decides. */
  level: 'service' | 'platform' | 'workflow'
  origin: Origin
  /** The Service; left out when a URL was given. */
  server?: {name: Setting<string>; namespace: Setting<string>; port: Setting<number>}
  /** Left out when a URL was given. */
  database?: Setting<string>
  /** Left out when a URL without `currentSchema` was given. */
  schema?: Setting<string>
  jdbcUrl: Setting<string>
  /** The Secret, in the namespace of the pods. */
  secret: {name?: Setting<string>; namespace: string; userKey: Setting<string>; passwordKey: Setting<string>}
}

/** `ephemeral`: an embedded PostgreSQL that is lost with the pod. `none`: a workflow that keeps nothing. */
export type EffectivePersistence = EffectivePostgres | {kind: 'ephemeral' | 'none'; origin: Origin}

/** The value of `currentSchema=` in a JDBC URL, as the operator cuts it out. */
export const currentSchema = (jdbcUrl: string): string | undefined => {
  const [, after] = jdbcUrl.split('currentSchema=')
  return after === undefined ? undefined : after.split('&')[0]!
}

/** The reactive URL that the Job Service gets beside the JDBC one. */
export const reactiveUrl = (jdbcUrl: string): string =>
  jdbcUrl.replace(/^jdbc:/, '').replaceAll('currentSchema=', 'search_path=')

/** A JDBC URL without passwords, for people. */
export const maskedUrl = (jdbcUrl: string): string =>
  jdbcUrl.replace(/(\/\/[^/@:?]*):[^/@]*@/, '$1:***@').replace(/([?&](?:password|sslpassword)=)[^&]*/gi, '$1***')

export const hasCredentials = (jdbcUrl: string): boolean =>
  maskedUrl(jdbcUrl) !== jdbcUrl || /\/\/[^/@?]*@/.test(jdbcUrl) || /[?&](user|password|sslpassword)=/i.test(jdbcUrl)

/** A connection resolved: what the operator puts into the environment (its profiles/common/persistence/postgresql.go). */
const resolved = (
  written: PostgresSettings,
  {
    level,
    ref,
    path,
    podNamespace,
    schema,
  }: {level: EffectivePostgres['level']; ref: Ref; path: string; podNamespace: string; schema: string},
): EffectivePostgres => {
  const {serviceRef, secretRef = {}, jdbcUrl} = written
  const at = (suffix: string): string => `${path}.${suffix}`
  const secret = {
    ...(secretRef.name === undefined ? {} : {name: fromField(secretRef.name, ref, at('secretRef.name'))}),
    namespace: podNamespace,
    userKey: settingOr(secretRef.userKey, ref, at('secretRef.userKey'), DEFAULT_USER_KEY),
    passwordKey: settingOr(secretRef.passwordKey, ref, at('secretRef.passwordKey'), DEFAULT_PASSWORD_KEY),
  }
  const base = {kind: 'postgresql', level, origin: {from: 'field', ref, path}, secret} as const
  if (serviceRef === undefined) {
    const url = jdbcUrl ?? ''
    const named = currentSchema(url)
    return {
      ...base,
      jdbcUrl: fromField(url, ref, at('jdbcUrl')),
      ...(named === undefined ? {} : {schema: fromField(named, ref, at('jdbcUrl'))}),
    }
  }
  const server = {
    name: fromField(serviceRef.name ?? '', ref, at('serviceRef.name')),
    namespace: settingOr(serviceRef.namespace, ref, at('serviceRef.namespace'), podNamespace),
    port: settingOr(serviceRef.port, ref, at('serviceRef.port'), DEFAULT_POSTGRES_PORT),
  }
  const database = settingOr(serviceRef.databaseName, ref, at('serviceRef.databaseName'), DEFAULT_DATABASE)
  // Only a service or workflow of its own may name the schema; the platform's would be an unknown field.
  const ownSchema = level === 'platform' ? undefined : serviceRef.databaseSchema
  const effectiveSchema = settingOr(ownSchema, ref, at('serviceRef.databaseSchema'), schema)
  return {
    ...base,
    server,
    database,
    schema: effectiveSchema,
    jdbcUrl: fromField(
      `jdbc:postgresql://${server.name.value}.${server.namespace.value}:${server.port.value}/${database.value}?currentSchema=${effectiveSchema.value}`,
      ref,
      at('serviceRef'),
    ),
  }
}

/** The service's own database, else the platform's, else an embedded one. Nothing is inherited from the cluster. */
export const servicePersistence = (platform: Platform, key: ServiceKey): EffectivePersistence => {
  const {name, namespace, ref} = platform
  const schema = defaultSchema(name, key)
  const own = platform.services?.[key]?.persistence?.postgresql
  if (own !== undefined)
    return resolved(own, {
      level: 'service',
      ref,
      path: `spec.services.${key}.persistence.postgresql`,
      podNamespace: namespace,
      schema,
    })
  if (platform.postgresql !== undefined)
    return resolved(platform.postgresql, {
      level: 'platform',
      ref,
      path: 'spec.persistence.postgresql',
      podNamespace: namespace,
      schema,
    })
  return {kind: 'ephemeral', origin: {from: 'operator', note: 'embedded PostgreSQL'}}
}

/**
 * A workflow's own persistence, even when that is empty, else its platform's; schema and default namespace are the
 * workflow's. Profile dev has none.
 */
export const workflowPersistence = (
  workflow: Workflow,
  platform: Platform | undefined,
  dev: boolean,
): EffectivePersistence => {
  const place = {podNamespace: workflow.namespace, schema: workflow.name}
  if (dev) return {kind: 'none', origin: {from: 'operator', note: 'profile dev'}}
  if (workflow.persistence !== undefined)
    return workflow.persistence.postgresql === undefined
      ? {kind: 'none', origin: {from: 'field', ref: workflow.ref, path: 'spec.persistence'}}
      : resolved(workflow.persistence.postgresql, {
          ...place,
          level: 'workflow',
          ref: workflow.ref,
          path: 'spec.persistence.postgresql',
        })
  if (platform?.postgresql === undefined) return {kind: 'none', origin: {from: 'operator', note: 'in memory'}}
  return resolved(platform.postgresql, {
    ...place,
    level: 'platform',
    ref: platform.ref,
    path: 'spec.persistence.postgresql',
  })
}

/** Who migrates the database of a service. */
export interface EffectiveMigration {
  /** What it comes down to; `n/a` without PostgreSQL. */
  strategy: Setting<MigrationStrategy | 'n/a'>
  /** What is written, when that is no strategy at all: the operator takes it for none. */
  typo?: string
  /** QUARKUS_FLYWAY_MIGRATE_AT_START; left out without PostgreSQL. */
  atStart?: boolean
  /** The migration Job takes part; also without any PostgreSQL, and then it can never run. */
  job: boolean
}

/** As the operator has it: no `persistence` object means at start, an object without a strategy has the CRD's default. */
export const serviceMigration = (
  platform: Platform,
  key: ServiceKey,
  {postgresql, knowsStrategies = true}: {postgresql: boolean; knowsStrategies?: boolean},
): EffectiveMigration => {
  const persistence: PersistenceSettings | undefined = platform.services?.[key]?.persistence
  const written = persistence?.dbMigrationStrategy
  const path = `spec.services.${key}.persistence.dbMigrationStrategy`
  if (!knowsStrategies)
    return postgresql
      ? {strategy: fromOperator('service', 'this operator knows no other'), atStart: true, job: false}
      : {strategy: fromOperator('n/a', 'embedded PostgreSQL'), job: false}
  const job = written === 'job'
  if (!postgresql)
    return {
      strategy:
        written === undefined ? fromOperator('n/a', 'embedded PostgreSQL') : fromField('n/a', platform.ref, path),
      job,
    }
  if (written === undefined) return {strategy: fromOperator('service'), atStart: true, job: false}
  if (written === 'service' || written === 'job' || written === 'none')
    return {strategy: fromField(written, platform.ref, path), atStart: written === 'service', job}
  return {strategy: fromField('none', platform.ref, path), typo: written, atStart: false, job: false}
}
