import {CONFIG_MAP, DEPLOYMENT, SECRET} from '../../../domain/eventing/names.js'
import {groupOf, type KubeObject, type Ref, refOf} from '../../../domain/core/object.js'
import {at, listAt, numberAt, recordAt, textAt, textsAt} from '../../../domain/core/read.js'
import {ENDPOINT_SLICE, JOB, POD, PROPERTIES_KEY, SONATAFLOW_GROUP} from '../../../domain/sonataflow/names.js'
import {systemNamespace} from '../../admission/config.js'
import {ownerOf} from '../addressables.js'
import {type ClusterView, type Controller} from '../controller.js'
import {databaseFault} from './database.js'
import {readyStatus} from '../shipped.js'

/** How the containers of a pod fare. */
type Health =
  | {state: 'ready' | 'not-ready' | 'hangs'; log: string}
  | {state: 'waiting'; reason: string; message: string}
  | {state: 'crashed'; log: string}

const isOwned = ({metadata}: KubeObject): boolean =>
  (metadata.ownerReferences ?? []).some(({apiVersion}) => groupOf(apiVersion) === SONATAFLOW_GROUP)

/** What Knative's operators install has its own stand-in; what nobody owns is a user's, a database for example. */
const isRun = (object: KubeObject): boolean =>
  object.metadata.namespace !== systemNamespace &&
  ((object.kind === DEPLOYMENT.kind && (isOwned(object) || (object.metadata.ownerReferences ?? []).length === 0)) ||
    (object.kind === JOB.kind && isOwned(object)))

const podSpecOf = (workload: KubeObject): Readonly<Record<string, unknown>> =>
  recordAt(workload, 'spec', 'template', 'spec')

const environment = (spec: unknown): readonly unknown[] =>
  listAt(spec, 'containers').flatMap((container) => listAt(container, 'env'))

/** Why the kubelet cannot make the environment (kubernetes pkg/kubelet/kubelet_pods.go). */
const configFault = (spec: unknown, namespace: string, cluster: ClusterView): Health | undefined => {
  for (const variable of environment(spec))
    for (const [field, kind] of [
      ['secretKeyRef', SECRET],
      ['configMapKeyRef', CONFIG_MAP],
    ] as const) {
      const reference = at(variable, 'valueFrom', field)
      const [name, key] = [textAt(reference, 'name'), textAt(reference, 'key')]
      if (name === undefined || key === undefined || at(reference, 'optional') === true) continue
      const found = cluster.get({...kind, name, namespace})
      const reason = 'CreateContainerConfigError'
      if (found === undefined)
        return {state: 'waiting', reason, message: `${kind.kind.toLowerCase()} "${name}" not found`}
      if (recordAt(found, 'data')[key] === undefined)
        return {
          state: 'waiting',
          reason,
          message: `couldn't find key ${key} in ${kind.kind} ${namespace}/${name}`,
        }
    }
  return undefined
}

/** Images of names that can never be resolved (RFC 2606) cannot be pulled. */
const imageFault = (spec: unknown): Health | undefined => {
  const image = listAt(spec, 'containers')
    .map((container) => textAt(container, 'image') ?? '')
    .find((one) => /^[^/]+\.invalid(:\d+)?\//.test(one))
  return image === undefined
    ? undefined
    : {state: 'waiting', reason: 'ImagePullBackOff', message: `Back-off pulling image ${JSON.stringify(image)}`}
}

const volumeFault = (spec: unknown, namespace: string, cluster: ClusterView): Health | undefined => {
  const missing = listAt(spec, 'volumes')
    .map((volume) => textAt(volume, 'configMap', 'name'))
    .find((name) => name !== undefined && cluster.get({...CONFIG_MAP, name, namespace}) === undefined)
  return missing === undefined
    ? undefined
    : {state: 'waiting', reason: 'ContainerCreating', message: `configmap "${missing}" not found`}
}

const sinkCheck = /KSinkInjectionHealthCheck"\.enabled *= *true/

/** The Job Service wants K_SINK when its properties say so; without it the health check fails forever. */
const misses = (spec: unknown, namespace: string, cluster: ClusterView): boolean =>
  !environment(spec).some((variable) => textAt(variable, 'name') === 'K_SINK') &&
  listAt(spec, 'volumes').some((volume) => {
    const name = textAt(volume, 'configMap', 'name')
    const found = name === undefined ? undefined : cluster.get({...CONFIG_MAP, name, namespace})
    return sinkCheck.test(textAt(found, 'data', PROPERTIES_KEY) ?? '')
  })

const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('')

const healthOf = (workload: KubeObject, cluster: ClusterView): Health => {
  const {namespace = '', name} = workload.metadata
  const spec = podSpecOf(workload)
  const held = configFault(spec, namespace, cluster) ?? imageFault(spec) ?? volumeFault(spec, namespace, cluster)
  if (held !== undefined) return held
  const job = workload.kind === JOB.kind
  const starting = job ? 'Starting the DB migration' : `Starting ${name}`
  for (const variable of environment(spec)) {
    const url = textAt(variable, 'value')
    if (url === undefined || !(textAt(variable, 'name') ?? '').endsWith('_JDBC_URL')) continue
    const fault = databaseFault(url, namespace, cluster)
    if (fault?.hangs) return {state: 'hangs', log: lines(starting, fault.text)}
    if (fault !== undefined)
      return {
        state: 'crashed',
        log: lines(starting, job ? 'ERROR: migration failed' : 'ERROR: Failed to start application', fault.text),
      }
  }
  if (job) return {state: 'ready', log: lines(starting, 'Successfully applied all migrations', 'DB migration finished')}
  return misses(spec, namespace, cluster)
    ? {state: 'not-ready', log: lines(starting, 'Health check "K_SINK injected" is DOWN: K_SINK is not set')}
    : {state: 'ready', log: lines(starting, 'Listening on: http://0.0.0.0:8080')}
}

const containerState = (health: Health, job: boolean): Record<string, unknown> => {
  if (health.state === 'waiting') return {waiting: {reason: health.reason, message: health.message}}
  if (health.state === 'crashed')
    return job
      ? {terminated: {exitCode: 1, reason: 'Error'}}
      : {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container'}}
  return job && health.state === 'ready' ? {terminated: {exitCode: 0, reason: 'Completed'}} : {running: {}}
}

const phaseOf = ({state}: Health, job: boolean): string => {
  if (state === 'waiting') return 'Pending'
  if (!job || state === 'hangs') return 'Running'
  return state === 'crashed' ? 'Failed' : 'Succeeded'
}

const podStatus = (pod: KubeObject, health: Health, job: boolean): Record<string, unknown> => {
  const ready = health.state === 'ready' && !job
  const state = containerState(health, job)
  return {
    phase: phaseOf(health, job),
    podIP: '10.244.0.20',
    conditions: [{type: 'Ready', status: ready ? 'True' : 'False'}],
    containerStatuses: listAt(pod, 'spec', 'containers').map((container) => ({
      name: textAt(container, 'name') ?? '',
      image: textAt(container, 'image') ?? '',
      ready,
      restartCount: health.state === 'crashed' && !job ? 5 : 0,
      state,
    })),
  }
}

const podsOf = (owner: KubeObject, cluster: ClusterView): KubeObject[] =>
  cluster
    .list(POD.apiVersion, POD.kind, owner.metadata.namespace)
    .filter(({metadata}) => (metadata.ownerReferences ?? []).some(({uid}) => uid === owner.metadata.uid))

/** The pods of a workload: names like the real ones, but the same in every run. */
const runPods = (workload: KubeObject, replicas: number, health: Health, cluster: ClusterView): void => {
  const {name, namespace = ''} = workload.metadata
  const job = workload.kind === JOB.kind
  const wanted = Array.from({length: replicas}, (_, index) =>
    job ? `${name}-x2x7q` : `${name}-7d9c5b8f6-x2x${String(index).padStart(2, '0')}`,
  )
  for (const pod of podsOf(workload, cluster)) if (!wanted.includes(pod.metadata.name)) cluster.delete(refOf(pod))
  for (const podName of wanted) {
    const ref = {...POD, name: podName, namespace}
    const labels = textsAt(workload, 'spec', 'template', 'metadata', 'labels')
    const spec = {...podSpecOf(workload)}
    const present = cluster.get(ref)
    if (present === undefined)
      cluster.create({
        ...POD,
        metadata: {
          name: podName,
          namespace,
          labels,
          ownerReferences: [ownerOf(workload)],
        },
        spec,
      })
    else cluster.patch(ref, {metadata: {labels}, spec})
    const pod = cluster.get(ref)
    if (pod === undefined) continue
    if (health.state === 'waiting') cluster.api.podLogs.delete(pod.metadata.uid ?? '')
    else cluster.api.podLogs.set(pod.metadata.uid ?? '', health.log)
    const status = podStatus(pod, health, job)
    if (health.state === 'waiting' && textAt(present, 'status', 'phase') !== 'Pending')
      cluster.event(
        pod,
        'Warning',
        health.reason === 'ContainerCreating' ? 'FailedMount' : 'Failed',
        health.reason === 'ContainerCreating'
          ? `MountVolume.SetUp failed for volume "application-config" : ${health.message}`
          : `Error: ${health.message}`,
      )
    cluster.setStatus(ref, status)
  }
}

const deploymentStatus = (deployment: KubeObject, replicas: number, {state}: Health): Record<string, unknown> => {
  const observedGeneration = deployment.metadata.generation ?? 1
  if (state === 'ready' || replicas === 0) return {...readyStatus(DEPLOYMENT.kind, replicas), observedGeneration}
  return {
    observedGeneration,
    replicas,
    updatedReplicas: replicas,
    unavailableReplicas: replicas,
    conditions: [
      {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      },
    ],
  }
}

const jobStatus = ({state}: Health, now: string): Record<string, unknown> => {
  if (state === 'ready')
    return {startTime: now, completionTime: now, succeeded: 1, conditions: [{type: 'Complete', status: 'True'}]}
  if (state !== 'crashed') return {startTime: now, active: 1}
  return {
    startTime: now,
    failed: 1,
    conditions: [
      {
        type: 'Failed',
        status: 'True',
        reason: 'BackoffLimitExceeded',
        message: 'Job has reached the specified backoff limit',
      },
    ],
  }
}

const isFinished = (job: KubeObject): boolean =>
  numberAt(job, 'status', 'succeeded') === 1 || numberAt(job, 'status', 'failed') === 1

/** Deployments and Jobs that what changed may help or hurt: by a Secret, a ConfigMap, or a database behind a Service. */
const dependents = (object: KubeObject, cluster: ClusterView): Ref[] => {
  const local = ['Secret', 'ConfigMap'].includes(object.kind)
  const addresses =
    object.kind === ENDPOINT_SLICE.kind || (object.kind === 'Service' && groupOf(object.apiVersion) === '')
  if (!local && !addresses) return []
  return [DEPLOYMENT, JOB]
    .flatMap(({apiVersion, kind}) => cluster.list(apiVersion, kind, local ? object.metadata.namespace : undefined))
    .filter((workload) => isRun(workload) && isOwned(workload))
    .map(refOf)
}

/**
 * Runs Deployments and migration Jobs: pods that are ready at once, unless a Secret, a ConfigMap, the database, an image
 * or K_SINK is missing (kubernetes pkg/controller, pkg/kubelet).
 */
export const podsController: Controller = {
  name: 'pod-runner',
  wants({object, type}, cluster) {
    if (isRun(object)) return type === 'DELETED' ? [] : [refOf(object)]
    if (object.kind === POD.kind && type === 'DELETED')
      return (object.metadata.ownerReferences ?? [])
        .filter(({kind}) => kind === DEPLOYMENT.kind)
        .map(({apiVersion, kind, name}) => ({apiVersion, kind, name, namespace: object.metadata.namespace ?? ''}))
    return dependents(object, cluster)
  },
  reconcile(ref, cluster) {
    const workload = cluster.get(ref)
    if (workload === undefined || !isRun(workload) || workload.metadata.deletionTimestamp !== undefined) return
    const health = healthOf(workload, cluster)
    if (workload.kind === JOB.kind) {
      if (isFinished(workload)) return
      runPods(workload, 1, health, cluster)
      const startTime = textAt(workload, 'status', 'startTime') ?? cluster.now()
      cluster.setStatus(ref, {...jobStatus(health, cluster.now()), startTime})
      return
    }
    const replicas = numberAt(workload, 'spec', 'replicas') ?? 1
    runPods(workload, replicas, health, cluster)
    cluster.setStatus(ref, deploymentStatus(workload, replicas, health))
  },
}
