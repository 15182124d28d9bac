import {type Plan} from '../domain/core/plan.js'
import {recordAt} from '../domain/core/read.js'
import {isFound} from '../domain/core/seen.js'
import {type Platform} from '../domain/sonataflow/model.js'
import {PLATFORM} from '../domain/sonataflow/names.js'
import {choosePlatform, type PlatformChoice} from '../domain/sonataflow/platform/choice.js'
import {edited} from '../domain/sonataflow/platform/edit.js'
import {type PlatformFacts} from '../domain/sonataflow/platform/facts.js'
import {platformWaits} from '../domain/sonataflow/platform/waits.js'
import {type KubeClient} from '../kube/client.js'
import {readPlatformFacts, readSurroundings, type Surroundings} from './platform.js'

export type {PlatformChoice} from '../domain/sonataflow/platform/choice.js'

/** What an edit is planned with. */
export type EditFacts = PlatformFacts & {platform: Platform}

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

/** What the creation of a platform is planned with. */
export const platformCreateFacts = async (
  client: KubeClient,
  namespace: string,
  wanted: (surroundings: Surroundings) => Platform,
): Promise<PlatformFacts> => {
  const surroundings = await readSurroundings(client, namespace)
  const platform = wanted(surroundings)
  const before = isFound(surroundings.platforms)
    ? surroundings.platforms.filter(({name}) => name === platform.name)
    : []
  return readPlatformFacts(client, surroundings, [platform, ...before])
}
