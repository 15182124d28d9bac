import {isFound, type Lookup} from '../../core/seen.js'
import {ask, given, type Reading} from '../../reading/reading.js'
import {addressState} from '../addressable.js'
import {type ResolvedSink} from '../broker/facts.js'
import {kindAmong, sinkOf, type Destination, type Sink, type SinkRef} from '../reference.js'

/** The guess for a kind that no one could look up: `pingsources` → `Pingsource`. */
const guessed = (resource: string): string => {
  const singular = resource.replace(/s$/, '')
  return singular.charAt(0).toUpperCase() + singular.slice(1)
}

const destinationOf = ({apiVersion, name, namespace}: SinkRef, kind: string): Destination => ({
  ref: {apiVersion, kind, name, namespace},
})

function* kindOf(ref: SinkRef): Reading<Lookup<{kind: string}>> {
  if (ref.kind !== undefined) return {kind: ref.kind}
  const kinds = yield* ask((reader) => reader.kinds(ref.apiVersion))
  if (!isFound(kinds)) return kinds
  return kindAmong(ref, kinds) ?? 'absent'
}

/** Looks a sink up: one request, or two when discovery must say its kind first. */
export function* resolvedSink(sink: Sink): Reading<ResolvedSink> {
  if ('uri' in sink) return {sink, destination: {uri: sink.uri}, state: 'uri'}
  const {ref} = sink
  const known = yield* kindOf(ref)
  const destination = destinationOf(ref, isFound(known) ? known.kind : guessed(ref.resource))
  if (known === 'absent') return {sink, destination, state: 'not-served'}
  if (known === 'forbidden') return {sink, destination, state: 'forbidden'}
  const target = {apiVersion: ref.apiVersion, kind: known.kind, name: ref.name, namespace: ref.namespace}
  const found = yield* ask((reader) => reader.get(target))
  if (found === 'not-served' || !isFound(found)) return {sink, destination, state: found}
  const planned = yield* ask((reader) => reader.isNew(found))
  return {sink, destination, state: addressState(found), ...(planned ? {planned} : {})}
}

/** The same for what may not be asked for. */
export const maybeSink = (sink: Sink | undefined): Reading<ResolvedSink | undefined> =>
  sink === undefined ? given(undefined) : resolvedSink(sink)

/** Where a destination of the API leads; nothing when it names nothing. */
export const resolvedDestination = (destination: unknown, namespace: string): Reading<ResolvedSink | undefined> =>
  maybeSink(sinkOf(destination, namespace))
