import {type KubeObject} from '../../core/object.js'
import {type Deployments, type DefaultsFacts, type InjectionFacts, type ResolvedSink} from '../broker/facts.js'
import {type Lookup} from '../../core/seen.js'
import {type Features} from '../features.js'

/** The broker that a trigger names, and what is there instead of it. */
export interface TriggerBrokerFacts {
  broker: Lookup<KubeObject>
  /** Names of the brokers of the namespace; read when the broker is not there. */
  brokers?: Lookup<readonly string[]>
  /** Read when the broker is not there, or when it is to be injected. */
  injection?: InjectionFacts
  /** What a broker that is injected would be; read with `injection`. */
  defaults?: Lookup<DefaultsFacts>
}

/** What any judgement of a wanted trigger needs. */
export interface TriggerJudgingFacts extends TriggerBrokerFacts {
  features: Lookup<Features>
  /** Where events go; left out when it is not part of the request. */
  subscriber?: ResolvedSink
  /** The dead letter sink; left out when it is not part of the request. */
  sink?: ResolvedSink
}

export interface TriggerCreateFacts extends TriggerJudgingFacts {
  existing: Lookup<KubeObject>
}

/** Rights that a re-creation needs. */
export interface RecreateRights {
  create: boolean
  delete: boolean
}

export interface TriggerUpdateFacts extends TriggerJudgingFacts {
  trigger: KubeObject
  /** Left out unless the trigger is to be recreated. */
  rights?: RecreateRights
}

export interface TriggerDescribeFacts extends TriggerBrokerFacts {
  trigger: KubeObject
  defaults: Lookup<DefaultsFacts>
  deployments: Lookup<Deployments>
  subscriber?: ResolvedSink
  sink?: ResolvedSink
  /** Left out when they were not asked for. */
  events?: Lookup<readonly KubeObject[]>
}
