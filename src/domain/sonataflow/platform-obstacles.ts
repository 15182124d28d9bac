import {type Finding} from '../finding.js'
import {operatorFindings} from './installation-judgement.js'
import {type Platform} from './model.js'
import {type PlatformFacts} from './platform-facts.js'
import {judgePlatform} from './platform-judgement.js'

/** Warnings that can be the reason. */
const reasons: ReadonlySet<string> = new Set(['SFL-E03', 'SFL-E06', 'SFL-DB12'])

/** Why a platform that is stored does not get ready, as far as its settings and links show; advice is left out. */
export const platformObstacles = (platform: Platform, facts: PlatformFacts): Finding[] => [
  ...operatorFindings(facts),
  ...judgePlatform(platform, facts, {before: platform, links: true}).filter(
    ({code, level}) => code !== 'SFL-P03' && (level === 'error' || (level === 'warning' && reasons.has(code))),
  ),
]
