import {type KubeObject, type Manifest, type Ref} from '../../src/domain/core/object.js'
import {type KubeClient, type ListQuery, type Page, type ServedKind, type WriteOptions} from '../../src/kube/client.js'
import {KubeError} from '../../src/kube/errors.js'

export interface FakeCluster {
  objects?: readonly KubeObject[]
  /** `Kind` or `Kind namespace/name` that cannot be read (no permission). */
  forbidden?: readonly string[]
  /** Kinds that the server does not serve. */
  unserved?: readonly string[]
  served?: Readonly<Record<string, readonly ServedKind[]>>
  /** What pods wrote, by namespace/name; forbidden as `Pod/log`. */
  logs?: Readonly<Record<string, string>>
  /** What every request fails with. */
  failure?: KubeError
}

const key = ({kind, namespace, name}: Pick<Ref, 'kind' | 'namespace' | 'name'>): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`

const fail = (reason: string, code: number, verb: string): KubeError =>
  new KubeError(reason, reason, {code, request: {verb}})

/** A port that reads from a list, and counts how many rounds of requests one had to wait for. */
export class FakeClient implements KubeClient {
  readonly asked: string[] = []
  rounds = 0
  private waiting: Array<() => void> = []

  constructor(private readonly cluster: FakeCluster) {}

  /** Answers together everything that was asked in the same round. */
  private answer<T>(asked: string, work: () => T): Promise<T> {
    this.asked.push(asked)
    return new Promise<T>((resolve, reject) => {
      const settle = (): void => {
        try {
          if (this.cluster.failure) throw this.cluster.failure
          resolve(work())
        } catch (error) {
          reject(error)
        }
      }
      if (this.waiting.push(settle) > 1) return
      setImmediate(() => {
        this.rounds += 1
        const round = this.waiting
        this.waiting = []
        round.forEach((one) => one())
      })
    })
  }

  private check(verb: string, kind: string, full: string): void {
    if (this.cluster.unserved?.includes(kind)) throw fail('ResourceNotServed', 404, verb)
    if (this.cluster.forbidden?.some((one) => one === kind || one === full)) throw fail('Forbidden', 403, verb)
  }

  get(ref: Ref): Promise<KubeObject> {
    return this.answer(`get ${key(ref)}`, () => {
      this.check('get', ref.kind, key(ref))
      const found = this.cluster.objects?.find(
        (object) =>
          object.apiVersion === ref.apiVersion && key({...object, ...object.metadata, kind: object.kind}) === key(ref),
      )
      if (found === undefined) throw fail('NotFound', 404, 'get')
      return found
    })
  }

  /** Pages of two. */
  async *list(query: ListQuery): AsyncIterable<Page> {
    const items = await this.answer(
      `list ${query.kind} ${query.namespace ?? '*'}${query.fieldSelector ? ` ${query.fieldSelector}` : ''}`,
      () => {
        this.check('list', query.kind, query.kind)
        return (this.cluster.objects ?? []).filter(
          ({kind, metadata}) =>
            kind === query.kind && (query.namespace === undefined || metadata.namespace === query.namespace),
        )
      },
    )
    for (let from = 0; from === 0 || from < items.length; from += 2)
      yield {items: items.slice(from, from + 2), resourceVersion: '1', last: from + 2 >= items.length}
  }

  served(apiVersion: string): Promise<ServedKind[] | undefined> {
    return this.answer(`served ${apiVersion}`, () => {
      const kinds = this.cluster.served?.[apiVersion]
      return kinds === undefined ? undefined : [...kinds]
    })
  }

  portForward({namespace = '', name}: Ref, port: number): Promise<never> {
    return this.answer(`portforward ${namespace}/${name} ${port}`, () => {
      throw fail('NotFound', 404, 'create')
    })
  }

  logs({namespace = '', name}: Ref): Promise<string> {
    return this.answer(`logs ${namespace}/${name}`, () => {
      this.check('get', 'Pod/log', `Pod/log ${namespace}/${name}`)
      const text = this.cluster.logs?.[`${namespace}/${name}`]
      if (text === undefined) throw fail('NotFound', 404, 'get')
      return text
    })
  }

  private readonly never = (): never => {
    throw new Error('facts only read')
  }
  /** What the server would store, as far as it has no defaults. */
  create(object: Manifest, {dryRun = false}: WriteOptions = {}): Promise<KubeObject> {
    return dryRun ? this.answer(`create ${object.kind} dryRun`, () => object) : this.never()
  }
  watch = this.never
  patch = this.never
  apply = this.never
  delete = this.never
  can = this.never
}
