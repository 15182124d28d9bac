import {invalid} from './errors.js'
import type {KubeObject} from './object.js'
import {type Awaited} from './plan.js'
import {conditionOf, readinessOf, whyNotReady} from './readiness.js'
import {numberAt, textAt} from './read.js'
import {workloadState} from './workload.js'

/** What an object looks like while it is waited for; `undefined` when it is not there. `failed`: it never will be. */
export type Verdict = {done: true} | {done: false; note: string} | {done: false; note: string; failed: string}
export type Until = (object: KubeObject | undefined) => Verdict

/** A target of `wait --for`, with the words for what is waited for. */
export interface WaitTarget {
  until: Until
  /** `to become ready` */
  wanted: string
  /** The object is expected to go away, so its absence is no mistake of the name. */
  gone: boolean
  /** It is to be ready, with all that this means for its kind. */
  ready: boolean
}

const absent: Verdict = {done: false, note: 'it does not exist yet'}

/** Ready as its controllers report it: the condition Ready is True for the newest generation. */
export const untilReady: Until = (object) => {
  if (object === undefined) return absent
  const readiness = readinessOf(object)
  return readiness.state === 'ready' ? {done: true} : {done: false, note: whyNotReady(readiness) || 'Ready is Unknown'}
}

/** Gone: nothing of that name any more, or a successor with another uid. */
export const untilGone =
  (uid?: string): Until =>
  (object) => {
    if (object === undefined || (uid !== undefined && object.metadata.uid !== uid)) return {done: true}
    const {finalizers = [], deletionTimestamp} = object.metadata
    if (deletionTimestamp === undefined) return {done: false, note: 'it is not being deleted'}
    return {done: false, note: finalizers.length > 0 ? `held by finalizer ${finalizers.join(', ')}` : 'still there'}
  }

/** There again: another one than that which was deleted. */
export const untilBack =
  (uid?: string): Until =>
  (object) =>
    object === undefined || (uid !== undefined && object.metadata.uid === uid)
      ? {done: false, note: 'it stays away'}
      : {done: true}

/** Its controller has looked at the newest generation, whatever came of it. */
const untilObserved: Until = (object) => {
  if (object === undefined) return absent
  const {generation = 0} = object.metadata
  return (numberAt(object, 'status', 'observedGeneration') ?? -1) >= generation
    ? {done: true}
    : {done: false, note: 'its controller has not looked at the change yet'}
}

/** The pods of a Deployment or StatefulSet are ready. */
const untilAvailable: Until = (object) => {
  if (object === undefined) return absent
  const {ready, wanted, healthy, stale} = workloadState(object)
  if (healthy) return {done: true}
  return {done: false, note: stale ? 'its last change is not rolled out yet' : `${ready} of ${wanted} pods are ready`}
}

/** A Job has done its work; one that has failed never will. */
const untilComplete: Until = (object) => {
  if (object === undefined) return absent
  if (conditionOf(object, 'Complete')?.status === 'True') return {done: true}
  const failed = conditionOf(object, 'Failed')
  if (failed?.status === 'True') {
    const why = [failed.reason, failed.message].filter(Boolean).join(': ')
    return {done: false, note: why, failed: why}
  }
  return {done: false, note: 'it is still running'}
}

/** A ConfigMap holds these values; `null`: the key is not there. */
const untilHolds =
  (data: Readonly<Record<string, string | null>>): Until =>
  (object) => {
    if (object === undefined) return absent
    const open = Object.entries(data).flatMap(([key, value]) =>
      (textAt(object, 'data', key) ?? null) === value ? [] : [key],
    )
    return open.length === 0 ? {done: true} : {done: false, note: `${open.join(', ')} not written yet`}
  }

/** The judge of a wait step, and the words for what it waits for. */
export const judgeOf = (until: Awaited, uid?: string): {judge: Until; wanted: string} => {
  if (typeof until === 'object') return {judge: untilHolds(until.data), wanted: 'to be written by its operator'}
  switch (until) {
    case 'gone':
      return {judge: untilGone(uid), wanted: 'to be gone'}
    case 'observed':
      return {judge: untilObserved, wanted: 'to be seen by its operator'}
    case 'available':
      return {judge: untilAvailable, wanted: 'to have its pods ready'}
    case 'complete':
      return {judge: untilComplete, wanted: 'to be complete'}
    case 'ready':
      return {judge: untilReady, wanted: 'to become ready'}
  }
}

const untilExists: Until = (object) => (object === undefined ? absent : {done: true})

const untilCondition =
  (type: string, status: string): Until =>
  (object) => {
    if (object === undefined) return absent
    const condition = conditionOf(object, type)
    if (condition?.status.toLowerCase() === status.toLowerCase()) return {done: true}
    if (condition === undefined) return {done: false, note: `it has no condition ${type}`}
    const why = [condition.reason, condition.message].filter(Boolean).join(': ')
    return {done: false, note: `${type} is ${condition.status}${why === '' ? '' : `, ${why}`}`}
  }

/**
 * Reads `--for`: `ready`, `create`, `delete`, or kubectl wait's `condition=TYPE[=STATUS]`. Throws InvalidArgument.
 */
export const parseWaitFor = (text: string): WaitTarget => {
  const [word = '', type = '', status = 'True', ...rest] = text.split('=')
  switch (word.toLowerCase()) {
    case 'ready':
      if (type === '') return {until: untilReady, wanted: 'to become ready', gone: false, ready: true}
      break
    case 'create':
      if (type === '') return {until: untilExists, wanted: 'to exist', gone: false, ready: false}
      break
    case 'delete':
      if (type === '') return {until: untilGone(), wanted: 'to be gone', gone: true, ready: false}
      break
    case 'condition':
      if (type !== '' && rest.length === 0) {
        return {
          until: untilCondition(type, status),
          wanted: `for condition ${type}=${status}`,
          gone: false,
          ready: false,
        }
      }
      break
  }
  throw invalid(`--for: "${text}" is not known`, 'Use ready, create, delete, or condition=TYPE[=STATUS].')
}
