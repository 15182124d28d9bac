import {ExitCode, SflError} from '../../core/errors.js'
import {applyForce} from '../../findings/catalogue.js'
import {type Kind} from '../../core/object.js'
import {type Plan} from '../../core/plan.js'
import {at} from '../../core/read.js'
import {type ChannelUpdateFacts} from './facts.js'
import {channelImmutableFindings} from './immutable.js'
import {readChannelOptions, type ChannelOptions, type KafkaChannelSettings} from './options.js'
import {changeable, changed, isNothing, readChanges, type ChangeOptions, type Changes} from '../changes.js'
import {deliverySpec} from '../delivery/delivery.js'
import {deliveryWords} from '../delivery/words.js'
import {deletingFindings, waitStep} from '../../findings/existing.js'
import {channelRef} from '../names.js'
import {patchBetween} from '../../core/patch-between.js'

/** Flags of channel update, as typed. Type, its settings and delivery cannot be changed; they are taken to explain that. */
export type ChannelUpdateOptions = ChannelOptions & ChangeOptions

export interface ChannelUpdateRequest extends Changes {
  name: string
  namespace: string
  type?: Kind
  kafka: KafkaChannelSettings
}

/** Checks the flags of channel update. Throws InvalidArgument. */
export const readChannelUpdateOptions = (options: ChannelUpdateOptions): ChannelUpdateRequest => {
  const {name, namespace, partitions, replicationFactor, retention} = options
  const fixed = readChannelOptions({
    name,
    namespace,
    type: options.type ?? ((partitions ?? replicationFactor ?? retention) ? 'kafka' : undefined),
    partitions,
    replicationFactor,
    retention,
  })
  const changes = readChanges(options, namespace)
  if (isNothing(changes) && fixed.type === undefined)
    throw new SflError('InvalidArgument', 'nothing to update: no setting was given', ExitCode.Usage, {
      hint: 'give at least one of --label, --annotation, --unset; the spec of a channel cannot be changed',
    })
  return {
    ...changes,
    name,
    namespace,
    ...(options.type === undefined || fixed.type === undefined ? {} : {type: fixed.type}),
    kafka: fixed.kafka,
  }
}

/** The plan of `channel update`: a merge patch of labels and annotations, or nothing. */
export const planChannelUpdate = (
  request: ChannelUpdateRequest,
  options: {force?: boolean; waitMs?: number},
  facts: ChannelUpdateFacts,
): Plan => {
  const {channel, subscriptions, sink} = facts
  const {name, namespace} = request
  const after = changed(channel, request, sink?.destination)
  const patch = patchBetween(changeable(channel), changeable(after))
  const refused = channelImmutableFindings(channel, subscriptions, {
    type: request.type,
    kafka: request.kafka,
    delivery: at(after, 'spec', 'delivery'),
    flags: deliveryWords(deliverySpec(request.delivery, sink?.destination), namespace),
  })
  const findings = [...request.findings, ...deletingFindings(channel, 'SFL-C10')]
  return {
    steps: [
      patch === undefined
        ? {verb: 'keep', object: channel}
        : {verb: 'patch', ref: channelRef(name, namespace), before: channel, patch},
      ...waitStep(channelRef(name, namespace), options.waitMs),
    ],
    findings: applyForce([...refused, ...findings], options.force),
  }
}
