import {groupOf, type Kind, type KubeObject} from '../core/object.js'
import {textAt} from '../core/read.js'
import {kinds, rowOf} from '../kinds/registry.js'

/** Kubernetes itself gives nothing an address, and neither do groups of which we know kinds, none of them addressable. */
const isSilent = (group: string): boolean => {
  if (!group.includes('.') || group.endsWith('.k8s.io')) return true
  const rows = kinds.filter((row) => row.group === group)
  return rows.length > 0 && rows.every(({address}) => address === undefined)
}

/** No event can ever be sent to an object of this kind: nobody gives it an address. Kinds that are not known may get one. */
export const neverAddressed = (kind: Kind): boolean => {
  const row = rowOf(kind)
  return row === undefined ? isSilent(groupOf(kind.apiVersion)) : row.address === undefined
}

/** Events can be sent to it: a Service of Kubernetes as it is, all else at the address in its status (knative.dev/pkg resolver). */
export const isAddressable = (object: KubeObject): boolean =>
  rowOf(object)?.address === 'dns' || Boolean(textAt(object, 'status', 'address', 'url'))

/** Where a sink stands that was found. */
export const addressState = (object: KubeObject): 'addressable' | 'no-address' | 'never-addressed' => {
  if (isAddressable(object)) return 'addressable'
  return neverAddressed(object) ? 'never-addressed' : 'no-address'
}
