import {type KubeObject} from '../../core/object.js'
import {type Deployments, type ResolvedSink} from '../broker/facts.js'
import {type Lookup} from '../../core/seen.js'
import {type ChannelDescribeFacts, type Served} from '../channel/facts.js'
import {type Features} from '../features.js'

/** A channel that was looked up, the real one too; `not-served`: the cluster does not have its kind. */
export type ChannelSeen = Lookup<KubeObject> | 'not-served'

/** The sinks of a request that were looked up. */
export interface SubscriptionSinks {
  subscriber?: ResolvedSink
  reply?: ResolvedSink
  deadLetterSink?: ResolvedSink
}

export interface SubscriptionCreateFacts {
  existing: Lookup<KubeObject>
  /** The channel of the request, or of the subscription that exists. */
  channel: ChannelSeen
  features: Lookup<Features>
  sinks: SubscriptionSinks
}

export interface SubscriptionUpdateFacts {
  subscription: KubeObject
  channel: ChannelSeen
  features: Lookup<Features>
  sinks: SubscriptionSinks
}

export interface SubscriptionDescribeFacts {
  subscription: KubeObject
  channel: ChannelSeen
  served: Served
  deployments: Lookup<Deployments>
  events?: ChannelDescribeFacts['events']
}
