import {type Ref} from '../../core/object.js'
import {type EffectiveEnv, type EffectiveService, effectiveServices, type PlatformContext} from './effective.js'
import {type EffectiveClusterPlatform} from './cluster.js'
import {destinationText, type EffectiveDestination} from './eventing.js'
import {maskedUrl, type EffectivePersistence} from './persistence.js'
import {type EffectiveWorkflow} from './workflow.js'
import {serviceKeys, serviceWord, type ServiceKey} from '../names.js'
import {originText, type Origin, type Setting} from '../origin.js'

/** One line of `platform effective`. */
export interface EffectiveRow {
  /** Stable name: `data-index.database.schema`. */
  setting: string
  /** For people; never a secret. */
  value: string
  origin: Origin
  /** The origin in words; the object's own paths without its name. */
  from: string
  /** What the cluster has, and whether it differs; added by `withLive`. */
  live?: string
  drift?: boolean
  /** Why the cluster may have another value. */
  note?: string
}

const rowsOf = (home: Ref) => {
  const row = (setting: string, value: string, origin: Origin): EffectiveRow => ({
    setting,
    value,
    origin,
    from: originText(origin, home),
  })
  const of = (setting: string, found: Setting<string | number | boolean> | undefined): EffectiveRow[] =>
    found === undefined ? [] : [row(setting, String(found.value), found.origin)]
  return {row, of}
}

const persistenceRows = (prefix: string, persistence: EffectivePersistence, home: Ref): EffectiveRow[] => {
  const {row, of} = rowsOf(home)
  if (persistence.kind !== 'postgresql') return [row(`${prefix}.persistence`, persistence.kind, persistence.origin)]
  const {origin, server, database, schema, jdbcUrl, secret} = persistence
  return [
    row(`${prefix}.persistence`, 'postgresql', origin),
    ...(server === undefined
      ? []
      : [
          ...of(`${prefix}.database.service`, server.name),
          ...of(`${prefix}.database.namespace`, server.namespace),
          ...of(`${prefix}.database.port`, server.port),
        ]),
    ...of(`${prefix}.database.name`, database),
    ...of(`${prefix}.database.schema`, schema),
    row(`${prefix}.database.jdbc-url`, maskedUrl(jdbcUrl.value), jdbcUrl.origin),
    ...of(`${prefix}.database.secret`, secret.name),
    ...of(`${prefix}.database.user-key`, secret.userKey),
    ...of(`${prefix}.database.password-key`, secret.passwordKey),
  ]
}

const destinationRow = (setting: string, one: EffectiveDestination, home: Ref): EffectiveRow =>
  rowsOf(home).row(setting, destinationText(one), one.origin)

const secretName = /PASSW|SECRET|TOKEN|CREDENTIAL|PRIVATE|API_?KEY/i

/** A variable's value for people: without what looks like a secret. */
export const envText = ({name, value, from}: EffectiveEnv): string => {
  if (from !== undefined) return `from ${from}`
  if (value === undefined) return ''
  return secretName.test(name) ? '***' : maskedUrl(value)
}

const envRows = (prefix: string, env: readonly EffectiveEnv[], home: Ref): EffectiveRow[] =>
  env.map((one) =>
    rowsOf(home).row(`${prefix}.env.${one.name}${one.ignored === true ? ' (ignored)' : ''}`, envText(one), one.origin),
  )

const resourceText = (amounts: Readonly<Record<string, string>>): string =>
  Object.entries(amounts)
    .map(([name, amount]) => `${name}=${amount}`)
    .join(', ')

/** The rows of one service. */
export const serviceRows = (service: EffectiveService, home: Ref): EffectiveRow[] => {
  const {row, of} = rowsOf(home)
  const prefix = serviceWord[service.service]
  const {enabled, url, scope, details} = service
  const head = [
    row(
      `${prefix}.scope`,
      scope === 'local' ? 'this platform' : scope === 'cluster' ? 'cluster' : 'none',
      enabled.origin,
    ),
    ...of(`${prefix}.enabled`, enabled),
    ...of(`${prefix}.url`, url),
  ]
  if (details === undefined) return head
  const {migration} = details
  return [
    ...head,
    ...of(`${prefix}.image`, details.image),
    ...of(`${prefix}.replicas`, details.replicas),
    row(`${prefix}.requests`, resourceText(details.requests.value), details.requests.origin),
    row(`${prefix}.limits`, resourceText(details.limits.value), details.limits.origin),
    ...persistenceRows(prefix, details.persistence, home),
    row(
      `${prefix}.migration`,
      migration.typo === undefined ? migration.strategy.value : `none (not a strategy: ${migration.typo})`,
      migration.strategy.origin,
    ),
    destinationRow(`${prefix}.source`, details.source, home),
    ...(details.sink === undefined ? [] : [destinationRow(`${prefix}.sink`, details.sink, home)]),
    ...envRows(prefix, details.env, home),
  ]
}

/** Everything that a platform comes to, service by service. */
export const platformRows = (context: PlatformContext): EffectiveRow[] => {
  const services = effectiveServices(context)
  return serviceKeys.flatMap((key: ServiceKey) => serviceRows(services[key], context.platform.ref))
}

/** Everything that a workflow comes to. */
export const workflowRows = (effective: EffectiveWorkflow): EffectiveRow[] => {
  const home = effective.workflow.ref
  const {row, of} = rowsOf(home)
  return [
    ...of('profile', effective.profile),
    ...of('platform', effective.platform),
    ...serviceKeys.map((key) => {
      const {connected, url, origin} = effective.services[key]
      return row(serviceWord[key], connected ? (url ?? 'connected') : 'not connected', origin)
    }),
    ...persistenceRows('workflow', effective.persistence, home),
    ...(effective.sink === undefined ? [] : [destinationRow('sink', effective.sink, home)]),
    ...effective.sources.map(({eventType, from}) => destinationRow(`source.${eventType}`, from, home)),
  ]
}

/** Everything that a cluster platform comes to. */
export const clusterPlatformRows = (effective: EffectiveClusterPlatform): EffectiveRow[] => {
  const {clusterPlatform, capabilities, urls} = effective
  const home = clusterPlatform.ref
  const {row} = rowsOf(home)
  const {name, namespace} = clusterPlatform.platform
  const reference: Origin = {from: 'field', ref: home, path: 'spec.platformRef'}
  return [
    row('platform', `${namespace}/${name}`, reference),
    row('capabilities', capabilities.value.join(', ') || 'none', capabilities.origin),
    ...serviceKeys.map((key) =>
      row(serviceWord[key], urls[key] ?? 'not shared', urls[key] === undefined ? capabilities.origin : reference),
    ),
  ]
}

/** Adds what was found on the cluster, by setting, and says where it differs. */
export const withLive = (rows: readonly EffectiveRow[], live: Readonly<Record<string, string>>): EffectiveRow[] =>
  rows.map((one) => {
    const found = live[one.setting]
    return found === undefined ? one : {...one, live: found, drift: found !== one.value}
  })
