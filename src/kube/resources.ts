import {type Kind, groupOf} from '../domain/core/object.js'
import {rowOf} from '../domain/kinds/registry.js'

/** How a kind is addressed in URLs. */
export interface Resource {
  plural: string
  namespaced: boolean
}

/** `undefined` for kinds that have to be looked up in discovery; a plural is the same in all versions of a group. */
export const knownResource = (kind: Kind): Resource | undefined => rowOf(kind)

/** `/apis/eventing.knative.dev/v1` */
export const versionPath = (apiVersion: string): string =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`

/** `/apis/eventing.knative.dev/v1/namespaces/demo/brokers/orders`; without a namespace: cluster-wide. */
export const resourcePath = (
  apiVersion: string,
  {plural, namespaced}: Resource,
  {namespace, name}: {namespace?: string | undefined; name?: string | undefined},
): string =>
  [
    versionPath(apiVersion),
    ...(namespaced && namespace !== undefined ? ['namespaces', encodeURIComponent(namespace)] : []),
    plural,
    ...(name === undefined ? [] : [encodeURIComponent(name)]),
  ].join('/')

/** `brokers.eventing.knative.dev`, `secrets`: as messages of the server name a resource. */
export const resourceName = (apiVersion: string, {plural}: Resource): string => {
  const group = groupOf(apiVersion)
  return group === '' ? plural : `${plural}.${group}`
}
