import {groupOf, type Kind, type KubeObject} from '../../core/object.js'
import {type Lookup, type NotFound} from '../../core/seen.js'

/** Stands for all namespaces, and for kinds that have none. */
export const EVERYWHERE = '*'

/** What one list gave. */
export interface IndexedList {
  objects: readonly KubeObject[]
  /** Why there may be more than these; left out when the list was read to its end. */
  unseen?: NotFound
}

/** Lists by kind (without its version), and by the namespace that was listed or `*`. */
export type ResourceIndex = ReadonlyMap<string, ReadonlyMap<string, IndexedList>>

export const indexKey = ({apiVersion, kind}: Kind): string => `${groupOf(apiVersion)}/${kind}`

/** A list as it was read; what cannot be read (no permission) or is not served is an empty shelf that says so. */
export const indexedList = (listed: Lookup<readonly KubeObject[]>): IndexedList =>
  typeof listed === 'string' ? {objects: [], unseen: listed} : {objects: listed}

/** Whether a kind was listed where this namespace is among. */
export const covers = (shelves: ResourceIndex, kind: Kind, namespace: string): boolean => {
  const rows = shelves.get(indexKey(kind))
  return rows !== undefined && (rows.has(EVERYWHERE) || rows.has(namespace))
}

/** Looks into lists: each object is found at once, however many there are. */
export interface ResourceLookup {
  /** Every object of a kind that was read, in any namespace. */
  all(kind: Kind): readonly KubeObject[]
  /** The objects of a namespace; left out: of all that were read. `forbidden` also for what nobody looked at. */
  list(kind: Kind, namespace?: string): Lookup<readonly KubeObject[]>
  get(kind: Kind, namespace: string, name: string): Lookup<KubeObject>
}

interface Row {
  byName: ReadonlyMap<string, KubeObject>
  objects: readonly KubeObject[]
}

const rowsOf = (rows: ReadonlyMap<string, IndexedList>): ReadonlyMap<string, Row> => {
  const found = new Map<string, Map<string, KubeObject>>()
  for (const {objects} of rows.values())
    for (const object of objects) {
      const {namespace = '', name} = object.metadata
      const row = found.get(namespace)
      if (row === undefined) found.set(namespace, new Map([[name, object]]))
      else row.set(name, object)
    }
  return new Map([...found].map(([namespace, byName]) => [namespace, {byName, objects: [...byName.values()]}]))
}

/** Indexes lists by kind, namespace and name; each kind when it is first asked for. */
export const resourceLookup = (shelves: ResourceIndex): ResourceLookup => {
  const indexes = new Map<string, ReadonlyMap<string, Row>>()
  const everything = new Map<string, readonly KubeObject[]>()
  const indexOf = (key: string): ReadonlyMap<string, Row> => {
    const known = indexes.get(key)
    if (known !== undefined) return known
    const made = rowsOf(shelves.get(key) ?? new Map<string, IndexedList>())
    indexes.set(key, made)
    return made
  }
  const unseenIn = (key: string, namespace: string): NotFound | undefined => {
    const rows = shelves.get(key)
    const shelf = rows?.get(EVERYWHERE) ?? rows?.get(namespace)
    return shelf === undefined ? 'forbidden' : shelf.unseen
  }
  const all = (kind: Kind): readonly KubeObject[] => {
    const key = indexKey(kind)
    const known = everything.get(key)
    if (known !== undefined) return known
    const objects = [...indexOf(key).values()].flatMap((row) => row.objects)
    everything.set(key, objects)
    return objects
  }
  return {
    all,
    list(kind, namespace) {
      const key = indexKey(kind)
      if (namespace === undefined) {
        const objects = all(kind)
        const rows = [...(shelves.get(key)?.values() ?? [])]
        const unseen = rows.length === 0 ? 'forbidden' : rows.find((row) => row.unseen !== undefined)?.unseen
        return objects.length === 0 && unseen !== undefined ? unseen : objects
      }
      const objects = indexOf(key).get(namespace)?.objects ?? []
      return objects.length === 0 ? (unseenIn(key, namespace) ?? objects) : objects
    },
    get(kind, namespace, name) {
      const key = indexKey(kind)
      return indexOf(key).get(namespace)?.byName.get(name) ?? unseenIn(key, namespace) ?? 'absent'
    },
  }
}
