import {type Ref} from '../../domain/core/object.js'
import {rowOf} from '../../domain/kinds/registry.js'
import {at, isRecord, textAt} from '../../domain/core/read.js'
import {type ClusterView} from './controller.js'

/** A resolved destination, or why it cannot be resolved. */
export type Resolved = {uri: string} | {fault: string}

/** `ref` with the holder's namespace filled in; `undefined` when incomplete. */
export const refOfDestination = (destination: unknown, namespace: string): Ref | undefined => {
  const ref = at(destination, 'ref')
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((field) => textAt(ref, field))
  if (!apiVersion || !kind || !name) return undefined
  return {apiVersion, kind, name, namespace: textAt(ref, 'namespace') ?? namespace}
}

const join = (base: string, relative: string | undefined): string =>
  relative === undefined || relative === ''
    ? base
    : new URL(relative, base.endsWith('/') ? base : `${base}/`).toString()

/** A Destination's URI, with the texts of knative.dev/pkg resolver/addressable_resolver.go. */
export const resolve = (destination: unknown, namespace: string, cluster: ClusterView): Resolved => {
  const uri = textAt(destination, 'uri')
  const ref = refOfDestination(destination, namespace)
  if (ref === undefined)
    return uri === undefined ? {fault: 'destination missing Ref and URI, expected at least one'} : {uri}
  const target = cluster.target(ref)
  const home = ref.namespace ?? namespace
  if (target === undefined)
    return {fault: `failed to get object ${home}/${ref.name}: the server could not find the requested resource`}
  const object = cluster.get(ref)
  if (object === undefined) {
    const resource = `${target.kind.plural}${target.kind.group === '' ? '' : `.${target.kind.group}`}`
    return {fault: `failed to get object ${home}/${ref.name}: ${resource} "${ref.name}" not found`}
  }
  if (rowOf(ref)?.address === 'dns') return {uri: join(`http://${ref.name}.${home}.svc.cluster.local`, uri)}
  const what = `Kind = ${ref.kind}, Namespace = ${home}, Name = ${ref.name}, APIVersion = ${ref.apiVersion}`
  if (!isRecord(at(object, 'status', 'address'))) return {fault: `address not set for ${what}, Group = , Address = `}
  const url = textAt(object, 'status', 'address', 'url')
  return url === undefined ? {fault: `URL missing in address of ${what}, Group = , Address = `} : {uri: join(url, uri)}
}
