import {applyForce} from '../../findings/catalogue.js'
import {type Plan} from '../../core/plan.js'
import {type CreateFacts} from './facts.js'
import {isFound} from '../../core/seen.js'
import {judgeBroker} from './preflight.js'
import {type BrokerRequest} from './options.js'
import {planForExisting, waitStep, type ExistingCodes} from '../../findings/existing.js'
import {brokerRef} from '../names.js'

export interface CreateOptions {
  ifNotExists?: boolean
  /** Go on in spite of errors, except for what the server itself would refuse. */
  force?: boolean
  /** Wait until it is ready, at most so many milliseconds. */
  waitMs?: number
}

const codes: ExistingCodes = {exists: 'SFL-B01', differs: 'SFL-B15', deleting: 'SFL-B21'}

/** The plan of `broker create`. */
export const planBrokerCreate = (request: BrokerRequest, options: CreateOptions, facts: CreateFacts): Plan => {
  const {manifest, findings, refused} = judgeBroker(request, facts, facts.sink)
  if (isFound(facts.existing)) return planForExisting(facts.existing, manifest, options, codes)
  const ref = brokerRef(request.name, request.namespace)
  return {
    steps: [{verb: 'create', object: manifest}, ...waitStep(ref, options.waitMs)],
    findings: applyForce([...refused, ...findings], options.force),
  }
}
