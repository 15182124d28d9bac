import {mergePatch} from '../../core/merge-patch.js'
import {type KubeObject, type Manifest, type Ref} from '../../core/object.js'
import {subjectOf, type Plan} from '../../core/plan.js'
import {isRecord} from '../../core/read.js'
import {masked} from '../../secret/secret-value.js'

/** What a whole plan makes of one object. */
export interface PlannedChange {
  ref: Ref
  before: KubeObject | undefined
  after: KubeObject
}

const keyOf = ({apiVersion, kind, namespace = '', name}: Ref): string => [apiVersion, kind, namespace, name].join('/')

const merged = (object: KubeObject, patch: unknown): KubeObject => {
  const value = mergePatch(object, patch)
  return isRecord(value)
    ? {...value, apiVersion: object.apiVersion, kind: object.kind, metadata: object.metadata}
    : object
}

/** Each object of a plan once, before the first and after the last step about it; the values of Secrets are masked. */
const changed = (plan: Plan): PlannedChange[] => {
  const changes = new Map<string, PlannedChange>()
  for (const step of plan.steps) {
    const ref = subjectOf(step)
    const known = changes.get(keyOf(ref))
    if (step.verb === 'create') changes.set(keyOf(ref), {ref, before: undefined, after: step.object})
    if (step.verb === 'apply')
      changes.set(keyOf(ref), {
        ref,
        before: step.before,
        after: step.before === undefined ? step.object : merged(step.before, step.object),
      })
    if (step.verb === 'patch')
      changes.set(keyOf(ref), {
        ref,
        before: known === undefined ? step.before : known.before,
        after: merged(known?.after ?? step.before, step.patch),
      })
    if (step.verb === 'keep') changes.set(keyOf(ref), {ref, before: step.object, after: step.object})
  }
  return [...changes.values()]
}

/** For the preview: without the values of Secrets. */
export const changesOf = (plan: Plan): PlannedChange[] =>
  changed(plan).map(({ref, before, after}) => ({
    ref,
    before: before === undefined ? undefined : masked(before),
    after: masked(after),
  }))

/** The objects as manifests for GitOps: what the server adds is left out. */
export const manifestsOf = (plan: Plan): Manifest[] =>
  changed(plan).map(({after}) => {
    const {status: _, metadata, apiVersion, kind, ...rest} = after
    const {name, namespace, labels, annotations} = metadata
    return {
      apiVersion,
      kind,
      metadata: {
        name,
        ...(namespace === undefined ? {} : {namespace}),
        ...(labels === undefined ? {} : {labels}),
        ...(annotations === undefined ? {} : {annotations}),
      },
      ...rest,
    }
  })
