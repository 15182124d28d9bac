import {type KubeObject} from './object.js'
import {numberAt} from './read.js'

export interface WorkloadName {
  kind: 'Deployment' | 'StatefulSet'
  name: string
}

/** Pods of a Deployment or StatefulSet: how many are wanted, and how many are ready. */
export interface WorkloadState extends WorkloadName {
  wanted: number
  ready: number
  /** As many as wanted; a StatefulSet may rest at none while nothing is to be delivered. */
  healthy: boolean
  /** What the status says was true before the last change, which its controller has not taken up yet. */
  stale: boolean
}

const isKind = (kind: string): kind is WorkloadName['kind'] => kind === 'Deployment' || kind === 'StatefulSet'

/** Reads a Deployment or StatefulSet; its status counts only for its newest generation. */
export const workloadState = (object: KubeObject): WorkloadState => {
  const kind = isKind(object.kind) ? object.kind : 'Deployment'
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1
  const ready = numberAt(object, 'status', 'readyReplicas') ?? 0
  const observed = numberAt(object, 'status', 'observedGeneration')
  const stale = observed !== undefined && observed < (object.metadata.generation ?? 0)
  const enough = ready >= wanted && (wanted > 0 || kind === 'StatefulSet')
  return {kind, name: object.metadata.name, wanted, ready, healthy: enough && !stale, stale}
}
