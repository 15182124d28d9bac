import {groupOf, type Kind, type KubeObject} from '../../core/object.js'
import {type Seen, type Unseen} from '../../core/seen.js'

/** Stands for all namespaces, and for kinds that have none. */
export const EVERYWHERE = '*'

/** What one list gave. */
export interface Shelf {
  objects: readonly KubeObject[]
  /** Why there may be more than these; left out when the list was read to its end. */
  unseen?: Unseen
}

/** Lists by kind (without its version), and by the namespace that was listed or `*`. */
export type Shelves = ReadonlyMap<string, ReadonlyMap<string, Shelf>>

export const shelfKey = ({apiVersion, kind}: Kind): string => `${groupOf(apiVersion)}/${kind}`

/** A list as it was read; what may not be read or is not served is an empty shelf that says so. */
export const shelfOf = (listed: Seen<readonly KubeObject[]>): Shelf =>
  typeof listed === 'string' ? {objects: [], unseen: listed} : {objects: listed}

/** Whether a kind was listed where this namespace is among. */
export const covers = (shelves: Shelves, kind: Kind, namespace: string): boolean => {
  const rows = shelves.get(shelfKey(kind))
  return rows !== undefined && (rows.has(EVERYWHERE) || rows.has(namespace))
}

/** Looks into lists: each object is found at once, however many there are. */
export interface Library {
  /** Every object of a kind that was read, in any namespace. */
  all(kind: Kind): readonly KubeObject[]
  /** The objects of a namespace; left out: of all that were read. `forbidden` also for what nobody looked at. */
  list(kind: Kind, namespace?: string): Seen<readonly KubeObject[]>
  get(kind: Kind, namespace: string, name: string): Seen<KubeObject>
}

interface Row {
  byName: ReadonlyMap<string, KubeObject>
  objects: readonly KubeObject[]
}

const rowsOf = (rows: ReadonlyMap<string, Shelf>): ReadonlyMap<string, Row> => {
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
export const openLibrary = (shelves: Shelves): Library => {
  const indexes = new Map<string, ReadonlyMap<string, Row>>()
  const everything = new Map<string, readonly KubeObject[]>()
  const indexOf = (key: string): ReadonlyMap<string, Row> => {
    const known = indexes.get(key)
    if (known !== undefined) return known
    const made = rowsOf(shelves.get(key) ?? new Map<string, Shelf>())
    indexes.set(key, made)
    return made
  }
  const unseenIn = (key: string, namespace: string): Unseen | undefined => {
    const rows = shelves.get(key)
    const shelf = rows?.get(EVERYWHERE) ?? rows?.get(namespace)
    return shelf === undefined ? 'forbidden' : shelf.unseen
  }
  const all = (kind: Kind): readonly KubeObject[] => {
    const key = shelfKey(kind)
    const known = everything.get(key)
    if (known !== undefined) return known
    const objects = [...indexOf(key).values()].flatMap((row) => row.objects)
    everything.set(key, objects)
    return objects
  }
  return {
    all,
    list(kind, namespace) {
      const key = shelfKey(kind)
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
      const key = shelfKey(kind)
      return indexOf(key).get(namespace)?.byName.get(name) ?? unseenIn(key, namespace) ?? 'absent'
    },
  }
}
