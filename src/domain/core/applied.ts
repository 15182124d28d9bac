import {type KubeObject, type Manifest} from './object.js'
import {at, isRecord, listAt, textAt} from './read.js'

/**
 * Whole parts of the spec (`delivery`, `reply`) that an apply takes away. Server-side apply alone would leave an empty
 * part behind, or null, which older servers refuse ("must be of type object"); and an empty `delivery` is not the same
 * as none. Only parts that this field manager applied, and nobody else has touched.
 */
export const droppedParts = (
  before: KubeObject | undefined,
  manifest: Manifest,
  fields: readonly string[],
  fieldManager: string,
): string[] =>
  before === undefined
    ? []
    : fields.filter(
        (field) =>
          isRecord(at(before, 'spec', field)) &&
          at(manifest, 'spec', field) === undefined &&
          isOnlyAppliedBy(before, field, fieldManager),
      )

/** Whether others than this field manager's applies have written into a part of the spec, which then survives an apply. */
export const othersWroteInto = (object: KubeObject, path: readonly string[], fieldManager: string): boolean =>
  listAt(object, 'metadata', 'managedFields').some(
    (entry) =>
      at(entry, 'fieldsV1', 'f:spec', ...path.map((field) => `f:${field}`)) !== undefined &&
      (textAt(entry, 'manager') !== fieldManager || textAt(entry, 'operation') !== 'Apply'),
  )

const isOnlyAppliedBy = (object: KubeObject, field: string, fieldManager: string): boolean => {
  const owners = listAt(object, 'metadata', 'managedFields').filter(
    (entry) => at(entry, 'fieldsV1', 'f:spec', `f:${field}`) !== undefined,
  )
  return (
    owners.some((owner) => textAt(owner, 'operation') === 'Apply') &&
    owners.every((owner) => textAt(owner, 'manager') === fieldManager)
  )
}
