import {type KubeObject} from '../../domain/core/object.js'
import {groupKindOf, type KindInfo} from '../kinds/kind.js'
import {type ApiFault, fault} from './fault.js'
import {type DeleteParameters} from './request.js'

/** Deletions name the kind instead of the resource (apiserver pkg/registry/rest/delete.go). */
const mismatch = (kind: KindInfo, name: string, what: string, wanted: string, found: string, moral: string): ApiFault =>
  fault(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${groupKindOf(kind)} "${name}": the ${what} in the precondition (${wanted}) does not match the ${what} in record (${found}). ${moral}`,
    {name, ...(kind.group === '' ? {} : {group: kind.group}), kind: kind.kind},
  )

/** Refuses the deletion of another object than the one that was meant. */
export const checkPreconditions = (kind: KindInfo, {metadata}: KubeObject, wanted: DeleteParameters): void => {
  const {name, uid = '', resourceVersion = ''} = metadata
  if (wanted.uid !== undefined && wanted.uid !== uid)
    throw mismatch(kind, name, 'UID', wanted.uid, uid, 'The object might have been deleted and then recreated')
  if (wanted.resourceVersion !== undefined && wanted.resourceVersion !== resourceVersion)
    throw mismatch(
      kind,
      name,
      'ResourceVersion',
      wanted.resourceVersion,
      resourceVersion,
      'The object might have been modified',
    )
}
