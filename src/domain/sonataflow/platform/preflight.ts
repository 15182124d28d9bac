import {type Finding} from '../../findings/finding.js'
import {databaseFindings} from '../persistence/preflight.js'
import {eventingFindings} from '../eventing/preflight.js'
import {installationFindings, schemaFindings} from './installation-preflight.js'
import {migrationFindings} from '../migration/preflight.js'
import {type Platform} from '../model.js'
import {type PlatformFacts} from './facts.js'
import {podFindings} from '../services/pod-preflight.js'
import {servicesFindings} from '../services/preflight.js'

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
  return [
    ...installationFindings(platform, facts, before),
    ...servicesFindings(platform, facts),
    ...databaseFindings(platform, facts, before),
    ...migrationFindings(platform, facts, {before}),
    ...eventingFindings(platform, facts, {links, planned}),
    ...podFindings(platform, facts),
  ]
}
