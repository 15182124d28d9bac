import {refOf, type KubeObject, type Manifest} from '../object.js'
import {type Step} from '../plan.js'
import {at, isRecord, listAt, recordAt, textAt} from '../read.js'

/**
 * The step before an apply that takes whole parts of the spec away (`delivery`, `reply`). Server-side apply alone would
 * leave an empty part behind, or null, which older servers refuse ("must be of type object"); and an empty `delivery`
 * is not the same as none. Only parts that this field manager applied, and nobody else has touched. `before` is what the
 * apply will find.
 */
export const withRemovals = (
  before: KubeObject | undefined,
  manifest: Manifest,
  fields: readonly string[],
  fieldManager: string,
): {steps: Step[]; before: KubeObject | undefined} => {
  const gone = fields.filter(
    (field) =>
      before !== undefined &&
      isRecord(at(before, 'spec', field)) &&
      at(manifest, 'spec', field) === undefined &&
      isOnlyAppliedBy(before, field, fieldManager),
  )
  if (before === undefined || gone.length === 0) return {steps: [], before}
  const spec = Object.fromEntries(Object.entries(recordAt(before, 'spec')).filter(([field]) => !gone.includes(field)))
  return {
    steps: [
      {
        verb: 'patch',
        ref: refOf(before),
        before,
        patch: {spec: Object.fromEntries(gone.map((field) => [field, null]))},
        reason: `${gone.join(' and ')} is no longer wanted`,
      },
    ],
    before: {...before, spec},
  }
}

const isOnlyAppliedBy = (object: KubeObject, field: string, fieldManager: string): boolean => {
  const owners = listAt(object, 'metadata', 'managedFields').filter(
    (entry) => at(entry, 'fieldsV1', 'f:spec', `f:${field}`) !== undefined,
  )
  return (
    owners.some((owner) => textAt(owner, 'operation') === 'Apply') &&
    owners.every((owner) => textAt(owner, 'manager') === fieldManager)
  )
}
