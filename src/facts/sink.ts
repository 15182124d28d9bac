import {type ResolvedSink} from '../domain/eventing/broker/facts.js'
import {rowOf} from '../domain/kinds/registry.js'
import {kindAmong, type Destination, type Sink, type SinkRef} from '../domain/eventing/reference.js'
import {type KubeObject} from '../domain/core/object.js'
import {textAt} from '../domain/core/read.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {isKubeError} from '../kube/errors.js'
import {tryRead} from './look.js'

/** The guess for a kind that no one could look up: `pingsources` → `Pingsource`. */
const guessed = (resource: string): string => {
  const singular = resource.replace(/s$/, '')
  return singular.charAt(0).toUpperCase() + singular.slice(1)
}

const destinationOf = ({apiVersion, name, namespace}: SinkRef, kind: string): Destination => ({
  ref: {apiVersion, kind, name, namespace},
})

const isAddressable = (object: KubeObject): boolean =>
  rowOf(object)?.address === 'dns' || Boolean(textAt(object, 'status', 'address', 'url'))

/** Looks a sink up: one request, or two when discovery must say its kind first. */
export const resolveSink = async (client: KubeClient, sink: Sink, options?: RequestOptions): Promise<ResolvedSink> => {
  if ('uri' in sink) return {sink, destination: {uri: sink.uri}, state: 'uri'}
  const {ref} = sink
  const kind = ref.kind ?? (await discoverKind(client, ref, options))
  const destination = destinationOf(ref, kind === 'absent' || kind === 'forbidden' ? guessed(ref.resource) : kind)
  if (kind === 'absent') return {sink, destination, state: 'not-served'}
  if (kind === 'forbidden') return {sink, destination, state: 'forbidden'}
  const target = {apiVersion: ref.apiVersion, kind, name: ref.name, namespace: ref.namespace}
  try {
    const found = await tryRead(client.get(target, options), ['NotFound'])
    if (typeof found === 'string') return {sink, destination, state: found}
    return {sink, destination, state: isAddressable(found) ? 'addressable' : 'no-address'}
  } catch (error) {
    if (isKubeError(error, 'ResourceNotServed')) return {sink, destination, state: 'not-served'}
    throw error
  }
}

const discoverKind = async (client: KubeClient, ref: SinkRef, options?: RequestOptions): Promise<string> => {
  const answer = await tryRead((async () => ({kinds: (await client.served(ref.apiVersion, options)) ?? []}))())
  if (typeof answer === 'string') return answer
  return kindAmong(ref, answer.kinds)?.kind ?? 'absent'
}
