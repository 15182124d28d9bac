import {SflError} from '../domain/core/errors.js'
import type {Kind} from '../domain/core/object.js'
import type {KubeClient} from '../kube/client.js'
import {isKubeError} from '../kube/errors.js'
import {knownResource} from '../kube/resources.js'
import type {Cache} from './cache.js'
import type {NamedKind} from './kinds.js'
import type {Candidate} from './protocol.js'
import type {Listing} from './sources.js'

/** A cluster as far as completion needs it. */
export interface ClusterOfNames {
  client: KubeClient
  /** Where names are looked for that no flag places elsewhere. */
  namespace: string
  /** Server, user and all else that decides what is seen; no credentials. `undefined`: nothing is to be kept. */
  identity: string | undefined
}

export interface LookUp {
  cluster: ClusterOfNames
  cache: Cache
  /** Ends everything that is still under way. */
  signal: AbortSignal
  /** Seconds after which it does, for sentences. */
  seconds: number
}

/** The objects of a kind in a namespace, `undefined`: in all of them. Never rejects. */
export const namesOf = async (
  kind: NamedKind,
  namespace: string | undefined,
  {cluster, cache, signal, seconds}: LookUp,
): Promise<Listing> => {
  const placed = knownResource(kind)?.namespaced === false ? undefined : namespace
  const {identity} = cluster
  const key =
    identity === undefined ? undefined : [identity, placed ?? '', kind.apiVersion, kind.kind, kind.plural].join(' ')
  const kept = key === undefined ? undefined : cache.read(key)
  if (kept !== undefined) return kept
  const found = await list(kind, placed, cluster.client, signal, seconds)
  if (key !== undefined && !found.partial) cache.write(key, found)
  return found
}

const list = async (
  kind: NamedKind,
  namespace: string | undefined,
  client: KubeClient,
  signal: AbortSignal,
  seconds: number,
): Promise<Listing> => {
  const {apiVersion, kind: ofKind, plural, describe, ignore, metadataOnly = false, labelSelector} = kind
  const names: Candidate[] = []
  const query = {
    apiVersion,
    kind: ofKind,
    metadataOnly,
    ...(namespace === undefined ? {} : {namespace}),
    ...(labelSelector === undefined ? {} : {labelSelector}),
  }
  try {
    for await (const {items} of client.list(query, {signal})) {
      for (const object of items) {
        const {name} = object.metadata
        if (ignore?.(name)) continue
        const description = object.metadata.deletionTimestamp === undefined ? describe?.(object) : 'being deleted'
        // Without a namespace, a name alone does not say which object is meant.
        const value =
          namespace !== undefined || object.metadata.namespace === undefined
            ? name
            : `${object.metadata.namespace}/${name}`
        names.push(description === undefined || description === '' ? {value} : {value, description})
      }
      if (signal.aborted) break
    }
  } catch (error) {
    if (names.length === 0) return {names, fault: faultOf(error, kind, namespace, signal.aborted, seconds)}
  }
  return signal.aborted
    ? {names, partial: true, fault: `only the first ${names.length} ${plural}: the rest did not come in ${seconds} s`}
    : {names}
}

/** Why a cluster gave no names, in one sentence. */
export const faultOf = (
  error: unknown,
  {plural, apiVersion, kind}: NamedKind,
  namespace: string | undefined,
  late: boolean,
  seconds: number,
): string => {
  const where = namespace === undefined ? '' : ` in namespace "${namespace}"`
  if (late || isTimeout(error)) return `${plural} are not known: the cluster did not answer within ${seconds} s`
  if (isKubeError(error, 'Forbidden')) return `${plural} are not known: you have no permission to list them${where}`
  if (isKubeError(error, 'Unauthorized')) return `${plural} are not known: you are not logged in to the cluster`
  if (isKubeError(error, 'ResourceNotServed') || isKubeError(error, 'NotFound'))
    return `${plural} are not known: the cluster does not have ${handle({apiVersion, kind})}`
  if (isKubeError(error)) return `${plural} are not known: the cluster cannot be reached (${error.reason})`
  return `${plural} are not known: ${error instanceof SflError ? error.message : 'the cluster cannot be asked'}`
}

const isTimeout = (error: unknown): boolean =>
  ['Aborted', 'ConnectTimeout', 'RequestTimeout'].some((reason) => isKubeError(error, reason))

const handle = ({apiVersion, kind}: Kind): string => `${kind} in ${apiVersion}`
