import {type Finding} from './finding.js'
import {finding, type FindingCode} from './catalogue.js'
import {touchedBy} from '../core/merge-patch.js'
import {refOf, type KubeObject, type Manifest, type Ref} from '../core/object.js'
import {type Plan, type Step} from '../core/plan.js'
import {kubectl, sfl} from '../core/commands.js'
import {sameDelivery} from '../eventing/delivery/delivery.js'
import {nounOf, resourceNameOf} from '../kinds/registry.js'

/** The codes of a kind for objects that are there already. */
export interface ExistingCodes {
  exists: FindingCode
  differs: FindingCode
  deleting: FindingCode
}

/** Words that lead to an object's namespace; none for what has no namespace. */
const inNamespace = ({namespace}: Ref): string[] => (namespace === undefined ? [] : ['-n', namespace])

const describeCommand = (ref: Ref): string => sfl(...nounOf(ref).split(' '), 'describe', ref.name, ...inNamespace(ref))

/** Waits until it is ready, when a time to wait was given. */
export const waitStep = (ref: Ref, waitMs: number | undefined): Step[] =>
  waitMs === undefined ? [] : [{verb: 'wait', ref, until: 'ready', timeoutMs: waitMs}]

/** What there is to say of an object that is marked for deletion; nothing for any other. */
export const deletingFindings = (
  object: KubeObject | undefined,
  code: FindingCode,
  consequence = 'changes have no effect',
): Finding[] => {
  if (object?.metadata.deletionTimestamp === undefined) return []
  const ref = refOf(object)
  return [
    finding(code, {
      object: ref,
      message: `${nounOf(ref)} ${ref.name} is being deleted; ${consequence}`,
      repair: kubectl(...inNamespace(ref), 'wait', '--for=delete', `${resourceNameOf(ref)}/${ref.name}`),
    }),
  ]
}

/** The plan of a create whose object is there already: refused, or kept with `--if-not-exists`. */
export const planForExisting = (
  existing: KubeObject,
  manifest: Manifest,
  {ifNotExists, waitMs}: {ifNotExists?: boolean; waitMs?: number},
  codes: ExistingCodes,
): Plan => {
  const ref = refOf(existing)
  const {name, namespace} = ref
  if (existing.metadata.deletionTimestamp !== undefined)
    return {
      steps: [{verb: 'create', object: manifest}],
      findings: deletingFindings(existing, codes.deleting, 'it can be created again once it is gone'),
    }
  if (ifNotExists !== true)
    return {
      steps: [{verb: 'create', object: manifest}],
      findings: [
        finding(codes.exists, {
          object: ref,
          message: `${nounOf(ref)} ${name} already exists${namespace === undefined ? '' : ` in namespace ${namespace}`}`,
          repair: describeCommand(ref),
        }),
      ],
    }
  return {
    steps: [{verb: 'keep', object: existing}, ...waitStep(ref, waitMs)],
    findings: differences(manifest, existing, codes.differs),
  }
}

/** What the manifest states and the existing object has otherwise. */
const differences = (manifest: Manifest, existing: KubeObject, code: FindingCode): Finding[] => {
  const {labels = {}, annotations = {}} = manifest.metadata
  const wanted = {
    metadata: {labels, annotations},
    ...(manifest.spec === undefined ? {} : {spec: manifest.spec}),
    ...(manifest['data'] === undefined ? {} : {data: manifest['data']}),
  }
  const stored = touchedBy(wanted, existing)
  const differing = touchedBy(wanted, wanted).flatMap(({path, value}, index) =>
    sameDelivery(value, stored[index]?.value) ? [] : [path],
  )
  if (differing.length === 0) return []
  const ref = refOf(existing)
  return [
    finding(code, {
      object: ref,
      message: `${nounOf(ref)} ${ref.name} exists with other settings, which were left alone: ${differing.join(', ')}`,
      repair: describeCommand(ref),
    }),
  ]
}

/** Takes a finalizer off by hand; what it was there for is then left undone. */
export const removeFinalizer = (object: KubeObject, finalizer: string): string => {
  const ref = refOf(object)
  const finalizers = (object.metadata.finalizers ?? []).filter((one) => one !== finalizer)
  return kubectl(
    ...inNamespace(ref),
    'patch',
    resourceNameOf(ref),
    ref.name,
    '--type=merge',
    '-p',
    JSON.stringify({metadata: {finalizers}}),
  )
}

/** Which finalizers hold an object that is marked for deletion. */
export const heldFindings = (object: KubeObject, code: FindingCode): Finding[] => {
  if (object.metadata.deletionTimestamp === undefined) return []
  const ref = refOf(object)
  return (object.metadata.finalizers ?? []).map((finalizer) =>
    finding(code, {
      object: ref,
      message: `finalizer ${finalizer} holds ${nounOf(ref)} ${ref.name} until its controller has cleaned up`,
      repair: removeFinalizer(object, finalizer),
    }),
  )
}

/** The steps of a deletion. */
export const deleteSteps = (object: KubeObject, waitMs: number | undefined): Step[] => {
  const ref = refOf(object)
  const {uid} = object.metadata
  return [
    {verb: 'delete', ref, before: object},
    ...(waitMs === undefined
      ? []
      : [
          {
            verb: 'wait' as const,
            ref,
            until: 'gone' as const,
            timeoutMs: waitMs,
            ...(uid === undefined ? {} : {uid}),
          },
        ]),
  ]
}
