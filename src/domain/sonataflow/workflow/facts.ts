import {type KubeObject} from '../../core/object.js'
import {type Lookup} from '../../core/seen.js'
import {type WorkflowContext} from '../effective/workflow.js'
import {type Brokers} from '../eventing/links.js'
import {type Platform} from '../model.js'
import {type DatabaseService, type SecretKeys} from '../platform/facts.js'
import {type ClusterPlatform, type Workflow} from './model.js'

/** What is known about one workflow and what it uses. */
export interface WorkflowLiveFacts {
  workflow: Workflow
  context: WorkflowContext
  /** Of its namespace. */
  platforms: Lookup<readonly Platform[]>
  /** The active one. */
  clusterPlatform: Lookup<ClusterPlatform>
  /** By the name of the workflow; those of the Knative model have none. */
  deployment: Lookup<KubeObject>
  sinkBinding: Lookup<KubeObject>
  /** Of the workflow, in the namespaces of its brokers. */
  triggers: Lookup<readonly KubeObject[]>
  pods: Lookup<readonly KubeObject[]>
  brokers: Brokers
  /** Of the database, by `namespace/name`. */
  secrets: Readonly<Record<string, Lookup<SecretKeys>>>
  services: Readonly<Record<string, Lookup<DatabaseService>>>
  /** Events of type Warning of the namespace, about any object. */
  warnings: Lookup<readonly KubeObject[]>
  /** About the workflow itself; left out when nobody asked for them. */
  events?: Lookup<readonly KubeObject[]>
}
