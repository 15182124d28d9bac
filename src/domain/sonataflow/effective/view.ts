import {type NotFound} from '../../core/seen.js'
import {effectiveServices, type EffectiveService} from './effective.js'
import {destinationText, inheritedBroker} from './eventing.js'
import {maskedUrl, type EffectivePersistence} from './persistence.js'
import {envText, platformRows, withLive, workflowRows, type EffectiveRow} from './rows.js'
import {effectiveWorkflow} from './workflow.js'
import {contextOf, liveService, type LiveService} from '../workload/live-service.js'
import {type PlatformDescribeFacts} from '../workload/live-facts.js'
import {liveValues, strangeEnv, type LiveValues} from '../workload/live-values.js'
import {serviceKeys, serviceWord} from '../names.js'
import {fromOperator, originText} from '../origin.js'
import {isFound} from '../../core/seen.js'
import {type WorkflowLiveFacts} from '../workflow/facts.js'
import {workflowLiveValues} from '../workflow/live.js'

/** What `platform effective` prints, for people and machines. */
export interface EffectiveView {
  kind: 'SonataFlowPlatform' | 'SonataFlow'
  name: string
  namespace: string
  settings: readonly EffectiveRow[]
  /** Kinds of objects that could not be looked at; their part of LIVE is empty. */
  notVerified: readonly string[]
}

/** Adds what the cluster has, and says where it differs. */
export const compared = (rows: readonly EffectiveRow[], live: LiveValues): EffectiveRow[] => {
  const texts = Object.fromEntries(Object.entries(live).map(([setting, {text}]) => [setting, text]))
  return withLive(rows, texts).map((row) => {
    const {drift, note} = live[row.setting] ?? {}
    return {...row, ...(drift === undefined ? {} : {drift}), ...(note === undefined ? {} : {note})}
  })
}

const stateText = ({state, ready, wanted}: LiveService): string =>
  state === 'missing' ? '<none>' : `${ready}/${wanted} ready`

/** The Deployment, ahead of what is in it. */
const deploymentRow = (service: EffectiveService, live: LiveService): EffectiveRow[] => {
  if (service.details === undefined) return []
  const origin = fromOperator('').origin
  return [
    {
      setting: `${serviceWord[service.service]}.deployment`,
      value: `${live.ref.namespace ?? ''}/${live.ref.name}`,
      origin,
      from: originText(origin),
      ...(live.state === 'unknown'
        ? {}
        : {
            live: stateText(live),
            drift: live.state === 'missing',
            ...(live.why === undefined ? {} : {note: live.why}),
          }),
    },
  ]
}

const strangeRows = (service: EffectiveService, live: LiveService): EffectiveRow[] =>
  strangeEnv(service, live).map((one) => {
    const {origin} = fromOperator('')
    return {
      setting: `${serviceWord[service.service]}.env.${one.name}`,
      value: '<none>',
      origin,
      from: 'not from the platform',
      live: envText({...one, origin}),
      drift: true,
    }
  })

/** What a workflow without settings of its own gets from the platform. */
const inheritedRows = (facts: PlatformDescribeFacts): EffectiveRow[] => {
  const {platform, clusterwide} = facts
  const broker = inheritedBroker(platform, isFound(clusterwide) ? clusterwide : undefined)
  const database = platform.postgresql
  const origin: EffectiveRow['origin'] =
    database === undefined
      ? {from: 'operator', note: 'in memory'}
      : {from: 'field', ref: platform.ref, path: 'spec.persistence.postgresql'}
  const row = (setting: string, value: string, of: EffectiveRow['origin']): EffectiveRow => ({
    setting,
    value,
    origin: of,
    from: originText(of, platform.ref),
  })
  return [
    row('workflows.persistence', database === undefined ? 'none' : 'postgresql', origin),
    row('workflows.broker', destinationText(broker), broker.origin),
  ]
}

const unread = (facts: Readonly<Record<string, object | NotFound | undefined>>): string[] =>
  Object.entries(facts)
    .filter(([, fact]) => fact === 'forbidden')
    .map(([name]) => name)

/** What of the facts could not be looked at, in words. */
export const notLookedAt = (facts: PlatformDescribeFacts): string[] =>
  unread({
    'the CRD': facts.schema,
    "the operator's Deployment": facts.operator,
    'cluster platforms': facts.clusterPlatform,
    workflows: facts.workflows,
    Deployments: facts.deployments,
    Jobs: facts.jobs,
    pods: facts.pods,
    Services: facts.serviceObjects,
    triggers: facts.triggers,
    SinkBindings: facts.sinkBinding,
    events: facts.warnings,
    'Deployments of the cluster platform': facts.clusterDeployments,
  })

/** Every setting of the services of a platform: what it comes to, why, and what the cluster has. */
export const viewPlatformEffective = (facts: PlatformDescribeFacts): EffectiveView => {
  const {platform} = facts
  const context = contextOf(facts)(platform)
  const services = effectiveServices(context)
  const rows = platformRows(context)
  return {
    kind: 'SonataFlowPlatform',
    name: platform.name,
    namespace: platform.namespace,
    settings: [
      ...serviceKeys.flatMap((key) => {
        const live = liveService(key, context, facts)
        const own = rows.filter(({setting}) => setting.startsWith(`${serviceWord[key]}.`))
        const head = own.findIndex(({setting}) => setting === `${serviceWord[key]}.image`)
        const at = head < 0 ? own.length : head
        return [
          ...compared(own.slice(0, at), liveValues(services[key], live, facts)),
          ...deploymentRow(services[key], live),
          ...compared(own.slice(at), liveValues(services[key], live, facts)),
          ...strangeRows(services[key], live),
        ]
      }),
      ...inheritedRows(facts),
    ],
    notVerified: notLookedAt(facts),
  }
}

/** The same for a workflow. */
export const viewWorkflowEffective = (facts: WorkflowLiveFacts): EffectiveView => {
  const effective = effectiveWorkflow(facts.workflow, facts.context)
  return {
    kind: 'SonataFlow',
    name: facts.workflow.name,
    namespace: facts.workflow.namespace,
    settings: compared(workflowRows(effective), workflowLiveValues(effective, facts)),
    notVerified: unread({
      platforms: facts.platforms,
      'cluster platforms': facts.clusterPlatform,
      Deployments: facts.deployment,
      SinkBindings: facts.sinkBinding,
      triggers: facts.triggers,
    }),
  }
}

/** Where a database is: `pg.demo:5432/sonataflow, schema x`. */
export const databaseText = (persistence: EffectivePersistence): string => {
  if (persistence.kind !== 'postgresql') return persistence.kind
  const {server, database, schema, jdbcUrl} = persistence
  const place =
    server === undefined
      ? maskedUrl(jdbcUrl.value)
          .replace(/^jdbc:postgresql:\/\//, '')
          .replace(/\?.*$/, '')
      : `${server.name.value}.${server.namespace.value}:${server.port.value}/${database?.value ?? ''}`
  return schema === undefined ? place : `${place}, schema ${schema.value}`
}
