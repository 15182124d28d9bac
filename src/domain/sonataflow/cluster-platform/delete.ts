import {sfl} from '../../core/commands.js'
import {deleteSteps, heldFindings} from '../../findings/existing.js'
import {type Finding} from '../../findings/finding.js'
import {applyForce, finding} from '../../findings/catalogue.js'
import {type KubeObject} from '../../core/object.js'
import {isFound} from '../../core/seen.js'
import {enabledInSpec} from '../model.js'
import {serviceKeys, serviceTitle} from '../names.js'
import {counted, usingNamespaces, type AskedPlan, type PlatformDeleteOptions} from '../platform/delete.js'
import {type ClusterFacts} from '../platform/facts.js'
import {enumeration, notListed} from '../say.js'
import {activeClusterPlatform, sharesServices, type ClusterPlatform} from '../workflow/model.js'

/** What the deletion of a cluster platform is judged by. */
export interface ClusterPlatformDeleteFacts extends ClusterFacts {
  clusterPlatform: ClusterPlatform
}

/** Namespaces that lose services; none when it is not the one that counts. */
const losing = ({clusterPlatform, clusterPlatforms, platforms}: ClusterPlatformDeleteFacts): string[] =>
  isActive({clusterPlatform, clusterPlatforms}) ? usingNamespaces(clusterPlatform, platforms) : []

const isActive = ({
  clusterPlatform,
  clusterPlatforms,
}: Pick<ClusterPlatformDeleteFacts, 'clusterPlatform' | 'clusterPlatforms'>): boolean =>
  !isFound(clusterPlatforms) || activeClusterPlatform(clusterPlatforms)?.name === clusterPlatform.name

/** CP21: who is served by it, and by what. */
const lossFindings = (facts: ClusterPlatformDeleteFacts): Finding[] => {
  const {clusterPlatform: one, referenced, platforms, workflows} = facts
  const {name, namespace} = one.platform
  if (!isActive(facts))
    return [
      finding('SFL-CP21', {
        object: one.ref,
        level: 'note',
        message: `cluster platform ${one.name} is not the active one, so nobody loses anything`,
      }),
    ]
  if (platforms === 'forbidden')
    return [notListed(one.ref, 'which namespaces use the services of the cluster', 'SonataFlowPlatforms')]
  const namespaces = losing(facts)
  if (namespaces.length === 0) return []
  const services = isFound(referenced)
    ? serviceKeys.filter((key) => enabledInSpec(referenced, key)).map((key) => serviceTitle[key])
    : []
  const affected = isFound(workflows) ? workflows.filter((workflow) => namespaces.includes(workflow.namespace)) : []
  return [
    finding('SFL-CP21', {
      object: one.ref,
      message: `${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${enumeration(namespaces)} ${namespaces.length === 1 ? 'loses' : 'lose'} ${
        services.length === 0 ? 'the broker' : enumeration(services)
      } of platform ${namespace}/${name}${
        affected.length === 0
          ? ''
          : `; ${affected.length === 1 ? 'workflow' : 'workflows'} ${enumeration(affected.map((workflow) => `${workflow.namespace}/${workflow.name}`))} ${affected.length === 1 ? 'keeps' : 'keep'} the old addresses until redeployed`
      }`,
      repair: sfl('platform list', '-A'),
    }),
  ]
}

/** CP22: another one takes its place. */
const heirFindings = (facts: ClusterPlatformDeleteFacts): Finding[] => {
  const {clusterPlatform, clusterPlatforms} = facts
  const next = isFound(clusterPlatforms)
    ? clusterPlatforms.find((one) => one.name !== clusterPlatform.name && one.duplicated && !one.secondary)
    : undefined
  return next === undefined || !isActive(facts)
    ? []
    : [
        finding('SFL-CP22', {
          object: next.ref,
          message: `cluster platform ${next.name}, a duplicate until now, becomes the active one, with platform ${next.platform.namespace}/${next.platform.name}`,
          repair: sfl('cluster-platform describe', next.name),
        }),
      ]
}

/** The plan of `cluster-platform delete`. The platform that it names stays as it is. */
export const planClusterPlatformDelete = (
  options: PlatformDeleteOptions,
  facts: ClusterPlatformDeleteFacts,
): AskedPlan => {
  const {clusterPlatform: one} = facts
  const namespaces = losing(facts)
  const shares = sharesServices(one)
  return {
    steps: deleteSteps(one.object, options.waitMs),
    findings: applyForce([...lossFindings(facts), ...heirFindings(facts)], options.force),
    ...(isActive(facts)
      ? {
          question: `Delete cluster platform "${one.name}"${
            namespaces.length === 0 || !shares
              ? ', the one of the whole cluster'
              : `, whose services ${counted(namespaces.length, 'namespace')} ${namespaces.length === 1 ? 'uses' : 'use'}`
          }?`,
          typedName: one.name,
        }
      : {}),
  }
}

/** What holds a cluster platform that was deleted and does not go. */
export const clusterPlatformStuck = (object: KubeObject): Finding[] => heldFindings(object, 'SFL-CP23')
