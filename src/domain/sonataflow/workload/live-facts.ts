import {type KubeObject} from '../../core/object.js'
import {type Lookup} from '../../core/seen.js'
import {type Platform} from '../model.js'
import {type PlatformFacts} from '../platform/facts.js'

/** What runs of a platform: what the preflights of a plan need not know, and a description does. */
export interface LiveFacts {
  /** Pods of the supporting services of the namespace. */
  pods: Lookup<readonly KubeObject[]>
  /** Services that the operator made in the namespace. */
  serviceObjects: Lookup<readonly KubeObject[]>
  /** Pods of the migration Jobs. */
  jobPods: Lookup<readonly KubeObject[]>
  /** Events of type Warning of the namespace, about any object. */
  warnings: Lookup<readonly KubeObject[]>
  /** Events about the platform itself; left out when nobody asked for them. */
  events?: Lookup<readonly KubeObject[]>
  /** Deployments of the services of the cluster, when the namespace uses those. */
  clusterDeployments?: Lookup<readonly KubeObject[]>
}

/** Everything that `platform describe` is made of. */
export interface PlatformDescribeFacts extends PlatformFacts, LiveFacts {
  platform: Platform
}
