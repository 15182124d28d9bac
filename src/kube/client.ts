import type {Duplex} from 'node:stream'
import type {Kind, KubeObject, Manifest, Ref} from '../domain/core/object.js'

/**
 * The port: everything the rest of the program may ask of a cluster. The HTTP adapter (`http/`) and the sandbox's
 * store implement it. All methods reject with `KubeError` (see errors.ts) and honour `signal`.
 */
export interface KubeClient {
  /** Rejects with reason NotFound when it is not there. */
  get(ref: Ref, options?: RequestOptions): Promise<KubeObject>
  /** Pages of `pageSize`, the next one requested only when asked for; a 410 in the middle starts anew (once) and
   * skips what was already yielded. */
  list(query: ListQuery, options?: RequestOptions): AsyncIterable<Page>
  /** What is there (ADDED), then SYNCED, then what changes, for as long as it is read; survives disconnects and 410. */
  watch(query: WatchQuery, options?: RequestOptions): AsyncIterable<WatchEvent>
  create(object: Manifest, options?: WriteOptions): Promise<KubeObject>
  /** RFC 7386 merge patch. With `resourceVersion` in the patch's metadata, a conflict is refused with reason Conflict. */
  patch(ref: Ref, patch: Readonly<Record<string, unknown>>, options?: WriteOptions): Promise<KubeObject>
  /** Server-side apply. */
  apply(object: Manifest, options?: WriteOptions & {force?: boolean}): Promise<KubeObject>
  delete(ref: Ref, options?: DeleteOptions): Promise<void>
  /** SelfSubjectAccessReview. */
  can(question: AccessQuestion, options?: RequestOptions): Promise<boolean>
  /** The text that a pod's container wrote, the newest lines last. Rejects with BadRequest while it has not started. */
  logs(ref: Ref, options?: LogOptions): Promise<string>
  /**
   * A connection to a port of a pod, made by its kubelet: what answers is asked as the pod itself would. Rejects when the
   * server refuses; the stream fails with `KubeError` (PortForwardFailed) when nothing in the pod takes the connection. It
   * cannot be closed half: ending it ends both ways. `signal` ends it, too.
   */
  portForward(pod: Ref, port: number, options?: RequestOptions): Promise<Duplex>
  /** The kinds of a group and version, `undefined` when the server does not serve it. */
  served(apiVersion: string, options?: RequestOptions): Promise<ServedKind[] | undefined>
}

export interface RequestOptions {
  signal?: AbortSignal
}

export interface WriteOptions extends RequestOptions {
  /** Server dry run: everything but storing. */
  dryRun?: boolean
  fieldManager?: string
  /** Default: Strict, so that a typo in a spec is refused instead of dropped. */
  fieldValidation?: 'Strict' | 'Warn' | 'Ignore'
}

export interface DeleteOptions extends RequestOptions {
  dryRun?: boolean
  /** Precondition: only the object that was looked at, not a successor of the same name. */
  uid?: string
  /** Default: Background. */
  propagation?: 'Background' | 'Foreground' | 'Orphan'
}

export interface LogOptions extends RequestOptions {
  /** So many lines at the end. Default: all. */
  tailLines?: number
  /** Needed for pods with several containers. */
  container?: string
}

export interface ListQuery extends Kind {
  /** Left out: all namespaces, or a cluster-scoped kind. */
  namespace?: string
  labelSelector?: string
  fieldSelector?: string
  /** Objects of every page; 0 asks for everything at once. Left out: `pageLimit`'s choice. */
  pageSize?: number
  /** Names, labels and annotations suffice: nothing else is sent, above all no values of Secrets. */
  metadataOnly?: boolean
}

/**
 * How many objects to ask for in a page, counted from 0; 0 means all. The first page is as large as kubectl's, so that
 * something is seen soon; the others are larger, since every page costs the server a search of its own.
 */
export const pageLimit = ({pageSize}: Pick<ListQuery, 'pageSize'>, page: number): number =>
  pageSize ?? (page === 0 ? 500 : 2000)

export interface WatchQuery extends Omit<ListQuery, 'pageSize' | 'metadataOnly'> {
  /** Watches one object only. */
  name?: string
}

export interface Page {
  items: KubeObject[]
  resourceVersion: string
  /** True when no further page follows. */
  last: boolean
}

export type WatchEvent =
  {type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubeObject} | {type: 'SYNCED'; resourceVersion: string}

export interface AccessQuestion {
  verb: string
  group: string
  /** Plural, lower case. */
  resource: string
  subresource?: string
  namespace?: string
  name?: string
}

export interface ServedKind extends Kind {
  plural: string
  namespaced: boolean
  verbs: readonly string[]
}
