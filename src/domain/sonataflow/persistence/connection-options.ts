import {invalid} from '../../core/errors.js'
import {collectFaults} from '../../core/option-faults.js'
import {checkName, checkNamespace, isDnsLabel} from '../../core/syntax.js'
import {type Fields} from '../../core/read.js'
import {parseService, serviceWord, type ServiceKey} from '../names.js'

/** Flags of a PostgreSQL connection, as typed (OpenShift Serverless Logic, "PostgreSQL persistence configuration" and "Platform-scoped PostgreSQL persistence configuration"). */
export interface ConnectionOptions {
  /** `NAME[.NAMESPACE][:PORT]` of a Service. */
  service?: string | undefined
  database?: string | undefined
  /** `SCHEMA`, or `SERVICE=SCHEMA`. */
  schema?: readonly string[] | undefined
  jdbcUrl?: string | undefined
  secret?: string | undefined
  userKey?: string | undefined
  passwordKey?: string | undefined
}

/** A connection, checked as far as that goes without a cluster. */
export interface Connection {
  serviceRef?: {name: string; namespace?: string; port?: number; databaseName?: string}
  jdbcUrl?: string
  secretRef: {name: string; userKey?: string; passwordKey?: string}
  /** Schemas that were asked for; the others have the operator's default. */
  schemas: Readonly<Partial<Record<ServiceKey, string>>>
}

/** Any connection flag was given. */
export const wantsConnection = (options: ConnectionOptions): boolean =>
  [options.service, options.database, options.jdbcUrl, options.secret, options.userKey, options.passwordKey].some(
    (one) => one !== undefined,
  ) || (options.schema ?? []).length > 0

/** `NAME[.NAMESPACE][:PORT]`. Throws InvalidArgument. */
export const parseServiceAddress = (text: string): {name: string; namespace?: string; port?: number} => {
  const [address = '', port, ...more] = text.split(':')
  const [name = '', namespace, ...rest] = address.split('.')
  if (more.length > 0 || rest.length > 0 || !isDnsLabel(name))
    throw invalid(
      `invalid --service "${text}": expected NAME[.NAMESPACE][:PORT] of a Service`,
      'for example: postgres.databases:5432; for anything else use --jdbc-url',
    )
  if (namespace !== undefined) checkNamespace(namespace, 'namespace in --service')
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535))
    throw invalid(`invalid port "${port}" in --service: expected 1 to 65535`)
  return {
    name,
    ...(namespace === undefined ? {} : {namespace}),
    ...(port === undefined ? {} : {port: Number(port)}),
  }
}

const checkKey = (text: string, flag: string): string => {
  if (text.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(text)) return text
  throw invalid(`invalid ${flag} "${text}": the key of a Secret has letters, digits, "-", "_" and "."`)
}

/** A text for one service, `SERVICE=TEXT`, or for the only one of `targets`, `TEXT`. Throws InvalidArgument. */
export const readPerService = (
  texts: readonly string[],
  flag: string,
  targets: readonly ServiceKey[],
): Partial<Record<ServiceKey, string>> => {
  const found: Partial<Record<ServiceKey, string>> = {}
  for (const text of texts) {
    const equals = text.indexOf('=')
    const [only] = targets
    if (equals < 0 && (targets.length !== 1 || only === undefined))
      throw invalid(`${flag} "${text}": say for which service, ${flag} data-index=${text}`)
    const key = equals < 0 ? only! : parseService(text.slice(0, equals))
    const value = text.slice(equals + 1)
    if (value === '') throw invalid(`${flag} for ${serviceWord[key]} is empty`)
    if (!targets.includes(key))
      throw invalid(`${flag} "${text}": ${serviceWord[key]} is not among the services of this command`)
    if (found[key] !== undefined && found[key] !== value)
      throw invalid(`${flag} is given twice for ${serviceWord[key]}, as "${found[key]}" and as "${value}"`)
    found[key] = value
  }
  return found
}

/** A URL of PostgreSQL. Throws InvalidArgument. */
export const parseJdbcUrl = (text: string): string => {
  if (!text.startsWith('jdbc:postgresql://'))
    throw invalid(
      'invalid --jdbc-url: it has to begin with jdbc:postgresql://',
      'for example: jdbc:postgresql://db.example.com:5432/sonataflow?currentSchema=data-index',
    )
  return text
}

/**
 * Checks the connection flags. `targets` are the services whose stanza gets the connection; empty for the whole platform,
 * which has no schema. Throws InvalidArgument; several faults come as one error with `causes`.
 */
export const readConnection = (options: ConnectionOptions, targets: readonly ServiceKey[]): Connection => {
  const {attempt, reject, check} = collectFaults()
  const {service, jdbcUrl, database, schema = []} = options
  if (service === undefined && jdbcUrl === undefined)
    reject('--service or --jdbc-url is needed: which PostgreSQL is it?')
  if (service !== undefined && jdbcUrl !== undefined) reject('--service and --jdbc-url exclude each other')
  if (jdbcUrl !== undefined && (database !== undefined || schema.length > 0))
    reject('--database and --schema belong to --service; a URL names both itself')
  if (options.secret === undefined) reject('--secret is needed: the Secret with user and password')
  if (database === '') reject('--database is empty')
  if (schema.length > 0 && targets.length === 0)
    reject('--schema is for services: connected by the platform, each has its own, named after it')
  const address = service === undefined ? undefined : attempt(() => parseServiceAddress(service))
  const url = jdbcUrl === undefined ? undefined : attempt(() => parseJdbcUrl(jdbcUrl))
  const schemas = targets.length === 0 ? {} : (attempt(() => readPerService(schema, '--schema', targets)) ?? {})
  const secret = options.secret === undefined ? '' : attempt(() => checkName(options.secret ?? '', '--secret'))
  const {userKey, passwordKey} = options
  if (userKey !== undefined) attempt(() => checkKey(userKey, '--user-key'))
  if (passwordKey !== undefined) attempt(() => checkKey(passwordKey, '--password-key'))
  check()
  return {
    ...(address === undefined
      ? {}
      : {serviceRef: {...address, ...(database === undefined ? {} : {databaseName: database})}}),
    ...(url === undefined ? {} : {jdbcUrl: url}),
    secretRef: {
      name: secret ?? '',
      ...(userKey === undefined ? {} : {userKey}),
      ...(passwordKey === undefined ? {} : {passwordKey}),
    },
    schemas,
  }
}

/**
 * `SERVICE=SECRET@NAME[.NAMESPACE][:PORT]/DATABASE[/SCHEMA]`: a database for one service alone. `targets` are the services
 * that may have one. Throws InvalidArgument.
 */
export const readOwnDatabases = (
  texts: readonly string[],
  targets: readonly ServiceKey[],
): Partial<Record<ServiceKey, Connection>> => {
  const named = readPerService(texts, '--own-database', targets)
  const read = (key: ServiceKey): Partial<Record<ServiceKey, Connection>> => {
    const text = named[key]
    if (text === undefined) return {}
    const [, secret, service, database, schema] = /^([^@/]+)@([^@/]+)\/([^/]+)(?:\/([^/]+))?$/.exec(text) ?? []
    if (secret === undefined || service === undefined || database === undefined)
      throw invalid(
        `invalid --own-database "${text}": expected SECRET@NAME[.NAMESPACE][:PORT]/DATABASE[/SCHEMA]`,
        'for example: --own-database job-service=jobs-login@postgres.databases:5432/jobs',
      )
    return {[key]: readConnection({service, secret, database, schema: schema === undefined ? [] : [schema]}, [key])}
  }
  return {...read('dataIndex'), ...read('jobService')}
}

/** `postgresql` as the CR has it, for a service or, without one, for the platform. */
export const postgresqlOf = ({serviceRef, jdbcUrl, secretRef, schemas}: Connection, key?: ServiceKey): Fields => {
  const schema = key === undefined ? undefined : schemas[key]
  return {
    ...(serviceRef === undefined
      ? {jdbcUrl}
      : {serviceRef: {...serviceRef, ...(schema === undefined ? {} : {databaseSchema: schema})}}),
    secretRef,
  }
}
