import {type Finding} from '../finding.js'
import {seen} from '../seen.js'
import {databaseFindings} from './database-judgement.js'
import {eventingFindings} from './eventing-judgement.js'
import {installationFindings, schemaFindings} from './installation-judgement.js'
import {migrationFindings} from './migration-judgement.js'
import {type Platform} from './model.js'
import {type PlatformFacts} from './platform-facts.js'
import {podFindings} from './pod-judgement.js'
import {servicesFindings} from './services-judgement.js'

export interface JudgeOptions {
  /** The platform as it is; left out for one that is about to be made. */
  before?: Platform | undefined
  /** Judge triggers and SinkBinding too: for what is stored, not for what is planned. */
  links?: boolean
  /** The plan deletes triggers of a former broker itself. */
  planned?: boolean
}

/** All preflights of a platform: P, W, DB, E and PT. */
export const judgePlatform = (
  platform: Platform,
  facts: PlatformFacts,
  {before, links = false, planned = false}: JudgeOptions = {},
): Finding[] => {
  if (schemaFindings(facts).some(({level}) => level === 'error')) return schemaFindings(facts)
  const operator = seen(facts.operator) ? facts.operator.settings : undefined
  return [
    ...installationFindings(platform, facts, before),
    ...servicesFindings(platform, facts),
    ...databaseFindings(platform, facts, before),
    ...migrationFindings(platform, facts, {before, operator}),
    ...eventingFindings(platform, facts, {links, planned}),
    ...podFindings(platform, facts),
  ]
}
