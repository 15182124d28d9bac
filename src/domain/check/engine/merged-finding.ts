import {levels, type Finding, type Level} from '../../findings/finding.js'
import {type Ref} from '../../core/object.js'
import {isSame, type Check, type Verdict} from './check.js'
import {keyOf} from '../snapshot/cluster-state.js'

/** A finding as it was gathered from the checks: where it was met, and who suffers from it. */
export interface MergedFinding {
  finding: Verdict
  about: Check['about']
  /** The check that met it first, and all others that met it or one of its consequences. */
  home: string
  elsewhere: ReadonlySet<string>
  /** By `keyOf`; the object of the finding is never among them. */
  affects: ReadonlyMap<string, Ref>
  /** The codes of everything that it stands for. */
  codes: ReadonlySet<string>
}

const rank = (level: Level): number => levels.indexOf(level)

export const objectKey = ({object}: Pick<Finding, 'object'>): string =>
  object === undefined ? '' : keyOf(object, object)

/** One finding for a cause and for what follows from it: everyone who suffers from either, with the loudest level. */
export const withFollowers = (
  cause: MergedFinding,
  followers: readonly MergedFinding[],
  sufferersOf: (follower: MergedFinding) => readonly Ref[],
): MergedFinding => {
  const [level] = [cause, ...followers]
    .map(({finding}) => finding.level)
    .toSorted((one, other) => rank(one) - rank(other))
  const sufferers = followers.flatMap(sufferersOf).filter((ref) => !isSame(cause.finding.object, ref))
  return {
    ...cause,
    finding: {...cause.finding, level: level ?? cause.finding.level},
    elsewhere: new Set([...cause.elsewhere, ...followers.flatMap(({home, elsewhere}) => [home, ...elsewhere])]),
    affects: new Map([...cause.affects, ...sufferers.map((ref) => [keyOf(ref, ref), ref] as const)]),
    codes: new Set([...cause.codes, ...followers.flatMap(({codes}) => [...codes])]),
  }
}
