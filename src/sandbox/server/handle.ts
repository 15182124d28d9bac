import {parse} from 'yaml'
import {isRecord, textAt} from '../../domain/core/read.js'
import {apiVersionOf, type KindInfo} from '../kinds/kind.js'
import {type Sandbox} from '../sandbox.js'
import {pathRefusal} from '../store/access.js'
import {badRequest, methodNotAllowed, pathNotFound, unsupportedMediaType} from '../store/fault.js'
import {list} from '../store/listing.js'
import {podLog} from '../store/pod-log.js'
import {podPort, type PodPort} from '../store/pod-port.js'
import {type DeleteParameters, type Target, type User, type WriteParameters, type Written} from '../store/request.js'
import {type Answer} from './answer.js'
import * as discovery from './discovery.js'
import {review} from './reviews.js'
import {resourcePath, targetOf} from './route.js'
import {tableOf} from './table.js'

/** A request with its body read. */
export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  accept: string
  contentType: string
  agent: string
  body: string
  user: User
}

/** Either an answer, or that this is a watch on the target. */
export type Handled = Answer | {watch: Target}

export const wantsTable = (accept: string): boolean => accept.split(',')[0]!.includes('as=Table')

const parsedBody = ({body, contentType}: Asked): unknown => {
  if (body === '') return undefined
  try {
    return contentType.includes('yaml') ? parse(body) : JSON.parse(body)
  } catch (error) {
    throw badRequest(
      `couldn't get version/kind; json parse error: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

const textOf = (query: URLSearchParams, field: string): string | undefined => query.get(field) ?? undefined

const writeParameters = ({query, user, agent}: Asked): WriteParameters => {
  const validation = query.get('fieldValidation')
  return {
    user,
    dryRun: query.getAll('dryRun').includes('All'),
    // Without a field manager the program's name stands in (apiserver pkg/endpoints/handlers/create.go managerOrUserAgent).
    fieldManager: textOf(query, 'fieldManager') ?? (agent.split('/')[0] || undefined),
    fieldValidation: validation === 'Strict' || validation === 'Ignore' ? validation : 'Warn',
    force: query.get('force') === 'true',
  }
}

const deleteParameters = (asked: Asked): DeleteParameters => {
  const options = parsedBody(asked)
  const policy = textAt(options, 'propagationPolicy') ?? textOf(asked.query, 'propagationPolicy')
  const dryRun =
    isRecord(options) && Array.isArray(options['dryRun']) ? options['dryRun'] : asked.query.getAll('dryRun')
  return {
    user: asked.user,
    dryRun: dryRun.includes('All'),
    uid: textAt(options, 'preconditions', 'uid'),
    resourceVersion: textAt(options, 'preconditions', 'resourceVersion'),
    propagation: policy === 'Foreground' || policy === 'Orphan' ? policy : 'Background',
  }
}

const fixed = (sandbox: Sandbox, {path, accept}: Asked): Answer | undefined => {
  const {registry} = sandbox.api
  const json = (body: unknown): Answer => ({code: 200, body})
  const version2 = accept.includes('g=apidiscovery.k8s.io;v=v2;')
  const grouped: Pick<Answer, 'type'> = {
    type: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  }
  switch (path.replace(/(?<=.)\/$/, '')) {
    case '/version':
      return json({
        major: '1',
        minor: '31',
        gitVersion: 'v1.31.0+sandbox',
        gitCommit: '',
        gitTreeState: 'clean',
        buildDate: '1970-01-01T00:00:00Z',
        goVersion: '',
        compiler: '',
        platform: 'node/sandbox',
      })
    case '/healthz':
    case '/readyz':
    case '/livez':
      return {code: 200, body: 'ok'}
    case '/api':
      return version2
        ? {...json(discovery.aggregated(registry, true)), ...grouped}
        : json({kind: 'APIVersions', apiVersion: 'v1', versions: ['v1'], serverAddressByClientCIDRs: []})
    case '/apis':
      return version2
        ? {...json(discovery.aggregated(registry, false)), ...grouped}
        : json(discovery.groupList(registry))
    case '/openapi/v2':
      // kubectl asks for protobuf when it has a List to check. A document without paths (its one field says "2.0") makes
      // it leave the checking to us, as it does for everything that version 3 describes.
      if (accept.includes('protobuf'))
        return {code: 200, body: '\n\u00032.0', type: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf'}
      return json(discovery.openapiV2(registry))
    case '/openapi/v3':
      return json(discovery.openapiIndex(registry))
  }
  const [, openapiCore, openapiGroup, openapiVersion] =
    /^\/openapi\/v3\/(?:api\/([^/]+)|apis\/([^/]+)\/([^/]+))$/.exec(path) ?? []
  if (openapiCore !== undefined) return json(discovery.openapiDocument(registry, '', openapiCore))
  if (openapiGroup !== undefined) return json(discovery.openapiDocument(registry, openapiGroup, openapiVersion!))
  const [, core, group, version] = /^\/(?:api\/([^/]+)|apis\/([^/]+)(?:\/([^/]+))?)\/?$/.exec(path) ?? []
  const found =
    core !== undefined
      ? discovery.resourceList(registry, '', core)
      : group === undefined
        ? undefined
        : version === undefined
          ? discovery.groupOnly(registry, group)
          : discovery.resourceList(registry, group, version)
  return found === undefined ? undefined : json(found)
}

const listed = (sandbox: Sandbox, target: Target, asked: Asked): Answer => {
  const {query, user, accept} = asked
  const page = list(
    sandbox.api,
    target,
    {
      labelSelector: textOf(query, 'labelSelector'),
      fieldSelector: textOf(query, 'fieldSelector'),
      limit: Number(query.get('limit') ?? 0),
      continue: textOf(query, 'continue'),
    },
    user,
  )
  const metadata = {
    resourceVersion: page.resourceVersion,
    ...(page.continue === undefined ? {} : {continue: page.continue}),
    ...(page.remaining === undefined ? {} : {remainingItemCount: page.remaining}),
  }
  if (wantsTable(accept)) {
    const now = sandbox.api.options.now()
    const options = {includeObject: query.get('includeObject'), now, headed: true, metadata}
    return {code: 200, body: tableOf(target.kind, page.items, options)}
  }
  const {kind, version} = target
  return {
    code: 200,
    body: {
      apiVersion: apiVersionOf(kind, version),
      kind: `${kind.kind}List`,
      metadata: kind.builtin ? metadata : {continue: '', ...metadata},
      items: page.items,
    },
  }
}

const shownObject = (sandbox: Sandbox, target: Target, asked: Asked, {object, created, warnings}: Written): Answer => {
  const body = wantsTable(asked.accept)
    ? tableOf(target.kind, [object], {
        includeObject: asked.query.get('includeObject'),
        now: sandbox.api.options.now(),
        headed: true,
        metadata: {resourceVersion: object.metadata.resourceVersion},
      })
    : object
  return {code: created ? 201 : 200, body, warnings}
}

const patched = (sandbox: Sandbox, target: Target, asked: Asked): Written => {
  const {api} = sandbox
  const type = asked.contentType.split(';')[0]!.trim()
  const types = {
    'application/json-patch+json': 'json',
    'application/merge-patch+json': 'merge',
    'application/strategic-merge-patch+json': 'strategic',
  } as const
  if (type === 'application/apply-patch+yaml') {
    const parameters = {...writeParameters(asked), fieldManager: textOf(asked.query, 'fieldManager')}
    return api.apply(target, parsedBody(asked), parameters)
  }
  const known = Object.entries(types).find(([name]) => name === type)
  if (known === undefined) throw unsupportedMediaType([...Object.keys(types), 'application/apply-patch+yaml'])
  return api.patch(target, known[1], parsedBody(asked), writeParameters(asked))
}

const deleted = (sandbox: Sandbox, target: Target, asked: Asked): Answer => {
  const {kind} = target
  const {object, gone} = sandbox.api.delete(target, deleteParameters(asked))
  if (!gone) return {code: 200, body: object}
  const {name, uid} = object.metadata
  const group = kind.group === '' ? {} : {group: kind.group}
  return {
    code: 200,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {name, ...group, kind: kind.plural, uid},
    },
  }
}

const collectionDeleted = (sandbox: Sandbox, target: Target, asked: Asked): Answer => {
  sandbox.api.authorize(target, 'deletecollection', asked.user)
  const {query, user} = asked
  const {items} = list(
    sandbox.api,
    target,
    {labelSelector: textOf(query, 'labelSelector'), fieldSelector: textOf(query, 'fieldSelector')},
    user,
  )
  for (const {metadata} of items)
    sandbox.api.delete({...target, namespace: metadata.namespace, name: metadata.name}, deleteParameters(asked))
  const {kind, version} = target
  return {
    code: 200,
    body: {apiVersion: apiVersionOf(kind, version), kind: `${kind.kind}List`, metadata: {}, items},
  }
}

const reads = (method: string): boolean => method === 'GET' || method === 'HEAD'

const logged = (sandbox: Sandbox, target: Target, {query, user}: Asked): Answer => {
  sandbox.note(`logs v1 Pod ${target.namespace}/${target.name}`)
  const lines = query.get('tailLines')
  const container = textOf(query, 'container')
  const body = podLog(sandbox.api, target, user, {
    ...(lines === null ? {} : {tailLines: Number(lines)}),
    ...(container === undefined ? {} : {container}),
  })
  return {code: 200, body, type: 'text/plain'}
}

/** The pod's port that an upgraded request is about. Throws ApiFault for what is refused. */
export const forwardTarget = (sandbox: Sandbox, {pathname, searchParams}: URL, user: User): PodPort => {
  const parts = resourcePath(pathname)
  if (parts === undefined || parts.group !== '' || parts.plural !== 'pods' || parts.subresource !== 'portforward')
    throw pathNotFound()
  const target = targetOf(sandbox.api.registry, {...parts, subresource: undefined})
  const port = Number(searchParams.get('ports') ?? '')
  sandbox.note(`portforward v1 Pod ${target.namespace}/${target.name} ${port}`)
  return podPort(sandbox.api, target, user, port)
}

/** What is said of groups and custom resources that are not there. */
const pageNotFound: Answer = {code: 404, body: '404 page not found\n'}

const verbs: Record<string, string> = {POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete'}

/** With what the server says of the kind at every answer. */
const warned = ({warning}: KindInfo, answer: Answer): Answer =>
  warning === undefined ? answer : {...answer, warnings: [warning, ...(answer.warnings ?? [])]}

/** Answers one request. Throws ApiFault for what is refused. */
export const handle = (sandbox: Sandbox, asked: Asked): Handled => {
  const {method, path, query, user} = asked
  if (asked.contentType.includes('protobuf'))
    throw unsupportedMediaType(['application/json', 'application/yaml', 'application/json-patch+json'])
  const answer = fixed(sandbox, asked)
  if (answer !== undefined) return answer
  const parts = resourcePath(path)
  if (parts === undefined) {
    if (!user.groups.includes('system:masters')) throw pathRefusal(user, 'get', path)
    return path.startsWith('/apis/')
      ? pageNotFound
      : {code: 404, body: {paths: ['/api', '/api/v1', '/apis', '/version']}}
  }
  const virtual = discovery.virtualKinds.find(
    ({group, version, plural}) => group === parts.group && version === parts.version && plural === parts.plural,
  )
  if (virtual !== undefined) {
    const body = parsedBody(asked)
    const attributes = (field: string) => textAt(body, 'spec', 'resourceAttributes', field) ?? ''
    if (virtual.kind === 'SelfSubjectAccessReview')
      sandbox.note(
        `can ${attributes('verb')} ${attributes('resource')}${attributes('group') && `.${attributes('group')}`}`,
      )
    return {code: 201, body: review(sandbox.api, parts.plural, body, user)}
  }
  const {registry} = sandbox.api
  const builtin = registry.kinds.some((kind) => kind.builtin && kind.group === parts.group)
  if (!builtin && registry.byPlural(parts.group, parts.version, parts.plural) === undefined) return pageNotFound
  if (reads(method) && parts.group === '' && parts.plural === 'pods' && parts.subresource === 'log')
    return logged(sandbox, targetOf(registry, {...parts, subresource: undefined}), asked)
  const target = targetOf(registry, parts)
  const watching = parts.watch || ['true', '1'].includes(query.get('watch') ?? '')
  const reading = reads(method)
  const applying = asked.contentType.startsWith('application/apply-patch')
  const verb = reading
    ? watching
      ? 'watch'
      : target.name === undefined
        ? 'list'
        : 'get'
    : applying
      ? 'apply'
      : (verbs[method] ?? method.toLowerCase())
  const sent = method === 'POST' ? textAt(parsedBody(asked), 'metadata', 'name') : target.name
  const what = [target.namespace, sent].filter((part) => part !== undefined).join('/')
  const dry =
    !reading && (query.getAll('dryRun').includes('All') || (method === 'DELETE' && deleteParameters(asked).dryRun))
  sandbox.note(
    `${verb} ${apiVersionOf(target.kind, target.version)} ${target.kind.kind}${what && ` ${what}`}${dry ? ' dryRun' : ''}`,
  )
  if (reading && watching) return {watch: target}
  return warned(target.kind, answerAbout(sandbox, target, asked))
}

const answerAbout = (sandbox: Sandbox, target: Target, asked: Asked): Answer => {
  const {method, user} = asked
  const reading = reads(method)
  if (reading && target.name === undefined) return listed(sandbox, target, asked)
  if (reading)
    return shownObject(sandbox, target, asked, {
      object: sandbox.api.get(target, user),
      created: false,
      warnings: [],
    })
  const named = target.name !== undefined
  if (method === 'POST' && !named)
    return shownObject(sandbox, target, asked, sandbox.api.create(target, parsedBody(asked), writeParameters(asked)))
  if (method === 'PUT' && named)
    return shownObject(sandbox, target, asked, sandbox.api.update(target, parsedBody(asked), writeParameters(asked)))
  if (method === 'PATCH' && named) return shownObject(sandbox, target, asked, patched(sandbox, target, asked))
  if (method === 'DELETE') return named ? deleted(sandbox, target, asked) : collectionDeleted(sandbox, target, asked)
  throw methodNotAllowed(target.kind)
}
