import type {Duplex} from 'node:stream'
import type {Kind, KubeObject, Manifest, Ref} from '../domain/core/object.js'
import {refOf} from '../domain/core/object.js'
import {booleanAt, isRecord, listAt, textAt} from '../domain/core/read.js'
import type {
  AccessQuestion,
  DeleteOptions,
  KubeClient,
  ListQuery,
  LogOptions,
  Page,
  RequestOptions,
  ServedKind,
  WatchEvent,
  WatchQuery,
  WriteOptions,
} from './client.js'
import {objectFrom, unexpected} from './decode.js'
import {KubeError, isKubeError} from './errors.js'
import type {Transport} from './http/transport.js'
import type {Request} from './http/exchange.js'
import {listPages} from './list.js'
import {type FindResource, logRequest, objectRequest, portForwardRequest, resourceIn} from './requests.js'
import {type Resource, knownResource, resourceName, versionPath} from './resources.js'
import {watchObjects} from './watch.js'

/** The port over HTTP. */
export const httpClient = (transport: Transport): KubeClient => new HttpClient(transport)

class HttpClient implements KubeClient {
  /** Discovery, asked once for each group and version. */
  private readonly discovered = new Map<string, Promise<ServedKind[] | undefined>>()

  constructor(private readonly transport: Transport) {}

  async get(ref: Ref, {signal}: RequestOptions = {}): Promise<KubeObject> {
    const request = objectRequest('GET', 'get', ref, await this.resource(ref, 'get', signal))
    return this.object({...request, signal})
  }

  list(query: ListQuery, options: RequestOptions = {}): AsyncIterable<Page> {
    return listPages(this.transport, this.resource, query, options)
  }

  watch(query: WatchQuery, options: RequestOptions = {}): AsyncIterable<WatchEvent> {
    const list = (listed: ListQuery, listing: RequestOptions): AsyncIterable<Page> => this.list(listed, listing)
    return watchObjects(this.transport, this.resource, list, query, options)
  }

  async create(object: Manifest, options: WriteOptions = {}): Promise<KubeObject> {
    const {signal} = options
    const resource = await this.resource(object, 'create', signal)
    const request = objectRequest('POST', 'create', refOf(object), resource, writeParameters(options))
    return this.object({...request, body: object, signal})
  }

  async patch(ref: Ref, patch: Readonly<Record<string, unknown>>, options: WriteOptions = {}): Promise<KubeObject> {
    const {signal} = options
    const resource = await this.resource(ref, 'patch', signal)
    const request = objectRequest('PATCH', 'patch', ref, resource, writeParameters(options))
    return this.object({...request, body: patch, contentType: 'application/merge-patch+json', signal})
  }

  async apply(object: Manifest, options: WriteOptions & {force?: boolean} = {}): Promise<KubeObject> {
    const {force, signal} = options
    const resource = await this.resource(object, 'patch', signal)
    const parameters = {...writeParameters(options), force}
    const request = objectRequest('PATCH', 'apply', refOf(object), resource, parameters)
    // JSON is YAML.
    return this.object({...request, body: object, contentType: 'application/apply-patch+yaml', signal})
  }

  async delete(ref: Ref, {dryRun, uid, propagation = 'Background', signal}: DeleteOptions = {}): Promise<void> {
    const request = objectRequest('DELETE', 'delete', ref, await this.resource(ref, 'delete', signal))
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: propagation,
      ...(uid === undefined ? {} : {preconditions: {uid}}),
      ...(dryRun ? {dryRun: ['All']} : {}),
    }
    await this.transport.send({...request, body, signal})
  }

  async can(question: AccessQuestion, {signal}: RequestOptions = {}): Promise<boolean> {
    const {verb, group, resource, subresource, namespace, name} = question
    const about = {verb: 'create', resource: 'selfsubjectaccessreviews.authorization.k8s.io'}
    const resourceAttributes = {verb, group, resource, subresource, namespace, name}
    const body = {apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: {resourceAttributes}}
    const path = `${versionPath(body.apiVersion)}/selfsubjectaccessreviews`
    const answer = await this.transport.send({method: 'POST', path, body, about, signal})
    const allowed = booleanAt(answer, 'status', 'allowed')
    if (allowed === undefined) throw unexpected('the server did not say whether the access is allowed', about)
    return allowed
  }

  async logs(ref: Ref, {tailLines, container, signal}: LogOptions = {}): Promise<string> {
    const resource = await this.resource(ref, 'get', signal)
    return this.transport.text({...logRequest(ref, resource, {tailLines, container}), signal})
  }

  async portForward(pod: Ref, port: number, {signal}: RequestOptions = {}): Promise<Duplex> {
    const request = portForwardRequest(pod, await this.resource(pod, 'create', signal), port)
    // Both first, so that nothing is between the open connection and its reader.
    const {forwardedPort, PORT_FORWARD_PROTOCOL} = await import('./port-forward.js')
    const socket = await this.transport.webSocket({...request, signal}, PORT_FORWARD_PROTOCOL)
    return forwardedPort(socket, port, {request: request.about, server: this.transport.server, signal})
  }

  served(apiVersion: string, {signal}: RequestOptions = {}): Promise<ServedKind[] | undefined> {
    const known = this.discovered.get(apiVersion)
    if (known !== undefined) return known
    const asked = this.discover(apiVersion, signal)
    this.discovered.set(apiVersion, asked)
    asked.catch(() => this.discovered.delete(apiVersion))
    return asked
  }

  private async discover(apiVersion: string, signal: AbortSignal | undefined): Promise<ServedKind[] | undefined> {
    const about = {verb: 'discover', resource: apiVersion}
    let answer: unknown
    try {
      answer = await this.transport.send({method: 'GET', path: versionPath(apiVersion), about, signal})
    } catch (error) {
      if (isKubeError(error, 'ResourceNotServed') || isKubeError(error, 'NotFound')) return undefined
      throw error
    }
    if (!isRecord(answer)) throw unexpected('the server did not answer with a list of resources', about)
    return listAt(answer, 'resources').flatMap((entry): ServedKind[] => {
      const kind = textAt(entry, 'kind')
      const plural = textAt(entry, 'name')
      // `brokers/status` is a part of another resource.
      if (kind === undefined || plural === undefined || plural.includes('/')) return []
      const verbs = listAt(entry, 'verbs').filter((verb) => typeof verb === 'string')
      return [{apiVersion, kind, plural, namespaced: booleanAt(entry, 'namespaced') ?? false, verbs}]
    })
  }

  private readonly resource: FindResource = async (kind: Kind, verb, signal): Promise<Resource> => {
    const known = knownResource(kind)
    if (known !== undefined) return known
    const served = await this.served(kind.apiVersion, signal === undefined ? {} : {signal})
    const found = resourceIn(served, kind)
    if (found !== undefined) return found
    const guess = {plural: `${kind.kind.toLowerCase()}s`, namespaced: true}
    throw new KubeError('ResourceNotServed', `the server does not have the kind "${kind.kind}" in ${kind.apiVersion}`, {
      code: 404,
      request: {verb, resource: resourceName(kind.apiVersion, guess)},
      server: this.transport.server,
    })
  }

  private async object(request: Request): Promise<KubeObject> {
    return objectFrom(await this.transport.send(request), request.about)
  }
}

/** Old servers do not know `fieldValidation` and pass over it. */
const writeParameters = ({
  dryRun,
  fieldManager = 'kubectl-sfl',
  fieldValidation = 'Strict',
}: WriteOptions): Record<string, string | undefined> => ({
  dryRun: dryRun ? 'All' : undefined,
  fieldManager,
  fieldValidation,
})
