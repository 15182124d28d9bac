import type {Kind, Ref} from '../domain/core/object.js'
import type {ListQuery, ServedKind, WatchQuery} from './client.js'
import {KubeError} from './errors.js'
import type {Request} from './http/exchange.js'
import {type Resource, resourceName, resourcePath} from './resources.js'

/** Finds the resource of a kind; rejects with `KubeError` (ResourceNotServed). */
export type FindResource = (kind: Kind, verb: string, signal: AbortSignal | undefined) => Promise<Resource>

type Parameters = Readonly<Record<string, string | number | boolean | undefined>>

/** `?a=1&b=2`, or nothing. */
const query = (parameters: Parameters): string => {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '' && value !== false) given.set(name, String(value))
  }
  const text = given.toString()
  return text === '' ? '' : `?${text}`
}

/** A request about one object. */
export const objectRequest = (
  method: Request['method'],
  verb: string,
  ref: Ref,
  resource: Resource,
  parameters: Parameters = {},
): Request => {
  const {apiVersion, name, namespace} = ref
  const about = {
    verb,
    resource: resourceName(apiVersion, resource),
    name,
    ref,
    ...(namespace === undefined ? {} : {namespace}),
  }
  if (resource.namespaced && namespace === undefined) {
    throw new KubeError('BadRequest', `${about.resource} "${name}" cannot be addressed without a namespace`, {
      code: 0,
      request: about,
    })
  }
  // A new object is posted to its collection.
  const path = resourcePath(apiVersion, resource, {namespace, ...(verb === 'create' ? {} : {name})})
  return {method, path: `${path}${query(parameters)}`, about}
}

/** A request for what a container of a pod wrote. */
export const logRequest = (ref: Ref, resource: Resource, parameters: Parameters): Request => {
  const {method, path, about} = objectRequest('GET', 'get', ref, resource)
  return {method, path: `${path}/log${query(parameters)}`, about: {...about, resource: `${about.resource}/log`}}
}

/** A request for a connection to a port of a pod. */
export const portForwardRequest = (ref: Ref, resource: Resource, port: number): Request => {
  const {method, path, about} = objectRequest('GET', 'get', ref, resource)
  const resourceName = `${about.resource}/portforward`
  // A WebSocket begins with a GET; the right that the server asks for is the one to create a pods/portforward.
  return {
    method,
    path: `${path}/portforward${query({ports: port})}`,
    about: {...about, verb: 'create', resource: resourceName},
  }
}

/** A request for a list, or for a watch on it. */
export const collectionRequest = (
  verb: 'list' | 'watch',
  {apiVersion, namespace, labelSelector, fieldSelector}: ListQuery | WatchQuery,
  resource: Resource,
  parameters: Parameters,
): Request => ({
  method: 'GET',
  path: `${resourcePath(apiVersion, resource, {namespace})}${query({...parameters, labelSelector, fieldSelector})}`,
  about: {verb, resource: resourceName(apiVersion, resource), ...(namespace === undefined ? {} : {namespace})},
})

/** The resource of a kind in a group's discovery document. */
export const resourceIn = (served: readonly ServedKind[] | undefined, {kind}: Kind): Resource | undefined =>
  served?.find((one) => one.kind === kind)
