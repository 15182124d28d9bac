import {type KubeObject, type Kind, type Ref} from '../../core/object.js'
import {numberAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {ask, shared, type Reading} from '../../reading/reading.js'
import {type Served} from '../../reading/reader.js'
import {type Deployments} from '../broker/facts.js'
import {BROKER, DEPLOYMENT, EVENT, SYSTEM_NAMESPACE} from '../names.js'

/** Ready replicas of the Deployments of the system namespace. */
export const systemDeployments = shared(function* (): Reading<Lookup<Deployments>> {
  const found = yield* ask((reader) => reader.list({...DEPLOYMENT, namespace: SYSTEM_NAMESPACE}))
  return isFound(found)
    ? Object.fromEntries(found.map((one) => [one.metadata.name, numberAt(one, 'status', 'readyReplicas') ?? 0]))
    : found
})

/** One object; a kind that is not served is as good as not there. */
export function* object(ref: Ref): Reading<Lookup<KubeObject>> {
  const found = yield* ask((reader) => reader.get(ref))
  return found === 'not-served' ? 'absent' : found
}

/** The brokers of a namespace by name: found at once, however many there are. */
const brokersByName = shared(function* (namespace: string): Reading<Lookup<ReadonlyMap<string, KubeObject>>> {
  const found = yield* ask((reader) => reader.list({...BROKER, namespace}))
  return isFound(found) ? new Map(found.map((broker) => [broker.metadata.name, broker])) : found
})

/** The names of the brokers of a namespace. */
export const brokerNames = shared(function* (namespace: string): Reading<Lookup<readonly string[]>> {
  const found = yield* brokersByName(namespace)
  return isFound(found) ? [...found.keys()] : found
})

/**
 * A broker whose namespace was listed: the reader knows it from there. Who may not list may still get one, and what lists
 * of files leave out is not known.
 */
export function* brokerAmong(namespace: string, name: string): Reading<Lookup<KubeObject>> {
  const found = yield* brokersByName(namespace)
  return (isFound(found) ? found.get(name) : undefined) ?? (yield* object({...BROKER, namespace, name}))
}

/** Whether the server serves a kind. */
export function* isServed(kind: Kind | undefined): Reading<Served> {
  return kind === undefined ? 'unknown' : yield* ask((reader) => reader.served(kind))
}

/** Recent events about an object. */
export const eventsAbout = ({kind, name, namespace = ''}: Ref): Reading<Lookup<readonly KubeObject[]>> => {
  const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name},involvedObject.namespace=${namespace}`
  return ask((reader) => reader.list({...EVENT, namespace, fieldSelector}))
}
