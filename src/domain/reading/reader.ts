import {type Kind, type KubeObject, type Ref} from '../core/object.js'
import {type Lookup} from '../core/seen.js'
import {type SecretFacts} from '../kafka/credentials/secret-format.js'

/** What may come at once or later: lists that were read answer at once, a cluster does not. */
export type Eventually<T> = T | Promise<T>

/** A list that is asked for. */
export interface ListQuestion extends Kind {
  /** Left out: all namespaces, or a kind of the cluster. */
  namespace?: string
  labelSelector?: string
  fieldSelector?: string
  metadataOnly?: boolean
}

/** Whether the server serves a kind; `unknown` when it may not be asked. */
export type Served = 'served' | 'not-served' | 'unknown'

/** Where an object of a namespace is. */
export interface Place {
  namespace: string
  name: string
}

/**
 * Where answers come from: the cluster, the lists of a snapshot, or such lists with manifests laid over them. What is
 * missing or forbidden is an answer as well; what no answer can be given to is thrown (no connection, not logged in).
 */
export interface Reader {
  /** `not-served`: the server does not have the kind, which is more than that the object is not there. */
  get(ref: Ref): Eventually<Lookup<KubeObject> | 'not-served'>
  list(query: ListQuestion): Eventually<Lookup<readonly KubeObject[]>>
  /** What may be known of a Secret, without its values. */
  secret(place: Place): Eventually<Lookup<SecretFacts>>
  served(kind: Kind): Eventually<Served>
  /** What an API version has, by the plurals; for sinks that are named by their resource. */
  kinds(apiVersion: string): Eventually<Lookup<ReadonlyArray<Kind & {plural: string}>>>
  /** YAML that stands in a value, or what is wrong with it. */
  parse(text: string): Eventually<{document: unknown} | {fault: string}>
  /** It comes from a manifest, and no cluster has it: its status is the one that it will have. */
  isNew(object: KubeObject): boolean
}
