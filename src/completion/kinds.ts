import {
  BROKER,
  BROKER_CLASS,
  BROKER_LABEL,
  CHANNEL,
  CONFIG_MAP,
  NAMESPACE,
  SECRET,
  SUBSCRIPTION,
  TRIGGER,
} from '../domain/eventing/names.js'
import type {Kind, KubeObject} from '../domain/core/object.js'
import {conditionOf, ownReasons, readinessOf} from '../domain/core/readiness.js'
import {textAt} from '../domain/core/read.js'
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
const stateBy = (type: string, yes: string) => (object: KubeObject) => {
  const {status, reason = ''} = conditionOf(object, type) ?? {}
  return status === 'True' ? yes : words(`not ${yes}`, reason)
}

const words = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(', ')

/** OpenShift and Kubernetes put these into every namespace. */
const certificates = ['kube-root-ca.crt', 'openshift-service-ca.crt']

export const CONFIG_MAPS: NamedKind = {
  ...CONFIG_MAP,
  metadataOnly: true,
  plural: 'ConfigMaps',
  ignore: (name) => certificates.includes(name),
}
export const SECRETS: NamedKind = {
  ...SECRET,
  metadataOnly: true,
  plural: 'Secrets',
  ignore: (name) => name.startsWith('sh.helm.release.'),
}
export const CORE_SERVICES: NamedKind = {apiVersion: 'v1', kind: 'Service', metadataOnly: true, plural: 'Services'}
export const NAMESPACES: NamedKind = {...NAMESPACE, metadataOnly: true, plural: 'namespaces'}
export const BROKERS: NamedKind = {
  ...BROKER,
  plural: 'brokers',
  describe: (broker) => words(broker.metadata.annotations?.[BROKER_CLASS], state(broker)),
}

/** The kind behind each noun of the command line: its commands' NAME is the name of such an object. */
export const kindOfNoun: Readonly<Record<string, NamedKind>> = {
  broker: BROKERS,
  trigger: {
    ...TRIGGER,
    plural: 'triggers',
    describe: (trigger) => words(`of broker ${trigger.metadata.labels?.[BROKER_LABEL] ?? 'default'}`, state(trigger)),
  },
  channel: {
    ...CHANNEL,
    plural: 'channels',
    describe: (channel) => words(textAt(channel, 'spec', 'channelTemplate', 'kind'), state(channel)),
  },
  subscription: {
    ...SUBSCRIPTION,
    plural: 'subscriptions',
    describe: (subscription) =>
      words(`of channel ${textAt(subscription, 'spec', 'channel', 'name') ?? ''}`, state(subscription)),
  },
  'kafka config': CONFIG_MAPS,
  secret: SECRETS,
  platform: {...PLATFORM, plural: 'platforms', describe: stateBy('Succeed', 'ready')},
  'cluster-platform': {...CLUSTER_PLATFORM, plural: 'cluster platforms', describe: stateBy('Succeed', 'ready')},
  workflow: {...WORKFLOW, plural: 'workflows', describe: stateBy('Running', 'running')},
}

/** The kind that a command is about: that of the longest beginning of its words that is a noun. */
export const kindOfCommand = (path: readonly string[]): NamedKind | undefined =>
  path.map((_, index) => kindOfNoun[path.slice(0, path.length - index).join(' ')]).find((kind) => kind !== undefined)
