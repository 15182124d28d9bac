import {kubectl, sfl, type Command} from '../../core/commands.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject, type Ref} from '../../core/object.js'
import {listAt} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {stanceOf} from '../effective/cluster.js'
import {servicePersistence} from '../effective/persistence.js'
import {enabledInSpec} from '../model.js'
import {platformRef, serviceKeys, serviceTitle, serviceWord} from '../names.js'
import {type ClusterFacts} from '../platform/facts.js'
import {enumeration, notListed, notVerified, platformCommand} from '../say.js'
import {activeClusterPlatform, sharesServices, type ClusterPlatform} from '../workflow/model.js'

const placeOf = ({platform}: ClusterPlatform): Ref => platformRef(platform.name, platform.namespace)

/** C1: the platform that is named. */
const referenceFindings = (one: ClusterPlatform, {referenced}: ClusterFacts): Finding[] => {
  const place = placeOf(one)
  const {name, namespace} = one.platform
  if (referenced === 'forbidden') return [notVerified(place, `platform ${namespace}/${name}`)]
  const say = (message: string, repair: Command): Finding[] => [
    finding('SFL-CP01', {object: place, message: `${message}: cluster platform ${one.name} shares nothing`, repair}),
  ]
  if (!isFound(referenced))
    return say(
      `platform ${name} does not exist in namespace ${namespace}`,
      sfl('platform create', name, '-n', namespace, '--services', 'data-index,job-service'),
    )
  const {succeed, duplicated} = referenced.status
  const repair = sfl('platform describe', name, '-n', namespace)
  if (duplicated) return say(`platform ${namespace}/${name} is a duplicate of another one in its namespace`, repair)
  if (succeed?.status === 'True') return []
  const why = [succeed?.reason, succeed?.message].filter(Boolean).join(': ')
  return say(`platform ${namespace}/${name} is not ready${why === '' ? '' : ` (${why})`}`, repair)
}

/** C2: one of the whole cluster counts. */
const singleFindings = (one: ClusterPlatform, {clusterPlatforms}: ClusterFacts): Finding[] => {
  if (one.secondary) return []
  if (clusterPlatforms === 'forbidden')
    return [notListed(one.ref, 'whether there is another cluster platform', 'SonataFlowClusterPlatforms')]
  const others = isFound(clusterPlatforms) ? clusterPlatforms.filter(({name}) => name !== one.name) : []
  const active = activeClusterPlatform(others)
  const stored = isFound(clusterPlatforms) ? clusterPlatforms.find(({name}) => name === one.name) : undefined
  if (active === undefined || (stored?.succeed !== undefined && !stored.duplicated)) return []
  return [
    finding('SFL-CP02', {
      object: one.ref,
      message: `cluster platform ${active.name} is active, so ${one.name} is a duplicate and has no effect`,
      repair: sfl('cluster-platform describe', active.name),
    }),
  ]
}

/** C3: what the named platform has to give. */
const offerFindings = (one: ClusterPlatform, {referenced}: ClusterFacts): Finding[] => {
  if (!isFound(referenced) || !sharesServices(one)) return []
  const missing = serviceKeys.filter((key) => !enabledInSpec(referenced, key))
  const lost = serviceKeys.filter(
    (key) => enabledInSpec(referenced, key) && servicePersistence(referenced, key).kind === 'ephemeral',
  )
  return [
    ...(missing.length === 0
      ? []
      : [
          finding('SFL-CP03', {
            object: referenced.ref,
            message: `platform ${referenced.namespace}/${referenced.name} does not have ${enumeration(missing.map((key) => serviceTitle[key]))} enabled, so no namespace gets it`,
            repair: platformCommand(referenced, 'services enable', ...missing.map((key) => serviceWord[key])),
          }),
        ]),
    ...(lost.length === 0
      ? []
      : [
          finding('SFL-CP03', {
            object: referenced.ref,
            message: `${enumeration(lost.map((key) => serviceTitle[key]))} of platform ${referenced.namespace}/${referenced.name} ${lost.length === 1 ? 'keeps' : 'keep'} the data of all namespaces in an embedded database, which is lost at every restart`,
            repair: platformCommand(
              referenced,
              'persistence set',
              '--platform-wide',
              '--service',
              'POSTGRES_SERVICE',
              '--secret',
              'SECRET',
            ),
          }),
        ]),
  ]
}

/** C4: namespaces with services of their own. */
const overrideFindings = (one: ClusterPlatform, {platforms}: ClusterFacts): Finding[] => {
  if (platforms === 'forbidden')
    return [notListed(one.ref, 'which namespaces have services of their own', 'SonataFlowPlatforms')]
  if (!isFound(platforms) || !sharesServices(one)) return []
  const overriding = [
    ...new Set(platforms.filter((platform) => stanceOf(platform, one) === 'overrides').map(({namespace}) => namespace)),
  ]
  return overriding.length === 0
    ? []
    : [
        finding('SFL-CP04', {
          object: one.ref,
          message: `${overriding.length === 1 ? 'namespace' : 'namespaces'} ${enumeration(overriding)} ${overriding.length === 1 ? 'has' : 'have'} spec.services and ${overriding.length === 1 ? 'does' : 'do'} not use those of the cluster`,
          repair: sfl('platform list', '-A'),
        }),
      ]
}

/** C5: workflows that one Data Index cannot tell apart. */
const collisionFindings = (one: ClusterPlatform, {workflows, platforms}: ClusterFacts): Finding[] => {
  if (!isFound(workflows) || !sharesServices(one)) return []
  const apart = isFound(platforms)
    ? platforms.filter((platform) => stanceOf(platform, one) === 'overrides').map(({namespace}) => namespace)
    : []
  const sharing = workflows.filter(({namespace}) => !apart.includes(namespace))
  const names = [...new Set(sharing.map(({name}) => name))].filter(
    (name) => new Set(sharing.filter((other) => other.name === name).map(({namespace}) => namespace)).size > 1,
  )
  return names.map((name) => {
    const where = sharing.filter((other) => other.name === name).map(({namespace}) => namespace)
    return finding('SFL-CP05', {
      object: one.ref,
      message: `workflow ${name} exists in namespaces ${enumeration(where)}; the shared Data Index takes them for one`,
      repair: sfl('workflow list', '-A'),
    })
  })
}

/** Whether a NetworkPolicy lets nobody in but whom it names: so it is unless it is about egress only. */
const limitsIngress = (policy: KubeObject): boolean => {
  const types = listAt(policy, 'spec', 'policyTypes')
  return types.length === 0 || types.includes('Ingress')
}

/** C5: what may keep other namespaces away from the services. */
const networkFindings = (one: ClusterPlatform, {networkPolicies}: ClusterFacts): Finding[] => {
  const limits = isFound(networkPolicies) ? networkPolicies.filter(limitsIngress) : []
  if (limits.length === 0 || !sharesServices(one)) return []
  const {namespace} = one.platform
  const several = limits.length > 1
  return [
    finding('SFL-CP10', {
      object: placeOf(one),
      message: `${several ? 'NetworkPolicies' : 'NetworkPolicy'} ${enumeration(limits.map(({metadata}) => metadata.name))} of namespace ${namespace} ${several ? 'limit' : 'limits'} who may reach its pods; workflows of other namespaces have to be let in to the services`,
      repair: kubectl('-n', namespace, 'describe', 'networkpolicies'),
    }),
  ]
}

/** C6: a cluster platform that shares nothing. */
const capabilityFindings = (one: ClusterPlatform): Finding[] =>
  sharesServices(one)
    ? []
    : [
        finding('SFL-CP06', {
          object: one.ref,
          message: `cluster platform ${one.name} lacks the capability services: no namespace gets its services, though workflows still inherit its broker`,
          repair: sfl(
            'cluster-platform apply',
            one.name,
            '--platform',
            `${one.platform.namespace}/${one.platform.name}`,
            '--capability',
            'workflows=services',
          ),
        }),
      ]

/** C1 to C6: a cluster platform as it would be. */
export const clusterPlatformPreflight = (one: ClusterPlatform, facts: ClusterFacts): Finding[] => [
  ...referenceFindings(one, facts),
  ...singleFindings(one, facts),
  ...offerFindings(one, facts),
  ...overrideFindings(one, facts),
  ...collisionFindings(one, facts),
  ...networkFindings(one, facts),
  ...capabilityFindings(one),
]
