import {kubectl, type Command} from '../../core/commands.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject, type Ref} from '../../core/object.js'
import {at, textAt} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {serviceDetails} from '../effective/effective.js'
import {deployedServices, namedContainers, type Platform} from '../model.js'
import {AUTOSCALER, serviceObjectName, serviceSuffix, serviceTitle, serviceWord, type ServiceKey} from '../names.js'
import {type PodFacts} from '../platform/facts.js'
import {enumeration, notListed, platformCommand} from '../say.js'

const configure = (platform: Platform, key: ServiceKey, ...words: readonly string[]): Command =>
  platformCommand(platform, 'services configure', serviceWord[key], ...words)

const editCommand = ({name, namespace}: Platform): Command =>
  kubectl('-n', namespace, 'edit', 'sonataflowplatforms.sonataflow.org', name)

/** T1: replicas of the Job Service. */
const replicaFindings = (platform: Platform, key: ServiceKey): Finding[] => {
  const replicas = platform.services?.[key]?.podTemplate.replicas
  return key === 'dataIndex' || replicas === undefined || replicas < 2
    ? []
    : [
        finding('SFL-PT01', {
          object: platform.ref,
          message: `${serviceTitle[key]} runs with one replica; ${replicas} are written and ignored`,
          repair: configure(platform, key, '--replicas', '1'),
        }),
      ]
}

/** T2: variables that the operator sets itself. */
const reservedFindings = (platform: Platform, key: ServiceKey): Finding[] => {
  const ignored = serviceDetails(platform, key).env.filter((one) => one.ignored === true)
  return ignored.length === 0
    ? []
    : [
        finding('SFL-PT02', {
          object: platform.ref,
          message: `${enumeration(ignored.map(({name}) => name))} of ${serviceTitle[key]}: the operator sets ${ignored.length === 1 ? 'this variable' : 'these variables'} itself, and ignores the written ${ignored.length === 1 ? 'value' : 'values'}`,
          repair: configure(platform, key, ...ignored.flatMap(({name}) => ['--env', `${name}-`])),
        }),
      ]
}

/** T3: a container that is replaced as a whole. */
const containerFindings = (platform: Platform, key: ServiceKey): Finding[] => {
  const stanza = platform.services?.[key]
  const lost =
    stanza === undefined ? [] : namedContainers(stanza.podTemplate).filter(({name}) => name === serviceSuffix[key])
  return lost.map(({name, env}) =>
    finding('SFL-PT03', {
      object: platform.ref,
      message: `podTemplate.containers[name=${name}] of ${serviceTitle[key]} is dropped${env.length === 0 ? '' : `, with its variables ${enumeration(env.map((one) => one.name))}`}; what is for the service belongs under podTemplate.container`,
      repair:
        env.length === 0
          ? editCommand(platform)
          : configure(platform, key, ...env.flatMap((one) => ['--env', `${one.name}=VALUE`])),
    }),
  )
}

/** T4: lists that push the operator's out. */
const volumeFindings = (platform: Platform, key: ServiceKey): Finding[] => {
  const template = platform.services?.[key]?.podTemplate
  const replaced = [
    ...(template?.podSpec.volumes === undefined ? [] : ['podTemplate.volumes']),
    ...(template?.container.volumeMounts === undefined ? [] : ['podTemplate.container.volumeMounts']),
  ]
  return replaced.length === 0
    ? []
    : [
        finding('SFL-PT04', {
          object: platform.ref,
          message: `${enumeration(replaced)} of ${serviceTitle[key]} ${replaced.length === 1 ? 'replaces' : 'replace'} the operator's: without application-config at /home/kogito/config the service does not find its settings`,
          repair: editCommand(platform),
        }),
      ]
}

/** The autoscaler of a service's Deployment. */
export const autoscalerOf = (platform: Platform, key: ServiceKey, {autoscalers}: PodFacts): KubeObject | undefined =>
  isFound(autoscalers)
    ? autoscalers.find(
        (one) =>
          textAt(one, 'spec', 'scaleTargetRef', 'kind') === 'Deployment' &&
          textAt(one, 'spec', 'scaleTargetRef', 'name') === serviceObjectName(platform.name, key),
      )
    : undefined

/** T5: somebody else sets the number of replicas. */
const autoscalerFindings = (platform: Platform, key: ServiceKey, facts: PodFacts): Finding[] => {
  const autoscaler = autoscalerOf(platform, key, facts)
  if (autoscaler === undefined) return []
  const object: Ref = {...AUTOSCALER, name: autoscaler.metadata.name, namespace: platform.namespace}
  return key === 'dataIndex'
    ? [
        finding('SFL-PT05', {
          object,
          message: `HorizontalPodAutoscaler ${object.name} decides how many replicas Data Index has; podTemplate.replicas counts only when it is 0`,
          repair: kubectl('-n', platform.namespace, 'describe', 'hpa', object.name),
        }),
      ]
    : [
        finding('SFL-PT05', {
          object,
          message: `HorizontalPodAutoscaler ${object.name} and the operator, which wants one replica, fight over the Job Service; it must never have more than one`,
          repair: kubectl('-n', platform.namespace, 'delete', 'hpa', object.name),
        }),
      ]
}

/** T6: disruption budgets without effect. */
const budgetFindings = (platform: Platform, key: ServiceKey, facts: PodFacts): Finding[] => {
  const template = platform.services?.[key]?.podTemplate
  const budget = template?.disruptionBudget
  if (template === undefined || budget === undefined) return []
  const say = (message: string, ...words: readonly string[]): Finding[] => [
    finding('SFL-PT06', {object: platform.ref, message, repair: configure(platform, key, ...words)}),
  ]
  if (key === 'jobService')
    return say(
      'the operator makes no disruption budget for the Job Service',
      '--pdb-min-available=',
      '--pdb-max-unavailable=',
    )
  const autoscaler = autoscalerOf(platform, key, facts)
  const minimum = autoscaler === undefined ? undefined : at(autoscaler, 'spec', 'minReplicas')
  const replicas = autoscaler === undefined ? (template.replicas ?? 1) : typeof minimum === 'number' ? minimum : 1
  return [
    ...(replicas > 1
      ? []
      : say(
          `the disruption budget of Data Index is not made with ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}${autoscaler === undefined ? '' : ', the least that its autoscaler allows'}`,
          '--replicas',
          '2',
        )),
    ...(budget.minAvailable !== undefined && budget.maxUnavailable !== undefined
      ? say('of minAvailable and maxUnavailable only minAvailable counts', '--pdb-max-unavailable=')
      : []),
  ]
}

/** T7: an image that no upgrade replaces, and a limit that is low. */
const imageFindings = (platform: Platform, key: ServiceKey): Finding[] => {
  const template = platform.services?.[key]?.podTemplate
  const image = template?.image
  return image === undefined
    ? []
    : [
        finding('SFL-PT07', {
          object: platform.ref,
          message: `${serviceTitle[key]} runs ${image}, also after an upgrade of the operator, and whatever database it has${key === 'dataIndex' && template?.limits.cpu === undefined ? '; its CPU limit is 200m, which is low' : ''}`,
          repair: configure(platform, key, '--image='),
        }),
      ]
}

/** T1 to T7: the pods of the services as they would be. */
export const podFindings = (platform: Platform, facts: PodFacts): Finding[] => [
  ...deployedServices(platform).flatMap((key) => [
    ...replicaFindings(platform, key),
    ...reservedFindings(platform, key),
    ...containerFindings(platform, key),
    ...volumeFindings(platform, key),
    ...autoscalerFindings(platform, key, facts),
    ...budgetFindings(platform, key, facts),
    ...imageFindings(platform, key),
  ]),
  ...(facts.autoscalers === 'forbidden' && deployedServices(platform).length > 0
    ? [
        notListed(
          platform.ref,
          'whether an autoscaler decides about the replicas',
          `HorizontalPodAutoscalers of namespace ${platform.namespace}`,
        ),
      ]
    : []),
]
