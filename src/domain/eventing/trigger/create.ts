import {applyForce} from '../../findings/catalogue.js'
import {type Plan, type Step} from '../../core/plan.js'
import {isFound} from '../../core/seen.js'
import {planForExisting, waitStep, type ExistingCodes} from '../../findings/existing.js'
import {brokerRef, triggerRef} from '../names.js'
import {type TriggerCreateFacts} from './facts.js'
import {judgeTrigger} from './preflight.js'
import {triggerManifest} from './manifest.js'
import {type TriggerRequest} from './options.js'

export interface TriggerCreateOptions {
  ifNotExists?: boolean
  /** Go on in spite of errors, except for what the server itself would refuse. */
  force?: boolean
  /** Wait until it is ready, at most so many milliseconds. */
  waitMs?: number
  /** How long to wait for a broker that is injected, in milliseconds. */
  brokerWaitMs: number
}

const codes: ExistingCodes = {exists: 'SFL-T01', differs: 'SFL-T13', deleting: 'SFL-T14'}

/** The plan of `trigger create`. */
export const planTriggerCreate = (
  request: TriggerRequest,
  options: TriggerCreateOptions,
  facts: TriggerCreateFacts,
): Plan => {
  const manifest = triggerManifest(request, facts)
  if (isFound(facts.existing)) return planForExisting(facts.existing, manifest, options, codes)
  const {findings, refused} = judgeTrigger(manifest, facts, {
    broker: true,
    delivery: true,
    order: true,
    inject: request.injectBroker,
  })
  const passable = [...request.findings, ...findings]
  return {
    steps: [
      {verb: 'create', object: manifest},
      ...injectedBroker(request, options.brokerWaitMs),
      ...waitStep(triggerRef(request.name, request.namespace), options.waitMs),
    ],
    findings: applyForce([...refused, ...passable], options.force),
  }
}

/** The sugar controller makes the broker once the trigger is there. */
const injectedBroker = ({broker, namespace, injectBroker}: TriggerRequest, waitMs: number): Step[] =>
  injectBroker ? waitStep(brokerRef(broker, namespace), waitMs) : []
