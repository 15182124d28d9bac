import {
  BROKER,
  BROKER_CLASS,
  BROKER_LABEL,
  CHANNEL,
  CONFIG_MAP,
  NAMESPACE,
  SECRET,
  SERVICE,
  SUBSCRIPTION,
  TRIGGER,
} from '../domain/eventing/names.js'
import type {Kind, KubeObject} from '../domain/core/object.js'
import {conditionOf, ownReasons, readinessOf} from '../domain/core/readiness.js'
import {textAt} from '../domain/core/read.js'
import {rowOf, rowOfNoun} from '../domain/kinds/registry.js'
import {CLUSTER_PLATFORM, PLATFORM, WORKFLOW} from '../domain/sonataflow/names.js'

/** A kind whose objects are named on command lines. */
export interface NamedKind extends Kind {
  /** As a hint calls several of them. */
  plural: string
  /** Said beside the name. */
  describe?(object: KubeObject): string
  /** Its metadata is all that is asked for, and of some kinds (Secrets) all that may be. */
  metadataOnly?: boolean
  labelSelector?: string
  /** Objects that nobody means. */
  ignore?(name: string): boolean
}

const state = (object: KubeObject): string => {
  const {state: found, reason, message} = readinessOf(object)
  if (found === 'ready') return 'ready'
  const why = reason !== undefined && ownReasons.includes(reason) ? message : reason
  return why === undefined ? 'not ready' : `not ready: ${why}`
}

/** What SonataFlow's resources say of themselves, in a condition of their own. */
const stateBy = (yes: string) => (object: KubeObject) => {
  const {status, reason = ''} = conditionOf(object, rowOf(object)?.condition ?? '') ?? {}
  return status === 'True' ? yes : words(`not ${yes}`, reason)
}

const words = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(', ')

/** OpenShift and Kubernetes put these into every namespace. */
const certificates = ['kube-root-ca.crt', 'openshift-service-ca.crt']

/** What completion says beside a name; of kinds that are not here, the metadata is all that is asked for. */
const descriptions: ReadonlyMap<Kind, (object: KubeObject) => string> = new Map([
  [BROKER, (broker) => words(broker.metadata.annotations?.[BROKER_CLASS], state(broker))],
  [TRIGGER, (trigger) => words(`of broker ${trigger.metadata.labels?.[BROKER_LABEL] ?? 'default'}`, state(trigger))],
  [CHANNEL, (channel) => words(textAt(channel, 'spec', 'channelTemplate', 'kind'), state(channel))],
  [SUBSCRIPTION, (one) => words(`of channel ${textAt(one, 'spec', 'channel', 'name') ?? ''}`, state(one))],
  [PLATFORM, stateBy('ready')],
  [CLUSTER_PLATFORM, stateBy('ready')],
  [WORKFLOW, stateBy('running')],
])

const ignored: ReadonlyMap<Kind, (name: string) => boolean> = new Map([
  [CONFIG_MAP, (name) => certificates.includes(name)],
  [SECRET, (name) => name.startsWith('sh.helm.release.')],
])

const about = <T>(known: ReadonlyMap<Kind, T>, {apiVersion, kind}: Kind): T | undefined =>
  [...known].find(([one]) => one.apiVersion === apiVersion && one.kind === kind)?.[1]

/** A kind as completion asks for its objects. */
export const namedKind = (kind: Kind): NamedKind => {
  const describe = about(descriptions, kind)
  const ignore = about(ignored, kind)
  return {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    plural: rowOf(kind)?.several ?? `${kind.kind}s`,
    ...(describe === undefined ? {metadataOnly: true} : {describe}),
    ...(ignore === undefined ? {} : {ignore}),
  }
}

export const CONFIG_MAPS = namedKind(CONFIG_MAP)
export const SECRETS = namedKind(SECRET)
export const CORE_SERVICES = namedKind(SERVICE)
export const NAMESPACES = namedKind(NAMESPACE)
export const BROKERS = namedKind(BROKER)

/** The kind behind a noun of the command line: its commands' NAME is the name of such an object. */
export const kindOfNoun = (noun: string): NamedKind | undefined => {
  const row = rowOfNoun(noun)
  return row === undefined ? undefined : namedKind(row)
}

/** The kind that a command is about: that of the longest beginning of its words that is a noun. */
export const kindOfCommand = (path: readonly string[]): NamedKind | undefined =>
  path.map((_, index) => kindOfNoun(path.slice(0, path.length - index).join(' '))).find((kind) => kind !== undefined)
