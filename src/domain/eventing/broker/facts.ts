import {type Lookup} from '../../core/seen.js'
import {type KubeObject} from '../../core/object.js'
import {type SecretFacts} from '../../kafka/credentials/secret-format.js'
import {type ConfigReference} from './config.js'
import {type BrokerDefaults} from '../cluster-defaults/broker-defaults.js'
import {type Features} from '../features.js'
import {type Destination, type Sink} from '../reference.js'

export type {SecretFacts}

/** `channel-template-spec` of a ConfigMap, parsed. */
export type ChannelTemplate = {apiVersion: string; kind: string} | {fault: string}

export interface ConfigMapFacts {
  data: Readonly<Record<string, string>>
  channelTemplate: ChannelTemplate
  /** The Secret that `auth.secret.ref.name` names, when it was looked up. */
  secret?: Lookup<SecretFacts>
}

/** ConfigMaps that were read, by `namespace/name`. */
export type ConfigMaps = Readonly<Record<string, Lookup<ConfigMapFacts>>>

export const configKey = (namespace: string, name: string): string => `${namespace}/${name}`

/** What was read of the ConfigMap that a broker names; what was not read counts as forbidden. */
export const configFacts = (
  configs: ConfigMaps,
  config: ConfigReference,
  brokerNamespace: string,
): Lookup<ConfigMapFacts> => configs[configKey(config.namespace ?? brokerNamespace, config.name)] ?? 'forbidden'

/** config-br-defaults: read, or what is wrong with its YAML. */
export type DefaultsFacts = {defaults: BrokerDefaults} | {fault: string}

/** Ready replicas of the Deployments in the system namespace. */
export type Deployments = Readonly<Record<string, number>>

/** A sink that was looked up. `destination` is what the API takes. */
export interface ResolvedSink {
  sink: Sink
  destination: Destination
  state: 'uri' | 'addressable' | 'no-address' | 'never-addressed' | 'absent' | 'not-served' | 'forbidden'
  /** It is known from a manifest alone: no cluster has it yet. */
  planned?: true
}

/** What the cluster says about brokers in general; used by create, apply and describe. */
export interface ClusterFacts {
  defaults: Lookup<DefaultsFacts>
  features: Lookup<Features>
  configs: ConfigMaps
  deployments: Lookup<Deployments>
}

export interface CreateFacts extends ClusterFacts {
  existing: Lookup<KubeObject>
  /** The dead letter sink of the request. */
  sink?: ResolvedSink
  /** What the server would store of the request: asked by a dry run where the defaults cannot be read. */
  stored?: KubeObject
}

export interface UpdateFacts {
  broker: KubeObject
  features: Lookup<Features>
  sink?: ResolvedSink
}

export interface Trigger {
  name: string
  namespace: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  broker: string
  object: KubeObject
}

/** config-sugar: selectors as parsed YAML; `off` for an empty or missing value. */
export interface SugarFacts {
  namespaceSelector: Selector
  triggerSelector: Selector
}
export type Selector = 'off' | {selector: unknown} | {fault: string}

export interface InjectionFacts {
  sugar: Lookup<SugarFacts>
  namespaceLabels: Lookup<Readonly<Record<string, string>>>
}

export interface DeleteFacts extends InjectionFacts {
  broker: KubeObject
  /** Triggers of the broker's namespace. */
  triggers: Lookup<readonly Trigger[]>
  /** The ConfigMap that the broker names; left out when it names none. */
  config?: Lookup<ConfigMapFacts>
}

export interface DescribeFacts extends ClusterFacts, DeleteFacts {
  /** Events about the broker; left out when they were not asked for. */
  events?: Lookup<readonly KubeObject[]>
}
