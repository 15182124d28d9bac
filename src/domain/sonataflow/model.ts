import {type KubeObject, type Ref} from '../core/object.js'
import {at, booleanAt, isRecord, listAt, numberAt, recordAt, textAt, textsAt, type Fields} from '../core/read.js'
import {conditionOf} from '../core/readiness.js'
import {platformRef, SECONDARY_PLATFORM, serviceKeys, type ServiceKey} from './names.js'

/** What a SonataFlowPlatform says, as far as it can be understood; what is missing stays missing. */

/** A Knative destination as written: broker, source or sink. */
export interface DestinationSettings {
  ref?: {apiVersion?: string; kind?: string; name?: string; namespace?: string}
  uri?: string
}

/** A PostgreSQL connection as written. Services take a schema, platforms do not. */
export interface PostgresSettings {
  serviceRef?: {name?: string; namespace?: string; port?: number; databaseName?: string; databaseSchema?: string}
  jdbcUrl?: string
  secretRef?: {name?: string; userKey?: string; passwordKey?: string}
}

export interface PersistenceSettings {
  postgresql?: PostgresSettings
  /** As written; the CRD lets any text through. */
  dbMigrationStrategy?: string
  /** Until Nov 2024; never read by any operator. */
  migrateDBOnStartUp?: boolean
}

/** One environment variable as written; `from` names the source when there is no value. */
export interface EnvSetting {
  name: string
  value?: string
  from?: string
}

/** `podTemplate` of a service as written. */
export interface PodTemplateSettings {
  replicas?: number
  image?: string
  env: readonly EnvSetting[]
  requests: Readonly<Record<string, string>>
  limits: Readonly<Record<string, string>>
  /** `container`, whole. */
  container: Fields
  /** `podTemplate` without container, replicas and podDisruptionBudget: a PodSpec. */
  podSpec: Fields
  disruptionBudget?: {minAvailable?: number | string; maxUnavailable?: number | string}
}

/** `spec.services.<key>` as written. */
export interface ServiceStanza {
  enabled?: boolean
  /** Also there when it is empty: that makes a difference for the migration. */
  persistence?: PersistenceSettings
  source?: DestinationSettings
  sink?: DestinationSettings
  podTemplate: PodTemplateSettings
}

export interface PlatformStatus {
  /** Condition `Succeed`, by which the CR calls itself ready. */
  succeed?: {status: string; reason?: string; message?: string}
  /** Another platform of the namespace is active. */
  duplicated: boolean
  /** The operator has seen the newest generation. */
  observed: boolean
  cluster?: string
  /** The active cluster platform, with the services that this namespace may use by it. */
  clusterPlatform?: {
    name: string
    platform: {name: string; namespace: string}
    urls: Readonly<Partial<Record<ServiceKey, string>>>
  }
  triggers: ReadonlyArray<{name: string; namespace: string}>
  migration?: {status?: string; message?: string; reason?: string}
}

export interface Platform {
  object: KubeObject
  ref: Ref
  name: string
  namespace: string
  uid?: string
  /** Left out when `spec.services` is absent: only then can services of the cluster serve this namespace. */
  services?: Readonly<Partial<Record<ServiceKey, ServiceStanza>>>
  /** `spec.persistence.postgresql`. */
  postgresql?: PostgresSettings
  /** `spec.eventing.broker`. */
  broker?: DestinationSettings
  /** Marked as one that never becomes active. */
  secondary: boolean
  deleting: boolean
  status: PlatformStatus
}

/** The fields of T; those that T allows to be missing may be undefined. */
type Given<T> = {[K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K> ? T[K] | undefined : T[K]}

/** Leaves out what is undefined, as exact optional fields want it. */
export const given = <T extends object>(fields: Given<T>): T =>
  // Sound: only fields can go that T allows to be missing.
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

export const readDestination = (value: unknown): DestinationSettings | undefined => {
  if (!isRecord(value)) return undefined
  const ref = isRecord(value.ref)
    ? given<NonNullable<DestinationSettings['ref']>>({
        apiVersion: nonEmpty(textAt(value.ref, 'apiVersion')),
        kind: nonEmpty(textAt(value.ref, 'kind')),
        name: nonEmpty(textAt(value.ref, 'name')),
        namespace: nonEmpty(textAt(value.ref, 'namespace')),
      })
    : undefined
  return given<DestinationSettings>({ref, uri: nonEmpty(textAt(value, 'uri'))})
}

export const readPostgres = (value: unknown): PostgresSettings | undefined => {
  if (!isRecord(value)) return undefined
  const {serviceRef, secretRef} = value
  return given<PostgresSettings>({
    serviceRef: isRecord(serviceRef)
      ? given<NonNullable<PostgresSettings['serviceRef']>>({
          name: nonEmpty(textAt(serviceRef, 'name')),
          namespace: nonEmpty(textAt(serviceRef, 'namespace')),
          port: numberAt(serviceRef, 'port'),
          databaseName: nonEmpty(textAt(serviceRef, 'databaseName')),
          databaseSchema: nonEmpty(textAt(serviceRef, 'databaseSchema')),
        })
      : undefined,
    jdbcUrl: nonEmpty(textAt(value, 'jdbcUrl')),
    secretRef: isRecord(secretRef)
      ? given<NonNullable<PostgresSettings['secretRef']>>({
          name: nonEmpty(textAt(secretRef, 'name')),
          userKey: nonEmpty(textAt(secretRef, 'userKey')),
          passwordKey: nonEmpty(textAt(secretRef, 'passwordKey')),
        })
      : undefined,
  })
}

export const readPersistence = (value: unknown): PersistenceSettings | undefined =>
  isRecord(value)
    ? given<PersistenceSettings>({
        postgresql: readPostgres(value.postgresql),
        dbMigrationStrategy: textAt(value, 'dbMigrationStrategy'),
        migrateDBOnStartUp: booleanAt(value, 'migrateDBOnStartUp'),
      })
    : undefined

const envSources = ['secretKeyRef', 'configMapKeyRef', 'fieldRef', 'resourceFieldRef']

const readEnv = (value: unknown): EnvSetting[] =>
  (Array.isArray(value) ? value : []).flatMap((entry): EnvSetting[] => {
    const name = textAt(entry, 'name')
    if (name === undefined) return []
    const source = envSources.find((kind) => at(entry, 'valueFrom', kind) !== undefined)
    const from = [
      source,
      textAt(entry, 'valueFrom', source ?? '', 'name'),
      textAt(entry, 'valueFrom', source ?? '', 'key'),
    ]
    return [given<EnvSetting>({name, value: textAt(entry, 'value'), from: from.filter(Boolean).join(' ') || undefined})]
  })

const amount = (value: unknown): number | string | undefined =>
  typeof value === 'number' || typeof value === 'string' ? value : undefined

export const readPodTemplate = (value: unknown): PodTemplateSettings => {
  const {container, replicas, podDisruptionBudget, ...podSpec} = isRecord(value) ? value : {}
  return given<PodTemplateSettings>({
    replicas: typeof replicas === 'number' ? replicas : undefined,
    image: nonEmpty(textAt(container, 'image')),
    env: readEnv(at(container, 'env')),
    requests: textsAt(container, 'resources', 'requests'),
    limits: textsAt(container, 'resources', 'limits'),
    container: isRecord(container) ? container : {},
    podSpec,
    disruptionBudget: isRecord(podDisruptionBudget)
      ? given<NonNullable<PodTemplateSettings['disruptionBudget']>>({
          minAvailable: amount(podDisruptionBudget.minAvailable),
          maxUnavailable: amount(podDisruptionBudget.maxUnavailable),
        })
      : undefined,
  })
}

/** The environment of a container under `podTemplate.containers`; the operator drops that of its own container. */
export const namedContainers = ({podSpec}: PodTemplateSettings): Array<{name: string; env: readonly EnvSetting[]}> =>
  listAt(podSpec, 'containers').flatMap((one) => {
    const name = textAt(one, 'name')
    return name === undefined ? [] : [{name, env: readEnv(at(one, 'env'))}]
  })

const readStanza = (value: unknown): ServiceStanza | undefined =>
  isRecord(value)
    ? given<ServiceStanza>({
        enabled: booleanAt(value, 'enabled'),
        persistence: readPersistence(value.persistence),
        source: readDestination(value.source),
        sink: readDestination(value.sink),
        podTemplate: readPodTemplate(value.podTemplate),
      })
    : undefined

const readClusterRef = (status: unknown): PlatformStatus['clusterPlatform'] => {
  const reference = at(status, 'clusterPlatformRef')
  const name = textAt(reference, 'name')
  if (name === undefined) return undefined
  return {
    name,
    platform: {
      name: textAt(reference, 'platformRef', 'name') ?? '',
      namespace: textAt(reference, 'platformRef', 'namespace') ?? '',
    },
    urls: given<Partial<Record<ServiceKey, string>>>({
      dataIndex: textAt(reference, 'services', 'dataIndexRef', 'url'),
      jobService: textAt(reference, 'services', 'jobServiceRef', 'url'),
    }),
  }
}

/** The condition `Succeed`, in platforms and cluster platforms. */
export const readSucceed = (object: KubeObject): PlatformStatus['succeed'] => {
  const condition = conditionOf(object, 'Succeed')
  return condition === undefined
    ? undefined
    : given<NonNullable<PlatformStatus['succeed']>>({
        status: condition.status,
        reason: condition.reason,
        message: condition.message,
      })
}

const readStatus = (object: KubeObject): PlatformStatus => {
  const status = recordAt(object, 'status')
  const succeed = readSucceed(object)
  const {generation} = object.metadata
  const observed = numberAt(status, 'observedGeneration')
  const migration = recordAt(status, 'sonataFlowPlatformDBMigrationPhase')
  return given<PlatformStatus>({
    succeed,
    duplicated: succeed?.reason === 'Duplicated',
    observed: succeed !== undefined && (generation === undefined || observed === undefined || observed >= generation),
    cluster: textAt(status, 'cluster'),
    clusterPlatform: readClusterRef(status),
    triggers: listAt(status, 'triggers').flatMap((one) => {
      const [name, namespace] = [textAt(one, 'name'), textAt(one, 'namespace')]
      return name === undefined || namespace === undefined ? [] : [{name, namespace}]
    }),
    migration:
      Object.keys(migration).length === 0
        ? undefined
        : given<NonNullable<PlatformStatus['migration']>>({
            status: textAt(migration, 'dbMigrationStatus'),
            message: textAt(migration, 'message'),
            reason: textAt(migration, 'reason'),
          }),
  })
}

/** A SonataFlowPlatform, or a manifest of one. */
export const readPlatform = (object: KubeObject): Platform => {
  const {name, namespace = '', uid} = object.metadata
  const services = at(object, 'spec', 'services')
  return given<Platform>({
    object,
    ref: platformRef(name, namespace),
    name,
    namespace,
    uid,
    services: isRecord(services)
      ? given<Partial<Record<ServiceKey, ServiceStanza>>>({
          dataIndex: readStanza(services.dataIndex),
          jobService: readStanza(services.jobService),
        })
      : undefined,
    postgresql: readPostgres(at(object, 'spec', 'persistence', 'postgresql')),
    broker: readDestination(at(object, 'spec', 'eventing', 'broker')),
    secondary: object.metadata.annotations?.[SECONDARY_PLATFORM] === 'true',
    deleting: object.metadata.deletionTimestamp !== undefined,
    status: readStatus(object),
  })
}

/** `enabled`, with the operator's default for a stanza without it: true. */
export const enabledInSpec = (platform: Platform, key: ServiceKey): boolean => {
  const stanza = platform.services?.[key]
  return stanza !== undefined && (stanza.enabled ?? true)
}

/** The services whose stanza is there, enabled or not. */
export const deployedServices = (platform: Platform): ServiceKey[] =>
  serviceKeys.filter((key) => platform.services?.[key] !== undefined)

/**
 * The platform that the operator works with in a namespace: the first that is neither secondary nor a duplicate
 * (its internal/controller/platform/platform.go).
 */
export const activePlatform = (platforms: readonly Platform[]): Platform | undefined =>
  platforms.find(({secondary, deleting, status}) => !secondary && !deleting && !status.duplicated)
