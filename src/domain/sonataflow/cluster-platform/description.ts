import {describeDeletion, describeEvents, since, type EventLine} from '../../core/event-lines.js'
import {type Finding} from '../../findings/finding.js'
import {type KubeObject} from '../../core/object.js'
import {type Condition} from '../../core/readiness.js'
import {isFound, type Lookup, type NotFound} from '../../core/seen.js'
import {clusterPlatformPreflight} from './preflight.js'
import {effectiveClusterPlatform, stanceOf, type EffectiveClusterPlatform} from '../effective/cluster.js'
import {clusterPlatformRows, type EffectiveRow} from '../effective/rows.js'
import {bySeverity} from '../workload/live-preflight.js'
import {activePlatform, type Platform} from '../model.js'
import {sonataflowConditions} from '../platform/description.js'
import {type ClusterFacts} from '../platform/facts.js'
import {readClusterPlatform, sharesServices, type ClusterPlatform} from '../workflow/model.js'

/** How one namespace stands to the services of the cluster. */
export interface NamespaceStance {
  namespace: string
  platform: string

  stance: 'gives' | 'uses' | 'overrides'
  workflows: number
}

/** Everything that `cluster-platform describe` shows, as data. */
export interface ClusterPlatformDescription {
  name: string
  ageMs?: number
  active: boolean
  conditions: readonly Condition[]
  settings: readonly EffectiveRow[]
  namespaces: readonly NamespaceStance[] | NotFound
  events?: readonly EventLine[] | NotFound
  deletion?: {sinceMs?: number; finalizers: readonly string[]}
  findings: readonly Finding[]
}

export type ClusterDescribeFacts = ClusterFacts & {
  clusterPlatform: ClusterPlatform
  events?: Lookup<readonly KubeObject[]>
}

const platformsByNamespace = (platforms: readonly Platform[]): Platform[] =>
  [...new Set(platforms.map(({namespace}) => namespace))]
    .sort()
    .flatMap((namespace) => activePlatform(platforms.filter((one) => one.namespace === namespace)) ?? [])

/** The active platforms of all namespaces, and whether they use what the cluster platform gives. */
export const namespaceStances = (
  clusterPlatform: ClusterPlatform,
  {platforms, workflows}: Pick<ClusterFacts, 'platforms' | 'workflows'>,
): readonly NamespaceStance[] | NotFound =>
  isFound(platforms)
    ? platformsByNamespace(platforms).map((platform) => ({
        namespace: platform.namespace,
        platform: platform.name,
        stance: stanceOf(platform, clusterPlatform),
        workflows: isFound(workflows) ? workflows.filter(({namespace}) => namespace === platform.namespace).length : 0,
      }))
    : platforms

const effectiveOf = (facts: ClusterDescribeFacts): EffectiveClusterPlatform =>
  effectiveClusterPlatform(
    facts.clusterPlatform,
    isFound(facts.clusterPlatforms) ? facts.clusterPlatforms : [facts.clusterPlatform],
    facts.referenced,
  )

/** `now` is in milliseconds since 1970. */
export const describeClusterPlatform = (facts: ClusterDescribeFacts, now: number): ClusterPlatformDescription => {
  const {clusterPlatform} = facts
  const {object, name} = clusterPlatform
  const effective = effectiveOf(facts)
  const ageMs = since(object.metadata.creationTimestamp, now)
  return {
    name,
    ...(ageMs === undefined ? {} : {ageMs}),
    active: effective.active,
    conditions: sonataflowConditions(object),
    settings: clusterPlatformRows(effective),
    namespaces: effective.active && sharesServices(clusterPlatform) ? namespaceStances(clusterPlatform, facts) : [],
    ...describeEvents(facts.events),
    ...describeDeletion(object, now),
    findings: bySeverity(clusterPlatformPreflight(clusterPlatform, facts)),
  }
}

/** One row of `cluster-platform list`. */
export interface ClusterPlatformLine {
  platform: string
  capabilities: string
  active: boolean
  /** Namespaces that use its services; `undefined` when platforms cannot be listed (no permission). */
  users?: number
  findings: readonly Finding[]
}

/** The row of a cluster platform. */
export const clusterPlatformLine = (
  object: KubeObject,
  facts: Pick<ClusterFacts, 'clusterPlatforms' | 'platforms' | 'workflows'>,
): ClusterPlatformLine => {
  const clusterPlatform = readClusterPlatform(object)
  const {name, namespace} = clusterPlatform.platform
  const referenced = isFound(facts.platforms)
    ? (facts.platforms.find((one) => one.name === name && one.namespace === namespace) ?? 'absent')
    : facts.platforms
  const all = {...facts, clusterPlatform, referenced}
  const effective = effectiveOf(all)
  const stances = namespaceStances(clusterPlatform, facts)
  return {
    platform: `${namespace}/${name}`,
    capabilities: effective.capabilities.value.join(',') || '<none>',
    active: effective.active,
    ...(typeof stances === 'string'
      ? {}
      : {users: effective.active ? stances.filter(({stance}) => stance === 'uses').length : 0}),
    findings: bySeverity(clusterPlatformPreflight(clusterPlatform, all)).filter(({level}) => level !== 'note'),
  }
}
