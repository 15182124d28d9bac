import {type KubeObject} from '../../core/object.js'
import {type Lookup} from '../../core/seen.js'
import {type OperatorSettings} from '../effective/effective.js'
import {type PlatformSchema} from '../generation.js'
import {type Brokers} from '../eventing/links.js'
import {type Platform} from '../model.js'
import {type ClusterPlatform, type Workflow} from '../workflow/model.js'

/** What the preflights of platforms need to know, in the parts in which it is read. Plain data. */

/** A Deployment of the operator. */
export interface OperatorDeployment {
  name: string
  namespace: string
  /** Ready replicas. */
  ready: number
}

export interface OperatorFacts {
  deployments: readonly OperatorDeployment[]
  settings: OperatorSettings
}

/** P: what is installed, and who else is there. */
export interface InstallationFacts {
  /** The CRD of platforms. */
  schema: Lookup<PlatformSchema>
  /** All platforms of the namespace, the one in question too. */
  platforms: Lookup<readonly Platform[]>
  operator: Lookup<OperatorFacts>
}

/** W: who else is affected by the services of a platform. */
export interface NeighbourFacts {
  /** The active cluster platform; `absent` when there is none. */
  clusterPlatform: Lookup<ClusterPlatform>
  /** The platform that it names. */
  clusterwide: Lookup<Platform>
  /** Workflows of the namespace. */
  workflows: Lookup<readonly Workflow[]>
}

/** A Secret without its secrets. */
export interface SecretKeys {
  keys: readonly string[]
}

/** A Service that a database is behind. */
export interface DatabaseService {
  ports: readonly number[]
  /** Addresses that are ready; `undefined` when its endpoints could not be read. */
  readyAddresses: number | undefined
}

/** D: databases and their migration. */
export interface DatabaseFacts {
  /** Secrets by `namespace/name`; what was not looked at is left out. */
  secrets: Readonly<Record<string, Lookup<SecretKeys>>>
  /** Services by `namespace/name`. */
  services: Readonly<Record<string, Lookup<DatabaseService>>>
  /** Jobs of the namespace. */
  jobs: Lookup<readonly KubeObject[]>
  /** Deployments of the namespace. */
  deployments: Lookup<readonly KubeObject[]>
}

/** E: brokers and what hangs on them. */
export interface EventingFacts {
  /** Whether the server serves brokers; left out when that cannot be told. */
  knativeInstalled?: boolean
  brokers: Brokers
  /** Names of the brokers that there are, by namespace; only of namespaces that a platform gets its broker from. */
  brokerNames?: Readonly<Record<string, Lookup<readonly string[]>>>
  /** Triggers of all namespaces in which there may be some of this platform. */
  triggers: Lookup<readonly KubeObject[]>
  sinkBinding: Lookup<KubeObject>
}

/** C: the cluster platform, and the namespaces that it serves. */
export interface ClusterFacts {
  clusterPlatforms: Lookup<readonly ClusterPlatform[]>
  /** The platform that the one in question names. */
  referenced: Lookup<Platform>
  /** Platforms of all namespaces. */
  platforms: Lookup<readonly Platform[]>
  /** Workflows of all namespaces. */
  workflows: Lookup<readonly Workflow[]>
  /** NetworkPolicies of the namespace of that platform; left out where they were not read. */
  networkPolicies?: Lookup<readonly KubeObject[]>
}

/** T: what else decides about the pods of the services. */
export interface PodFacts {
  /** HorizontalPodAutoscalers of the namespace. */
  autoscalers: Lookup<readonly KubeObject[]>
}

/** Everything; `describe` and `check` read it all, other commands only parts. */
export interface PlatformFacts extends InstallationFacts, NeighbourFacts, DatabaseFacts, EventingFacts, PodFacts {}
