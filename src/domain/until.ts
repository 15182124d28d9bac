import {invalid} from './errors.js'
import type {KubeObject} from './object.js'
import {conditionOf, readinessOf, whyNotReady} from './readiness.js'

/** What an object looks like while it is waited for; `undefined` when it is not there. */
export type Verdict = {done: true} | {done: false; note: string}
export type Until = (object: KubeObject | undefined) => Verdict

/** A target of `wait --for`, with the words for what is waited for. */
export interface WaitTarget {
  until: Until
  /** `to become ready` */
  wanted: string
  /** The object is expected to go away, so its absence is no mistake of the name. */
  gone: boolean
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
      if (type === '') return {until: untilReady, wanted: 'to become ready', gone: false}
      break
    case 'create':
      if (type === '') return {until: untilExists, wanted: 'to exist', gone: false}
      break
    case 'delete':
      if (type === '') return {until: untilGone(), wanted: 'to be gone', gone: true}
      break
    case 'condition':
      if (type !== '' && rest.length === 0) {
        return {until: untilCondition(type, status), wanted: `for condition ${type}=${status}`, gone: false}
      }
      break
  }
  throw invalid(`--for: "${text}" is not known`, 'Use ready, create, delete, or condition=TYPE[=STATUS].')
}
