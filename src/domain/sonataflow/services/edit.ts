import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject, refOf} from '../../core/object.js'
import {type Plan, type Step} from '../../core/plan.js'
import {type Fields} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {belongsTo, SERVICE_LABEL} from '../workload/children.js'
import {installationFindings} from '../platform/installation-preflight.js'
import {type Platform} from '../model.js'
import {serviceKeys, serviceObjectName, serviceTitle, serviceWord, type ServiceKey} from '../names.js'
import {planEdit, type EditOptions} from '../platform/edit.js'
import {type InstallationFacts, type NeighbourFacts} from '../platform/facts.js'
import {platformCommand} from '../say.js'
import {leftoverFindings, runningWorkflowFindings, servicesFindings} from './preflight.js'

/** What the commands on services need to know. */
export interface ServicesFacts extends InstallationFacts, NeighbourFacts {
  platform: Platform
}

/** A service that is disabled, and nevertheless there. */
const disabledFindings = (platform: Platform, keys: readonly ServiceKey[]): Finding[] =>
  keys
    .filter((key) => platform.services?.[key]?.enabled === false)
    .map((key) =>
      finding('SFL-W08', {
        object: platform.ref,
        message: `${serviceTitle[key]} stays deployed; only workflows are kept away from it`,
        repair: platformCommand(platform, 'services remove', serviceWord[key]),
      }),
    )

/** The plan of `platform services enable` and `disable`. What is not there cannot be disabled, and stays away. */
export const planServicesSwitch = (
  keys: readonly ServiceKey[],
  enabled: boolean,
  options: EditOptions,
  facts: ServicesFacts,
): Plan => {
  const {platform} = facts
  const touched = enabled ? keys : keys.filter((key) => platform.services?.[key] !== undefined)
  const patch = touched.length === 0 ? {} : {services: Object.fromEntries(touched.map((key) => [key, {enabled}]))}
  return planEdit(platform, patch, options, ({after, unchanged}) => ({
    findings: [
      ...installationFindings(after, facts, platform),
      ...servicesFindings(after, facts),
      ...(enabled ? [] : disabledFindings(after, touched)),
      ...(unchanged ? [] : runningWorkflowFindings(after, facts, 'connections to the services')),
    ],
  }))
}

/** Objects of the services that were made for a platform, of any kind and namespace that was looked at. */
export const objectsOfServices = (
  platform: Platform,
  keys: readonly ServiceKey[],
  objects: readonly KubeObject[],
): KubeObject[] => {
  const names = keys.map((key) => serviceObjectName(platform.name, key))
  return objects.filter((one) => belongsTo(one, platform) && names.includes(one.metadata.labels?.[SERVICE_LABEL] ?? ''))
}

const removal = (platform: Platform, keys: readonly ServiceKey[]): Fields => {
  if (platform.services === undefined) return {}
  const rest = serviceKeys.filter((key) => platform.services?.[key] !== undefined && !keys.includes(key))
  // An empty spec.services would keep the services of the cluster away.
  if (rest.length === 0) return {services: null}
  return {services: Object.fromEntries(keys.map((key) => [key, null]))}
}

/**
 * The plan of `platform services remove`: the stanza, and with `prune` what the operator leaves behind. `objects` are those
 * of the namespaces that may hold some, `unread` the kinds that cannot be listed (no permission).
 */
export const planServicesRemove = (
  keys: readonly ServiceKey[],
  options: EditOptions & {prune?: boolean},
  facts: ServicesFacts & {objects: Lookup<readonly KubeObject[]>; unread?: readonly string[]},
): Plan => {
  const {platform} = facts
  const left = isFound(facts.objects) ? objectsOfServices(platform, keys, facts.objects) : undefined
  return planEdit(platform, removal(platform, keys), options, ({after}) => ({
    findings: [
      ...servicesFindings(after, facts),
      ...(options.prune === true ? [] : leftoverFindings(platform, keys, left?.map(refOf))),
      ...(facts.unread === undefined || facts.unread.length === 0
        ? []
        : [
            finding('SFL-P06', {
              object: platform.ref,
              message: `what is left behind was not looked for among ${facts.unread.map((kind) => `${kind}s`).join(', ')}: they cannot be listed (no permission)`,
            }),
          ]),
      ...runningWorkflowFindings(after, facts, 'connections to the services'),
    ],
    following:
      options.prune === true
        ? (left ?? []).map((one): Step => ({
            verb: 'delete',
            ref: refOf(one),
            before: one,
            reason: 'the operator leaves it behind',
          }))
        : [],
  }))
}
