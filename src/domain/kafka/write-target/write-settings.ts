import {isRecord, at, textAt, type Fields} from '../../core/read.js'
import {mergePatch} from '../../core/merge-patch.js'
import {patchBetween} from '../../core/patch-between.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {type Step} from '../../core/plan.js'
import {CONFIG_MAP} from '../../eventing/names.js'
import {kafkaField} from '../installation/knative-kafka-fields.js'
import {configEntry, configMapRef, type WriteTarget} from './write-target.js'

/** Keys of a ConfigMap to set, and to remove. */
export interface SettingsChange {
  set?: Readonly<Record<string, string>>
  remove?: readonly string[]
  /** Further fields of `spec` of a KnativeEventing that change with it, as a merge patch. */
  eventingSpec?: Fields
}

/**
 * The step that makes a change of a ConfigMap's keys at its write target: a merge patch of what differs, the creation of a
 * ConfigMap that is not there, or nothing to do.
 */
export const settingsSteps = (target: WriteTarget, change: SettingsChange, reason?: string): Step[] => {
  const why = reason === undefined ? {} : {reason}
  if (target.object === undefined)
    return [
      {
        verb: 'create',
        object: {...CONFIG_MAP, metadata: {...target.place}, data: {...change.set}},
        ...why,
      },
    ]
  const wanted = mergePatch(target.object, meaningful(patchFor(target, target.object, change), target.object))
  const patch = isRecord(wanted) ? patchBetween(target.object, wanted) : undefined
  return patch === undefined
    ? [{verb: 'keep', object: target.object}]
    : [{verb: 'patch', ref: refOf(target.object), before: target.object, patch: {...patch}, ...why}]
}

/** Without removals of what is not there: a merge patch would make the maps on their way. */
const meaningful = (patch: Fields, object: unknown): Fields =>
  Object.fromEntries(
    Object.entries(patch).flatMap(([key, value]): [string, unknown][] => {
      const here = at(object, key)
      if (value === null) return here === undefined ? [] : [[key, value]]
      if (!isRecord(value)) return [[key, value]]
      const inner = meaningful(value, here)
      return Object.keys(inner).length === 0 ? [] : [[key, inner]]
    }),
  )

const patchFor = (target: WriteTarget, object: KubeObject, change: SettingsChange): Fields => {
  switch (target.via) {
    case 'config-map':
      return {data: dataPatch(change)}
    case 'knative-eventing': {
      const {spelling, data} = configEntry(object, target.place.name)
      const patch = dataPatch(change)
      const left = Object.keys({...data, ...patch}).filter((key) => patch[key] !== null)
      return {spec: {...change.eventingSpec, config: {[spelling]: left.length === 0 ? null : patch}}}
    }
    case 'knative-kafka':
      return kafkaPatch(target.place.name, object, change)
  }
}

const dataPatch = ({set = {}, remove = []}: SettingsChange): Record<string, string | null> => ({
  ...Object.fromEntries(remove.map((key) => [key, null])),
  ...set,
})

/** A number where it reads as one: what it may be is judged elsewhere, and the server has the last word. */
const numberOf = (text: string): number | string => (/^[+-]?\d+$/.test(text.trim()) ? Number(text) : text)

const kafkaPatch = (name: string, resource: KubeObject, change: SettingsChange): Fields => {
  let patch: unknown = {}
  const put = (path: readonly string[], value: unknown): void => {
    patch = deepSet(patch, path, value)
  }
  for (const [key, value] of Object.entries(dataPatch(change))) {
    const field = kafkaField(name, key)
    // A stale entry in spec.config would show through once the field is gone.
    if (field === undefined || (value === null && at(resource, 'spec', 'config', name, key) !== undefined))
      put(['spec', 'config', name, key], value)
    if (field !== undefined)
      put(['spec', ...field.path], value === null ? null : field.number ? numberOf(value) : value)
  }
  // The CRD demands `enabled` wherever the part is mentioned.
  for (const part of ['broker', 'channel'])
    if (at(patch, 'spec', part) !== undefined && at(resource, 'spec', part, 'enabled') === undefined)
      put(['spec', part, 'enabled'], false)
  return isRecord(patch) ? patch : {}
}

const deepSet = (target: unknown, [step, ...rest]: readonly string[], value: unknown): unknown => {
  if (step === undefined) return value
  const fields = isRecord(target) ? target : {}
  return {...fields, [step]: deepSet(fields[step], rest, value)}
}

/**
 * What to wait for after the change: until the operator has written the ConfigMap. Nothing for a ConfigMap that is written
 * directly. A key that was taken out of a KnativeEventing gets its shipped value, which is not known here: then it is
 * waited until the operator has looked at the resource.
 */
export const settledSteps = (target: WriteTarget, change: SettingsChange, timeoutMs: number): Step[] => {
  if (target.via === 'config-map' || target.object === undefined) return []
  const {set = {}, remove = []} = change
  const removed =
    target.via === 'knative-kafka'
      ? remove.map((key): [string, string | null] => [key, kafkaField(target.place.name, key)?.otherwise ?? null])
      : []
  const data = {...Object.fromEntries(removed), ...set}
  if (Object.keys(data).length === 0) return [{verb: 'wait', ref: refOf(target.object), until: 'observed', timeoutMs}]
  const already = Object.entries(data).every(
    ([key, value]) => (textAt(target.configMap, 'data', key) ?? null) === value,
  )
  return already ? [] : [{verb: 'wait', ref: configMapRef(target.place), until: {data}, timeoutMs}]
}
