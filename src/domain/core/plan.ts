import type {Finding} from '../findings/finding.js'
import type {KubeObject, Manifest, Ref} from './object.js'

/**
 * Everything that changes a cluster is a plan: data, made by a pure function from options and facts, and carried out
 * by one executor (`kube/carry-out.ts`). Steps are done in order; the first failure ends the plan.
 */
export interface Plan {
  steps: readonly Step[]
  findings: readonly Finding[]
}

interface StepBase {
  /** Why this step is needed; shown when several steps are confirmed together. */
  reason?: string
}

/** The object must not exist yet. */
export interface CreateStep extends StepBase {
  verb: 'create'
  object: Manifest
}

/** Server-side apply by the field manager of the invocation. */
export interface ApplyStep extends StepBase {
  verb: 'apply'
  object: Manifest
  /** What was there when the plan was made; tells created, configured and unchanged apart. */
  before: KubeObject | undefined
  /** Take fields over from other managers. */
  force?: boolean
  /** Parts of the spec that are removed first, because an apply that drops all of a part leaves an empty one. */
  drops?: readonly string[]
}

/** Only the touched paths, as an RFC 7386 merge patch, against the version that the decision was made on. */
export interface PatchStep extends StepBase {
  verb: 'patch'
  ref: Ref
  before: KubeObject
  patch: Readonly<Record<string, unknown>>
}

export interface DeleteStep extends StepBase {
  verb: 'delete'
  ref: Ref
  /** What was seen; the uid guards against deleting a successor of the same name. */
  before: KubeObject
}

/**
 * What is waited for: readiness; absence; that its controller has looked at the newest generation (`observed`); that the
 * pods of a Deployment or StatefulSet are ready (`available`); that a Job has done its work (`complete`); or that a ConfigMap holds these values, `null` meaning that
 * the key is not there.
 */
export type Awaited =
  'ready' | 'gone' | 'observed' | 'available' | 'complete' | {data: Readonly<Record<string, string | null>>}

/** Waits until the object is as wanted. */
export interface WaitStep extends StepBase {
  verb: 'wait'
  ref: Ref
  until: Awaited
  timeoutMs: number
  /** With `gone`: a successor with another uid counts as gone. */
  uid?: string
}

/** Watches for a while whether an object that was deleted comes back; a return ends the plan. */
export interface StayGoneStep extends StepBase {
  verb: 'stay-gone'
  ref: Ref
  /** How long to watch. */
  settleMs: number
  /** The one that was deleted; only another one counts as a return. */
  uid?: string
}

/** The object is already as wanted: nothing is sent, `unchanged` is said. */
export interface KeepStep extends StepBase {
  verb: 'keep'
  object: KubeObject
}

export type Step = CreateStep | ApplyStep | PatchStep | DeleteStep | WaitStep | StayGoneStep | KeepStep

/** Steps that look and change nothing. */
export const isWatching = ({verb}: Step): boolean => verb === 'wait' || verb === 'stay-gone'

/** The object that a step is about. */
export const subjectOf = (step: Step): Ref => {
  switch (step.verb) {
    case 'create':
    case 'apply':
    case 'keep': {
      const {apiVersion, kind, metadata} = step.object
      return {apiVersion, kind, name: metadata.name, ...(metadata.namespace ? {namespace: metadata.namespace} : {})}
    }
    default:
      return step.ref
  }
}
