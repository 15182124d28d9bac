import {applyForce} from '../../findings/catalogue.js'
import {type Plan} from '../../core/plan.js'
import {at, isRecord} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {readChannelTemplate} from './defaults.js'
import {type ChannelCreateFacts} from './facts.js'
import {channelImmutableFindings} from './immutable.js'
import {judgeChannel, type FixedSpec} from './preflight.js'
import {type ChannelRequest} from './options.js'
import {deletingFindings, planForExisting, waitStep, type ExistingCodes} from '../../findings/existing.js'
import {channelRef} from '../names.js'

export interface ChannelCreateOptions {
  ifNotExists?: boolean
  /** Go on in spite of errors, except for what the server itself would refuse. */
  force?: boolean
  /** Wait until it is ready, at most so many milliseconds. */
  waitMs?: number
}

const codes: ExistingCodes = {exists: 'SFL-C01', differs: 'SFL-C08', deleting: 'SFL-C10'}

/** The plan of `channel create`. */
export const planChannelCreate = (
  request: ChannelRequest,
  options: ChannelCreateOptions,
  facts: ChannelCreateFacts,
): Plan => {
  const {manifest, findings, refused} = judgeChannel(request, facts, facts.sink)
  if (isFound(facts.existing)) return planForExisting(facts.existing, manifest, options, codes)
  const ref = channelRef(request.name, request.namespace)
  return {
    steps: [{verb: 'create', object: manifest}, ...waitStep(ref, options.waitMs)],
    findings: applyForce([...refused, ...findings], options.force),
  }
}

export interface ChannelApplyOptions {
  force?: boolean
  /** Take fields over from other field managers. */
  forceConflicts?: boolean
  waitMs?: number
}

/**
 * The plan of `channel apply`: server-side apply of what the flags say. The spec of an existing channel is immutable and
 * therefore stated again; what the flags would have otherwise is refused.
 */
export const planChannelApply = (
  request: ChannelRequest,
  options: ChannelApplyOptions,
  facts: ChannelCreateFacts,
): Plan => {
  const before = isFound(facts.existing) ? facts.existing : undefined
  const stored = at(before, 'spec', 'delivery')
  const template = readChannelTemplate(at(before, 'spec', 'channelTemplate'))
  const fixed: FixedSpec = {
    ...(template === undefined ? {} : {channelTemplate: template}),
    ...(isRecord(stored) ? {delivery: stored} : {}),
  }
  const judged = judgeChannel(request, facts, facts.sink, fixed)
  const changes =
    before === undefined
      ? []
      : channelImmutableFindings(before, 'absent', {
          type: request.type,
          kafka: request.kafka,
          delivery: at(judged.manifest, 'spec', 'delivery'),
        })
  const findings = [...deletingFindings(before, codes.deleting), ...judged.findings]
  const spec = changes.length > 0 || before === undefined ? judged.manifest['spec'] : fixed
  const object = {...judged.manifest, ...(spec === undefined ? {} : {spec})}
  return {
    steps: [
      {
        verb: 'apply',
        object,
        before,
        ...(options.forceConflicts === undefined ? {} : {force: options.forceConflicts}),
      },
      ...waitStep(channelRef(request.name, request.namespace), options.waitMs),
    ],
    findings: applyForce([...changes, ...judged.refused, ...findings], options.force),
  }
}
