import {type KubeObject} from '../../../src/domain/core/object.js'

/**
 * Uids of a throw-away sandbox, and what the same objects have on the real server: its garbage collector takes away
 * whatever names an owner that does not exist.
 */
export type RealUids = Map<string, string>

/** Notes that what was imagined is this object of the real server. */
export const noteUid = (uids: RealUids, imagined: KubeObject, real: KubeObject): void => {
  if (imagined.metadata.uid !== undefined && real.metadata.uid !== undefined)
    uids.set(imagined.metadata.uid, real.metadata.uid)
}

/** The draft of an imagined object, with the uids that its owners have on the real server. */
export const withRealOwners = (draft: KubeObject, uids: RealUids): KubeObject => {
  const {ownerReferences} = draft.metadata
  if (ownerReferences === undefined) return draft
  const owners = ownerReferences.map((owner) => ({...owner, uid: uids.get(owner.uid) ?? owner.uid}))
  return {...draft, metadata: {...draft.metadata, ownerReferences: owners}}
}

/** In the order in which they can be created: owners before what is theirs. */
export const ownersFirst = (objects: readonly KubeObject[]): KubeObject[] => {
  const byUid = new Map(objects.map((object) => [object.metadata.uid, object]))
  const ordered = new Set<KubeObject>()
  const take = (object: KubeObject): void => {
    if (ordered.has(object)) return
    for (const {uid} of object.metadata.ownerReferences ?? []) {
      const owner = byUid.get(uid)
      if (owner !== undefined) take(owner)
    }
    ordered.add(object)
  }
  objects.forEach(take)
  return [...ordered]
}

/** Whether two objects belong to the same owners, by uid. */
export const sameOwners = (one: KubeObject, other: KubeObject): boolean => {
  const uids = ({metadata}: KubeObject): string =>
    (metadata.ownerReferences ?? [])
      .map(({uid}) => uid)
      .sort()
      .join()
  return uids(one) === uids(other)
}
