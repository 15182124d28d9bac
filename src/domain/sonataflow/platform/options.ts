import {invalid} from '../../core/errors.js'
import {collectFaults} from '../../core/option-faults.js'
import {type Manifest} from '../../core/object.js'
import {type Fields} from '../../core/read.js'
import {readAnnotations, readLabels} from '../../core/syntax.js'
import {
  postgresqlOf,
  readConnection,
  readOwnDatabases,
  readPerService,
  wantsConnection,
  type Connection,
  type ConnectionOptions,
} from '../persistence/connection-options.js'
import {parseBrokerReference, parseSinkReference} from '../eventing/destination-options.js'
import {newestSchema, type PlatformSchema} from '../generation.js'
import {
  migrationStrategies,
  parseServices,
  PLATFORM,
  platformNameFault,
  serviceKeys,
  type MigrationStrategy,
  type ServiceKey,
} from '../names.js'

/** Flags of platform create and apply, as typed. */
export interface PlatformOptions extends ConnectionOptions {
  name: string
  namespace: string
  /** `data-index,job-service`, `all` or `none`. Default: both. */
  services?: readonly string[] | undefined
  /** The connection is written for each service instead of for the whole platform, where workflows would use it as well. */
  perService?: boolean | undefined
  /** `SERVICE=SECRET@ADDRESS/DATABASE[/SCHEMA]`: a service that has another database than the rest. */
  ownDatabase?: readonly string[] | undefined
  /** `STRATEGY` for both, or `SERVICE=STRATEGY`. */
  migration?: readonly string[] | undefined
  /** The broker of the whole platform. */
  broker?: string | undefined
  /** `SERVICE=BROKER`. */
  source?: readonly string[] | undefined
  /** `BROKER` or URI: the sink of the Job Service. */
  sink?: readonly string[] | undefined
  labels?: readonly string[] | undefined
  annotations?: readonly string[] | undefined
}

/** What is wanted of a platform, checked as far as that goes without a cluster. */
export interface PlatformRequest {
  name: string
  namespace: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  enabled: readonly ServiceKey[]
  connection?: Connection
  perService: boolean
  /** Services that have a database of their own, which goes before the connection. */
  own: Readonly<Partial<Record<ServiceKey, Connection>>>
  migration: Readonly<Partial<Record<ServiceKey, MigrationStrategy>>>
  broker?: Fields
  source: Readonly<Partial<Record<ServiceKey, Fields>>>
  sink?: Fields
}

/** Throws InvalidArgument. */
export const parseStrategy = (text: string): MigrationStrategy => {
  const found = migrationStrategies.find((one) => one === text)
  if (found !== undefined) return found
  throw invalid(
    `unknown migration strategy "${text}"`,
    `strategies: ${migrationStrategies.join(', ')}; the operator takes anything else for none`,
  )
}

const readMigration = (
  texts: readonly string[],
  enabled: readonly ServiceKey[],
): Partial<Record<ServiceKey, MigrationStrategy>> => {
  const spread = texts.flatMap((text) => (text.includes('=') ? [text] : enabled.map((key) => `${key}=${text}`)))
  if (texts.length > 0 && spread.length === 0) throw invalid('--migration: there is no service to migrate')
  return Object.fromEntries(
    Object.entries(readPerService(spread, '--migration', serviceKeys)).map(([key, text]) => [key, parseStrategy(text)]),
  )
}

const readSources = (texts: readonly string[], enabled: readonly ServiceKey[]): Partial<Record<ServiceKey, Fields>> => {
  const named = readPerService(
    texts.map((text) => (text.includes('=') || enabled.length !== 1 ? text : `${enabled[0]}=${text}`)),
    '--source',
    serviceKeys,
  )
  return Object.fromEntries(Object.entries(named).map(([key, text]) => [key, parseBrokerReference(text, '--source')]))
}

const readSink = (texts: readonly string[]): Fields | undefined => {
  const {dataIndex, jobService} = readPerService(
    // A URI has equals signs of its own.
    texts.map((text) => (/^[A-Za-z-]+=/.test(text) ? text : `jobService=${text}`)),
    '--sink',
    serviceKeys,
  )
  if (dataIndex !== undefined) throw invalid('--sink: Data Index sends no events; only Job Service has a sink')
  return jobService === undefined ? undefined : parseSinkReference(jobService, '--sink')
}

/** Checks the flags of platform create and apply. Throws InvalidArgument; several faults come as one error with `causes`. */
export const readPlatformOptions = (options: PlatformOptions): PlatformRequest => {
  const {attempt, reject, check} = collectFaults()
  const {name, namespace, services = ['all'], perService = false} = options
  const labels = attempt(() => readLabels(options.labels ?? [])) ?? {}
  const annotations = attempt(() => readAnnotations(options.annotations ?? [])) ?? {}
  const none = services.length === 1 && services[0] === 'none'
  const enabled = none ? [] : (attempt(() => parseServices(services)) ?? [])
  const own = attempt(() => readOwnDatabases(options.ownDatabase ?? [], enabled)) ?? {}
  const migration = attempt(() => readMigration(options.migration ?? [], enabled)) ?? {}
  const source = attempt(() => readSources(options.source ?? [], enabled)) ?? {}
  const sink = attempt(() => readSink(options.sink ?? []))
  const broker = attempt(() =>
    options.broker === undefined ? undefined : parseBrokerReference(options.broker, '--broker'),
  )
  if (perService && enabled.length === 0) reject('--per-service: there is no service to connect')
  if (perService && !wantsConnection(options)) reject('--per-service belongs to --service or --jdbc-url')
  const connection = !wantsConnection(options)
    ? undefined
    : attempt(() => readConnection(options, perService ? enabled : []))
  // Here only what no operator can do; what depends on its release is judged when that is known.
  const fault = platformNameFault(name, {
    services: enabled,
    migrationJob: Object.values(migration).includes('job'),
    hashedJob: false,
  })
  if (fault !== undefined) reject(`invalid platform name "${name}": ${fault}`)
  check()
  return {
    name,
    namespace,
    labels,
    annotations,
    enabled,
    ...(connection === undefined ? {} : {connection}),
    perService,
    own,
    migration,
    ...(broker === undefined ? {} : {broker}),
    source,
    ...(sink === undefined ? {} : {sink}),
  }
}

/** A strategy as this cluster's CRD can say it: older operators always migrate at start, and have no word for that. */
export const strategyField = (strategy: MigrationStrategy | undefined, schema: PlatformSchema): Fields =>
  strategy === undefined || (strategy === 'service' && !schema.migrationStrategy) ? {} : {dbMigrationStrategy: strategy}

const stanzaOf = (key: ServiceKey, request: PlatformRequest, schema: PlatformSchema): Fields | undefined => {
  const {connection, perService, own, migration, source, sink} = request
  const enabled = request.enabled.includes(key)
  const database = own[key] ?? (perService && enabled ? connection : undefined)
  const persistence = {
    ...strategyField(migration[key], schema),
    ...(database === undefined ? {} : {postgresql: postgresqlOf(database, key)}),
  }
  const stanza = {
    ...(enabled ? {enabled: true} : {}),
    ...(Object.keys(persistence).length === 0 ? {} : {persistence}),
    ...(source[key] === undefined ? {} : {source: source[key]}),
    ...(key === 'jobService' && sink !== undefined ? {sink} : {}),
  }
  return Object.keys(stanza).length === 0 ? undefined : stanza
}

/** The manifest of a platform, for the CRD of this cluster. */
export const platformManifest = (request: PlatformRequest, schema: PlatformSchema = newestSchema): Manifest => {
  const {name, namespace, labels, annotations, broker, connection, perService} = request
  const services = Object.fromEntries(
    serviceKeys.flatMap((key) => {
      const stanza = stanzaOf(key, request, schema)
      return stanza === undefined ? [] : [[key, stanza]]
    }),
  )
  return {
    ...PLATFORM,
    metadata: {
      name,
      namespace,
      ...(Object.keys(labels).length === 0 ? {} : {labels: {...labels}}),
      ...(Object.keys(annotations).length === 0 ? {} : {annotations: {...annotations}}),
    },
    spec: {
      ...(connection === undefined || perService ? {} : {persistence: {postgresql: postgresqlOf(connection)}}),
      ...(broker === undefined ? {} : {eventing: {broker}}),
      ...(Object.keys(services).length === 0 ? {} : {services}),
    },
  }
}
