import {type Finding} from '../../findings/finding.js'
import {operatorFindings} from './installation-preflight.js'
import {type Platform} from '../model.js'
import {type PlatformFacts} from './facts.js'
import {judgePlatform} from './preflight.js'

/** Warnings that can be the reason. */
const reasons: ReadonlySet<string> = new Set(['SFL-E03', 'SFL-E06', 'SFL-DB12'])

/** Why a platform that is stored does not get ready, as far as its settings and links show; advice is left out. */
export const platformObstacles = (platform: Platform, facts: PlatformFacts): Finding[] => [
  ...operatorFindings(facts),
  ...judgePlatform(platform, facts, {before: platform, links: true}).filter(
    ({code, level}) => code !== 'SFL-P03' && (level === 'error' || (level === 'warning' && reasons.has(code))),
  ),
]
