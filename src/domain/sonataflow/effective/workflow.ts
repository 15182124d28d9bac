import {isFound} from '../../core/seen.js'
import {effectiveService, type ClusterContext} from './effective.js'
import {workflowSink, workflowSource, type EffectiveDestination} from './eventing.js'
import {workflowPersistence, type EffectivePersistence} from './persistence.js'
import {readPlatform, type Platform} from '../model.js'
import {AUTOMATIC_PLATFORM, PLATFORM, PROFILE, type Profile, type ServiceKey} from '../names.js'
import {fromField, fromOperator, type Origin, type Setting} from '../origin.js'
import {profileOf, type Workflow} from '../workflow/model.js'

/** What decides what a workflow uses. */
export interface WorkflowContext {
  /** The active platform of the workflow's namespace; left out when it has none. */
  platform?: Platform
  cluster?: ClusterContext
}

/** Whether a workflow is connected to a service, and why. */
export interface WorkflowService {
  connected: boolean
  url?: string
  origin: Origin
}

/** What a workflow really uses. */
export interface EffectiveWorkflow {
  workflow: Workflow
  profile: Setting<Profile>
  /** Name of the platform in the workflow's namespace, also when the operator would first create it. */
  platform: Setting<string>
  services: Readonly<Record<ServiceKey, WorkflowService>>
  persistence: EffectivePersistence
  /** Where it sends its events; left out in profile dev, which has no eventing. */
  sink?: EffectiveDestination
  /** Where each event type that it consumes comes from; empty in profile dev. */
  sources: ReadonlyArray<{eventType: string; from: EffectiveDestination}>
}

const effectiveProfile = (workflow: Workflow): Setting<Profile> => {
  const value = profileOf(workflow)
  const {profile, image, ref} = workflow
  if (profile === value) return fromField(value, ref, `metadata.annotations[${PROFILE}]`)
  if (value === 'gitops' && image !== undefined) return fromField(value, ref, 'spec.podTemplate.container.image')
  return fromOperator(value, profile === undefined ? undefined : `profile ${profile} is taken for it`)
}

const workflowService = (
  key: ServiceKey,
  profile: Profile,
  platform: Platform,
  cluster: ClusterContext | undefined,
): WorkflowService => {
  if (profile === 'dev')
    return {connected: false, origin: {from: 'operator', note: 'workflows of profile dev are not connected'}}
  const service = effectiveService(key, {platform, ...(cluster === undefined ? {} : {cluster})})
  if (service.url === undefined) return {connected: false, origin: service.enabled.origin}
  return {
    connected: true,
    url: service.url.value,
    origin: service.scope === 'local' ? service.enabled.origin : service.url.origin,
  }
}

/** The platform that the operator creates for the first workflow of a namespace without one. */
export const automaticPlatform = (namespace: string): Platform =>
  readPlatform({...PLATFORM, metadata: {name: AUTOMATIC_PLATFORM, namespace}, spec: {}})

/** What a workflow really uses, by the operator's precedence (OpenShift Serverless Logic, "Platform-scoped PostgreSQL persistence configuration" and "Platform-scoped eventing system configuration" and "Eventing system configuration precedence rules for supporting services"). */
export const effectiveWorkflow = (workflow: Workflow, context: WorkflowContext): EffectiveWorkflow => {
  const profile = effectiveProfile(workflow)
  const {cluster} = context
  const platform = context.platform ?? automaticPlatform(workflow.namespace)
  // Whatever its capabilities say: the broker of the platform that the active cluster platform names is inherited.
  const clusterwide = cluster !== undefined && isFound(cluster.platform) ? cluster.platform : undefined
  const dev = profile.value === 'dev'
  return {
    workflow,
    profile,
    platform:
      context.platform === undefined
        ? fromOperator(AUTOMATIC_PLATFORM, 'the operator creates it, without services')
        : fromField(platform.name, platform.ref, 'metadata.name'),
    services: {
      dataIndex: workflowService('dataIndex', profile.value, platform, cluster),
      jobService: workflowService('jobService', profile.value, platform, cluster),
    },
    persistence: workflowPersistence(workflow, platform, dev),
    ...(dev ? {} : {sink: workflowSink(workflow, platform, clusterwide)}),
    sources: dev
      ? []
      : workflow.consumes.map(({type}) => ({
          eventType: type,
          from: workflowSource(type, workflow, platform, clusterwide),
        })),
  }
}
