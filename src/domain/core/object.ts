import {groupOf, type Kind} from '../kinds/kind.js'

/** The vocabulary of Kubernetes objects that every room speaks. Plain data; nothing here talks to a cluster. */
export {groupOf, type Kind}

/** Names one object. `namespace` is left out for cluster-scoped kinds. */
export interface Ref extends Kind {
  name: string
  namespace?: string
}

export interface OwnerReference extends Kind {
  name: string
  uid: string
  controller?: boolean
}

export interface ObjectMeta {
  name: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  /** RFC 3339 */
  creationTimestamp?: string
  /** RFC 3339; set while finalizers hold the object */
  deletionTimestamp?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  finalizers?: string[]
  ownerReferences?: OwnerReference[]
  managedFields?: unknown[]
  [field: string]: unknown
}

/** An object as the server sent it: the envelope is checked, everything below `spec`, `status`, `data` is unknown. */
export interface KubeObject extends Kind {
  metadata: ObjectMeta
  [field: string]: unknown
}

/** What is sent in order to create or apply: a manifest. */
export type Manifest = KubeObject

export const refOf = (object: KubeObject): Ref => ({
  apiVersion: object.apiVersion,
  kind: object.kind,
  name: object.metadata.name,
  ...(object.metadata.namespace === undefined ? {} : {namespace: object.metadata.namespace}),
})

/** kubectl's handle for one object: `broker.eventing.knative.dev/orders`, `secret/kafka`. */
export const handleOf = ({apiVersion, kind, name}: Ref): string => {
  const group = groupOf(apiVersion)
  return `${kind.toLowerCase()}${group && `.${group}`}/${name}`
}
