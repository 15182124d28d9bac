import {type Kind, type KubeObject} from './object.js'
import {isRecord, listAt, numberAt, textAt} from './read.js'
import {rowOf} from '../kinds/registry.js'

/** A Knative condition. */
export interface Condition {
  type: string
  /** `True`, `False`, `Unknown`, as sent. */
  status: string
  /** Empty means error; `Warning` and `Info` do not make an object not ready. */
  severity?: string
  reason?: string
  message?: string
  /** RFC 3339 */
  lastTransitionTime?: string
}

/** Whether an object can be used, by its condition `Ready` or what its kind has instead. */
export interface Readiness {
  state: 'ready' | 'pending' | 'failed'
  reason?: string
  message?: string
}

/** Reasons that no controller has given: they are how we call the absence of a status. */
export const ownReasons: readonly string[] = ['Deleting', 'NoConditions', 'Outdated', 'NoReadyCondition']

/** Why an object is not ready, in words; empty when nothing is known. */
export const whyNotReady = ({reason, message}: Readiness): string =>
  (reason !== undefined && ownReasons.includes(reason) ? [message] : [reason, message]).filter(Boolean).join(': ')

const listed = (object: KubeObject): readonly unknown[] => listAt(object, 'status', 'conditions')

/**
 * Lists call this for each cell of thousands of rows, and short commands are interpreted, not compiled: hence the plain
 * assignments.
 */
const conditionFrom = (source: unknown): Condition | undefined => {
  if (!isRecord(source)) return undefined
  const {type, status, severity, reason, message, lastTransitionTime} = source
  if (typeof type !== 'string') return undefined
  const condition: Condition = {type, status: typeof status === 'string' ? status : 'Unknown'}
  if (isFilled(severity)) condition.severity = severity
  if (isFilled(reason)) condition.reason = reason
  if (isFilled(message)) condition.message = message
  if (isFilled(lastTransitionTime)) condition.lastTransitionTime = lastTransitionTime
  return condition
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** The conditions in the order in which they are stored (Knative sorts them by type). */
export const conditionsOf = (object: KubeObject): Condition[] =>
  listed(object).flatMap((source) => conditionFrom(source) ?? [])

export const conditionOf = (object: KubeObject, type: string): Condition | undefined =>
  conditionFrom(listed(object).find((source) => isRecord(source) && source['type'] === type))

/** The type of the condition that sums up all others. */
export const summaryType = (object: Kind): string => rowOf(object)?.condition ?? 'Ready'

/**
 * Ready or not, and why. A status that was computed for an older generation does not count, and neither does that of an
 * object that is being deleted: both are pending.
 */
export const readinessOf = (object: KubeObject): Readiness => {
  if (object.metadata.deletionTimestamp !== undefined)
    return {state: 'pending', reason: 'Deleting', message: 'it is being deleted'}
  const conditions = conditionsOf(object)
  if (conditions.length === 0)
    return {state: 'pending', reason: 'NoConditions', message: 'no controller has reported about it yet'}
  const observed = numberAt(object, 'status', 'observedGeneration')
  const {generation} = object.metadata
  if (observed !== undefined && generation !== undefined && observed < generation)
    return {state: 'pending', reason: 'Outdated', message: `generation ${generation} has not been reconciled yet`}
  const summary = summaryType(object)
  const ready = conditions.find(({type}) => type === summary)
  if (ready === undefined)
    return {state: 'pending', reason: 'NoReadyCondition', message: `it has no condition ${summary}`}
  const why = {
    ...(ready.reason === undefined ? {} : {reason: ready.reason}),
    ...(ready.message === undefined ? {} : {message: ready.message}),
  }
  if (ready.status === 'True') return {state: 'ready'}
  return ready.status === 'False' ? {state: 'failed', ...why} : {state: 'pending', ...why}
}

/** For kn's CONDITIONS cell `5 OK / 7`: every True counts, whatever its severity. */
export const countConditions = (object: KubeObject): {ok: number; total: number} => {
  const found = listed(object).filter((source) => textAt(source, 'type') !== undefined)
  return {ok: found.filter((source) => isRecord(source) && source['status'] === 'True').length, total: found.length}
}
