import {refOf, type KubeObject, type Manifest} from '../object.js'
import {type Step} from '../plan.js'
import {at, isRecord, listAt, textAt} from '../read.js'

/**
 * The step before an apply that takes whole parts of the spec away (`delivery`, `reply`). Server-side apply alone would
 * leave an empty part behind, or null, which older servers refuse ("must be of type object"); and an empty `delivery`
 * is not the same as none. Only parts that this field manager applied, and nobody else has touched.
 */
export const removalSteps = (
  before: KubeObject | undefined,
  manifest: Manifest,
  fields: readonly string[],
  fieldManager: string,
): Step[] => {
  if (before === undefined) return []
  const gone = fields.filter(
    (field) =>
      isRecord(at(before, 'spec', field)) &&
      at(manifest, 'spec', field) === undefined &&
      isOnlyAppliedBy(before, field, fieldManager),
  )
  if (gone.length === 0) return []
  return [
    {
      verb: 'patch',
      ref: refOf(before),
      before,
      patch: {spec: Object.fromEntries(gone.map((field) => [field, null]))},
      reason: `${gone.join(' and ')} is no longer wanted`,
    },
  ]
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
