import {type Kind, type KubeObject, refOf} from '../../../src/domain/core/object.js'
import {isRecord, recordAt} from '../../../src/domain/core/read.js'
import {type AdminApi, objectOf, pathOf} from './admin-api.js'
import {draftOf} from './draft.js'
import {noteUid, ownersFirst, type RealUids, sameOwners, withRealOwners} from './owners.js'

/** What operators make for a resource of theirs, and what a real server fills up with defaults of its own. */
const CHILD_KINDS: readonly Kind[] = [
  {apiVersion: 'v1', kind: 'ConfigMap'},
  {apiVersion: 'v1', kind: 'Service'},
  {apiVersion: 'apps/v1', kind: 'Deployment'},
  {apiVersion: 'batch/v1', kind: 'Job'},
  {apiVersion: 'v1', kind: 'Pod'},
]

/** Kinds of children that scenarios have no other use for. */
export const ONLY_CHILDREN = CHILD_KINDS.slice(3)

/** Whether somebody else than the scenario has made it. */
export const isChild = ({apiVersion, kind, metadata}: KubeObject): boolean =>
  CHILD_KINDS.some((one) => one.apiVersion === apiVersion && one.kind === kind) &&
  (metadata.ownerReferences ?? []).length > 0

/** What was written last, by object: defaults of the server are no reason to write it again. */
export type Written = Map<string, string>

const keyOf = ({kind, metadata}: KubeObject): string => `${kind} ${metadata.name}`

/** Without what every throw-away sandbox makes anew. */
const textOf = (draft: KubeObject, status: unknown): string =>
  JSON.stringify({draft, status}, (field, value: unknown) =>
    /Time(stamp)?$|^uid$|^clusterIPs?$/.test(field) ? undefined : value,
  )

/** Makes the children be as they are wanted; answers whether anything was changed. */
export const bringChildren = async (
  api: AdminApi,
  found: readonly KubeObject[],
  wanted: readonly KubeObject[],
  written: Written,
  uids: RealUids,
): Promise<boolean> => {
  const present = new Map(found.map((object) => [keyOf(object), object]))
  let changed = false
  for (const object of ownersFirst(wanted)) {
    const {status} = object
    const draft = withRealOwners(draftOf(object), uids)
    const key = keyOf(draft)
    const text = textOf(draft, status)
    const there = present.get(key)
    present.delete(key)
    // What belonged to a predecessor of its owner is garbage.
    if (there !== undefined && written.get(key) === text && sameOwners(there, draft)) continue
    if (there !== undefined) await api.remove(refOf(draft))
    const made = await create(api, draft)
    noteUid(uids, object, made)
    if (isRecord(status)) {
      const seen = 'observedGeneration' in status && {observedGeneration: made.metadata.generation}
      await api.patch(refOf(draft), {status: {...status, ...seen}}, 'status')
    }
    written.set(key, text)
    changed = true
  }
  for (const object of present.values()) {
    await api.remove(refOf(object))
    written.delete(keyOf(object))
  }
  return changed || present.size > 0
}

/** The server gives a Job selector and labels of its own, and a Service an address. */
const create = async (api: AdminApi, draft: KubeObject): Promise<KubeObject> => {
  const {selector: _, ...job} = recordAt(draft, 'spec')
  const {clusterIP: _ip, clusterIPs: _ips, ...service} = recordAt(draft, 'spec')
  const {serviceAccountName: _account, ...pod} = recordAt(draft, 'spec')
  const specs: Readonly<Record<string, Record<string, unknown>>> = {Job: job, Service: service, Pod: pod}
  const spec = specs[draft.kind]
  const body = {...draft, ...(spec === undefined ? {} : {spec})}
  // What was removed a moment ago may still be there.
  for (let attempt = 0; ; attempt++) {
    const {metadata} = body
    const path = pathOf({apiVersion: draft.apiVersion, kind: draft.kind, namespace: metadata.namespace ?? ''})
    const answer = await api.ask('POST', path, body)
    if (answer.code === 201) return objectOf(answer.body)
    if (answer.code !== 409 || attempt === 20)
      throw new Error(`create ${keyOf(draft)}: ${answer.code} ${JSON.stringify(answer.body)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
