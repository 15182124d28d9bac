import {type KubeObject} from '../../core/object.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {type EffectiveDestination} from '../effective/eventing.js'
import {type EffectivePersistence} from '../effective/persistence.js'
import {maskedUrl} from '../effective/persistence.js'
import {effectiveWorkflow, type EffectiveWorkflow, type WorkflowContext} from '../effective/workflow.js'
import {workflowRows} from '../effective/rows.js'
import {compared} from '../effective/view.js'
import {activePlatform, type Platform} from '../model.js'
import {workflowSinkBindingName, type ServiceKey} from '../names.js'
import {workflowLiveValues} from './live.js'
import {readWorkflow} from './model.js'

/** What a list of workflows is made of: one list of each kind. */
export interface WorkflowListFacts {
  platforms: Lookup<readonly Platform[]>
  cluster?: WorkflowContext['cluster']
  /** Of workflows. */
  deployments: Lookup<readonly KubeObject[]>
  sinkBindings: Lookup<readonly KubeObject[]>
}

/** One row of `workflow list`. */
export interface WorkflowLine {
  profile: string
  platform: string
  dataIndex: string
  jobService: string
  database: string
  broker: string
  /** Settings with which it runs, and which it would no longer get. */
  former: readonly string[]
}

const serviceText = (effective: EffectiveWorkflow, key: ServiceKey): string => {
  const {connected, origin} = effective.services[key]
  if (!connected) return '<none>'
  return origin.from === 'field' &&
    origin.path.startsWith('spec.services.') &&
    origin.ref.namespace === effective.workflow.namespace
    ? 'local'
    : 'cluster'
}

const databaseCell = (persistence: EffectivePersistence): string =>
  persistence.kind === 'postgresql' ? placeIn(persistence.jdbcUrl.value) : '<none>'

/** `pg.demo:5432/sonataflow` of a JDBC URL. */
const placeIn = (url: string): string =>
  maskedUrl(url)
    .replace(/^jdbc:postgresql:\/\//, '')
    .replace(/\?.*$/, '')

const brokerCell = (sink: EffectiveDestination | undefined, home: string): string => {
  if (sink === undefined || sink.mode === 'http') return '<none>'
  if (sink.mode === 'uri') return sink.uri
  return sink.mode === 'broken'
    ? 'invalid'
    : `${(sink.kind ?? 'Broker').toLowerCase()}:${sink.name}${sink.namespace === home ? '' : `:${sink.namespace}`}`
}

const named = (found: Lookup<readonly KubeObject[]>, namespace: string, name: string): Lookup<KubeObject> =>
  isFound(found)
    ? (found.find(({metadata}) => metadata.namespace === namespace && metadata.name === name) ?? 'absent')
    : found

/** The row of a workflow. What it runs with goes before what it would get today. */
export const workflowLine = (object: KubeObject, facts: WorkflowListFacts): WorkflowLine => {
  const workflow = readWorkflow(object)
  const {namespace, name} = workflow
  const local = isFound(facts.platforms) ? facts.platforms.filter((one) => one.namespace === namespace) : []
  const platform = activePlatform(local)
  const effective = effectiveWorkflow(workflow, {
    ...(platform === undefined ? {} : {platform}),
    ...(facts.cluster === undefined ? {} : {cluster: facts.cluster}),
  })
  const live = workflowLiveValues(effective, {
    workflow,
    deployment: named(facts.deployments, namespace, name),
    sinkBinding: named(facts.sinkBindings, namespace, workflowSinkBindingName(name)),
    triggers: 'forbidden',
  })
  const former = compared(workflowRows(effective), live)
    .filter(({drift}) => drift === true)
    .map(({setting}) => setting)
  const has = (setting: string): boolean => former.some((one) => one === setting || one.startsWith(`${setting}.`))
  const database = live['workflow.database.jdbc-url']?.text
  const service = (key: ServiceKey, setting: string): string =>
    !has(setting) ? serviceText(effective, key) : `${live[setting]?.text === 'not connected' ? '<none>' : 'other'} *`
  const sink = live.sink?.text
  return {
    profile: effective.profile.value,
    platform: has('platform') ? `${live.platform?.text ?? ''} *` : platform === undefined ? '<none>' : platform.name,
    dataIndex: service('dataIndex', 'data-index'),
    jobService: service('jobService', 'job-service'),
    database: has('workflow')
      ? `${database === undefined ? '<none>' : placeIn(database)} *`
      : databaseCell(effective.persistence),
    broker: has('sink')
      ? `${sink === 'direct HTTP' || sink === undefined ? '<none>' : sink.replace(' ', ':')} *`
      : brokerCell(effective.sink, namespace),
    former,
  }
}
