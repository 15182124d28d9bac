import {invalid} from '../../core/errors.js'
import {applyForce} from '../../findings/catalogue.js'
import {type KubeObject, type Manifest} from '../../core/object.js'
import {type Plan} from '../../core/plan.js'
import {at, textAt} from '../../core/read.js'
import {droppedParts} from '../../core/applied.js'
import {type ApplyOptions} from '../broker/apply.js'
import {isFound} from '../../core/seen.js'
import {deletingFindings, waitStep} from '../../findings/existing.js'
import {brokerRef, triggerRef} from '../names.js'
import {type TriggerCreateFacts} from './facts.js'
import {brokerImmutable} from './immutable.js'
import {judgeTrigger} from './preflight.js'
import {triggerManifest} from './manifest.js'
import {DEFAULT_BROKER, type TriggerRequest} from './options.js'

/**
 * The plan of `trigger apply`: server-side apply of what the flags say. The sink of an existing trigger is stated again
 * when it is left out, and so is its broker, which cannot be changed; `broker` is the one that was asked for, if any.
 * Throws InvalidArgument when there is no sink at all.
 */
export const planTriggerApply = (
  request: TriggerRequest,
  options: ApplyOptions & {brokerWaitMs: number; broker: string | undefined},
  facts: TriggerCreateFacts,
): Plan => {
  const before = isFound(facts.existing) ? facts.existing : undefined
  if (before === undefined && facts.subscriber === undefined)
    throw invalid(`trigger ${request.name} does not exist yet and needs --sink`, 'for example: --sink ksvc:NAME')
  const manifest = restated(triggerManifest(request, facts), before, options.broker)
  const broker = textAt(manifest, 'spec', 'broker') ?? DEFAULT_BROKER
  const judged = judgeTrigger(manifest, facts, {
    broker: true,
    delivery: true,
    order: true,
    inject: request.injectBroker,
  })
  const refused = [...(before === undefined ? [] : brokerImmutable(before, options.broker)), ...judged.refused]
  const findings = [...request.findings, ...deletingFindings(before, 'SFL-T14'), ...judged.findings]
  return {
    steps: [
      {
        verb: 'apply',
        object: manifest,
        before,
        drops: droppedParts(before, manifest, ['delivery'], options.fieldManager),
        ...(options.forceConflicts === undefined ? {} : {force: options.forceConflicts}),
      },
      ...(request.injectBroker ? waitStep(brokerRef(broker, request.namespace), options.brokerWaitMs) : []),
      ...waitStep(triggerRef(request.name, request.namespace), options.waitMs),
    ],
    findings: applyForce([...refused, ...findings], options.force),
  }
}

const restated = (manifest: Manifest, before: KubeObject | undefined, broker: string | undefined): Manifest => {
  if (before === undefined) return manifest
  const subscriber = at(manifest, 'spec', 'subscriber') ?? at(before, 'spec', 'subscriber')
  const stored = textAt(before, 'spec', 'broker')
  return {
    ...manifest,
    spec: {
      ...(typeof manifest['spec'] === 'object' ? manifest['spec'] : {}),
      ...(broker === undefined && stored !== undefined ? {broker: stored} : {}),
      ...(subscriber === undefined ? {} : {subscriber}),
    },
  }
}
