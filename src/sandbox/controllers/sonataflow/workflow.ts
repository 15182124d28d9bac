import {SINK_BINDING, TRIGGER} from '../../../domain/eventing/names.js'
import {type KubeObject, refOf} from '../../../domain/core/object.js'
import {listAt, recordAt, textAt} from '../../../domain/core/read.js'
import {conditionOf} from '../../../domain/core/readiness.js'
import {type EffectiveWorkflow, effectiveWorkflow} from '../../../domain/sonataflow/effective/workflow.js'
import {activePlatform, type Platform, readPlatform} from '../../../domain/sonataflow/model.js'
import {
  AUTOMATIC_PLATFORM,
  CLUSTER_PLATFORM,
  PLATFORM,
  TRIGGER_FINALIZER,
  WORKFLOW,
  WORKFLOW_BUILD,
  workflowSinkBindingName,
} from '../../../domain/sonataflow/names.js'
import {activeClusterPlatform, readClusterPlatform, readWorkflow} from '../../../domain/sonataflow/workflow/model.js'
import {ApiFault} from '../../store/fault.js'
import {observed, ownerOf} from '../addressables.js'
import {failed, isTrue, type Judged} from '../conditions.js'
import {type ClusterView, type Controller} from '../controller.js'
import {hold, release} from '../install.js'
import {createOrUpdate, type OperatorBuild, runningTag, sonataflowConditions, whileOperatorRuns} from './operator.js'
import {Stopped, validBroker} from './services.js'
import {
  brokerNameOf,
  workflowConfigMaps,
  workflowDeployment,
  workflowLabels,
  workflowService,
  workflowSinkBinding,
  workflowTriggers,
  type WorkflowChild,
} from './workflow-children.js'

/** The active platform of the namespace; the operator makes one where there is none. */
const platformFor = (namespace: string, cluster: ClusterView): Platform | undefined => {
  const found = activePlatform(cluster.list(PLATFORM.apiVersion, PLATFORM.kind, namespace).map(readPlatform))
  if (found !== undefined) return found
  cluster.create({...PLATFORM, metadata: {name: AUTOMATIC_PLATFORM, namespace}, spec: {}})
  const made = cluster.get({...PLATFORM, name: AUTOMATIC_PLATFORM, namespace})
  return made === undefined ? undefined : readPlatform(made)
}

const effectiveOf = (workflow: KubeObject, platform: Platform, cluster: ClusterView): EffectiveWorkflow => {
  const all = cluster.list(CLUSTER_PLATFORM.apiVersion, CLUSTER_PLATFORM.kind).map(readClusterPlatform)
  const clusterPlatform = activeClusterPlatform(all)
  const named = clusterPlatform && cluster.get({...PLATFORM, ...clusterPlatform.platform})
  return effectiveWorkflow(readWorkflow(workflow), {
    platform,
    ...(clusterPlatform === undefined
      ? {}
      : {cluster: {clusterPlatform, platform: named === undefined ? 'absent' : readPlatform(named)}}),
  })
}

/** The build of a preview workflow: done as soon as it is asked for. */
const built = (workflow: KubeObject, cluster: ClusterView): string => {
  const {name, namespace = ''} = workflow.metadata
  const ref = {...WORKFLOW_BUILD, name, namespace}
  const imageTag = `image-registry.local/${namespace}/${name}:latest`
  if (cluster.get(ref) === undefined) {
    cluster.create({...WORKFLOW_BUILD, metadata: {name, namespace, ownerReferences: [ownerOf(workflow)]}, spec: {}})
    cluster.setStatus(ref, {buildPhase: 'Succeeded', imageTag})
  }
  return textAt(cluster.get(ref), 'status', 'imageTag') ?? imageTag
}

const deploy = (one: WorkflowChild, cluster: ClusterView): void => {
  const {workflow} = one.effective
  const {namespace, name} = workflow
  const {user, managed} = workflowConfigMaps(one)
  if (cluster.get(refOf(user)) === undefined) cluster.insert(user)
  createOrUpdate(cluster, managed, 'data')
  const binding = cluster.get({...SINK_BINDING, name: workflowSinkBindingName(name), namespace})
  createOrUpdate(cluster, workflowDeployment(one, textAt(binding, 'status', 'sinkUri')), 'spec')
  createOrUpdate(cluster, workflowService(one), 'spec')
  // Without Knative nothing of this is made, and nothing is said about it.
  if (cluster.target(TRIGGER) === undefined) return
  const wanted = workflowSinkBinding(one)
  if (wanted !== undefined) createOrUpdate(cluster, wanted, 'spec')
  for (const trigger of workflowTriggers(one)) {
    const home = trigger.metadata.namespace ?? ''
    const broker = validBroker(cluster, brokerNameOf(trigger), home)
    if ('fault' in broker && typeof broker.fault === 'string') throw new Stopped(broker.fault)
    if (home !== namespace) hold(cluster, cluster.get(workflow.ref) ?? workflow.object, TRIGGER_FINALIZER)
    createOrUpdate(cluster, trigger, 'spec')
  }
}

const running = (workflow: KubeObject, cluster: ClusterView): Judged => {
  const {name, namespace = ''} = workflow.metadata
  const deployment = cluster.get({apiVersion: 'apps/v1', kind: 'Deployment', name, namespace})
  const available = deployment && conditionOf(deployment, 'Available')
  if (available === undefined) return failed('WaitingForDeployment')
  return available.status === 'True' ? isTrue : failed('DeploymentIsUnavailable', available.message)
}

const urlsOf = ({services}: EffectiveWorkflow): Record<string, unknown> => {
  const entries = (['dataIndex', 'jobService'] as const).flatMap((key) => {
    const {url} = services[key]
    return url === undefined ? [] : [[`${key}Ref`, {url}]]
  })
  return entries.length === 0 ? {} : {services: Object.fromEntries(entries)}
}

const reconcile = (workflow: KubeObject, cluster: ClusterView, {generation}: OperatorBuild): void => {
  const ref = refOf(workflow)
  const {namespace = '', name} = workflow.metadata
  const platform = platformFor(namespace, cluster)
  if (platform === undefined) return
  const effective = effectiveOf(workflow, platform, cluster)
  const profile = effective.profile.value
  const tag = runningTag(cluster) ?? ''
  const image =
    effective.workflow.image ??
    (profile === 'preview' ? built(workflow, cluster) : `docker.io/apache/incubator-kie-sonataflow-devmode:${tag}`)
  const labels = workflowLabels(effective.workflow, tag, platform.name)
  const one: WorkflowChild = {effective, labels, image}
  let trouble: Judged | undefined
  try {
    deploy(one, cluster)
  } catch (error) {
    if (!(error instanceof Stopped) && !(error instanceof ApiFault)) throw error
    trouble = failed('DeploymentFailure', `Error in deploy the workflow:${error.message}`)
  }
  const triggers =
    trouble === undefined
      ? workflowTriggers(one).map(({metadata}) => ({name: metadata.name, namespace: metadata.namespace}))
      : []
  const known = listAt(workflow, 'status', 'triggers')
  const kept = [
    ...known,
    ...triggers.filter(
      (fresh) =>
        !known.some((old) => textAt(old, 'name') === fresh.name && textAt(old, 'namespace') === fresh.namespace),
    ),
  ]
  const endpoint = `http://${name}.${namespace}/${name}`
  const judged: Record<string, Judged> = {
    ...(profile === 'dev' ? {} : {Built: profile === 'gitops' ? failed('BuildSkipped') : isTrue}),
    Running: trouble ?? running(workflow, cluster),
  }
  cluster.setStatus(ref, {
    ...recordAt(workflow, 'status'),
    ...observed(workflow),
    conditions: sonataflowConditions(workflow, judged, cluster.now()),
    endpoint,
    address: {url: endpoint},
    platform: {name: platform.name, namespace},
    ...urlsOf(effective),
    ...(kept.length === 0 ? {} : {triggers: kept}),
    ...(generation !== 'nov-2024' && profile !== 'dev' ? {selector: `sonataflow.org/workflow-app=${name}`} : {}),
  })
}

const isWaiting = (workflow: KubeObject): boolean => conditionOf(workflow, 'Running')?.status !== 'True'

/**
 * SonataFlows, as far as platforms are concerned (internal/controller/sonataflow_controller.go and profiles). A workflow
 * that runs is not touched when its platform changes, which is what the real operator's users meet with.
 */
export const workflowController = (build: OperatorBuild): Controller =>
  whileOperatorRuns(WORKFLOW, {
    name: 'workflow-controller',
    wants({object, type}, cluster) {
      const {namespace, ownerReferences = []} = object.metadata
      if (object.kind === WORKFLOW.kind) return type === 'DELETED' ? [] : [refOf(object)]
      const owner = ownerReferences.find(({kind}) => kind === WORKFLOW.kind)
      if (owner !== undefined) return [{...WORKFLOW, name: owner.name, namespace: namespace ?? ''}]
      return object.kind === PLATFORM.kind || object.kind === 'Broker'
        ? cluster.list(WORKFLOW.apiVersion, WORKFLOW.kind).filter(isWaiting).map(refOf)
        : []
    },
    reconcile(ref, cluster) {
      const workflow = cluster.get(ref)
      if (workflow === undefined) return
      if (workflow.metadata.deletionTimestamp === undefined) {
        reconcile(workflow, cluster, build)
        return
      }
      for (const trigger of listAt(workflow, 'status', 'triggers'))
        cluster.delete({
          ...TRIGGER,
          name: textAt(trigger, 'name') ?? '',
          namespace: textAt(trigger, 'namespace') ?? '',
        })
      release(cluster, workflow, TRIGGER_FINALIZER)
    },
  })
