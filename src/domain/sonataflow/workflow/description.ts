import {kubectl, sfl, type Command} from '../../core/commands.js'
import {brokerRef, SECRET, SERVICE} from '../../eventing/names.js'
import {describeDeletion, describeEvents, eventsInOrder, since, type EventLine} from '../../core/event-lines.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Ref} from '../../core/object.js'
import {readinessOf, whyNotReady, type Condition} from '../../core/readiness.js'
import {isFound, type NotFound} from '../../core/seen.js'
import {workloadState} from '../../core/workload.js'
import {workflowRows, type EffectiveRow} from '../effective/rows.js'
import {effectiveWorkflow, type EffectiveWorkflow} from '../effective/workflow.js'
import {compared} from '../effective/view.js'
import {bySeverity} from '../workload/live-preflight.js'
import {serviceTitle, serviceWord} from '../names.js'
import {sonataflowConditions} from '../platform/description.js'
import {podLine, type PodLine} from '../workload/pod-state.js'
import {enumeration, notVerified} from '../say.js'
import {type WorkflowLiveFacts} from './facts.js'
import {workflowLiveValues} from './live.js'

/** Everything that `workflow describe` shows, as data. */
export interface WorkflowDescription {
  name: string
  namespace: string
  ageMs?: number
  endpoint?: string
  conditions: readonly Condition[]
  /** What it uses, why, and what it was deployed with. */
  settings: readonly EffectiveRow[]
  deployment: {ready: number; wanted: number} | NotFound
  pods: readonly PodLine[] | NotFound
  events?: readonly EventLine[] | NotFound
  deletion?: {sinceMs?: number; finalizers: readonly string[]}
  findings: readonly Finding[]
}

const describeCommand = ({name, namespace}: Ref): Command =>
  kubectl('-n', namespace ?? '', 'describe', 'deployment', name)

/** L7: it does not run. */
const runningFindings = (facts: WorkflowLiveFacts, pods: readonly PodLine[]): Finding[] => {
  const {workflow} = facts
  const {running, built, ref} = workflow
  if (running?.status === 'True' || workflow.deleting) return []
  const stuck = pods.find(({ready, why}) => !ready && why !== undefined)
  const build =
    built?.status === 'False' && built.reason !== 'BuildSkipped'
      ? [built.reason, built.message].filter(Boolean).join(': ')
      : undefined
  const own = [running?.reason, running?.message].filter(Boolean).join(': ')
  const why = build ?? (stuck === undefined ? own : `pod ${stuck.name}: ${stuck.why}`)
  return [
    finding('SFL-L07', {
      object: ref,
      message: `workflow ${ref.name} does not run${why === '' ? ': the operator has not reported about it' : `: ${why}`}`,
      repair:
        build !== undefined
          ? kubectl('-n', workflow.namespace, 'get', 'sonataflowbuilds.sonataflow.org', workflow.name, '-o', 'yaml')
          : stuck === undefined
            ? facts.deployment === 'absent'
              ? kubectl('get', 'deployments', '-A', '-l', 'app.kubernetes.io/name=sonataflow-operator')
              : describeCommand(ref)
            : kubectl('-n', workflow.namespace, 'describe', 'pod', stuck.name),
    }),
  ]
}

/** W6: it runs with settings that it would not get today. */
const formerFindings = ({ref}: WorkflowLiveFacts['workflow'], settings: readonly EffectiveRow[]): Finding[] => {
  const different = settings.filter(({drift}) => drift === true).map(({setting}) => setting.replace(/^workflow\./, ''))
  const [name, namespace = ''] = [ref.name, ref.namespace]
  return different.length === 0
    ? []
    : [
        finding('SFL-W06', {
          object: ref,
          message: `workflow ${name} was deployed with another ${enumeration(different)} than it would get now`,
          repair: kubectl('-n', namespace, 'rollout', 'restart', `deployment/${name}`),
        }),
      ]
}

/** W1: timeouts, and nobody who keeps time. */
const timeoutFindings = ({workflow}: WorkflowLiveFacts, {services, profile}: EffectiveWorkflow): Finding[] =>
  !workflow.hasTimeouts || services.jobService.connected || profile.value === 'dev'
    ? []
    : [
        finding('SFL-W01', {
          object: workflow.ref,
          message: `workflow ${workflow.name} has timeouts and no ${serviceTitle.jobService}: they never fire`,
          repair: sfl('platform services enable', serviceWord.jobService, '-n', workflow.namespace),
        }),
      ]

const brokerJudgement = ({brokers}: WorkflowLiveFacts): Finding[] =>
  Object.entries(brokers).flatMap(([place, broker]) => {
    const [namespace = '', name = ''] = place.split('/')
    const object = brokerRef(name, namespace)
    if (broker === 'forbidden') return [notVerified(object, `broker ${name}`)]
    if (!isFound(broker))
      return [
        finding('SFL-E02', {
          object,
          message: `broker ${name} does not exist in namespace ${namespace}`,
          repair: sfl('broker create', name, '-n', namespace, '--class', 'Kafka'),
        }),
      ]
    const readiness = readinessOf(broker)
    const why = whyNotReady(readiness)
    return readiness.state === 'ready'
      ? []
      : [
          finding('SFL-E03', {
            object,
            message: `broker ${name} is not ready${why === '' ? '' : ` (${why})`}`,
            repair: sfl('broker describe', name, '-n', namespace),
          }),
        ]
  })

const databaseJudgement = (
  {secrets, services, workflow}: WorkflowLiveFacts,
  {persistence}: EffectiveWorkflow,
): Finding[] => {
  if (persistence.kind !== 'postgresql') return []
  const {secret, server} = persistence
  const name = secret.name?.value ?? ''
  const place: Ref = {...SECRET, name, namespace: workflow.namespace}
  const found = secrets[`${workflow.namespace}/${name}`]
  const missing = isFound(found)
    ? [secret.userKey.value, secret.passwordKey.value].filter((key) => !found.keys.includes(key))
    : []
  const fault =
    found === 'absent'
      ? `Secret ${name} does not exist in namespace ${workflow.namespace}, where the pods of workflow ${workflow.name} need it`
      : missing.length > 0
        ? `Secret ${name} has no key ${missing.join(' and no key ')}`
        : undefined
  const service = server === undefined ? undefined : services[`${server.namespace.value}/${server.name.value}`]
  return [
    ...(found === 'forbidden' ? [notVerified(place, `the Secret of the database`)] : []),
    ...(fault === undefined
      ? []
      : [
          finding('SFL-DB09', {
            object: place,
            message: fault,
            repair: sfl('secret create-postgres-auth', name, '-n', workflow.namespace),
          }),
        ]),
    ...(server === undefined || service !== 'absent'
      ? []
      : [
          finding('SFL-DB10', {
            object: {...SERVICE, name: server.name.value, namespace: server.namespace.value},
            message: `Service ${server.name.value} does not exist in namespace ${server.namespace.value}; workflow ${workflow.name} could not reach its database`,
            repair: kubectl('-n', server.namespace.value, 'get', 'services'),
          }),
        ]),
  ]
}

const unreadFindings = (facts: WorkflowLiveFacts): Finding[] => {
  const unread = Object.entries({
    platforms: facts.platforms,
    'cluster platforms': facts.clusterPlatform,
    'its Deployment': facts.deployment,
    'its SinkBinding': facts.sinkBinding,
    triggers: facts.triggers,
    pods: facts.pods,
    events: facts.warnings,
  }).flatMap(([what, fact]) => (fact === 'forbidden' ? [what] : []))
  return unread.length === 0
    ? []
    : [
        finding('SFL-P06', {
          object: facts.workflow.ref,
          message: `not verified, since you may not read them: ${enumeration(unread, 9)}`,
        }),
      ]
}

/** `now` is in milliseconds since 1970. */
export const describeWorkflow = (facts: WorkflowLiveFacts, now: number): WorkflowDescription => {
  const {workflow, deployment} = facts
  const {object, name, namespace} = workflow
  const effective = effectiveWorkflow(workflow, facts.context)
  const settings = compared(workflowRows(effective), workflowLiveValues(effective, facts))
  const warnings = isFound(facts.warnings) ? eventsInOrder(facts.warnings) : []
  const pods = isFound(facts.pods) ? facts.pods.map((pod) => podLine(pod, warnings)) : facts.pods
  const ageMs = since(object.metadata.creationTimestamp, now)
  const state = isFound(deployment) ? workloadState(deployment) : undefined
  return {
    name,
    namespace,
    ...(ageMs === undefined ? {} : {ageMs}),
    ...(workflow.endpoint === undefined ? {} : {endpoint: workflow.endpoint}),
    conditions: sonataflowConditions(object),
    settings,
    deployment:
      state === undefined ? (isFound(deployment) ? 'absent' : deployment) : {ready: state.ready, wanted: state.wanted},
    pods,
    ...describeEvents(facts.events),
    ...describeDeletion(object, now),
    findings: bySeverity([
      ...runningFindings(facts, typeof pods === 'string' ? [] : pods),
      ...databaseJudgement(facts, effective),
      ...brokerJudgement(facts),
      ...timeoutFindings(facts, effective),
      ...formerFindings(workflow, settings),
      ...unreadFindings(facts),
    ]),
  }
}
