import {droppedParts} from '../applied.js'
import {deletingFindings, planForExisting, type ExistingCodes} from '../existing.js'
import {type Plan} from '../plan.js'
import {seen, type Seen} from '../seen.js'
import {newestSchema, type PlatformSchema} from './generation.js'
import {readPlatform, type Platform} from './model.js'
import {type PlatformFacts} from './platform-facts.js'
import {judgePlatform} from './platform-judgement.js'
import {platformManifest, type PlatformRequest} from './platform-options.js'
import {platformWaits} from './platform-waits.js'
import {passed} from './say.js'

export interface PlatformCreateOptions {
  ifNotExists?: boolean
  /** Go on in spite of errors, except for what the server itself would refuse. */
  force?: boolean
  /** Wait until it is ready, at most so many milliseconds. */
  waitMs?: number
}

export interface PlatformApplyOptions extends Omit<PlatformCreateOptions, 'ifNotExists'> {
  /** Take fields over from other field managers. */
  forceConflicts?: boolean
  /** The name under which the server records what is applied. */
  fieldManager: string
}

const codes: ExistingCodes = {exists: 'SFL-P07', differs: 'SFL-P08', deleting: 'SFL-P09'}

/** The CRD of this cluster; unread, the newest one is taken. */
export const schemaOf = ({schema}: {schema: Seen<PlatformSchema>}): PlatformSchema =>
  seen(schema) ? schema : newestSchema

const existingOf = (request: PlatformRequest, {platforms}: PlatformFacts): Platform | undefined =>
  seen(platforms) ? platforms.find(({name}) => name === request.name) : undefined

/** The plan of `platform create`. */
export const planPlatformCreate = (
  request: PlatformRequest,
  options: PlatformCreateOptions,
  facts: PlatformFacts,
): Plan => {
  const manifest = platformManifest(request, schemaOf(facts))
  const existing = existingOf(request, facts)
  if (existing !== undefined) return planForExisting(existing.object, manifest, options, codes)
  const platform = readPlatform(manifest)
  return {
    steps: [{verb: 'create', object: manifest}, ...platformWaits(platform, options.waitMs)],
    findings: passed(judgePlatform(platform, facts), options.force),
  }
}

/** What the platform would be after the apply: of what is not stated, only what others manage stays. */
const merged = (manifest: Platform, before: Platform | undefined): Platform =>
  before === undefined
    ? manifest
    : {...manifest, status: before.status, ...(before.uid === undefined ? {} : {uid: before.uid})}

/** The plan of `platform apply`: server-side apply of what the flags say. */
export const planPlatformApply = (
  request: PlatformRequest,
  options: PlatformApplyOptions,
  facts: PlatformFacts,
): Plan => {
  const manifest = platformManifest(request, schemaOf(facts))
  const existing = existingOf(request, facts)
  const platform = merged(readPlatform(manifest), existing)
  return {
    steps: [
      {
        verb: 'apply',
        object: manifest,
        before: existing?.object,
        // An empty spec.services would cut the namespace off from the services of the cluster.
        drops: droppedParts(existing?.object, manifest, ['services', 'persistence', 'eventing'], options.fieldManager),
        ...(options.forceConflicts === undefined ? {} : {force: options.forceConflicts}),
      },
      ...platformWaits(platform, options.waitMs),
    ],
    findings: passed(
      [...deletingFindings(existing?.object, 'SFL-P09'), ...judgePlatform(platform, facts, {before: existing})],
      options.force,
    ),
  }
}
