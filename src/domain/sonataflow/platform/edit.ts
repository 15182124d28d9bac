import {applyForce} from '../../findings/catalogue.js'
import {deletingFindings} from '../../findings/existing.js'
import {type Finding} from '../../findings/finding.js'
import {mergePatch} from '../../core/merge-patch.js'
import {patchBetween} from '../../core/patch-between.js'
import {type Plan, type Step} from '../../core/plan.js'
import {isRecord, recordAt, type Fields} from '../../core/read.js'
import {readPlatform, type Platform} from '../model.js'

export interface EditOptions {
  /** Go on in spite of errors, except for what the server itself would refuse. */
  force?: boolean
}

/** The platform as it would be after a merge patch of its spec. */
export const edited = (platform: Platform, patch: Fields): Platform => {
  const object = mergePatch(platform.object, {spec: patch})
  // The envelope of a platform stays what it is: only the spec was patched.
  return isRecord(object) ? readPlatform({...platform.object, spec: recordAt(object, 'spec')}) : platform
}

/** Both sides of an edit. */
export interface Edit {
  before: Platform
  after: Platform
  /** Nothing has to be sent. */
  unchanged: boolean
}

/**
 * The plan of an edit: a merge patch of the touched paths that differ, and nothing else, because the operator writes
 * `build` and `enabled` back; nothing when all is as wanted. `following` are steps that only make sense after a change.
 */
export const planEdit = (
  platform: Platform,
  patch: Fields,
  options: EditOptions,
  judge: (edit: Edit) => {findings: readonly Finding[]; following?: readonly Step[]},
): Plan => {
  const after = edited(platform, patch)
  const difference = patchBetween(recordAt(platform.object, 'spec'), recordAt(after.object, 'spec'))
  const unchanged = difference === undefined
  const {findings, following = []} = judge({before: platform, after, unchanged})
  return {
    steps: [
      unchanged
        ? {verb: 'keep', object: platform.object}
        : {verb: 'patch', ref: platform.ref, before: platform.object, patch: {spec: difference}},
      ...following,
    ],
    // Where nothing is sent there is nothing to refuse: what is wrong is said, and a second run is no failure.
    findings: applyForce(
      [...deletingFindings(platform.object, 'SFL-P09'), ...findings],
      options.force === true || unchanged,
    ),
  }
}
