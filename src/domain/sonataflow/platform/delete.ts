import {sfl, kubectl} from '../../core/commands.js'
import {deleteSteps, heldFindings} from '../../findings/existing.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject} from '../../core/object.js'
import {type Plan, type Step} from '../../core/plan.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {servicePersistence} from '../effective/persistence.js'
import {stanceOf} from '../effective/cluster.js'
import {deployedServices, enabledInSpec, type Platform} from '../model.js'
import {
  AUTOMATIC_PLATFORM,
  operatorDeployments,
  serviceKeys,
  serviceTitle,
  TRIGGER_FINALIZER,
  type ServiceKey,
} from '../names.js'
import {type ClusterFacts, type OperatorFacts} from './facts.js'
import {enumeration, notListed, passed, platformCommand} from '../say.js'
import {connectedWorkflows} from '../services/preflight.js'
import {activeClusterPlatform, sharesServices, type ClusterPlatform, type Workflow} from '../workflow/model.js'

/** What the deletion of a platform is judged by. */
export interface PlatformDeleteFacts extends Pick<ClusterFacts, 'clusterPlatforms'> {
  platform: Platform
  /** Platforms of the namespace, or of all where a cluster platform shares this one. */
  platforms: Lookup<readonly Platform[]>
  operator: Lookup<OperatorFacts>
  /** Workflows of the namespace. */
  workflows: Lookup<readonly Workflow[]>
  /** What the operator made for it, in all namespaces that its status names. */
  objects: Lookup<readonly KubeObject[]>
}

export interface PlatformDeleteOptions {
  force?: boolean
  waitMs?: number
}

/** What is asked before a deletion; the name has to be typed where others depend on the object. */
export interface AskedPlan extends Plan {
  question?: string
  typedName?: string
}

/** `1 workflow`, `2 workflows`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

const titles = (keys: readonly ServiceKey[]): string => enumeration(keys.map((key) => serviceTitle[key]))

/** `Deployment a, Deployment b, 7 triggers`: triggers have names that say nothing. */
const inventory = (objects: readonly KubeObject[]): string => {
  const triggers = objects.filter(({kind}) => kind === 'Trigger')
  const named = objects.filter(({kind}) => kind !== 'Trigger').map(({kind, metadata}) => `${kind} ${metadata.name}`)
  return enumeration([...named, ...(triggers.length === 0 ? [] : [counted(triggers.length, 'trigger')])], 12)
}

/** What to ask before a change that also deletes objects; nothing when it deletes none. */
export const deletionQuestion = ({name, namespace}: Platform, steps: readonly Step[]): string | undefined => {
  const deleted = steps.flatMap((step) => (step.verb === 'delete' ? [step.before] : []))
  if (deleted.length === 0) return undefined
  const place = `platform "${name}" in namespace "${namespace}"`
  const changed = steps.some(({verb}) => verb === 'patch')
  return changed ? `Change ${place} and delete ${inventory(deleted)}?` : `Delete ${inventory(deleted)} of ${place}?`
}

/** P20: what goes. */
const ownedFindings = ({platform, objects}: PlatformDeleteFacts): Finding[] => {
  if (objects === 'forbidden')
    return [notListed(platform.ref, 'what goes with the platform', `objects of namespace ${platform.namespace}`)]
  const owned = isFound(objects) ? objects.filter(({metadata}) => metadata.namespace === platform.namespace) : []
  return owned.length === 0
    ? []
    : [
        finding('SFL-P20', {
          object: platform.ref,
          message: `these go with platform ${platform.name}: ${inventory(owned)}`,
        }),
      ]
}

const runs = (operator: Lookup<OperatorFacts>): boolean =>
  operator === 'forbidden' || (isFound(operator) && operator.deployments.some(({ready}) => ready > 0))

/** P21: triggers in other namespaces, and who deletes them. */
const distantFindings = ({platform, objects, operator}: PlatformDeleteFacts): Finding[] => {
  const distant = isFound(objects)
    ? objects.filter(({kind, metadata}) => kind === 'Trigger' && metadata.namespace !== platform.namespace)
    : []
  const held = platform.object.metadata.finalizers?.includes(TRIGGER_FINALIZER) === true
  const stuck = held && !runs(operator)
  if (distant.length === 0 && !stuck) return []
  const namespaces = [...new Set(distant.map(({metadata}) => metadata.namespace ?? ''))]
  const what =
    distant.length === 0
      ? `finalizer ${TRIGGER_FINALIZER} holds platform ${platform.name}`
      : `${counted(distant.length, 'trigger')} in namespace ${enumeration(namespaces)} ${distant.length === 1 ? 'is' : 'are'} deleted by the operator, whose finalizer ${TRIGGER_FINALIZER} holds the platform until then`
  const [community] = operatorDeployments
  return [
    finding('SFL-P21', {
      object: platform.ref,
      level: stuck ? 'warning' : 'note',
      message: stuck ? `${what}, and no operator was found running: the platform will not go` : what,
      ...(stuck
        ? {repair: kubectl('-n', community?.namespace ?? '', 'get', 'deployments')}
        : {repair: platformCommand(platform, 'eventing links', '--platform', platform.name)}),
    }),
  ]
}

/** P22: workflows that go on without it. */
const workflowFindings = (facts: PlatformDeleteFacts): Finding[] => {
  const {platform, workflows} = facts
  if (workflows === 'forbidden')
    return [notListed(platform.ref, 'who uses the platform', `SonataFlows of namespace ${platform.namespace}`)]
  const left = usersOf(facts)
  if (left.length === 0) return []
  const services = serviceKeys.filter((key) => enabledInSpec(platform, key))
  const one = left.length === 1
  const next = heir(facts)
  return [
    finding('SFL-P22', {
      object: platform.ref,
      message: `${one ? 'workflow' : 'workflows'} ${enumeration(left.map(({name}) => name))} ${one ? 'stays and runs' : 'stay and run'} on${
        services.length === 0
          ? ''
          : `, with the addresses of a ${titles(services)} that ${services.length === 1 ? 'is' : 'are'} gone: their events and timers fail`
      }; ${next === undefined ? `the operator makes an empty platform ${AUTOMATIC_PLATFORM} for ${one ? 'it' : 'them'}` : `platform ${next.name} counts for ${one ? 'it' : 'them'} then`}`,
      repair: sfl('workflow list', '-n', platform.namespace),
    }),
  ]
}

/** P23: what becomes of the data. */
const dataFindings = ({platform}: PlatformDeleteFacts): Finding[] => {
  const deployed = deployedServices(platform)
  const lost = deployed.filter((key) => servicePersistence(platform, key).kind === 'ephemeral')
  const kept = deployed.filter((key) => !lost.includes(key))
  return [
    ...(lost.length === 0
      ? []
      : [
          finding('SFL-P23', {
            object: platform.ref,
            level: 'warning',
            message: `the data of ${titles(lost)} is in an embedded database and is lost`,
          }),
        ]),
    ...(kept.length === 0
      ? []
      : [
          finding('SFL-P23', {
            object: platform.ref,
            message: `the data of ${titles(kept)} stays in PostgreSQL; a platform with the same connection finds it again`,
          }),
        ]),
  ]
}

/** The duplicate that counts once this platform is gone. */
const heir = ({platform, platforms}: PlatformDeleteFacts): Platform | undefined =>
  isFound(platforms) && !platform.status.duplicated && !platform.secondary
    ? platforms.find(
        (one) =>
          one.namespace === platform.namespace && one.name !== platform.name && one.status.duplicated && !one.secondary,
      )
    : undefined

/** P24: who comes after it. */
const heirFindings = (facts: PlatformDeleteFacts): Finding[] => {
  const next = heir(facts)
  return next === undefined
    ? []
    : [
        finding('SFL-P24', {
          object: next.ref,
          message: `platform ${next.name}, a duplicate until now, becomes the active one, and the operator deploys it`,
          repair: sfl('platform describe', next.name, '-n', next.namespace),
        }),
      ]
}

/** The active cluster platform, where it shares this one. */
export const sharedBy = ({
  platform,
  clusterPlatforms,
}: Pick<PlatformDeleteFacts, 'platform' | 'clusterPlatforms'>): ClusterPlatform | undefined => {
  const active = isFound(clusterPlatforms) ? activeClusterPlatform(clusterPlatforms) : undefined
  return active?.platform.name === platform.name && active.platform.namespace === platform.namespace
    ? active
    : undefined
}

/** Namespaces that use the services of a cluster platform, in order. */
export const usingNamespaces = (one: ClusterPlatform, platforms: Lookup<readonly Platform[]>): string[] =>
  isFound(platforms)
    ? [
        ...new Set(platforms.filter((platform) => stanceOf(platform, one) === 'uses').map(({namespace}) => namespace)),
      ].toSorted()
    : []

/** CP20: namespaces that are served by way of a cluster platform. */
const sharingFindings = (facts: PlatformDeleteFacts): Finding[] => {
  const {platform, platforms} = facts
  const one = sharedBy(facts)
  if (one === undefined) return []
  const using = usingNamespaces(one, platforms)
  return [
    finding('SFL-CP20', {
      object: one.ref,
      message: `cluster platform ${one.name} shares platform ${platform.namespace}/${platform.name} and is of no use without it${
        !sharesServices(one) || using.length === 0
          ? ''
          : `; ${using.length === 1 ? 'namespace' : 'namespaces'} ${enumeration(using)} ${using.length === 1 ? 'loses' : 'lose'} ${titles(serviceKeys.filter((key) => enabledInSpec(platform, key)))}`
      }`,
      repair: sfl('cluster-platform describe', one.name),
    }),
  ]
}

/** Workflows that depend on a platform; on a duplicate none does. */
const usersOf = (facts: PlatformDeleteFacts): Workflow[] => {
  const {platform} = facts
  return platform.status.duplicated
    ? []
    : connectedWorkflows(facts).filter((one) => one.platform === undefined || one.platform.name === platform.name)
}

/** The plan of `platform delete`: what goes, what stays, and who suffers. */
export const planPlatformDelete = (options: PlatformDeleteOptions, facts: PlatformDeleteFacts): AskedPlan => {
  const {platform, platforms} = facts
  const workflows = usersOf(facts)
  const one = sharedBy(facts)
  const namespaces = one === undefined ? [] : usingNamespaces(one, platforms)
  const users = [
    ...(workflows.length === 0 ? [] : [counted(workflows.length, 'workflow')]),
    ...(namespaces.length === 0 ? [] : [counted(namespaces.length, 'other namespace')]),
  ]
  const plural = workflows.length + namespaces.length > 1
  return {
    steps: deleteSteps(platform.object, options.waitMs),
    findings: passed(
      [
        ...ownedFindings(facts),
        ...distantFindings(facts),
        ...dataFindings(facts),
        ...workflowFindings(facts),
        ...sharingFindings(facts),
        ...heirFindings(facts),
      ],
      options.force,
    ),
    ...(users.length === 0
      ? {}
      : {
          question: `Delete platform "${platform.name}" in namespace "${platform.namespace}", on which ${enumeration(users)} ${plural ? 'depend' : 'depends'}?`,
          typedName: platform.name,
        }),
  }
}

/** What holds a platform that was deleted and does not go. */
export const platformStuck = (object: KubeObject): Finding[] => heldFindings(object, 'SFL-P25')
