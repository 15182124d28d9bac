import {kubectl, sfl} from '../core/commands.js'
import {SECRET} from '../eventing/names.js'
import {type Finding} from '../findings/finding.js'
import {finding} from '../findings/catalogue.js'
import {type KubeObject, type Manifest} from '../core/object.js'
import {deletingFindings} from '../findings/existing.js'
import {type Step} from '../core/plan.js'
import {textAt} from '../core/read.js'
import {isFound, type Lookup} from '../core/seen.js'
import {valuesOf, type SecretValue} from './secret-value.js'

/** What this program puts on the Secrets that it creates. */
export const MANAGED_BY = {'app.kubernetes.io/managed-by': 'kubectl-sfl'} as const

/** A Secret as it should be. */
export interface WantedSecret {
  namespace: string
  name: string
  data: Readonly<Record<string, SecretValue>>
  /** Keys that the readers look at: those that are not wanted any more are removed, all others are left alone. */
  governed: readonly string[]
}

/** Names of keys, and what becomes of them. */
export interface KeyChanges {
  added: readonly string[]
  changed: readonly string[]
  removed: readonly string[]
}

const manifestOf = ({namespace, name, data}: WantedSecret): Manifest => ({
  ...SECRET,
  metadata: {name, namespace, labels: {...MANAGED_BY}},
  type: 'Opaque',
  data: {...data},
})

const keyChanges = ({data, governed}: WantedSecret, existing: KubeObject): KeyChanges => {
  const stored = valuesOf(existing)
  const keys = Object.keys(data)
  return {
    added: keys.filter((key) => stored[key] === undefined),
    changed: keys.filter((key) => stored[key] !== undefined && !data[key]!.same(stored[key])),
    removed: governed.filter((key) => stored[key] !== undefined && data[key] === undefined),
  }
}

/** `changes password; adds ca.crt`: names only. */
const changesText = ({added, changed, removed}: KeyChanges): string =>
  [
    ...(changed.length === 0 ? [] : [`changes ${changed.join(', ')}`]),
    ...(added.length === 0 ? [] : [`adds ${added.join(', ')}`]),
    ...(removed.length === 0 ? [] : [`removes ${removed.join(', ')}`]),
  ].join('; ')

/** The step that makes a Secret be as wanted, and what there is to say of the one that is there. */
export interface SecretStep {
  step: Step
  findings: readonly Finding[]
  /** Values of an existing Secret change. */
  replaces: boolean
}

/**
 * Same content is left as it is; other content is refused without `replace`, and named key by key, never by value.
 */
export const secretStep = (wanted: WantedSecret, replace: boolean, existing: Lookup<KubeObject>): SecretStep => {
  const {namespace, name} = wanted
  const ref = {...SECRET, namespace, name}
  const create: Step = {verb: 'create', object: manifestOf(wanted)}
  if (!isFound(existing)) {
    const unread = finding('SFL-B11', {
      object: ref,
      message: `whether Secret ${namespace}/${name} is there already was not checked: it cannot be read (no permission)`,
    })
    return {step: create, findings: existing === 'forbidden' ? [unread] : [], replaces: false}
  }
  const deleting = deletingFindings(existing, 'SFL-A02', true)
  if (deleting.length > 0) return {step: create, findings: deleting, replaces: false}
  const changes = keyChanges(wanted, existing)
  const text = changesText(changes)
  if (text === '') return {step: {verb: 'keep', object: existing}, findings: [], replaces: false}
  const patch = {
    metadata: {labels: {...MANAGED_BY}},
    data: {
      ...Object.fromEntries([...changes.added, ...changes.changed].map((key) => [key, wanted.data[key]])),
      ...Object.fromEntries(changes.removed.map((key) => [key, null])),
    },
  }
  const step: Step = {verb: 'patch', ref, before: existing, patch}
  const fixed = fixedReason(existing)
  if (fixed !== undefined)
    return {
      step,
      findings: [
        finding('SFL-A03', {
          object: ref,
          message: `Secret ${namespace}/${name} is there with other content, and it cannot be changed: ${fixed}; what is asked for ${text}`,
          repair: kubectl('-n', namespace, 'delete', 'secret', name),
        }),
      ],
      replaces: true,
    }
  return {
    step,
    findings: [
      finding('SFL-A01', {
        object: ref,
        message: replace
          ? `Secret ${namespace}/${name} is there with other content: this ${text}`
          : `Secret ${namespace}/${name} is there with other content; --replace ${text}`,
        ...(replace ? {level: 'note'} : {repair: sfl('secret describe', name, '-n', namespace)}),
      }),
    ],
    replaces: true,
  }
}

const fixedReason = (existing: KubeObject): string | undefined => {
  if (existing['immutable'] === true) return 'it is immutable'
  const type = textAt(existing, 'type') ?? 'Opaque'
  return type.startsWith('kubernetes.io/') ? `it is of type ${type}` : undefined
}
