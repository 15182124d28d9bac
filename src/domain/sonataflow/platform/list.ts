import {type Finding} from '../../findings/finding.js'
import {type KubeObject} from '../../core/object.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {workloadState} from '../../core/workload.js'
import {effectiveService} from '../effective/effective.js'
import {serviceSink, serviceSource, type EffectiveDestination} from '../effective/eventing.js'
import {servicePersistence} from '../effective/persistence.js'
import {usedBrokers} from '../eventing/preflight.js'
import {type PlatformSchema} from '../generation.js'
import {bySeverity, runningFindings} from '../workload/live-preflight.js'
import {contextOf} from '../workload/live-service.js'
import {type PlatformDescribeFacts} from '../workload/live-facts.js'
import {type Brokers} from '../eventing/links.js'
import {deployedServices, readPlatform, type Platform} from '../model.js'
import {serviceKeys, serviceObjectName, serviceWord, sinkBindingName} from '../names.js'
import {judgePlatform} from './preflight.js'
import {type OperatorFacts} from './facts.js'
import {type ClusterPlatform, type Workflow} from '../workflow/model.js'

/** What a list of platforms is made of: one list of each kind, whatever the number of platforms. */
export interface PlatformListFacts {
  /** Left out: all namespaces were listed. */
  namespace?: string
  schema: Lookup<PlatformSchema>
  operator: Lookup<OperatorFacts>
  platforms: Lookup<readonly Platform[]>
  clusterPlatform: Lookup<ClusterPlatform>
  clusterwide: Lookup<Platform>
  workflows: Lookup<readonly Workflow[]>
  deployments: Lookup<readonly KubeObject[]>
  jobs: Lookup<readonly KubeObject[]>
  autoscalers: Lookup<readonly KubeObject[]>
  brokers: Lookup<readonly KubeObject[]>
  triggers: Lookup<readonly KubeObject[]>
  sinkBindings: Lookup<readonly KubeObject[]>
  knativeInstalled?: boolean
}

/** One row of `platform list`. */
export interface PlatformLine {
  /** What the operator deploys, and how many of it are ready: `data-index 1/1, job-service 0/1`. */
  services: string
  persistence: string
  eventing: string
  findings: readonly Finding[]
}

const within = <T extends object>(facts: Lookup<readonly T[]>, test: (one: T) => boolean): Lookup<readonly T[]> =>
  isFound(facts) ? facts.filter(test) : facts

/** The brokers that a platform uses, as far as their namespaces were listed. */
const brokersOf = (platform: Platform, {brokers, namespace}: PlatformListFacts): Brokers =>
  Object.fromEntries(
    usedBrokers(platform).flatMap((used): Array<[string, Lookup<KubeObject>]> => {
      const key = `${used.namespace}/${used.name}`
      if (!isFound(brokers)) return [[key, brokers]]
      const found = brokers.find(({metadata}) => metadata.name === used.name && metadata.namespace === used.namespace)
      if (found !== undefined) return [[key, found]]
      return namespace === undefined || namespace === used.namespace ? [[key, 'absent']] : []
    }),
  )

/** The facts of one platform, without what only `platform describe` looks at: Secrets, databases, pods, events. */
const factsOf = (platform: Platform, facts: PlatformListFacts): PlatformDescribeFacts => {
  const {namespace: home} = platform
  const local = ({metadata}: KubeObject): boolean => metadata.namespace === home
  const {namespace} = facts
  const elsewhere = namespace !== undefined && usedBrokers(platform).some((one) => one.namespace !== namespace)
  const binding = isFound(facts.sinkBindings)
    ? (facts.sinkBindings.find((one) => local(one) && one.metadata.name === sinkBindingName(platform.name)) ?? 'absent')
    : facts.sinkBindings
  return {
    platform,
    schema: facts.schema,
    operator: facts.operator,
    platforms: within(facts.platforms, (one) => one.namespace === home),
    clusterPlatform: facts.clusterPlatform,
    clusterwide: facts.clusterwide,
    workflows: within(facts.workflows, (one) => one.namespace === home),
    secrets: {},
    services: {},
    jobs: within(facts.jobs, local),
    deployments: within(facts.deployments, local),
    ...(facts.knativeInstalled === undefined ? {} : {knativeInstalled: facts.knativeInstalled}),
    brokers: brokersOf(platform, facts),
    // Triggers beside a broker in a namespace that was not listed cannot be told from missing ones.
    triggers: elsewhere ? 'forbidden' : facts.triggers,
    sinkBinding: binding,
    autoscalers: within(facts.autoscalers, local),
    pods: 'absent',
    serviceObjects: 'absent',
    jobPods: 'absent',
    warnings: 'absent',
  }
}

const servicesText = (facts: PlatformDescribeFacts): string => {
  const {platform, deployments} = facts
  const context = contextOf(facts)(platform)
  const texts = serviceKeys.flatMap((key) => {
    const {scope, enabled} = effectiveService(key, context)
    if (scope === 'none') return []
    if (scope === 'cluster') return [`${serviceWord[key]} (cluster)`]
    const name = serviceObjectName(platform.name, key)
    const found = isFound(deployments) ? deployments.find(({metadata}) => metadata.name === name) : undefined
    const state = found === undefined ? undefined : workloadState(found)
    const running = !isFound(deployments) ? '?' : state === undefined ? 'missing' : `${state.ready}/${state.wanted}`
    return [`${serviceWord[key]} ${running}${enabled.value ? '' : ' (disabled)'}`]
  })
  return texts.join(', ') || '<none>'
}

/** One word when all services have it, else one for each. */
const together = (texts: ReadonlyArray<readonly [string, string]>): string => {
  const words = [...new Set(texts.map(([, text]) => text))]
  return words.length < 2 ? (words[0] ?? '<none>') : texts.map(([name, text]) => `${name}=${text}`).join(', ')
}

const persistenceText = (platform: Platform): string =>
  together(deployedServices(platform).map((key) => [serviceWord[key], servicePersistence(platform, key).kind] as const))

const destinationCell = (one: EffectiveDestination, home: string): string => {
  if (one.mode === 'http') return 'direct HTTP'
  if (one.mode === 'broken') return 'invalid'
  if (one.mode === 'uri') return one.uri
  return `broker:${one.name}${one.namespace === home ? '' : `:${one.namespace}`}`
}

const eventingText = (platform: Platform): string =>
  together(
    deployedServices(platform).flatMap((key) => [
      [serviceWord[key], destinationCell(serviceSource(platform, key), platform.namespace)] as const,
      ...(key === 'jobService'
        ? [[`${serviceWord[key]} sink`, destinationCell(serviceSink(platform), platform.namespace)] as const]
        : []),
    ]),
  )

/** The row of a platform. */
export const platformLine = (object: KubeObject, all: PlatformListFacts): PlatformLine => {
  const platform = readPlatform(object)
  const facts = factsOf(platform, all)
  return {
    services: servicesText(facts),
    persistence: persistenceText(platform),
    eventing: eventingText(platform),
    findings: bySeverity([
      ...runningFindings(facts),
      ...judgePlatform(platform, facts, {before: platform, links: true}),
    ]).filter(({level}) => level !== 'note'),
  }
}

/** `2 errors, 1 warning`; `0` for none. */
export const issuesText = (findings: readonly Finding[]): string => {
  const count = (level: Finding['level']): string[] => {
    const {length} = findings.filter((one) => one.level === level)
    return length === 0 ? [] : [`${length} ${level}${length === 1 ? '' : 's'}`]
  }
  return [...count('error'), ...count('warning')].join(', ') || '0'
}

/** The kinds that could not be listed; what they would tell is missing in the rows. */
export const notListed = (facts: PlatformListFacts): string[] =>
  Object.entries({
    Deployments: facts.deployments,
    Jobs: facts.jobs,
    workflows: facts.workflows,
    brokers: facts.brokers,
    triggers: facts.triggers,
    SinkBindings: facts.sinkBindings,
    'cluster platforms': facts.clusterPlatform,
  }).flatMap(([name, fact]) => (fact === 'forbidden' ? [name] : []))
