import {applyForce} from '../../findings/catalogue.js'
import {type Manifest} from '../../core/object.js'
import {type Plan} from '../../core/plan.js'
import {droppedParts} from '../../core/applied.js'
import {isFound} from '../../core/seen.js'
import {deliverySpec} from '../delivery/delivery.js'
import {deletingFindings, planForExisting, waitStep, type ExistingCodes} from '../../findings/existing.js'
import {SUBSCRIPTION, subscriptionRef} from '../names.js'
import {type SubscriptionCreateFacts} from './facts.js'
import {channelImmutable} from './immutable.js'
import {judgeSubscription} from './preflight.js'
import {type SubscriptionRequest} from './options.js'

export interface SubscriptionCreateOptions {
  ifNotExists?: boolean
  /** Go on in spite of errors, except for what the server itself would refuse. */
  force?: boolean
  /** Wait until it is ready, at most so many milliseconds. */
  waitMs?: number
}

const codes: ExistingCodes = {exists: 'SFL-S01', differs: 'SFL-S08', deleting: 'SFL-S09'}

/** The plan of `subscription create`. */
export const planSubscriptionCreate = (
  request: SubscriptionRequest,
  options: SubscriptionCreateOptions,
  facts: SubscriptionCreateFacts,
): Plan => {
  const manifest = subscriptionManifest(request, facts)
  if (isFound(facts.existing)) return planForExisting(facts.existing, manifest, options, codes)
  const {refused, findings} = judgeSubscription(manifest, facts, {delivery: true})
  const passable = [...request.findings, ...findings]
  return {
    steps: [
      {verb: 'create', object: manifest},
      ...waitStep(subscriptionRef(request.name, request.namespace), options.waitMs),
    ],
    findings: applyForce([...refused, ...passable], options.force),
  }
}

export interface SubscriptionApplyOptions {
  force?: boolean
  /** Take fields over from other field managers. */
  forceConflicts?: boolean
  waitMs?: number
  /** Who applies; decides what may be removed. */
  fieldManager: string
}

/** The plan of `subscription apply`: server-side apply of what the flags say. */
export const planSubscriptionApply = (
  request: SubscriptionRequest,
  options: SubscriptionApplyOptions,
  facts: SubscriptionCreateFacts,
): Plan => {
  const before = isFound(facts.existing) ? facts.existing : undefined
  const manifest = subscriptionManifest(request, facts)
  const immutable = before === undefined ? [] : channelImmutable(before, manifest)
  const {refused, findings} = judgeSubscription(manifest, facts, {delivery: true})
  const passable = [...request.findings, ...deletingFindings(before, codes.deleting), ...findings]
  return {
    steps: [
      {
        verb: 'apply',
        object: manifest,
        before,
        drops: droppedParts(before, manifest, ['delivery', 'reply'], options.fieldManager),
        ...(options.forceConflicts === undefined ? {} : {force: options.forceConflicts}),
      },
      ...waitStep(subscriptionRef(request.name, request.namespace), options.waitMs),
    ],
    findings: applyForce([...immutable, ...refused, ...passable], options.force),
  }
}

const subscriptionManifest = (request: SubscriptionRequest, {sinks}: SubscriptionCreateFacts): Manifest => {
  const {name, namespace, channel, labels, annotations} = request
  const delivery = deliverySpec(request.delivery, sinks.deadLetterSink?.destination)
  return {
    ...SUBSCRIPTION,
    metadata: {
      name,
      namespace,
      ...(Object.keys(labels).length === 0 ? {} : {labels: {...labels}}),
      ...(Object.keys(annotations).length === 0 ? {} : {annotations: {...annotations}}),
    },
    spec: {
      channel: {apiVersion: channel.apiVersion, kind: channel.kind, name: channel.name},
      ...(sinks.subscriber === undefined ? {} : {subscriber: sinks.subscriber.destination}),
      ...(sinks.reply === undefined ? {} : {reply: sinks.reply.destination}),
      ...(Object.keys(delivery).length === 0 ? {} : {delivery: {...delivery}}),
    },
  }
}
