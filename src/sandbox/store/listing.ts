import {type KubeObject} from '../../domain/core/object.js'
import {isRecord} from '../../domain/core/read.js'
import {type Api} from './api.js'
import {badRequest, expired} from './fault.js'
import {type Change} from './objects.js'
import {type Listed, type ListParameters, type Target, type User} from './request.js'
import {fieldSelector, labelSelector, type Matches} from './selectors.js'

const tooOld =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.'

const keyOf = ({metadata}: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name}`

interface Token {
  version: number
  after: string
}

const encodeToken = ({version, after}: Token): string =>
  Buffer.from(JSON.stringify({v: 'meta.k8s.io/v1', rv: version, start: `${after}\u0000`})).toString('base64url')

const decodeToken = (text: string): Token => {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (isRecord(value) && typeof value['rv'] === 'number' && typeof value['start'] === 'string')
      return {version: value['rv'], after: value['start'].replace('\u0000', '')}
  } catch {
    // said below
  }
  throw badRequest('invalid continue token: continue key is not valid')
}

const matching = (target: Target, {labelSelector: labels, fieldSelector: fields}: ListParameters): Matches => {
  const byLabel = labelSelector(labels)
  const byField = fieldSelector(target.kind.kind, fields)
  const byName: Matches = ({metadata}) => target.name === undefined || metadata.name === target.name
  return (object) => byName(object) && byLabel(object) && byField(object)
}

/** A list of one name is authorized, and refused, as being about that name (apiserver pkg/endpoints/request/requestinfo.go). */
const nameSelected = (target: Target, {fieldSelector: fields = ''}: ListParameters): Target => {
  const [, name] = /^metadata\.name==?([^,]+)$/.exec(fields) ?? []
  return name === undefined ? target : {...target, name}
}

/** One page; the following ones show the state of the first, or 410 when that is forgotten. */
export const list = (api: Api, target: Target, parameters: ListParameters, user: User): Listed => {
  api.authorize(nameSelected(target, parameters), 'list', user)
  const matches = matching(target, parameters)
  const token = parameters.continue ? decodeToken(parameters.continue) : undefined
  const version = token?.version ?? api.objects.version
  let all: KubeObject[]
  try {
    all = api.objects.listAt(target.kind, target.namespace, version)
  } catch {
    throw expired(tooOld)
  }
  const rest = all.filter((object) => (token === undefined || keyOf(object) > token.after) && matches(object))
  const limit = parameters.limit ?? 0
  const items = limit > 0 ? rest.slice(0, limit) : rest
  const shown = items.map((object) => api.shown(target, object))
  const resourceVersion = String(version)
  if (items.length === rest.length) return {items: shown, resourceVersion}
  const selective = Boolean(parameters.labelSelector ?? parameters.fieldSelector)
  return {
    items: shown,
    resourceVersion,
    continue: encodeToken({version, after: keyOf(items.at(-1)!)}),
    ...(selective ? {} : {remaining: rest.length - items.length}),
  }
}

export interface Seen {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  object: KubeObject
}

/** How a change looks to somebody who only sees what matches: leaving the selection is a deletion. */
const seen = (api: Api, target: Target, matches: Matches, change: Change): Seen | undefined => {
  if (change.kind !== target.kind) return undefined
  if (target.namespace !== undefined && change.object.metadata.namespace !== target.namespace) return undefined
  const before = change.previous !== undefined && matches(change.previous)
  const after = change.type !== 'DELETED' && matches(change.object)
  if (!before && !after) return undefined
  return {
    type: before ? (after ? 'MODIFIED' : 'DELETED') : 'ADDED',
    object: api.shown(target, change.object),
  }
}

/**
 * Everything after a resource version (or, without one, first what is there), then every change until `stop` is called.
 * Throws 410 when the version is forgotten.
 */
export const watch = (
  api: Api,
  target: Target,
  parameters: ListParameters & {resourceVersion?: string | undefined},
  user: User,
  tell: (event: Seen) => void,
): (() => void) => {
  api.authorize(nameSelected(target, parameters), 'watch', user)
  const matches = matching(target, parameters)
  const since = parameters.resourceVersion
  if (since === undefined || since === '' || since === '0') {
    for (const object of api.objects.list(target.kind, target.namespace).filter(matches))
      tell({type: 'ADDED', object: api.shown(target, object)})
  } else {
    for (const change of api.objects.since(Number(since))) {
      const event = seen(api, target, matches, change)
      if (event) tell(event)
    }
  }
  return api.objects.onChange((change) => {
    const event = seen(api, target, matches, change)
    if (event) tell(event)
  })
}
