import {applyForce} from '../../findings/catalogue.js'
import {type KubeObject} from '../../core/object.js'
import {type Plan} from '../../core/plan.js'
import {at} from '../../core/read.js'
import {droppedParts} from '../../core/applied.js'
import {readConfigReference} from './config.js'
import {type CreateFacts} from './facts.js'
import {isFound} from '../../core/seen.js'
import {immutableFindings} from './immutable.js'
import {judgeBroker} from './preflight.js'
import {type BrokerRequest} from './options.js'
import {deletingFindings, waitStep} from '../../findings/existing.js'
import {BROKER_CLASS, brokerRef} from '../names.js'

export interface ApplyOptions {
  force?: boolean
  /** Take fields over from other field managers. */
  forceConflicts?: boolean
  waitMs?: number
  /** The name under which the server records what is applied. */
  fieldManager: string
}

/**
 * The plan of `broker apply`: server-side apply of what the flags say. Settings that were applied before and are left out
 * now are removed by the server; class and config of an existing broker are immutable and therefore stated again.
 */
export const planBrokerApply = (request: BrokerRequest, options: ApplyOptions, facts: CreateFacts): Plan => {
  const before = isFound(facts.existing) ? facts.existing : undefined
  const effective = before === undefined ? request : restated(request, before)
  const judged = judgeBroker(effective, facts, facts.sink, before === undefined)
  const ref = brokerRef(request.name, request.namespace)
  const immutable = before === undefined ? [] : immutableFindings(before, request)
  const refused = [...immutable, ...judged.refused]
  // What would become of a broker that cannot come to be is no use to anyone.
  const findings = [...deletingFindings(before, 'SFL-B21'), ...(immutable.length > 0 ? [] : judged.findings)]
  return {
    steps: [
      {
        verb: 'apply',
        object: judged.manifest,
        before,
        drops: droppedParts(before, judged.manifest, ['delivery'], options.fieldManager),
        ...(options.forceConflicts === undefined ? {} : {force: options.forceConflicts}),
      },
      ...waitStep(ref, options.waitMs),
    ],
    findings: applyForce([...refused, ...findings], options.force),
  }
}

const restated = (request: BrokerRequest, before: KubeObject): BrokerRequest => {
  const className = request.className ?? before.metadata.annotations?.[BROKER_CLASS]
  const config = request.config ?? readConfigReference(at(before, 'spec', 'config'))
  return {...request, ...(className ? {className} : {}), ...(config === undefined ? {} : {config})}
}
