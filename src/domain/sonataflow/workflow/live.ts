import {listAt, textAt} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {type EffectiveWorkflow} from '../effective/workflow.js'
import {databaseValues, destinationOf, liveEnv, type LiveValues} from '../workload/live-values.js'
import {serviceKeys, serviceWord} from '../names.js'
import {type WorkflowLiveFacts} from './facts.js'

/** The program of a workflow in its Deployment. */
const CONTAINER = 'workflow'

const isDeployed = ({workflow}: Pick<WorkflowLiveFacts, 'workflow'>): boolean => workflow.platform !== undefined

const containerOf = (deployment: unknown): unknown => {
  const containers = listAt(deployment, 'spec', 'template', 'spec', 'containers')
  return containers.find((one) => textAt(one, 'name') === CONTAINER) ?? containers[0]
}

const sinkText = ({sinkBinding}: Pick<WorkflowLiveFacts, 'sinkBinding'>): string | undefined => {
  if (sinkBinding === 'forbidden') return undefined
  return isFound(sinkBinding) ? (destinationOf(sinkBinding, 'sink') ?? '<none>') : 'direct HTTP'
}

const sourceTexts = (
  {sources}: Pick<EffectiveWorkflow, 'sources'>,
  {triggers}: Pick<WorkflowLiveFacts, 'triggers'>,
): LiveValues => {
  if (triggers === 'forbidden') return {}
  const all = isFound(triggers) ? triggers : []
  return Object.fromEntries(
    sources.map(({eventType}) => {
      const brokers = all
        .filter((one) => textAt(one, 'spec', 'filter', 'attributes', 'type') === eventType)
        .map((one) => `broker ${one.metadata.namespace ?? ''}/${textAt(one, 'spec', 'broker') ?? ''}`)
      return [`source.${eventType}`, {text: [...new Set(brokers)].join(', ') || 'direct HTTP'}]
    }),
  )
}

/** What a workflow was deployed with, by the names of its rows; nothing for one that is not deployed. */
export const workflowLiveValues = (
  effective: EffectiveWorkflow,
  facts: Pick<WorkflowLiveFacts, 'workflow' | 'deployment' | 'sinkBinding' | 'triggers'>,
): LiveValues => {
  const {workflow, deployment} = facts
  if (!isDeployed(facts)) return {}
  const dev = effective.profile.value === 'dev'
  const env = new Map(
    isFound(deployment) ? liveEnv(containerOf(deployment)).map((one) => [one.name, one] as const) : [],
  )
  const sink = dev ? undefined : sinkText(facts)
  return {
    platform: {text: workflow.platform?.name ?? ''},
    ...Object.fromEntries(serviceKeys.map((key) => [serviceWord[key], {text: workflow.urls[key] ?? 'not connected'}])),
    ...(isFound(deployment) ? databaseValues('workflow', env, 'none') : {}),
    ...(sink === undefined ? {} : {sink: {text: sink}}),
    ...(dev ? {} : sourceTexts(effective, facts)),
  }
}
