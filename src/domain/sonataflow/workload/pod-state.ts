import {type KubeObject} from '../../core/object.js'
import {booleanAt, listAt, numberAt, recordAt, textAt} from '../../core/read.js'
import {conditionOf} from '../../core/readiness.js'

/** One pod, and why it is not ready. */
export interface PodLine {
  name: string
  /** `status.phase` of the pod, or `Terminating`. */
  phase: string
  ready: boolean
  /** Of all containers together. */
  restarts: number
  /** Why it is not ready, in the words of kubelet and scheduler. */
  why?: string
  /** RFC 3339 */
  created?: string
}

/** Reasons that say nothing yet: what holds the container up is in the events. */
const PREPARING: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing'])

const joined = (...texts: ReadonlyArray<string | undefined>): string => texts.filter(Boolean).join(': ')

const exitOf = (terminated: unknown): string | undefined => {
  const code = numberAt(terminated, 'exitCode')
  const reason = textAt(terminated, 'reason')
  if (code === undefined || code === 0) return undefined
  return `${reason === undefined || reason === 'Error' ? '' : `${reason}, `}exit code ${code}`
}

/** Why a container does not run; `undefined` for one that does, or has ended well. */
const containerFault = (status: unknown): string | undefined => {
  const waiting = recordAt(status, 'state', 'waiting')
  const reason = textAt(waiting, 'reason')
  if (reason !== undefined && !PREPARING.has(reason)) {
    const last = exitOf(recordAt(status, 'lastState', 'terminated'))
    return joined(reason, textAt(waiting, 'message')) + (last === undefined ? '' : ` (last: ${last})`)
  }
  return exitOf(recordAt(status, 'state', 'terminated'))
}

const fault = (pod: KubeObject, warnings: readonly KubeObject[]): string | undefined => {
  const init = listAt(pod, 'status', 'initContainerStatuses').flatMap((status) => {
    const found = containerFault(status)
    return found === undefined ? [] : [`init container ${textAt(status, 'name') ?? ''}: ${found}`]
  })
  const own = listAt(pod, 'status', 'containerStatuses').flatMap((status) => containerFault(status) ?? [])
  const scheduled = conditionOf(pod, 'PodScheduled')
  const unscheduled = scheduled?.status === 'False' ? joined(scheduled.reason, scheduled.message) : undefined
  const warning = warnings.findLast(({involvedObject}) => textAt(involvedObject, 'name') === pod.metadata.name)
  const told = warning === undefined ? undefined : joined(textAt(warning, 'reason'), textAt(warning, 'message'))
  const running = textAt(pod, 'status', 'phase') === 'Running'
  return (
    init[0] ??
    own[0] ??
    (unscheduled || undefined) ??
    told ??
    (running ? 'it runs, and its health check has not succeeded' : undefined)
  )
}

/** What a pod has come to. `warnings` are events of type Warning, of any object, the newest last. */
export const podLine = (pod: KubeObject, warnings: readonly KubeObject[] = []): PodLine => {
  const {name, deletionTimestamp, creationTimestamp} = pod.metadata
  const phase = textAt(pod, 'status', 'phase') ?? 'Pending'
  const statuses = listAt(pod, 'status', 'containerStatuses')
  const ready = statuses.length > 0 && statuses.every((one) => booleanAt(one, 'ready') === true)
  const why = ready || phase === 'Succeeded' || deletionTimestamp !== undefined ? undefined : fault(pod, warnings)
  return {
    name,
    phase: deletionTimestamp === undefined ? phase : 'Terminating',
    ready,
    restarts: statuses.reduce((sum: number, one) => sum + (numberAt(one, 'restartCount') ?? 0), 0),
    ...(why === undefined ? {} : {why}),
    ...(creationTimestamp === undefined ? {} : {created: creationTimestamp}),
  }
}

/** Pods that belong to a service of a platform, by the label that its Deployment selects them with. */
export const podsWith = (pods: readonly KubeObject[], label: string, value: string): KubeObject[] =>
  pods.filter(({metadata}) => metadata.labels?.[label] === value)
