import {
  BROKER,
  KNATIVE_EVENTING,
  KNATIVE_KAFKA,
  KNATIVE_SERVICE,
  NAMESPACE,
  SECRET,
  SERVICE,
} from '../domain/eventing/names.js'
import {type Kind, type KubeObject} from '../domain/core/object.js'
import {recordAt} from '../domain/core/read.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {PLATFORM, SONATAFLOW_API, SONATAFLOW_GROUP} from '../domain/sonataflow/names.js'
import {
  setupResources,
  type SetupFacts,
  type SetupLookups,
  type SetupResource,
} from '../domain/sonataflow/setup/facts.js'
import {type AccessQuestion, type KubeClient} from '../kube/client.js'
import {classChoiceFacts} from './class-choices.js'
import {listAll, tryRead} from './look.js'
import {operatorFacts} from './sonataflow-operator.js'
import {readClusterPlatforms, readPlatforms} from './workflow.js'

const OLM = 'operators.coreos.com/v1alpha1'
const KNATIVE_SERVING: Kind = {apiVersion: KNATIVE_EVENTING.apiVersion, kind: 'KnativeServing'}

/** A right that cannot be asked about is not called missing: the server has the last word. */
const may = (client: KubeClient, question: AccessQuestion): Promise<boolean> => client.can(question).catch(() => true)

/** What of a set-up may not be made in a namespace. */
const missingRights = async (client: KubeClient, namespace: string): Promise<readonly SetupResource[]> => {
  const answers = await Promise.all(
    setupResources.map(({group, resource}) => may(client, {verb: 'create', group, resource, namespace})),
  )
  return setupResources.filter((_, index) => answers[index] === false)
}

/** Whether the server knows a group; `undefined` when it gives no answer. */
const serves = async (client: KubeClient, apiVersion: string, kind?: string): Promise<boolean | undefined> => {
  try {
    const kinds = await client.served(apiVersion)
    return kind === undefined ? kinds !== undefined : kinds?.some((one) => one.kind === kind) === true
  } catch {
    return undefined
  }
}

/** What a set-up looks at before it asks anything, in one round; `here` is the namespace of the context. */
export const setupFacts = async (client: KubeClient, here: string): Promise<SetupFacts> => {
  const all = (kind: Kind, rest = {}): Promise<Lookup<readonly KubeObject[]>> =>
    tryRead(listAll(client, {...kind, ...rest}))
  const [
    namespaces,
    platformsServed,
    platforms,
    operator,
    clusterPlatforms,
    knative,
    knativeServing,
    resources,
    versions,
    subscriptions,
    brokers,
    services,
    classes,
    mayMakeNamespaces,
    mayShare,
    missingHere,
  ] = await Promise.all([
    all(NAMESPACE, {metadataOnly: true}),
    serves(client, SONATAFLOW_API, PLATFORM.kind),
    readPlatforms(client, undefined),
    operatorFacts(client),
    readClusterPlatforms(client),
    serves(client, BROKER.apiVersion),
    serves(client, KNATIVE_SERVICE.apiVersion),
    Promise.all([all(KNATIVE_EVENTING), all(KNATIVE_SERVING), all(KNATIVE_KAFKA)]),
    // OLM copies each version into all namespaces that its operator looks after.
    all({apiVersion: OLM, kind: 'ClusterServiceVersion'}, {labelSelector: '!olm.copiedFrom'}),
    all({apiVersion: OLM, kind: 'Subscription'}),
    all(BROKER),
    all(SERVICE),
    classChoiceFacts(client),
    may(client, {verb: 'create', group: '', resource: 'namespaces'}),
    may(client, {verb: 'create', group: SONATAFLOW_GROUP, resource: 'sonataflowclusterplatforms'}),
    missingRights(client, here),
  ])
  const [eventing, serving, kafka] = resources
  return {
    namespaces: isFound(namespaces) ? namespaces.map(({metadata}) => metadata.name) : namespaces,
    platformsServed,
    platforms,
    operator,
    clusterPlatforms,
    knativeInstalled: knative === true,
    servingInstalled: knativeServing === true,
    resources: {eventing, serving, kafka},
    olm: {versions, subscriptions},
    brokers,
    services,
    classes,
    rights: {namespaces: mayMakeNamespaces, clusterPlatforms: mayShare},
    missingHere,
  }
}

/** Secrets that are made by machines for their own use: releases of Helm, tokens and pull secrets of service accounts. */
const MACHINES = /^sh\.helm\.release\.|-(token|dockercfg)-\w{5}$/

const once = <T>(read: (key: string) => Promise<T>): ((key: string) => Promise<T>) => {
  const known = new Map<string, Promise<T>>()
  return (key) => {
    const pending = known.get(key) ?? read(key)
    known.set(key, pending)
    return pending
  }
}

export const setupLookups = (client: KubeClient, {namespaces}: SetupFacts): SetupLookups => ({
  secrets: once(async (namespace) => {
    const found = await tryRead(listAll(client, {...SECRET, namespace, metadataOnly: true}))
    if (found === 'forbidden') return found
    return (isFound(found) ? found : []).map(({metadata}) => metadata.name).filter((name) => !MACHINES.test(name))
  }),
  async secretKeys(namespace, name) {
    const found = await tryRead(client.get({...SECRET, namespace, name}))
    return isFound(found) ? Object.keys(recordAt(found, 'data')) : undefined
  },
  namespaceExists: once(async (name) => {
    if (isFound(namespaces)) return namespaces.includes(name)
    const found = await tryRead(client.get({...NAMESPACE, name}))
    return found === 'forbidden' ? undefined : isFound(found)
  }),
  missingRights: once((namespace) => missingRights(client, namespace)),
})
