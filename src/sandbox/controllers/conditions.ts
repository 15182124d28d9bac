import {type KubeObject} from '../../domain/core/object.js'
import {isRecord, listAt, textAt} from '../../domain/core/read.js'
import {equal} from '../store/equal.js'
import {omitFields} from '../store/omit.js'

/** One condition as a controller judges it; message and reason are left out where the real one leaves them out. */
export interface Judged {
  status: 'True' | 'False' | 'Unknown'
  reason?: string
  message?: string
}

export const isTrue: Judged = {status: 'True'}
export const unknown: Judged = {status: 'Unknown'}
export const failed = (reason: string, message = ''): Judged => ({
  status: 'False',
  reason,
  ...(message === '' ? {} : {message}),
})
export const trueBecause = (reason: string, message = ''): Judged => ({
  status: 'True',
  reason,
  ...(message === '' ? {} : {message}),
})

/** What controllers say while event policies need OIDC and it is off (knative/eventing pkg/auth). */
export const policiesOff = trueBecause(
  'OIDCDisabled',
  'Feature "authentication-oidc" must be enabled to support Authorization',
)

const readyOf = (judged: Readonly<Record<string, Judged>>): Judged => {
  const all = Object.values(judged)
  const worst = all.find(({status}) => status === 'False') ?? all.find(({status}) => status === 'Unknown')
  return worst ?? isTrue
}

/**
 * The condition list of a Knative status: sorted by type, `Ready` copied from the first failing one, transition times
 * kept while the status stays (knative.dev/pkg apis/condition_set.go).
 */
export const conditionsOf = (before: KubeObject, judged: Readonly<Record<string, Judged>>, now: string): unknown[] => {
  const known = listAt(before, 'status', 'conditions').filter(isRecord)
  return Object.entries({...judged, Ready: readyOf(judged)})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, {status, reason, message}]) => {
      const old = known.find((condition) => condition['type'] === type)
      const fresh = {
        ...(message === undefined ? {} : {message}),
        ...(reason === undefined ? {} : {reason}),
        status,
        type,
      }
      const time = textAt(old, 'lastTransitionTime')
      const rest = omitFields(old ?? {}, 'lastTransitionTime')
      return {lastTransitionTime: time !== undefined && equal(rest, fresh) ? time : now, ...fresh}
    })
}

/** The condition `Ready` of an object, `undefined` where it has none. */
export const readyCondition = (object: KubeObject | undefined): Judged | undefined => {
  const found = listAt(object, 'status', 'conditions').find((condition) => textAt(condition, 'type') === 'Ready')
  const status = textAt(found, 'status')
  if (status !== 'True' && status !== 'False' && status !== 'Unknown') return undefined
  const reason = textAt(found, 'reason')
  const message = textAt(found, 'message')
  return {status, ...(reason === undefined ? {} : {reason}), ...(message === undefined ? {} : {message})}
}
