import {sfl} from '../domain/commands.js'
import {ExitCode, SflError} from '../domain/errors.js'
import {type Finding} from '../domain/finding.js'
import {type Plan} from '../domain/plan.js'
import {recordAt} from '../domain/read.js'
import {seen} from '../domain/seen.js'
import {activePlatform, type Platform} from '../domain/sonataflow/model.js'
import {PLATFORM} from '../domain/sonataflow/names.js'
import {edited} from '../domain/sonataflow/platform-edit.js'
import {type PlatformFacts} from '../domain/sonataflow/platform-facts.js'
import {platformObstacles} from '../domain/sonataflow/platform-obstacles.js'
import {platformWaits} from '../domain/sonataflow/platform-waits.js'
import {suggestions} from '../domain/suggest.js'
import {type KubeClient} from '../kube/client.js'
import {readPlatformFacts, readSurroundings, type Surroundings} from './platform.js'

/** Which platform a command is about: by name, or the one that is active in the namespace. */
export interface PlatformChoice {
  namespace: string
  name?: string | undefined
}

/** What an edit is planned with. */
export type EditFacts = PlatformFacts & {platform: Platform}

/** The chosen platform. Throws `SflError` (exit code 3) when there is none. */
export const choosePlatform = (
  {platforms}: Pick<Surroundings, 'platforms'>,
  {namespace, name}: PlatformChoice,
): Platform => {
  const all = seen(platforms) ? platforms : []
  if (platforms === 'forbidden')
    throw new SflError('Forbidden', `the platforms of namespace ${namespace} may not be listed`, ExitCode.Failed, {
      code: 403,
      hint: `kubectl auth can-i list sonataflowplatforms.sonataflow.org -n ${namespace}`,
    })
  if (platforms === 'absent')
    throw new SflError('ResourceNotServed', 'the cluster does not know SonataFlow platforms', ExitCode.Failed, {
      hint: 'Install the SonataFlow operator (on OpenShift: OpenShift Serverless Logic).',
    })
  const found = name === undefined ? (activePlatform(all) ?? all[0]) : all.find((one) => one.name === name)
  if (found !== undefined) return found
  if (name === undefined)
    throw new SflError('NotFound', `namespace "${namespace}" has no platform`, ExitCode.NotFound, {
      code: 404,
      hint: sfl('platform', 'create', 'sonataflow-platform', '-n', namespace),
    })
  const [near] = suggestions(
    name,
    all.map((one) => one.name),
  )
  throw new SflError(
    'NotFound',
    `sonataflowplatforms.sonataflow.org "${name}" not found in namespace "${namespace}"${near === undefined ? '' : ` - did you mean "${near}"?`}`,
    ExitCode.NotFound,
    {code: 404, hint: sfl('platform', 'list', '-n', namespace)},
  )
}

/** The platform after a plan's patch of it. */
const afterOf = (platform: Platform, plan: Plan): Platform => {
  const step = plan.steps.find((one) => one.verb === 'patch' && one.ref.kind === PLATFORM.kind)
  return step?.verb === 'patch' ? edited(platform, recordAt(step.patch, 'spec')) : platform
}

const nothingRead = {
  secrets: {},
  services: {},
  brokers: {},
  triggers: 'forbidden',
  sinkBinding: 'forbidden',
  clusterwide: 'forbidden',
} as const

/**
 * Plans an edit of a platform with what it needs to know, in two rounds of reads: what the edited platform will name is
 * known once it was edited, so the edit is tried without those facts first.
 */
export const planOnPlatform = async <P extends Plan>(
  client: KubeClient,
  choice: PlatformChoice,
  plan: (facts: EditFacts) => P | Promise<P>,
  waitMs?: number,
): Promise<P & {platform: Platform}> => {
  const surroundings = await readSurroundings(client, choice.namespace)
  const platform = choosePlatform(surroundings, choice)
  const after = afterOf(platform, await plan({...surroundings, ...nothingRead, platform}))
  const facts = await readPlatformFacts(client, surroundings, [platform, after])
  const made = await plan({...facts, platform})
  return {...made, steps: [...made.steps, ...platformWaits(after, waitMs)], platform}
}

/** Looks again at a platform that does not get ready, and says why as far as its settings show that. */
export const explainPlatform = async (client: KubeClient, choice: PlatformChoice): Promise<Finding[]> => {
  const surroundings = await readSurroundings(client, choice.namespace)
  const platform = choosePlatform(surroundings, choice)
  const facts = await readPlatformFacts(client, surroundings, [platform])
  return platformObstacles(platform, facts)
}

/** What the creation of a platform is planned with. */
export const platformCreateFacts = async (
  client: KubeClient,
  namespace: string,
  wanted: (surroundings: Surroundings) => Platform,
): Promise<PlatformFacts> => {
  const surroundings = await readSurroundings(client, namespace)
  const platform = wanted(surroundings)
  const before = seen(surroundings.platforms) ? surroundings.platforms.filter(({name}) => name === platform.name) : []
  return readPlatformFacts(client, surroundings, [platform, ...before])
}
