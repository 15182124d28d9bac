import {type Ref} from '../../core/object.js'
import {type Lookup, isFound} from '../../core/seen.js'
import {DEPLOYMENT} from '../../eventing/names.js'
import {serviceSink, serviceSource, type EffectiveDestination} from './eventing.js'
import {
  reactiveUrl,
  serviceMigration,
  servicePersistence,
  type EffectiveMigration,
  type EffectivePersistence,
} from './persistence.js'
import {type EnvSetting, type Platform} from '../model.js'
import {serviceImagePart, serviceObjectName, serviceUrl, type ServiceKey} from '../names.js'
import {fromField, fromOperator, settingOr, type Setting} from '../origin.js'
import {has, type OperatorDeploymentFacts, type OperatorRelease, writtenTag} from '../release.js'
import {sharesServices, type ClusterPlatform} from '../workflow/model.js'

/** What is known of the operator's Deployment. */
export interface OperatorSettings extends OperatorDeploymentFacts {
  /** The tag of its image; what it makes bears the version that is compiled into it, which may be another one. */
  imageTag?: string
  /** Images from its configuration, by service and kind of database. */
  images?: Readonly<Partial<Record<ServiceKey, Readonly<Partial<Record<'postgresql' | 'ephemeral', string>>>>>>
  migratorImage?: string
}

/** The active cluster platform and the platform it names. */
export interface ClusterContext {
  clusterPlatform: ClusterPlatform
  platform: Lookup<Platform>
}

/** What decides what a platform's settings come to. */
export interface PlatformContext {
  /** The namespace's active platform. */
  platform: Platform
  /** Left out when no cluster platform is active. */
  cluster?: ClusterContext
  operator?: OperatorSettings
  /** Default: nothing is known of it. */
  release?: OperatorRelease
}

/** One variable of a service's environment. */
export interface EffectiveEnv extends EnvSetting {
  origin: Setting<string>['origin']
  /** Written by the user, and overruled by the operator's variable of the same name. */
  ignored?: boolean
}

/** What the Deployment of a service comes to. */
export interface ServiceDetails {
  deployment: Ref
  image: Setting<string>
  replicas: Setting<number>
  persistence: EffectivePersistence
  migration: EffectiveMigration
  /** Where it gets its events from. */
  source: EffectiveDestination
  /** Where it sends them; Data Index sends none. */
  sink?: EffectiveDestination
  env: readonly EffectiveEnv[]
  requests: Setting<Readonly<Record<string, string>>>
  limits: Setting<Readonly<Record<string, string>>>
}

/** A supporting service as workflows of one namespace have it. */
export interface EffectiveService {
  service: ServiceKey
  /** Its own platform's, the cluster's, or none. */
  scope: 'local' | 'cluster' | 'none'
  /** The namespace's own platform has it running, even if workflows may not use it. */
  deployed: boolean
  enabled: Setting<boolean>
  /** Where workflows reach it; left out when they have none. */
  url?: Setting<string>
  /** The platform whose settings count; left out for none, or when it cannot be read. */
  owner?: Platform
  /** Left out when nothing is deployed, or nothing is known about it. */
  details?: ServiceDetails
}

const defaultResources: Readonly<
  Record<ServiceKey, Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>>
> = {
  dataIndex: {requests: {cpu: '100m', memory: '1Gi'}, limits: {cpu: '200m', memory: '1Gi'}},
  jobService: {requests: {cpu: '250m', memory: '64Mi'}, limits: {cpu: '500m', memory: '1Gi'}},
}

/** An image as the operator makes it up when its configuration names none. */
export const defaultImage = (key: ServiceKey, database: 'postgresql' | 'ephemeral', tag: string | undefined): string =>
  `docker.io/apache/incubator-kie-kogito-${serviceImagePart[key]}-${database}${tag === undefined ? '' : `:${tag}`}`

const effectiveImage = (
  platform: Platform,
  key: ServiceKey,
  persistence: EffectivePersistence,
  operator: OperatorSettings,
  tag: string | undefined,
): Setting<string> => {
  const own = platform.services?.[key]?.podTemplate.image
  if (own !== undefined) return fromField(own, platform.ref, `spec.services.${key}.podTemplate.container.image`)
  const database = persistence.kind === 'postgresql' ? 'postgresql' : 'ephemeral'
  const configured = operator.images?.[key]?.[database]
  return configured === undefined
    ? fromOperator(defaultImage(key, database, tag), tag === undefined ? "with the operator's tag" : undefined)
    : fromOperator(configured, "from the operator's configuration")
}

/** Data Index as many as asked for; Job Service never more than one. */
const effectiveReplicas = (platform: Platform, key: ServiceKey): Setting<number> => {
  const written = platform.services?.[key]?.podTemplate.replicas
  const path = `spec.services.${key}.podTemplate.replicas`
  if (key === 'dataIndex' || written === undefined || written === 0) return settingOr(written, platform.ref, path, 1)
  return written === 1 ? fromField(1, platform.ref, path) : fromOperator(1, `always one, ${path} says ${written}`)
}

/** The variables that the operator sets, in its order; those of the user never replace them. */
export const operatorEnv = (
  key: ServiceKey,
  persistence: EffectivePersistence,
  migration: EffectiveMigration,
): EnvSetting[] => {
  const own = key === 'dataIndex' ? [{name: 'KOGITO_DATA_INDEX_QUARKUS_PROFILE', value: 'http-events-support'}] : []
  if (persistence.kind !== 'postgresql') return own
  const {jdbcUrl, secret} = persistence
  const from = (secretKey: Setting<string>): string => `secretKeyRef ${secret.name?.value ?? ''} ${secretKey.value}`
  return [
    ...own,
    {name: 'QUARKUS_DATASOURCE_USERNAME', from: from(secret.userKey)},
    {name: 'QUARKUS_DATASOURCE_PASSWORD', from: from(secret.passwordKey)},
    {name: 'QUARKUS_DATASOURCE_DB_KIND', value: 'postgresql'},
    {name: 'QUARKUS_DATASOURCE_JDBC_URL', value: jdbcUrl.value},
    ...(key === 'jobService' ? [{name: 'QUARKUS_DATASOURCE_REACTIVE_URL', value: reactiveUrl(jdbcUrl.value)}] : []),
    {name: 'KOGITO_PERSISTENCE_TYPE', value: 'jdbc'},
    {name: 'QUARKUS_FLYWAY_MIGRATE_AT_START', value: String(migration.atStart ?? true)},
    ...(key === 'jobService' ? [{name: 'KOGITO_JOBS_SERVICE_LOADJOBERRORSTRATEGY', value: 'FAIL_SERVICE'}] : []),
  ]
}

const effectiveEnv = (platform: Platform, key: ServiceKey, reserved: readonly EnvSetting[]): EffectiveEnv[] => {
  const names = reserved.map(({name}) => name)
  const path = `spec.services.${key}.podTemplate.container.env`
  const written = platform.services?.[key]?.podTemplate.env ?? []
  return [
    ...reserved.map((one): EffectiveEnv => ({...one, origin: {from: 'operator'}})),
    ...written.map((one): EffectiveEnv => ({
      ...one,
      origin: {from: 'field', ref: platform.ref, path},
      ...(names.includes(one.name) ? {ignored: true} : {}),
    })),
  ]
}

const effectiveResources = (
  platform: Platform,
  key: ServiceKey,
  part: 'requests' | 'limits',
): Setting<Readonly<Record<string, string>>> => {
  const written = platform.services?.[key]?.podTemplate[part] ?? {}
  const path = `spec.services.${key}.podTemplate.container.resources.${part}`
  const defaults = defaultResources[key][part]
  return Object.keys(written).length === 0
    ? fromOperator(defaults)
    : fromField({...defaults, ...written}, platform.ref, path)
}

/** What the Deployment of a service of this platform comes to, enabled or not. */
export const serviceDetails = (
  platform: Platform,
  key: ServiceKey,
  {operator = {}, release = {}}: Pick<PlatformContext, 'operator' | 'release'> = {},
): ServiceDetails => {
  const persistence = servicePersistence(platform, key)
  const migration = serviceMigration(platform, key, {
    postgresql: persistence.kind === 'postgresql',
    knowsStrategies: has('migrationStrategies', release) !== false,
  })
  return {
    deployment: {...DEPLOYMENT, name: serviceObjectName(platform.name, key), namespace: platform.namespace},
    image: effectiveImage(platform, key, persistence, operator, writtenTag({operator, release})),
    replicas: effectiveReplicas(platform, key),
    persistence,
    migration,
    source: serviceSource(platform, key),
    ...(key === 'jobService' ? {sink: serviceSink(platform)} : {}),
    env: effectiveEnv(platform, key, operatorEnv(key, persistence, migration)),
    requests: effectiveResources(platform, key, 'requests'),
    limits: effectiveResources(platform, key, 'limits'),
  }
}

/** The service of the cluster that this namespace gets, when it has no `spec.services` of its own. */
const clusterService = (key: ServiceKey, {platform, cluster}: PlatformContext): EffectiveService | undefined => {
  if (platform.services !== undefined) return undefined
  const path = `status.clusterPlatformRef.services.${key}Ref.url`
  const told = platform.status.clusterPlatform?.urls[key]
  const shared = cluster !== undefined && sharesServices(cluster.clusterPlatform)
  const owner = cluster !== undefined && isFound(cluster.platform) ? cluster.platform : undefined
  const stanza = owner?.services?.[key]
  const comes = shared && owner !== undefined && stanza !== undefined && (stanza.enabled ?? true)
  if (told === undefined && !comes) return undefined
  const enabledPath = `spec.services.${key}${stanza?.enabled === undefined ? '' : '.enabled'}`
  return {
    service: key,
    scope: 'cluster',
    deployed: false,
    enabled:
      told === undefined
        ? fromField(true, owner?.ref ?? platform.ref, enabledPath)
        : fromField(true, platform.ref, path),
    url:
      told === undefined
        ? fromField(serviceUrl(owner?.name ?? '', owner?.namespace ?? '', key), owner?.ref ?? platform.ref, enabledPath)
        : fromField(told, platform.ref, path),
    ...(owner === undefined ? {} : {owner}),
  }
}

/** A service as the namespace of a platform has it (the operator's rules: internal/controller/platform/services/services.go). */
export const effectiveService = (key: ServiceKey, context: PlatformContext): EffectiveService => {
  const {platform} = context
  const stanza = platform.services?.[key]
  if (stanza !== undefined) {
    const path = `spec.services.${key}.enabled`
    const enabled = settingOr(stanza.enabled, platform.ref, path, true)
    return {
      service: key,
      scope: 'local',
      deployed: true,
      enabled,
      ...(enabled.value ? {url: fromOperator(serviceUrl(platform.name, platform.namespace, key))} : {}),
      owner: platform,
      details: serviceDetails(platform, key, context),
    }
  }
  const shared = clusterService(key, context)
  if (shared !== undefined)
    return {
      ...shared,
      ...(shared.owner === undefined ? {} : {details: serviceDetails(shared.owner, key, context)}),
    }
  return {
    service: key,
    scope: 'none',
    deployed: false,
    enabled: fromOperator(
      false,
      platform.services === undefined ? undefined : 'spec.services is there, so services of the cluster do not count',
    ),
  }
}

/** Both services. */
export const effectiveServices = (context: PlatformContext): Readonly<Record<ServiceKey, EffectiveService>> => ({
  dataIndex: effectiveService('dataIndex', context),
  jobService: effectiveService('jobService', context),
})
