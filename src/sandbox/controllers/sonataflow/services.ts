import {BROKER, DELIVERY_ORDER, SINK_BINDING, triggerRef} from '../../../domain/eventing/names.js'
import {type KubeObject, type Ref, refOf} from '../../../domain/core/object.js'
import {at, listAt, numberAt, recordAt, textAt} from '../../../domain/core/read.js'
import {
  type ChildrenContext,
  expectedConfigMap,
  expectedDeployment,
  expectedDisruptionBudget,
  expectedService,
} from '../../../domain/sonataflow/workload/children.js'
import {serviceSource} from '../../../domain/sonataflow/effective/eventing.js'
import {
  expectedSinkBinding,
  type ExpectedTrigger,
  expectedTriggers,
  sinkBindingManifest,
  sinkProvided,
  triggerManifest,
} from '../../../domain/sonataflow/eventing/links.js'
import {type Platform, readPlatform} from '../../../domain/sonataflow/model.js'
import {
  AUTOSCALER,
  DISRUPTION_BUDGET,
  retiredTriggers,
  serviceObjectName,
  type ServiceKey,
  sinkBindingName,
  triggerName,
} from '../../../domain/sonataflow/names.js'
import {writtenTag} from '../../../domain/sonataflow/release.js'
import {omitFields} from '../../store/omit.js'
import {readyCondition} from '../conditions.js'
import {type ClusterView} from '../controller.js'
import {createOrUpdate} from './operator.js'

/** Why the operator stopped half-way; `waiting` is the text of its extra event about Knative. */
export class Stopped extends Error {
  constructor(
    message: string,
    readonly waiting?: string,
  ) {
    super(message)
  }
}

/** The operator dereferenced a broker's `ref` that is not there: its process ends, without an event. */
export class Crashed extends Error {}

/** What one reconciliation works with. */
export interface ServicesWork {
  cluster: ClusterView
  platform: Platform
  context: ChildrenContext
  /** Old operators know neither some labels nor ordered delivery, and make one more trigger. */
  old: boolean
  /** Notes triggers in the platform's status. */
  addTriggers(triggers: readonly Ref[]): void
  /** Puts the finalizer for triggers elsewhere on the platform. */
  hold(): void
}

const newLabels = ['app.kubernetes.io/instance', 'app.kubernetes.io/version']

/** As an operator of Nov 2024 writes it. */
const aged = (object: KubeObject): KubeObject => {
  const {labels = {}, annotations, ...metadata} = object.metadata
  const left = omitFields(annotations ?? {}, DELIVERY_ORDER)
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: omitFields(labels, ...newLabels),
      ...(Object.keys(left).length === 0 ? {} : {annotations: left}),
    },
  }
}

/** A broker that can be used, or why not (internal/controller/knative/knative.go ValidateBroker). */
export const validBroker = (cluster: ClusterView, name: string, namespace: string): KubeObject | {fault: string} => {
  const ref = {...BROKER, name, namespace}
  if (cluster.target(ref) === undefined)
    return {fault: `no matches for kind "${BROKER.kind}" in version "${BROKER.apiVersion}"`}
  const broker = cluster.get(ref)
  if (broker === undefined) return {fault: `broker ${name} in namespace ${namespace} does not exist`}
  return readyCondition(broker)?.status === 'True'
    ? broker
    : {fault: `broker ${name} in namespace ${namespace} is not ready`}
}

const bindingOf = ({cluster, platform}: ServicesWork): KubeObject | undefined =>
  cluster.get({...SINK_BINDING, name: sinkBindingName(platform.name), namespace: platform.namespace})

/** The HorizontalPodAutoscaler of a Deployment, which then decides about its replicas. */
const autoscalerOf = ({cluster, platform}: ServicesWork, name: string): KubeObject | undefined =>
  cluster
    .list(AUTOSCALER.apiVersion, AUTOSCALER.kind, platform.namespace)
    .find(
      (one) =>
        textAt(one, 'spec', 'scaleTargetRef', 'kind') === 'Deployment' &&
        textAt(one, 'spec', 'scaleTargetRef', 'name') === name,
    )

/** What the SinkBinding's webhook put into the containers, which the operator keeps. */
const withSink = (deployment: KubeObject, uri: string | undefined): KubeObject => {
  if (uri === undefined) return deployment
  const pod = recordAt(deployment, 'spec', 'template', 'spec')
  const containers = listAt(pod, 'containers').map((container) => ({
    ...recordAt({container}, 'container'),
    env: [...listAt(container, 'env'), {name: 'K_SINK', value: uri}, {name: 'K_CE_OVERRIDES', value: ''}],
  }))
  const spec = recordAt(deployment, 'spec')
  return {...deployment, spec: {...spec, template: {...recordAt(spec, 'template'), spec: {...pod, containers}}}}
}

const applyDeployment = (work: ServicesWork, key: ServiceKey): void => {
  const {cluster, platform, context} = work
  const binding = key === 'jobService' ? bindingOf(work) : undefined
  const provided = binding !== undefined && sinkProvided(binding)
  const wanted = withSink(
    expectedDeployment(key, {...context, sinkProvided: provided}),
    provided ? textAt(binding, 'status', 'sinkUri') : undefined,
  )
  const scaler = key === 'dataIndex' ? autoscalerOf(work, wanted.metadata.name) : undefined
  // Replicas are left to a working autoscaler, unless somebody wants none at all.
  const left = scaler !== undefined && numberAt(scaler, 'status', 'currentReplicas') !== undefined
  const leave = left && platform.services?.[key]?.podTemplate.replicas !== 0
  createOrUpdate(cluster, leave ? {...wanted, spec: omitFields(recordAt(wanted, 'spec'), 'replicas')} : wanted, 'spec')
}

const applyDisruptionBudget = (work: ServicesWork): void => {
  const {cluster, platform, context} = work
  const name = serviceObjectName(platform.name, 'dataIndex')
  const minimum = numberAt(autoscalerOf(work, name), 'spec', 'minReplicas')
  // With an autoscaler its minimum counts, not the number that is written.
  const counted =
    minimum === undefined
      ? platform
      : readPlatform({
          ...platform.object,
          spec: withReplicas(recordAt(platform.object, 'spec'), minimum),
        })
  const wanted = expectedDisruptionBudget({...context, platform: counted})
  if (wanted === undefined) cluster.delete({...DISRUPTION_BUDGET, name, namespace: platform.namespace})
  else {
    // Of the two bounds only one may be there.
    const other = at(wanted, 'spec', 'minAvailable') === undefined ? 'minAvailable' : 'maxUnavailable'
    const spec = recordAt(wanted, 'spec')
    if (cluster.get(refOf(wanted)) === undefined) cluster.insert(wanted)
    else cluster.patch(refOf(wanted), {spec: {...spec, [other]: null}})
  }
}

const withReplicas = (spec: Readonly<Record<string, unknown>>, replicas: number): Record<string, unknown> => {
  const services = recordAt(spec, 'services')
  const dataIndex = recordAt(services, 'dataIndex')
  const podTemplate = {...recordAt(dataIndex, 'podTemplate'), replicas}
  return {...spec, services: {...services, dataIndex: {...dataIndex, podTemplate}}}
}

const retired = (platform: Platform, key: ServiceKey, like: ExpectedTrigger | undefined): ExpectedTrigger[] =>
  like === undefined || platform.uid === undefined
    ? []
    : retiredTriggers
        .filter(({service}) => service === key)
        .map((trigger) => ({
          ...like,
          trigger,
          ref: triggerRef(triggerName(trigger, platform.uid ?? ''), like.ref.namespace ?? ''),
          ordered: false,
        }))

const applyTriggers = (work: ServicesWork, key: ServiceKey): void => {
  const {cluster, platform, context, old} = work
  const source = serviceSource(platform, key)
  if (source.mode === 'broken') throw new Crashed()
  if (source.mode !== 'ref') return
  const {name, namespace} = source
  const broker = validBroker(cluster, name, namespace)
  if ('fault' in broker && typeof broker.fault === 'string')
    throw new Stopped(broker.fault, `${broker.fault} for service: ${serviceObjectName(platform.name, key)}`)
  const known = expectedTriggers(platform, 'metadata' in broker ? {[`${namespace}/${name}`]: broker} : {}).filter(
    ({trigger}) => trigger.service === key,
  )
  const wanted = old ? [...known, ...retired(platform, key, known[0])] : known
  for (const one of wanted) {
    const manifest = triggerManifest(one, platform, writtenTag(context))
    if (namespace !== platform.namespace) work.hold()
    createOrUpdate(cluster, old ? aged(manifest) : manifest, 'spec')
    work.addTriggers([one.ref])
  }
}

const applySinkBinding = (work: ServicesWork): void => {
  const {cluster, platform, context, old} = work
  const expected = expectedSinkBinding(platform)
  if (expected === undefined) return
  const manifest = sinkBindingManifest(expected, platform, writtenTag(context))
  if (cluster.target(manifest) === undefined)
    throw new Stopped(`no matches for kind "${SINK_BINDING.kind}" in version "${SINK_BINDING.apiVersion}"`)
  createOrUpdate(cluster, old ? aged(manifest) : manifest, 'spec')
  const binding = bindingOf(work)
  if (binding !== undefined && sinkProvided(binding)) return
  const why = `waiting for K_SINK injection for service ${serviceObjectName(platform.name, 'jobService')} to complete`
  throw new Stopped(why, why)
}

/**
 * Everything of one service, in the operator's order; stops at the first thing that cannot be done, with what came
 * before already there (internal/controller/platform/k8s.go createOrUpdateServiceComponents).
 */
export const applyService = (work: ServicesWork, key: ServiceKey): void => {
  const {cluster, context, old} = work
  const as = (object: KubeObject): KubeObject => (old ? aged(object) : object)
  createOrUpdate(cluster, as(expectedConfigMap(key, context)), 'data')
  applyDeployment(work, key)
  if (key === 'dataIndex' && !old) applyDisruptionBudget(work)
  createOrUpdate(cluster, as(expectedService(key, context)), 'spec')
  applyTriggers(work, key)
  if (key === 'jobService') applySinkBinding(work)
}
