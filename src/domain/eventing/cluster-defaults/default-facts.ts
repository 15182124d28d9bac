import {type KubeObject} from '../../core/object.js'
import {type Lookup, isFound} from '../../core/seen.js'
import {type WriteTarget, type WriteTargetFacts} from '../../kafka/write-target/write-target.js'
import {type ConfigMaps, type Deployments, type ResolvedSink} from '../broker/facts.js'

/** YAML inside a value, parsed, or what is wrong with it. */
export type ParsedText = {text: string; document: unknown} | {text: string; fault: string}

/** A settings ConfigMap whose one key holds YAML, and the operators' resources that may write it. */
export interface SettingFacts extends WriteTargetFacts {
  /** The key in the ConfigMap: what Knative goes by. `absent` when the ConfigMap is not there. */
  today: Lookup<ParsedText>
  /** The key as a KnativeEventing states it; left out when it does not. */
  stated?: ParsedText
}

/** What decides about the default class, config and delivery of brokers. */
export interface ClassFacts extends SettingFacts {
  /** The ConfigMaps that are, or shall be, a default config; and those that are shipped. */
  configs: ConfigMaps
  deployments: Lookup<Deployments>
  /** The dead letter sink that was given. */
  sink?: ResolvedSink
  /** The namespaces that were given, by name. */
  namespaces: Readonly<Record<string, Lookup<KubeObject>>>
}

/** What an edit starts from: what the target states, else what the ConfigMap says, else nothing. */
export const baseOf = (target: WriteTarget, facts: SettingFacts): ParsedText => {
  if (target.via === 'knative-eventing' && facts.stated !== undefined) return facts.stated
  return isFound(facts.today) ? facts.today : {text: '', document: undefined}
}

/** What the ConfigMap says, when that could be read. */
export const documentToday = (facts: SettingFacts): unknown =>
  isFound(facts.today) && 'document' in facts.today ? facts.today.document : undefined
