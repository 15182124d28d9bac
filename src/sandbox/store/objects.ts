import {type KubeObject} from '../../domain/core/object.js'
import {type KindInfo, resourceOf} from '../kinds/kind.js'
import {expired} from './fault.js'

/** One change of one object, in the order of resource versions. */
export interface Change {
  version: number
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  kind: KindInfo
  object: KubeObject
  /** What was stored before; left out for ADDED. */
  previous?: KubeObject
  /** Put there as it is, status and all: nothing for the controllers to do. */
  quiet?: true
}

/** How many changes are remembered for watches and for paging through a snapshot. */
const remembered = 20_000

const keyOf = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`

/** Where a key is, or belongs, in a sorted list. */
const position = (keys: readonly string[], key: string): number => {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}

/** The objects themselves, their versions and history: what etcd and the watch cache are to a real server. */
export class Objects {
  private readonly resources = new Map<string, Map<string, KubeObject>>()
  /** Keys of every resource in order, kept so as they come and go. */
  private readonly sorted = new Map<string, string[]>()
  private readonly listeners = new Set<(change: Change) => void>()
  private history: Change[] = []
  private current = 1
  private oldest = 1

  get version(): number {
    return this.current
  }

  get(kind: KindInfo, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.resources.get(resourceOf(kind))?.get(keyOf(namespace, name))
  }

  /** In the order of namespace and name. */
  list(kind: KindInfo, namespace?: string): KubeObject[] {
    const resource = resourceOf(kind)
    const objects = this.resources.get(resource)
    const keys = this.sorted.get(resource)
    if (objects === undefined || keys === undefined) return []
    if (namespace === undefined) return keys.map((key) => objects.get(key)!)
    const found: KubeObject[] = []
    const home = `${namespace}/`
    for (let index = position(keys, home); keys[index]?.startsWith(home); index += 1)
      found.push(objects.get(keys[index]!)!)
    return found
  }

  /** The list as it was at a version; throws 410 when that is forgotten. */
  listAt(kind: KindInfo, namespace: string | undefined, version: number): KubeObject[] {
    const now = this.list(kind, namespace)
    if (version >= this.current) return now
    const then = new Map(now.map((object) => [keyOf(object.metadata.namespace, object.metadata.name), object]))
    for (const change of this.since(version).reverse()) {
      const {namespace: home, name} = change.object.metadata
      if (change.kind !== kind || (namespace !== undefined && home !== namespace)) continue
      if (change.previous === undefined) then.delete(keyOf(home, name))
      else then.set(keyOf(home, name), change.previous)
    }
    return [...then].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object)
  }

  /** What happened after a version; throws 410 when that is forgotten. */
  since(version: number): Change[] {
    if (version < this.oldest - 1) throw expired(`too old resource version: ${version} (${this.oldest})`)
    return this.history.filter((change) => change.version > version)
  }

  /** Stores an object under the next resource version and returns it as stored. */
  put(kind: KindInfo, object: KubeObject, quiet = false): KubeObject {
    const resource = resourceOf(kind)
    const objects = this.resources.get(resource) ?? new Map<string, KubeObject>()
    this.resources.set(resource, objects)
    const key = keyOf(object.metadata.namespace, object.metadata.name)
    const previous = objects.get(key)
    const stored = this.versioned(object)
    objects.set(key, stored)
    if (previous === undefined) this.changeKeys(resource, key, 'insert')
    this.record({
      version: this.current,
      type: previous === undefined ? 'ADDED' : 'MODIFIED',
      kind,
      object: stored,
      ...(previous === undefined ? {} : {previous}),
      ...(quiet ? {quiet} : {}),
    })
    return stored
  }

  remove(kind: KindInfo, object: KubeObject): KubeObject {
    const resource = resourceOf(kind)
    const key = keyOf(object.metadata.namespace, object.metadata.name)
    const previous = this.resources.get(resource)?.get(key)
    this.resources.get(resource)?.delete(key)
    if (previous !== undefined) this.changeKeys(resource, key, 'remove')
    const stored = this.versioned(object)
    this.record({
      version: this.current,
      type: 'DELETED',
      kind,
      object: stored,
      ...(previous === undefined ? {} : {previous}),
    })
    return stored
  }

  /** Calls back after every change; the answer ends it. */
  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Forgets the history, as etcd's compaction does: older watches and continue tokens get 410. */
  compact(): void {
    this.history = []
    this.oldest = this.current + 1
  }

  all(): KubeObject[] {
    return [...this.resources.values()].flatMap((objects) => [...objects.values()])
  }

  private changeKeys(resource: string, key: string, change: 'insert' | 'remove'): void {
    const keys = this.sorted.get(resource) ?? []
    this.sorted.set(resource, keys)
    if (change === 'insert') keys.splice(position(keys, key), 0, key)
    else keys.splice(position(keys, key), 1)
  }

  private versioned(object: KubeObject): KubeObject {
    this.current += 1
    return {...object, metadata: {...object.metadata, resourceVersion: String(this.current)}}
  }

  private record(change: Change): void {
    this.history.push(change)
    if (this.history.length > remembered) {
      this.history = this.history.slice(remembered / 2)
      this.oldest = this.history[0]!.version
    }
    for (const listener of [...this.listeners]) listener(change)
  }
}
