import {kubectl} from '../../core/commands.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Ref} from '../../core/object.js'
import {isFound} from '../../core/seen.js'
import {serviceChildRefs} from '../workload/children.js'
import {destinationText, inheritedBroker, sameDestination, serviceSource, workflowSink} from '../effective/eventing.js'
import {deployedServices, enabledInSpec, type Platform} from '../model.js'
import {serviceKeys, serviceTitle, serviceWord, sinkBindingName, type ServiceKey} from '../names.js'
import {objectText} from '../origin.js'
import {type NeighbourFacts} from '../platform/facts.js'
import {enumeration, platformCommand} from '../say.js'
import {profileOf, sharesServices, type Workflow} from '../workflow/model.js'

const other: Readonly<Record<ServiceKey, ServiceKey>> = {dataIndex: 'jobService', jobService: 'dataIndex'}

const withoutIt: Readonly<Record<ServiceKey, string>> = {
  dataIndex: 'states of workflows and jobs are recorded nowhere',
  jobService: 'timers and timeouts of workflows never fire',
}

/** Workflows that the operator has deployed with this platform; those of profile dev are not connected to anything. */
export const connectedWorkflows = ({workflows}: Pick<NeighbourFacts, 'workflows'>): Workflow[] =>
  isFound(workflows) ? workflows.filter((one) => profileOf(one) !== 'dev' && !one.deleting) : []

/** W1: one service without the other. */
const halfFindings = (platform: Platform, facts: NeighbourFacts): Finding[] => {
  const enabled = serviceKeys.filter((key) => enabledInSpec(platform, key))
  const missing = enabled.length === 1 ? other[enabled[0]!] : undefined
  if (missing === undefined) return []
  const waiting = missing === 'jobService' ? connectedWorkflows(facts).filter((one) => one.hasTimeouts) : []
  const disabled = platform.services?.[missing] !== undefined
  return [
    finding('SFL-W01', {
      object: platform.ref,
      message: `${serviceTitle[missing]} is ${disabled ? 'disabled' : 'not deployed'}: ${withoutIt[missing]}${
        waiting.length === 0 ? '' : `, as they should in ${enumeration(waiting.map(({name}) => name))}`
      }`,
      repair: platformCommand(platform, 'services enable', serviceWord[missing]),
    }),
  ]
}

/** W2: a stanza without `enabled`. */
const omittedFindings = (platform: Platform): Finding[] =>
  deployedServices(platform)
    .filter((key) => platform.services?.[key]?.enabled === undefined)
    .map((key) =>
      finding('SFL-W02', {
        object: platform.ref,
        message: `spec.services.${key}.enabled is not written; the operator will write true`,
        repair: platformCommand(platform, 'services disable', serviceWord[key]),
      }),
    )

const clusterwideOf = ({clusterwide}: NeighbourFacts): Platform | undefined =>
  isFound(clusterwide) ? clusterwide : undefined

/** W3: services of the cluster that this namespace no longer gets. */
const cutOffFindings = (platform: Platform, facts: NeighbourFacts): Finding[] => {
  const {clusterPlatform} = facts
  const giver = clusterwideOf(facts)
  if (platform.services === undefined || !isFound(clusterPlatform) || !sharesServices(clusterPlatform)) return []
  if (giver === undefined || (giver.name === platform.name && giver.namespace === platform.namespace)) return []
  const lost = serviceKeys.filter((key) => enabledInSpec(giver, key) && platform.services?.[key] === undefined)
  if (lost.length === 0) return []
  return [
    finding('SFL-W03', {
      object: platform.ref,
      message: `spec.services is there, so namespace ${platform.namespace} does not get ${enumeration(
        lost.map((key) => serviceTitle[key]),
      )} of cluster platform ${clusterPlatform.name}`,
      repair: platformCommand(platform, 'services enable', ...lost.map((key) => serviceWord[key])),
    }),
  ]
}

/** W4: local services without a broker, and workflows that use that of the cluster. */
const splitFindings = (platform: Platform, facts: NeighbourFacts): Finding[] => {
  const giver = clusterwideOf(facts)
  if (giver === undefined || !enabledInSpec(platform, 'dataIndex') || platform.broker !== undefined) return []
  const inherited = inheritedBroker(platform, giver)
  if (inherited.mode !== 'ref' || sameDestination(serviceSource(platform, 'dataIndex'), inherited)) return []
  return [
    finding('SFL-W04', {
      object: platform.ref,
      message: `workflows of namespace ${platform.namespace} send their events to ${destinationText(inherited)} of the cluster platform, where this Data Index does not listen`,
      repair: platformCommand(
        platform,
        'eventing set',
        '--platform-wide',
        '--broker',
        `${inherited.name}:${inherited.namespace}`,
      ),
    }),
  ]
}

/** W5: Data Index listens to one broker, workflows send to another one. */
const elsewhereFindings = (platform: Platform, facts: NeighbourFacts): Finding[] => {
  const source = serviceSource(platform, 'dataIndex')
  if (!enabledInSpec(platform, 'dataIndex') || source.mode !== 'ref') return []
  const giver = clusterwideOf(facts)
  const inherited = inheritedBroker(platform, giver)
  const stray = connectedWorkflows(facts).filter(
    (workflow) => !sameDestination(workflowSink(workflow, platform, giver), source),
  )
  if (sameDestination(inherited, source) && stray.length === 0) return []
  const who = stray.length === 0 ? 'workflows' : `workflows ${enumeration(stray.map(({name}) => name))}`
  const sink = stray[0] === undefined ? inherited : workflowSink(stray[0], platform, giver)
  return [
    finding('SFL-W05', {
      object: platform.ref,
      message: `Data Index listens to ${destinationText(source)}, but ${who} send to ${destinationText(sink)}: it sees nothing of them`,
      repair: platformCommand(
        platform,
        'eventing set',
        '--platform-wide',
        '--broker',
        `${source.name}:${source.namespace}`,
      ),
    }),
  ]
}

/** W1 to W5: how the services of a platform fit together. */
export const servicesFindings = (platform: Platform, facts: NeighbourFacts): Finding[] => [
  ...halfFindings(platform, facts),
  ...omittedFindings(platform),
  ...cutOffFindings(platform, facts),
  ...splitFindings(platform, facts),
  ...elsewhereFindings(platform, facts),
]

/** W6: workflows that were deployed with other settings. `what` names what they keep: `database`. */
export const runningWorkflowFindings = (
  platform: Platform,
  facts: Pick<NeighbourFacts, 'workflows'>,
  what: string,
): Finding[] => {
  const running = connectedWorkflows(facts).filter((one) => one.platform !== undefined)
  const [first] = running
  if (first === undefined) return []
  return [
    finding('SFL-W06', {
      object: platform.ref,
      message: `${running.length === 1 ? `workflow ${first.name} keeps its` : `workflows ${enumeration(running.map(({name}) => name))} keep their`} ${what} until redeployed`,
      repair: running.map(({name, namespace}) => kubectl('-n', namespace, 'rollout', 'restart', `deployment/${name}`)),
    }),
  ]
}

/** W7: what stays behind when a stanza is removed. */
export const leftoverFindings = (
  platform: Platform,
  removed: readonly ServiceKey[],
  existing?: readonly Ref[],
): Finding[] =>
  removed.flatMap((key) => {
    const refs = existing ?? [
      ...serviceChildRefs(platform, key).slice(0, 3),
      ...(key === 'jobService' && platform.broker !== undefined
        ? [{apiVersion: '', kind: 'SinkBinding', name: sinkBindingName(platform.name), namespace: platform.namespace}]
        : []),
    ]
    return refs.length === 0
      ? []
      : [
          finding('SFL-W07', {
            object: platform.ref,
            message: `the operator deletes nothing of ${serviceTitle[key]}; these stay: ${enumeration(refs.map(objectText), 8)}`,
            repair: platformCommand(platform, 'services remove', serviceWord[key], '--prune'),
          }),
        ]
  })
