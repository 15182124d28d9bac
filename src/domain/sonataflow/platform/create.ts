import {droppedParts, othersWroteInto} from '../../core/applied.js'
import {deletingFindings, planForExisting, type ExistingCodes} from '../../findings/existing.js'
import {blocking, type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Plan} from '../../core/plan.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {newestSchema, type PlatformSchema} from '../generation.js'
import {readPlatform, type Platform} from '../model.js'
import {serviceKeys, serviceTitle, serviceWord, type ServiceKey} from '../names.js'
import {type PlatformFacts} from './facts.js'
import {judgePlatform} from './preflight.js'
import {platformManifest, type PlatformRequest} from './options.js'
import {platformWaits} from './waits.js'
import {repairsBefore} from './command.js'
import {enumeration, passed, platformCommand} from '../say.js'

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
export const schemaOf = ({schema}: {schema: Lookup<PlatformSchema>}): PlatformSchema =>
  isFound(schema) ? schema : newestSchema

const existingOf = (request: PlatformRequest, {platforms}: PlatformFacts): Platform | undefined =>
  isFound(platforms) ? platforms.find(({name}) => name === request.name) : undefined

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
    findings: repairable('create', request, passed(judgePlatform(platform, facts), options.force)),
  }
}

/** What keeps a platform from being made is repaired by other flags of the command that makes it. */
const repairable = (verb: 'create' | 'apply', request: PlatformRequest, findings: readonly Finding[]): Finding[] =>
  blocking(findings).length === 0 ? [...findings] : repairsBefore(verb, request, findings)

/** Services that are not stated and stay all the same: the operator, or somebody else, has written into them. */
const stayingServices = (
  manifest: Platform,
  before: Platform | undefined,
  drops: readonly string[],
  fieldManager: string,
): ServiceKey[] =>
  before === undefined || drops.includes('services')
    ? []
    : serviceKeys.filter(
        (key) =>
          before.services?.[key] !== undefined &&
          manifest.services?.[key] === undefined &&
          othersWroteInto(before.object, ['services', key], fieldManager),
      )

/** P26: what an apply does not take away. */
const stayingFindings = (platform: Platform, staying: readonly ServiceKey[]): Finding[] =>
  staying.length === 0
    ? []
    : [
        finding('SFL-P26', {
          object: platform.ref,
          message: `${enumeration(staying.map((key) => serviceTitle[key]))} ${staying.length === 1 ? 'stays' : 'stay'}: others, the operator among them, have written into ${staying.length === 1 ? 'it' : 'them'}, and an apply leaves that alone`,
          repair: platformCommand(
            platform,
            'services remove',
            ...staying.map((key) => serviceWord[key]),
            '--prune',
            '--platform',
            platform.name,
          ),
        }),
      ]

/** What the platform would be after the apply: of what is not stated, only what others manage stays. */
const merged = (manifest: Platform, before: Platform | undefined, staying: readonly ServiceKey[]): Platform => {
  if (before === undefined) return manifest
  const kept = Object.fromEntries(staying.map((key) => [key, before.services?.[key]]))
  const services = staying.length === 0 ? manifest.services : {...kept, ...manifest.services}
  return {
    ...manifest,
    status: before.status,
    ...(before.uid === undefined ? {} : {uid: before.uid}),
    ...(services === undefined ? {} : {services}),
  }
}

/** The plan of `platform apply`: server-side apply of what the flags say. */
export const planPlatformApply = (
  request: PlatformRequest,
  options: PlatformApplyOptions,
  facts: PlatformFacts,
): Plan => {
  const manifest = platformManifest(request, schemaOf(facts))
  const existing = existingOf(request, facts)
  // An empty spec.services would cut the namespace off from the services of the cluster.
  const drops = droppedParts(existing?.object, manifest, ['services', 'persistence', 'eventing'], options.fieldManager)
  const stated = readPlatform(manifest)
  const staying = stayingServices(stated, existing, drops, options.fieldManager)
  const platform = merged(stated, existing, staying)
  const findings = passed(
    [
      ...deletingFindings(existing?.object, 'SFL-P09'),
      ...stayingFindings(platform, staying),
      ...judgePlatform(platform, facts, {before: existing}),
    ],
    options.force,
  )
  return {
    steps: [
      {
        verb: 'apply',
        object: manifest,
        before: existing?.object,
        drops,
        ...(options.forceConflicts === undefined ? {} : {force: options.forceConflicts}),
      },
      ...platformWaits(platform, options.waitMs),
    ],
    findings: existing === undefined ? repairable('apply', request, findings) : findings,
  }
}
