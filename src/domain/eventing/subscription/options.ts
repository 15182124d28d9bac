import {ExitCode, invalid, SflError} from '../../core/errors.js'
import {type Finding} from '../../findings/finding.js'
import {isNothing, readChanges, type ChangeOptions, type Changes} from '../changes.js'
import {parseChannelReference, type ChannelReference} from '../channel/type.js'
import {readDelivery, type DeliveryOptions, type DeliverySettings} from '../delivery/delivery.js'
import {collectFaults} from '../../core/option-faults.js'
import {parseSink, type Sink} from '../reference.js'
import {checkName, readAnnotations, readLabels} from '../../core/syntax.js'

/** Flags of subscription create and apply, as typed. */
export interface SubscriptionOptions extends DeliveryOptions {
  name: string
  namespace: string
  channel?: string | undefined
  subscriber?: string | undefined
  reply?: string | undefined
  labels?: readonly string[] | undefined
  annotations?: readonly string[] | undefined
}

/** What is wanted of a subscription, checked as far as that goes without a cluster. */
export interface SubscriptionRequest {
  name: string
  namespace: string
  channel: ChannelReference
  subscriber: Sink
  reply?: Sink
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  delivery: DeliverySettings
  /** What was rewritten. */
  findings: readonly Finding[]
}

const readSink = (flag: string, text: string, namespace: string): Sink => {
  if (text === '')
    throw invalid(`${flag} is empty`, flag === '--sink-reply' ? 'to remove the reply: --unset reply' : undefined)
  return parseSink(text, namespace)
}

/** Checks the flags of subscription create and apply. Throws InvalidArgument; several faults come as one error. */
export const readSubscriptionOptions = (options: SubscriptionOptions): SubscriptionRequest => {
  const {namespace} = options
  const left = [...(options.channel ? [] : ['channel']), ...(options.subscriber === undefined ? ['sink'] : [])]
  if (left.length > 0)
    throw new SflError(
      'MissingArgument',
      `required flag(s) ${left.map((flag) => `"${flag}"`).join(', ')} not set`,
      ExitCode.Usage,
      {hint: '--channel NAME says where the events come from, --sink ksvc:NAME where they go'},
    )
  const {attempt, check} = collectFaults()
  const name = attempt(() => checkName(options.name, 'subscription name'))
  const channel = attempt(() => parseChannelReference(options.channel ?? ''))
  const subscriber = attempt(() => readSink('--sink', options.subscriber ?? '', namespace))
  const reply =
    options.reply === undefined ? undefined : attempt(() => readSink('--sink-reply', options.reply!, namespace))
  const labels = attempt(() => readLabels(options.labels ?? [])) ?? {}
  const annotations = attempt(() => readAnnotations(options.annotations ?? [])) ?? {}
  const delivery = attempt(() => readDelivery(options, namespace))
  check()
  return {
    name: name!,
    namespace,
    channel: channel!,
    subscriber: subscriber!,
    ...(reply === undefined ? {} : {reply}),
    labels,
    annotations,
    delivery: delivery?.settings ?? {},
    findings: delivery?.findings ?? [],
  }
}

/** Flags of subscription update, as typed. */
export interface SubscriptionUpdateOptions extends ChangeOptions {
  name: string
  namespace: string
  subscriber?: string | undefined
  reply?: string | undefined
  /** Cannot be changed; taken in order to explain that. */
  channel?: string | undefined
}

export interface SubscriptionUpdateRequest extends Changes {
  name: string
  namespace: string
  channel?: ChannelReference
  subscriber?: Sink
  reply?: Sink
  replyUnset: boolean
}

const noChanges: Changes = {labels: {}, annotations: {}, delivery: {}, unset: [], findings: []}

/** Checks the flags of subscription update. Throws InvalidArgument; several faults come as one error. */
export const readSubscriptionUpdateOptions = (options: SubscriptionUpdateOptions): SubscriptionUpdateRequest => {
  const {name, namespace} = options
  const isReply = (text: string): boolean => text === 'reply' || text === 'sink-reply'
  const unset = options.unset ?? []
  const replyUnset = unset.some(isReply)
  const {attempt, check} = collectFaults()
  const changes =
    attempt(() => {
      const fixed = unset.find((text) => ['sink', 'subscriber', 'channel'].includes(text))
      if (fixed !== undefined)
        throw invalid(
          `invalid --unset "${fixed}": a subscription needs its ${fixed === 'channel' ? 'channel' : 'subscriber'}`,
        )
      if (replyUnset && options.reply !== undefined) throw invalid('reply: cannot be set and unset at the same time')
      return readChanges({...options, unset: unset.filter((text) => !isReply(text)), otherFields: ['reply']}, namespace)
    }) ?? noChanges
  const sink = (flag: string, text: string | undefined): Sink | undefined =>
    text === undefined ? undefined : attempt(() => readSink(flag, text, namespace))
  const channel = options.channel === undefined ? undefined : attempt(() => parseChannelReference(options.channel!))
  const subscriber = sink('--sink', options.subscriber)
  const reply = sink('--sink-reply', options.reply)
  check()
  if (isNothing(changes) && !replyUnset && [channel, subscriber, reply].every((one) => one === undefined))
    throw new SflError('InvalidArgument', 'nothing to update: no setting was given', ExitCode.Usage, {
      hint: 'give at least one of --sink, --sink-reply, --dl-sink, --retry, --backoff-policy, --backoff-delay, --timeout, --retry-after-max, --delivery-format, --label, --annotation, --unset',
    })
  return {
    ...changes,
    name,
    namespace,
    ...(channel === undefined ? {} : {channel}),
    ...(subscriber === undefined ? {} : {subscriber}),
    ...(reply === undefined ? {} : {reply}),
    replyUnset,
  }
}
