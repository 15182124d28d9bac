import {type Duplex} from 'node:stream'
import {groupOf, type Kind, type KubeObject, type Ref, refOf} from '../domain/core/object.js'
import {
  type AccessQuestion,
  type KubeClient,
  type Page,
  type RequestOptions,
  type ServedKind,
  type WatchEvent,
  type WatchQuery,
  pageLimit,
} from '../kube/client.js'
import {KubeError, portFailure} from '../kube/errors.js'
import {knownResource, resourceName} from '../kube/resources.js'
import {resourceOf, versionOf} from './kinds/kind.js'
import {mayDo} from './store/access.js'
import {type Api} from './store/api.js'
import {ApiFault} from './store/fault.js'
import {list, watch} from './store/listing.js'
import {podLog} from './store/pod-log.js'
import {podPort, type PodPort} from './store/pod-port.js'
import {type Target, type User} from './store/request.js'

/** The verbs that discovery announces. */
export const verbs: readonly string[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
]

/** What the HTTP adapter makes of the 404 for a path that the server does not have. */
const notServed = (verb: string, kind: Kind): KubeError => {
  const known = knownResource(kind)
  const resource =
    known === undefined ? `the kind "${kind.kind}" in ${kind.apiVersion}` : resourceName(kind.apiVersion, known)
  return new KubeError('ResourceNotServed', `the server does not have ${resource}`, {
    code: 404,
    request: {verb, ...(known === undefined ? {} : {resource})},
  })
}

/** What the server sends when no more than the metadata is wanted. */
const onlyMetadata = ({apiVersion, kind, metadata}: KubeObject): KubeObject => ({apiVersion, kind, metadata})

interface Asked extends Partial<Ref> {
  verb: string
  apiVersion: string
  kind: string
}

/** The port, straight on the store: errors are what the HTTP adapter would make of the server's answers. */
export const storeClient = (api: Api, user: User, log: (line: string) => void): KubeClient => {
  const targetOf = ({verb, apiVersion, kind, namespace, name}: Asked): Target => {
    const known = api.registry.byKind(apiVersion, kind)
    if (known === undefined) throw notServed(verb, {apiVersion, kind})
    return {
      kind: known,
      version: versionOf(apiVersion),
      namespace: known.namespaced ? namespace : undefined,
      name,
    }
  }

  const kubeError = (error: unknown, {verb, apiVersion, kind, namespace, name}: Asked): unknown => {
    if (!(error instanceof ApiFault)) return error
    const known = api.registry.byKind(apiVersion, kind)
    return new KubeError(error.reason, error.message, {
      code: error.code,
      request: {
        verb,
        ...(known === undefined ? {} : {resource: resourceOf(known)}),
        ...(namespace === undefined ? {} : {namespace}),
        ...(name === undefined ? {} : {name}),
        ...(name === undefined ? {} : {ref: {apiVersion, kind, name, ...(namespace === undefined ? {} : {namespace})}}),
      },
      causes: error.status.details?.causes ?? [],
    })
  }

  const aborted = (asked: Asked) =>
    new KubeError('Aborted', 'the request was aborted', {code: 0, request: {verb: asked.verb}})

  const ask = <T>(
    asked: Asked,
    options: (RequestOptions & {dryRun?: boolean}) | undefined,
    work: (target: Target) => T,
  ): T => {
    if (options?.signal?.aborted) throw aborted(asked)
    const {verb, apiVersion, kind, namespace, name} = asked
    const what = [namespace, name].filter((part) => part !== undefined).join('/')
    log(`${verb} ${apiVersion} ${kind}${what === '' ? '' : ` ${what}`}${options?.dryRun ? ' dryRun' : ''}`)
    try {
      return structuredClone(work(targetOf(asked)))
    } catch (error) {
      throw kubeError(error, asked)
    }
  }

  const refOfManifest = (verb: string, {apiVersion, kind, metadata}: KubeObject): Asked => ({
    verb,
    apiVersion,
    kind,
    name: metadata.name,
    ...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
  })

  async function* pages(query: Parameters<KubeClient['list']>[0], options?: RequestOptions): AsyncIterable<Page> {
    let count = 0
    const done = new Set<string>()
    let token: string | undefined
    let restarted = false
    for (;;) {
      await Promise.resolve()
      let page
      try {
        page = ask({verb: 'list', ...query}, options, (target) =>
          list(api, target, {...query, limit: pageLimit(query, count++), continue: token}, user),
        )
      } catch (error) {
        if (token === undefined || restarted || !(error instanceof KubeError) || error.code !== 410) throw error
        restarted = true
        token = undefined
        continue
      }
      const items = page.items
        .filter(({metadata}) => !done.has(String(metadata.uid)))
        .map((item) => (query.metadataOnly ? onlyMetadata(item) : item))
      for (const {metadata} of items) done.add(String(metadata.uid))
      token = page.continue
      yield {items, resourceVersion: page.resourceVersion, last: token === undefined}
      if (token === undefined) return
    }
  }

  return {
    get: async (ref, options) => ask({verb: 'get', ...ref}, options, (target) => api.get(target, user)),
    list: pages,
    watch: (query, options) => watching(api, user, query, options, ask),
    create: async (object, options = {}) =>
      ask(refOfManifest('create', object), options, (target) =>
        api.create(target, object, {fieldValidation: 'Strict', ...options, user}),
      ).object,
    patch: async (ref, patch, options = {}) =>
      ask({verb: 'patch', ...ref}, options, (target) =>
        api.patch(target, 'merge', patch, {fieldValidation: 'Strict', ...options, user}),
      ).object,
    apply: async (object, options = {}) =>
      ask(refOfManifest('apply', object), options, (target) =>
        api.apply(target, object, {fieldManager: 'kubectl-sfl', ...options, user}),
      ).object,
    delete: async (ref, options = {}) => {
      ask({verb: 'delete', ...ref}, options, (target) => api.delete(target, {...options, user}))
    },
    logs: async (ref, options = {}) =>
      ask({verb: 'logs', ...ref}, options, (target) => podLog(api, target, user, options)),
    portForward: async (pod, port, options) => {
      const asked: Asked = {verb: 'create', ...pod}
      if (options?.signal?.aborted) throw aborted(asked)
      log(`portforward ${pod.apiVersion} ${pod.kind} ${pod.namespace ?? ''}/${pod.name} ${port}`)
      try {
        return await forwarded(podPort(api, targetOf(asked), user, port), options?.signal)
      } catch (error) {
        throw kubeError(error, asked)
      }
    },
    can: async (question: AccessQuestion, options) => {
      if (options?.signal?.aborted) throw aborted({verb: 'create', apiVersion: '', kind: ''})
      log(`can ${question.verb} ${question.resource}${question.group && `.${question.group}`}`)
      return mayDo(api.options.access, user, question)
    },
    served: async (apiVersion, options): Promise<ServedKind[] | undefined> => {
      if (options?.signal?.aborted) throw aborted({verb: 'get', apiVersion, kind: ''})
      log(`served ${apiVersion}`)
      const kinds = api.registry.inVersion(groupOf(apiVersion), versionOf(apiVersion))
      if (kinds.length === 0) return undefined
      return kinds.map((known) => ({
        apiVersion,
        kind: known.kind,
        plural: known.plural,
        namespaced: known.namespaced,
        verbs,
      }))
    },
  }
}

/** The stream that the HTTP adapter would make of the port, whose failures are the kubelet's. */
const forwarded = async (found: PodPort, signal: AbortSignal | undefined): Promise<Duplex> => {
  const {connectPort} = await import('./forward.js')
  const {namespace = '', name} = found.pod.metadata
  const request = {verb: 'create', resource: 'pods/portforward', namespace, name, ref: refOf(found.pod)}
  const stream = connectPort(found, (said) => portFailure(found.port, said, {request}))
  const stop = (): void => void stream.destroy(new KubeError('Aborted', 'the request was aborted', {code: 0, request}))
  signal?.addEventListener('abort', stop, {once: true})
  stream.once('close', () => signal?.removeEventListener('abort', stop))
  return stream
}

async function* watching(
  api: Api,
  user: User,
  query: WatchQuery,
  options: RequestOptions | undefined,
  ask: <T>(asked: Asked, options: RequestOptions | undefined, work: (target: Target) => T) => T,
): AsyncIterable<WatchEvent> {
  if (options?.signal?.aborted) return
  const asked: Asked = {verb: 'watch', ...query}
  const waiting: WatchEvent[] = []
  let wake: (() => void) | undefined
  let stop: (() => void) | undefined
  const hear = () => wake?.()
  options?.signal?.addEventListener('abort', hear)
  try {
    ask(asked, options, (target) => {
      stop = watch(api, target, query, user, (event) => {
        waiting.push(structuredClone(event))
        hear()
      })
    })
    waiting.push({type: 'SYNCED', resourceVersion: String(api.objects.version)})
    for (;;) {
      // Like the HTTP adapter's watch, this one ends quietly.
      if (options?.signal?.aborted) return
      const event = waiting.shift()
      if (event !== undefined) yield event
      else
        await new Promise<void>((resolve) => {
          wake = resolve
          if (options?.signal?.aborted) resolve()
        })
    }
  } finally {
    stop?.()
    options?.signal?.removeEventListener('abort', hear)
  }
}
