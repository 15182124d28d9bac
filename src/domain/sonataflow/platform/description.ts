import {describeDeletion, describeEvents, eventsInOrder, since, type EventLine} from '../../core/event-lines.js'
import {type Finding} from '../../findings/finding.js'
import {type Ref} from '../../core/object.js'
import {listAt, textAt} from '../../core/read.js'
import {conditionsOf, type Condition} from '../../core/readiness.js'
import {isFound, type NotFound} from '../../core/seen.js'
import {effectiveService, type ServiceDetails} from '../effective/effective.js'
import {destinationText, inheritedBroker} from '../effective/eventing.js'
import {compared, databaseText} from '../effective/view.js'
import {serviceRows, type EffectiveRow} from '../effective/rows.js'
import {workflowSink} from '../effective/eventing.js'
import {generationText} from '../generation.js'
import {childNames, leftBehind, liveFindingsOf} from '../workload/live-preflight.js'
import {contextOf, liveService, type LiveService} from '../workload/live-service.js'
import {type PlatformDescribeFacts} from '../workload/live-facts.js'
import {liveValues} from '../workload/live-values.js'
import {sinkBindingLine, triggerLines, type SinkBindingLine, type TriggerLinkLine} from '../eventing/links-view.js'
import {migrationJobLines, type MigrationJobLine} from '../migration/view.js'
import {activePlatform, type Platform} from '../model.js'
import {serviceKeys, serviceTitle, serviceWord, type ServiceKey} from '../names.js'
import {originText} from '../origin.js'
import {profileOf} from '../workflow/model.js'

/** A supporting service as an operator sees it. */
export interface ServiceDescription {
  service: ServiceKey
  title: string
  scope: 'local' | 'cluster' | 'none'
  enabled: boolean
  enabledOrigin: string
  url?: string
  live: LiveService
  /** Persistence, migration, events, resources: each with its origin. */
  settings: readonly EffectiveRow[]
  /** In short, for the table of services. */
  database?: string
}

export interface ConnectedWorkflow {
  name: string
  profile: string
  /** It is connected with the services; those of profile dev never are. */
  connected: boolean
  sink: string
  running: string
}

/** Everything that `platform describe` shows, as data. */
export interface PlatformDescription {
  name: string
  namespace: string
  ageMs?: number
  /** The one that the operator works with in its namespace; `undefined` when that cannot be told. */
  active?: boolean
  secondary: boolean
  cluster?: string
  operator: string
  /** The CRDs of the cluster, in words. */
  generation?: string
  /** What the platform says of itself. */
  ready: {status: string; reason?: string}
  conditions: readonly Condition[]
  clusterPlatform?: {name: string; platform: string}
  services: readonly ServiceDescription[]
  /** What workflows without settings of their own get. */
  inherited: {database: string; databaseOrigin: string; broker: string; brokerOrigin: string}
  triggers: readonly TriggerLinkLine[] | NotFound
  sinkBinding?: SinkBindingLine | NotFound
  migrationJobs: readonly MigrationJobLine[] | NotFound
  /** What the status says of the migration. */
  migration?: string
  workflows: readonly ConnectedWorkflow[] | NotFound
  leftovers: readonly Ref[]
  events?: readonly EventLine[] | NotFound
  /** Events of type Warning about what the operator made, and its pods. */
  warnings: ReadonlyArray<EventLine & {object: string}>
  deletion?: {sinceMs?: number; finalizers: readonly string[]}
  findings: readonly Finding[]
}

const operatorText = ({operator}: PlatformDescribeFacts): string => {
  if (operator === 'forbidden') return 'may not be looked at'
  if (!isFound(operator)) return 'not found'
  const [first] = operator.deployments
  if (first === undefined) return 'not found'
  const tag = operator.settings.imageTag
  return `${first.namespace}/${first.name}${tag === undefined ? '' : `, ${tag}`}, ${first.ready > 0 ? 'running' : 'not ready'}`
}

/** Rows that are told elsewhere in a description. */
const TOLD = /\.(scope|enabled|url|env\..*)$/

/** What the variables of the operator say is said by the other settings; those of the user are not. */
const isShown = ({setting, origin}: EffectiveRow): boolean =>
  !TOLD.test(setting) || (setting.includes('.env.') && origin.from === 'field')

const describeService = (key: ServiceKey, platform: Platform, facts: PlatformDescribeFacts): ServiceDescription => {
  const context = contextOf(facts)(platform)
  const service = effectiveService(key, context)
  const details: ServiceDetails | undefined = service.details
  const live = liveService(key, context, facts)
  return {
    service: key,
    title: serviceTitle[key],
    scope: service.scope,
    enabled: service.enabled.value,
    enabledOrigin: originText(service.enabled.origin, platform.ref),
    ...(service.url === undefined ? {} : {url: service.url.value}),
    live,
    settings: compared(serviceRows(service, platform.ref), liveValues(service, live, facts))
      .filter(isShown)
      .map((row) => ({...row, setting: row.setting.slice(serviceWord[key].length + 1)})),
    ...(details === undefined ? {} : {database: databaseText(details.persistence)}),
  }
}

const describeWorkflows = (facts: PlatformDescribeFacts): PlatformDescription['workflows'] => {
  const {workflows, platform, clusterwide} = facts
  if (!isFound(workflows)) return workflows
  const context = contextOf(facts)(platform)
  const offered = serviceKeys.some((key) => effectiveService(key, context).url !== undefined)
  return workflows.map((one) => {
    const profile = profileOf(one)
    return {
      name: one.name,
      profile,
      connected: profile !== 'dev' && offered,
      sink:
        profile === 'dev'
          ? ''
          : destinationText(workflowSink(one, platform, isFound(clusterwide) ? clusterwide : undefined)),
      running: one.running?.status ?? 'Unknown',
    }
  })
}

/** SonataFlow's conditions have a `lastUpdateTime` where others have a time of transition. */
export const sonataflowConditions = (object: Platform['object']): Condition[] => {
  const times = new Map(
    listAt(object, 'status', 'conditions').map((one) => [textAt(one, 'type'), textAt(one, 'lastUpdateTime')]),
  )
  return conditionsOf(object).map((one) => {
    const time = one.lastTransitionTime ?? times.get(one.type)
    // A workflow that brings its image is not built, which is as it should be.
    const info = one.type === 'Built' && one.reason === 'BuildSkipped' ? {severity: 'Info'} : {}
    return {...one, ...info, ...(time === undefined ? {} : {lastTransitionTime: time})}
  })
}

const warningLines = (facts: PlatformDescribeFacts): PlatformDescription['warnings'] => {
  if (!isFound(facts.warnings)) return []
  const names = childNames(facts)
  const ours = eventsInOrder(facts.warnings).filter(({involvedObject}) => {
    const name = textAt(involvedObject, 'name') ?? ''
    return textAt(involvedObject, 'kind') !== facts.platform.ref.kind && isChild(name, names)
  })
  const {events} = describeEvents(ours)
  return typeof events === 'string' || events === undefined
    ? []
    : events.map((event, index) => ({
        ...event,
        object: `${(textAt(ours[index], 'involvedObject', 'kind') ?? '').toLowerCase()}/${textAt(ours[index], 'involvedObject', 'name') ?? ''}`,
      }))
}

/** Replica sets and pods are named after what made them. */
const isChild = (name: string, names: ReadonlySet<string>): boolean =>
  names.has(name) || [...names].some((one) => name.startsWith(`${one}-`))

/** `now` is in milliseconds since 1970. */
export const describePlatform = (facts: PlatformDescribeFacts, now: number): PlatformDescription => {
  const {platform, platforms, schema, clusterPlatform} = facts
  const {name, namespace, status, object} = platform
  const ageMs = since(object.metadata.creationTimestamp, now)
  const broker = inheritedBroker(platform, isFound(facts.clusterwide) ? facts.clusterwide : undefined)
  const binding = sinkBindingLine(platform, facts)
  const {postgresql} = platform
  return {
    name,
    namespace,
    ...(ageMs === undefined ? {} : {ageMs}),
    ...(isFound(platforms) ? {active: activePlatform(platforms)?.name === name} : {}),
    secondary: platform.secondary,
    ...(status.cluster === undefined ? {} : {cluster: status.cluster}),
    operator: operatorText(facts),
    ...(isFound(schema) && schema.served ? {generation: generationText(schema)} : {}),
    ready: {
      status: status.succeed?.status ?? 'Unknown',
      ...(status.succeed?.reason ? {reason: status.succeed.reason} : {}),
    },
    conditions: sonataflowConditions(object),
    ...(isFound(clusterPlatform)
      ? {
          clusterPlatform: {
            name: clusterPlatform.name,
            platform: `${clusterPlatform.platform.namespace}/${clusterPlatform.platform.name}`,
          },
        }
      : {}),
    services: serviceKeys.map((key) => describeService(key, platform, facts)),
    inherited: {
      database:
        postgresql === undefined
          ? 'none'
          : postgresql.serviceRef === undefined
            ? 'postgresql, one URL for all'
            : `postgresql ${postgresql.serviceRef.name ?? ''}, a schema for each`,
      databaseOrigin: postgresql === undefined ? 'operator default (in memory)' : 'spec.persistence.postgresql',
      broker: destinationText(broker),
      brokerOrigin: originText(broker.origin, platform.ref),
    },
    triggers: facts.triggers === 'forbidden' ? 'forbidden' : triggerLines(platform, facts),
    ...(binding === undefined ? {} : {sinkBinding: binding}),
    migrationJobs: migrationJobLines(facts, now),
    ...(status.migration?.status === undefined ? {} : {migration: status.migration.status}),
    workflows: describeWorkflows(facts),
    leftovers: leftBehind(facts).flatMap(({refs}) => refs),
    ...describeEvents(facts.events),
    warnings: facts.events === undefined ? [] : warningLines(facts),
    ...describeDeletion(object, now),
    findings: liveFindingsOf(facts, now),
  }
}
