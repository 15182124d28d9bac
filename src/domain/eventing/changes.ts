import {invalid} from '../core/errors.js'
import {type Finding} from '../findings/finding.js'
import {mergePatch} from '../core/merge-patch.js'
import {type KubeObject} from '../core/object.js'
import {at, isRecord, recordAt, type Fields} from '../core/read.js'
import {
  deliveryFields,
  deliverySpec,
  parseUnset,
  readDelivery,
  unsetDelivery,
  type DeliveryFlag,
  type DeliveryOptions,
  type DeliverySettings,
  type Unset,
} from './delivery/delivery.js'
import {type Destination} from './reference.js'
import {readAnnotations, readLabels} from '../core/syntax.js'

/** Flags of the update of any kind that has delivery settings, as typed. */
export interface ChangeOptions extends DeliveryOptions {
  labels?: readonly string[] | undefined
  annotations?: readonly string[] | undefined
  unset?: readonly string[] | undefined
  /** What else the kind can unset, for the message about a field that does not exist. */
  otherFields?: readonly string[]
}

/** What an update sets and removes, checked as far as that goes without a cluster. */
export interface Changes {
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  delivery: DeliverySettings
  unset: readonly Unset[]
  /** What was rewritten. */
  findings: readonly Finding[]
}

const contradiction = (unset: Unset, {labels, annotations, delivery}: Changes): string | undefined => {
  if ('label' in unset) return labels[unset.label] === undefined ? undefined : `label ${unset.label}`
  if ('annotation' in unset)
    return annotations[unset.annotation] === undefined ? undefined : `annotation ${unset.annotation}`
  if (unset.delivery === 'all') return Object.keys(delivery).length === 0 ? undefined : 'delivery'
  return delivery[deliveryFields[unset.delivery]] === undefined ? undefined : unset.delivery
}

/** Throws InvalidArgument, also for what would be set and unset at the same time. */
export const readChanges = (options: ChangeOptions, namespace: string): Changes => {
  const labels = readLabels(options.labels ?? [])
  const annotations = readAnnotations(options.annotations ?? [])
  const {settings, findings} = readDelivery(options, namespace)
  const changes = {
    labels,
    annotations,
    delivery: settings,
    unset: (options.unset ?? []).map((text) => parseUnset(text, options.otherFields)),
    findings,
  }
  const contradictions = changes.unset.flatMap((one) => contradiction(one, changes) ?? [])
  if (contradictions.length > 0) throw invalid(`${contradictions.join(', ')}: cannot be set and unset at the same time`)
  return changes
}

/** Nothing is set and nothing is removed. */
export const isNothing = ({labels, annotations, delivery, unset}: Changes): boolean =>
  Object.keys(delivery).length + Object.keys(labels).length + Object.keys(annotations).length + unset.length === 0

export const deliveryTouched = ({delivery, unset}: Pick<Changes, 'delivery' | 'unset'>): boolean =>
  Object.keys(delivery).length > 0 || unset.some((one) => 'delivery' in one)

/** `--unset delivery` is among them. */
export const allDeliveryUnset = ({unset}: Pick<Changes, 'unset'>): boolean =>
  unset.some((one) => 'delivery' in one && one.delivery === 'all')

/** The object with labels, annotations and delivery as wanted. `sink` is where `delivery.deadLetterSink` was found to be. */
export const changed = (object: KubeObject, changes: Changes, sink: Destination | undefined): KubeObject => {
  const flags = changes.unset.flatMap((one): DeliveryFlag[] =>
    'delivery' in one && one.delivery !== 'all' ? [one.delivery] : [],
  )
  const gone = (kind: 'label' | 'annotation'): Record<string, null> =>
    Object.fromEntries(changes.unset.flatMap((one) => (kind in one ? [[Object.values(one)[0], null]] : [])))
  const kept = unsetDelivery(at(object, 'spec', 'delivery'), flags)
  const wanted = deliverySpec(changes.delivery, sink)
  const delivery = Object.keys(wanted).length === 0 ? kept : {...kept, ...wanted}
  const spec = Object.fromEntries(Object.entries(recordAt(object, 'spec')).filter(([field]) => field !== 'delivery'))
  const metadata = mergePatch(object.metadata, {
    labels: {...gone('label'), ...changes.labels},
    annotations: {...gone('annotation'), ...changes.annotations},
  })
  return {
    ...object,
    metadata: {...object.metadata, ...(isRecord(metadata) ? metadata : {})},
    spec: {...spec, ...(allDeliveryUnset(changes) || delivery === undefined ? {} : {delivery})},
  }
}

/** Only what an update may change: labels, annotations, and these fields of the spec. */
export const changeable = (object: KubeObject, ...fields: readonly string[]): Fields => ({
  metadata: {labels: object.metadata.labels ?? {}, annotations: object.metadata.annotations ?? {}},
  spec: Object.fromEntries(fields.map((field) => [field, at(object, 'spec', field)])),
})
