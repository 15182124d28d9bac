import {type Kind, type KubeObject} from '../../core/object.js'
import {type SecretRecord} from '../../secret/secret-view.js'
import {type Lookup, type NotFound} from '../../core/seen.js'
import {type OperatorFacts} from '../../sonataflow/platform/facts.js'
import {type PlatformSchema} from '../../sonataflow/generation.js'
import {type ResourceIndex} from './resource-index.js'

/** Reads YAML that stands in a value. */
export type ParseYaml = (text: string) => {document: unknown} | {fault: string}

/** A Secret without its values; `unseen` says why there may be more than these in its namespace. */
export interface SecretShelf {
  records: readonly SecretRecord[]
  unseen?: NotFound
}

/** A right that commands of this program need. */
export interface Right {
  verb: string
  /** `brokers.eventing.knative.dev` */
  resource: string
  /** The namespace that was asked about; left out for all, or for what has none. */
  namespace?: string
  allowed: boolean
}

/** Everything that `check`, `status` and `topology` know: one list per kind, nothing read per object. */
export interface ClusterState {
  /** The namespace that is looked at; left out: all. */
  namespace?: string
  shelves: ResourceIndex
  /** By namespace, or `*`. */
  secrets: ReadonlyMap<string, SecretShelf>
  /** Kafka's pods in the system namespace. */
  kafkaPods: Lookup<readonly KubeObject[]>
  /** Pods of the supporting services, and of their migration Jobs. */
  servicePods: Lookup<readonly KubeObject[]>
  jobPods: Lookup<readonly KubeObject[]>
  /** Events of type Warning about platforms. */
  warnings: Lookup<readonly KubeObject[]>
  /** The CRD of platforms. */
  schema: Lookup<PlatformSchema>
  operator: Lookup<OperatorFacts>
  /** The install-config of an OpenShift cluster, as YAML. */
  installConfig?: string
  rights: readonly Right[]
  /** Manifests that are judged before they are applied, by `keyOf`; left out when nobody gave any. */
  planned?: ReadonlySet<string>
  /** What is stored under the names of those manifests, by `keyOf`. */
  replaced?: ReadonlyMap<string, KubeObject>
  /** No cluster was asked. */
  offline?: boolean
}

/** One object among all: `eventing.knative.dev/Broker/demo/orders`. */
export const keyOf = (
  {apiVersion, kind}: Kind,
  {namespace = '', name}: {namespace?: string | undefined; name: string},
): string => `${apiVersion.includes('/') ? apiVersion.split('/')[0]! : ''}/${kind}/${namespace}/${name}`
