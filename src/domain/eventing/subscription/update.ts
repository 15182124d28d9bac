import {type Finding} from '../../findings/finding.js'
import {finding, applyForce} from '../../findings/catalogue.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {type Plan} from '../../core/plan.js'
import {at, recordAt} from '../../core/read.js'
import {backingType, planeOf} from '../channel/plane.js'
import {allDeliveryUnset, changeable, changed, deliveryTouched} from '../changes.js'
import {deletingFindings, deleteSteps, waitStep} from '../../findings/existing.js'
import {patchBetween} from '../../core/patch-between.js'
import {type SubscriptionUpdateFacts} from './facts.js'
import {channelImmutable} from './immutable.js'
import {isObject, judgeSubscription} from './preflight.js'
import {type SubscriptionUpdateRequest} from './options.js'

/** The plan of `subscription update`: a merge patch of what differs, or nothing. */
export const planSubscriptionUpdate = (
  request: SubscriptionUpdateRequest,
  options: {force?: boolean; waitMs?: number},
  facts: SubscriptionUpdateFacts,
): Plan => {
  const {subscription} = facts
  const ref = refOf(subscription)
  const after = wanted(request, facts)
  const fields = ['subscriber', 'reply', 'delivery'] as const
  const patch = patchBetween(changeable(subscription, ...fields), changeable(after, ...fields))
  const immutable =
    request.channel === undefined
      ? []
      : channelImmutable(subscription, {...after, spec: {...recordAt(after, 'spec'), channel: {...request.channel}}})
  const judged = judgeSubscription(after, facts, {before: subscription, delivery: deliveryTouched(request)})
  const findings = [
    ...request.findings,
    ...deletingFindings(subscription, 'SFL-S09'),
    ...judged.findings,
    ...(allDeliveryUnset(request) ? fallbackFindings(subscription, facts) : []),
  ]
  return {
    steps: [
      patch === undefined ? {verb: 'keep', object: subscription} : {verb: 'patch', ref, before: subscription, patch},
      ...waitStep(ref, options.waitMs),
    ],
    findings: applyForce([...immutable, ...judged.refused, ...findings], options.force),
  }
}

const wanted = (request: SubscriptionUpdateRequest, {subscription, sinks}: SubscriptionUpdateFacts): KubeObject => {
  const after = changed(subscription, request, sinks.deadLetterSink?.destination)
  const spec = Object.fromEntries(
    Object.entries(recordAt(after, 'spec')).filter(([field]) => !(field === 'reply' && request.replyUnset)),
  )
  return {
    ...after,
    spec: {
      ...spec,
      ...(sinks.subscriber === undefined ? {} : {subscriber: sinks.subscriber.destination}),
      ...(sinks.reply === undefined ? {} : {reply: sinks.reply.destination}),
    },
  }
}

const fallbackFindings = (subscription: KubeObject, {channel}: SubscriptionUpdateFacts): Finding[] => {
  const ref = refOf(subscription)
  const ofChannel = isObject(channel) ? at(channel, 'spec', 'delivery') : undefined
  const kafka = isObject(channel) && planeOf(backingType(channel)) === 'Kafka'
  return [
    finding('SFL-S17', {
      object: ref,
      message:
        ofChannel === undefined
          ? `without delivery settings subscription ${ref.name} has ${kafka ? 'those that are built into the Kafka data plane' : 'no retries and no dead letter sink'}`
          : `without delivery settings of its own subscription ${ref.name} gets those of its channel`,
    }),
  ]
}

export interface SubscriptionDeleteOptions {
  /** Wait until it is gone, at most so many milliseconds. */
  waitMs?: number
}

/** The plan of `subscription delete`. */
export const planSubscriptionDelete = (subscription: KubeObject, options: SubscriptionDeleteOptions): Plan => {
  const ref = refOf(subscription)
  return {
    steps: deleteSteps(subscription, options.waitMs),
    findings: [
      finding('SFL-S16', {
        object: ref,
        message: `events that subscription ${ref.name} has not delivered yet are lost`,
      }),
    ],
  }
}
