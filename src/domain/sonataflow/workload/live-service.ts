import {eventsInOrder} from '../../core/event-lines.js'
import {type KubeObject, type Ref} from '../../core/object.js'
import {listAt, numberAt, textAt} from '../../core/read.js'
import {conditionOf} from '../../core/readiness.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {workloadState} from '../../core/workload.js'
import {DEPLOYMENT} from '../../eventing/names.js'
import {SERVICE_LABEL} from './children.js'
import {effectiveService, type PlatformContext} from '../effective/effective.js'
import {sinkBindingLink} from '../eventing/preflight.js'
import {type LiveFacts, type PlatformDescribeFacts} from './live-facts.js'
import {currentJob, expectedJobName, expectedMigrationJob} from '../migration/job.js'
import {jobState} from '../migration/preflight.js'
import {type Platform} from '../model.js'
import {serviceObjectName, serviceSuffix, type ServiceKey} from '../names.js'
import {type PlatformFacts} from '../platform/facts.js'
import {operatorRelease, type ReleaseEvidence} from '../release.js'
import {podLine, podsWith, type PodLine} from './pod-state.js'

/**
 * `stopped` has no replicas, whoever wanted that; `unknown` could not be looked at; `none` need not be there. The
 * platform itself says Ready whatever these come to (the operator's internal/controller/platform/k8s.go).
 */
export type LiveState = 'ready' | 'not-ready' | 'stopped' | 'missing' | 'unknown' | 'none'

/** A supporting service as it runs. */
export interface LiveService {
  state: LiveState
  /** Of the Deployment. */
  ref: Ref
  object?: KubeObject
  ready: number
  wanted: number
  /** Of the service's own container. */
  image?: string
  /** The tag of the operator that made it, by its label. */
  madeBy?: string
  /** Why it is not ready, in words. */
  why?: string
  pods: readonly PodLine[]
}

/** What decides about the settings of a platform, from facts. */
export const contextOf = (
  facts: Pick<PlatformFacts, 'clusterPlatform' | 'clusterwide' | 'operator'> & ReleaseEvidence,
) => {
  const {clusterPlatform, clusterwide, operator} = facts
  const release = operatorRelease(facts)
  return (platform: Platform): PlatformContext => ({
    platform,
    ...(isFound(clusterPlatform) ? {cluster: {clusterPlatform, platform: clusterwide}} : {}),
    ...(isFound(operator) ? {operator: operator.settings} : {}),
    release,
  })
}

/** The container of a service in its Deployment. */
export const serviceContainerOf = (deployment: KubeObject, key: ServiceKey): unknown => {
  const containers = listAt(deployment, 'spec', 'template', 'spec', 'containers')
  return containers.find((one) => textAt(one, 'name') === serviceSuffix[key]) ?? containers[0]
}

/** Why the Job that has to come first has not let the services start; `undefined` when it has, or there is none. */
export const migrationHold = (
  context: PlatformContext,
  jobs: Lookup<readonly KubeObject[]>,
): {job: string; state: 'absent' | 'running' | 'failed'} | undefined => {
  if (expectedMigrationJob(context) === undefined || jobs === 'forbidden') return undefined
  const {release = {}} = context
  const job = isFound(jobs) ? currentJob(jobs, release) : undefined
  const name = job?.metadata.name ?? expectedJobName(release)
  const state = job === undefined ? 'absent' : jobState(job)
  if (state === 'succeeded') return undefined
  return {
    job:
      name === undefined
        ? 'the Job that has to migrate the databases first'
        : `Job ${name}, which has to migrate the databases first,`,
    state,
  }
}

const holdTexts = {
  absent: 'is not there',
  running: 'has not finished',
  failed: 'has failed',
} as const

/** The newest of the operator's own complaints about a platform. */
export const operatorComplaint = (platform: Platform, warnings: Lookup<readonly KubeObject[]>): string | undefined => {
  if (!isFound(warnings)) return undefined
  const about = eventsInOrder(warnings).filter(
    ({involvedObject}) =>
      textAt(involvedObject, 'kind') === platform.ref.kind && textAt(involvedObject, 'name') === platform.name,
  )
  // The general one that follows repeats the special one.
  const special = about.findLast((event) => textAt(event, 'reason') === 'WaitingKnativeEventing')
  return textAt(special ?? about.at(-1), 'message')
}

const whyMissing = (context: PlatformContext, facts: PlatformDescribeFacts): string => {
  const {platform} = context
  const {succeed, duplicated} = platform.status
  if (duplicated) return 'the platform is a duplicate, and nothing of it is deployed'
  if (succeed === undefined) return 'the operator has not looked at the platform yet'
  const hold = migrationHold(context, facts.jobs)
  if (hold !== undefined) return `${hold.job} ${holdTexts[hold.state]}`
  const complaint = operatorComplaint(platform, facts.warnings)
  if (complaint !== undefined) return complaint
  const {operator} = facts
  const stopped = operator === 'absent' || (isFound(operator) && operator.deployments.every(({ready}) => ready === 0))
  return stopped ? 'no SonataFlow operator is running' : 'no event says why'
}

const whyStopped = (key: ServiceKey, platform: Platform, facts: PlatformFacts): string => {
  if (platform.services?.[key]?.podTemplate.replicas === 0) return `spec.services.${key}.podTemplate.replicas is 0`
  const link = key === 'jobService' ? sinkBindingLink(platform, facts) : undefined
  if (link !== undefined && (link.state === 'missing' || link.state === 'not-provided'))
    return `it waits for SinkBinding ${link.ref.name}, which ${link.state === 'missing' ? 'is missing' : `has not provided its sink${link.why === undefined ? '' : ` (${link.why})`}`}`
  return 'somebody scaled it down'
}

const whyNotReady = (deployment: KubeObject, pods: readonly PodLine[]): string | undefined => {
  const stuck = pods.find(({ready, why}) => !ready && why !== undefined)
  const failure = conditionOf(deployment, 'ReplicaFailure')
  const progress = conditionOf(deployment, 'Progressing')
  const available = conditionOf(deployment, 'Available')
  if (failure?.status === 'True') return [failure.reason, failure.message].filter(Boolean).join(': ')
  if (stuck !== undefined) return `pod ${stuck.name}: ${stuck.why}`
  if (progress?.status === 'False') return [progress.reason, progress.message].filter(Boolean).join(': ')
  return available?.message
}

const nothing = (state: LiveState, ref: Ref, why?: string): LiveService => ({
  state,
  ref,
  ready: 0,
  wanted: 0,
  pods: [],
  ...(why === undefined ? {} : {why}),
})

const podsOf = (ref: Ref, {pods, warnings}: LiveFacts): PodLine[] => {
  const told = isFound(warnings) ? eventsInOrder(warnings) : []
  return isFound(pods) ? podsWith(pods, SERVICE_LABEL, ref.name).map((pod) => podLine(pod, told)) : []
}

/** How a service of a platform runs: of its own, or, for those of the cluster, its Deployment alone. */
export const liveService = (key: ServiceKey, context: PlatformContext, facts: PlatformDescribeFacts): LiveService => {
  const {scope, owner} = effectiveService(key, context)
  const home = owner ?? context.platform
  const ref: Ref = {...DEPLOYMENT, name: serviceObjectName(home.name, key), namespace: home.namespace}
  if (scope === 'none') return nothing('none', ref)
  if (scope === 'cluster' && owner === undefined) return nothing('unknown', ref)
  const deployments = scope === 'cluster' ? (facts.clusterDeployments ?? 'forbidden') : facts.deployments
  if (deployments === 'forbidden') return nothing('unknown', ref, 'Deployments cannot be listed (no permission)')
  const object = isFound(deployments)
    ? deployments.find(({metadata}) => metadata.name === ref.name && metadata.namespace === ref.namespace)
    : undefined
  if (object === undefined) return nothing('missing', ref, scope === 'cluster' ? undefined : whyMissing(context, facts))
  const {wanted, ready, healthy} = workloadState(object)
  const pods = scope === 'cluster' ? [] : podsOf(ref, facts)
  const image = textAt(serviceContainerOf(object, key), 'image')
  const madeBy = object.metadata.labels?.['app.kubernetes.io/version']
  const state = wanted === 0 ? 'stopped' : healthy ? 'ready' : 'not-ready'
  const why =
    state === 'ready' || scope === 'cluster'
      ? undefined
      : state === 'stopped'
        ? whyStopped(key, home, facts)
        : whyNotReady(object, pods)
  return {
    state,
    ref,
    object,
    ready: numberAt(object, 'status', 'readyReplicas') ?? ready,
    wanted,
    pods,
    ...(image === undefined ? {} : {image}),
    ...(madeBy === undefined ? {} : {madeBy}),
    ...(why === undefined ? {} : {why}),
  }
}
