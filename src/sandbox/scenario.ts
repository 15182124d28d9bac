import {groupOf, type Kind, type KubeObject} from '../domain/core/object.js'
import {recordAt} from '../domain/core/read.js'
import {KNATIVE_EVENTING, KNATIVE_KAFKA} from '../domain/kinds/names.js'
import {isKubeError} from '../kube/errors.js'
import {type KubeClient} from '../kube/client.js'
import {type Layout} from './kinds/all.js'
import {type Sandbox} from './sandbox.js'

/** An object that is to be there from the start. */
export interface Given {
  manifest: KubeObject
  /** The server makes up its name. */
  generated?: true
}

const isOf = ({apiVersion, kind}: Kind, other: Kind): boolean =>
  groupOf(apiVersion) === groupOf(other.apiVersion) && kind === other.kind

/** Who installed Knative where these objects come from, as far as they tell. */
export const layoutOf = (given: readonly Given[]): Layout | undefined => {
  const has = (kind: Kind): boolean => given.some(({manifest}) => isOf(manifest, kind))
  if (has(KNATIVE_KAFKA)) return 'openshift'
  return has(KNATIVE_EVENTING) ? 'operator' : undefined
}

/** A server has had it, so that it is put in as it is; all else is created as a user would create it. */
const wasStored = ({metadata}: KubeObject): boolean =>
  metadata.uid !== undefined || metadata.resourceVersion !== undefined

/** Definitions and namespaces before what needs them. */
const FIRST = ['CustomResourceDefinition', 'Namespace', 'ConfigMap', 'Secret']
const rank = ({manifest: {kind}}: Given): number => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length)

/**
 * As another cluster had it, without what only that cluster knows. Owners that are not among the objects are left out:
 * the garbage collector would take what seems to have lost its owner.
 */
const asFound = (object: KubeObject, uids: ReadonlySet<string>): KubeObject => {
  const {resourceVersion: _version, managedFields: _managed, ownerReferences, ...metadata} = object.metadata
  const owners = (ownerReferences ?? []).filter(({uid}) => uids.has(uid))
  return {...object, metadata: {...metadata, ...(owners.length === 0 ? {} : {ownerReferences: owners})}}
}

/** An empty status says nothing: controllers are to look at it. */
const withoutEmptyStatus = (object: KubeObject): KubeObject => {
  if (Object.keys(recordAt(object, 'status')).length > 0 || !('status' in object)) return object
  const {status: _status, ...rest} = object
  return rest
}

const ensureNamespace = async (client: KubeClient, name: string): Promise<void> => {
  try {
    await client.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name}})
  } catch (error) {
    if (!isKubeError(error, 'AlreadyExists')) throw error
  }
}

/** Creates it, or changes what the installation has put there to what is given. */
const createOrApply = async (client: KubeClient, object: KubeObject): Promise<void> => {
  try {
    await client.create(object)
  } catch (error) {
    if (!isKubeError(error, 'AlreadyExists')) throw error
    await client.apply(object, {fieldManager: 'kubectl-sfl', force: true})
  }
}

/**
 * Puts objects into a sandbox: what a server has had before as it is, all else as a user would create it; namespaces that are
 * named are made first, and no namespace is `default`, as with kubectl. Kinds that the sandbox does not serve are passed
 * over; the answer names them. Rejects with what the API refused.
 */
export const fill = async (sandbox: Sandbox, given: readonly Given[]): Promise<readonly string[]> => {
  const client = sandbox.client()
  const {registry} = sandbox.api
  const strangers = new Set<string>()
  const uids = new Set(given.flatMap(({manifest}) => manifest.metadata.uid ?? []))
  for (const {manifest, generated} of given.toSorted((one, other) => rank(one) - rank(other))) {
    const {apiVersion, kind} = manifest
    const served = registry.byKind(apiVersion, kind)
    if (served === undefined) {
      strangers.add(`${kind} of ${apiVersion}`)
      continue
    }
    const {namespace: home = 'default', name, ...rest} = manifest.metadata
    const placed: KubeObject = {
      ...manifest,
      metadata: {name, ...(served.namespaced ? {namespace: home} : {}), ...rest},
    }
    if (wasStored(placed)) {
      sandbox.load([withoutEmptyStatus(asFound(placed, uids))])
      continue
    }
    if (served.namespaced) await ensureNamespace(client, home)
    await createOrApply(client, generated === true ? {...placed, metadata: {...placed.metadata, name: ''}} : placed)
  }
  await sandbox.settle()
  return [...strangers].sort()
}
