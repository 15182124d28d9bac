import {type KubeObject} from '../../core/object.js'
import {type Deployments, type ResolvedSink} from '../broker/facts.js'
import {type Lookup} from '../../core/seen.js'
import {type ChannelDefaults} from './defaults.js'
import {type Features} from '../features.js'
import {type Served} from '../../reading/reader.js'

export {type Served}

/** default-ch-webhook: read, or what is wrong with its YAML. */
export type ChannelDefaultsFacts = {defaults: ChannelDefaults} | {fault: string}

/** What the cluster says about channels in general. */
export interface ChannelClusterFacts {
  defaults: Lookup<ChannelDefaultsFacts>
  features: Lookup<Features>
  deployments: Lookup<Deployments>
  /** About the type that is asked for, or the default one. */
  served: Served
}

export interface ChannelCreateFacts extends ChannelClusterFacts {
  existing: Lookup<KubeObject>
  /** The dead letter sink of the request. */
  sink?: ResolvedSink
}

/** Subscriptions of the channel's namespace. */
export interface ChannelDeleteFacts {
  channel: KubeObject
  subscriptions: Lookup<readonly KubeObject[]>
}

export interface ChannelUpdateFacts extends ChannelDeleteFacts {
  sink?: ResolvedSink
}

export interface ChannelDescribeFacts extends ChannelDeleteFacts {
  /** The real channel; left out when there is no template. */
  backing?: Lookup<KubeObject>
  served: Served
  deployments: Lookup<Deployments>
  /** Left out when they were not asked for. */
  events?: Lookup<readonly KubeObject[]>
}
