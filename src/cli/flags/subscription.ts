import * as Flags from '@oclif/core/flags'
import {deliveryFlags, readDeliveryFlags, type DeliveryAndWait, type DeliveryFlagValues} from './delivery.js'
import {readSubscriptionOptions} from '../../domain/eventing/subscription/options.js'
import type {Subject} from './subject.js'
import {invalid} from '../../domain/core/errors.js'

/** Where events come from and go to, and what becomes of those that cannot be delivered. */
export const flowFlags = {
  channel: Flags.string({
    helpValue: 'CHANNEL',
    summary: 'Where the events come from: NAME of a channel, imc:NAME, kafka:NAME, or GROUP:VERSION:KIND:NAME.',
  }),
  sink: Flags.string({
    char: 's',
    helpValue: 'SINK',
    summary: 'Where they go: ksvc:NAME, svc:NAME, broker:NAME, channel:NAME, kafkasink:NAME or a URL.',
  }),
  'sink-reply': Flags.string({helpValue: 'SINK', summary: 'Where the answers of the subscriber go.'}),
  'sink-dead-letter': Flags.string({
    helpValue: 'SINK',
    helpGroup: 'DELIVERY',
    summary: 'Alias of --dl-sink (kn compatible).',
  }),
  ...deliveryFlags,
}

export interface FlowFlagValues extends DeliveryFlagValues {
  channel?: string | undefined
  sink?: string | undefined
  'sink-reply'?: string | undefined
  'sink-dead-letter'?: string | undefined
}

/** As `readDeliveryFlags`, with both words for the dead letter sink. */
export const readFlowDelivery = (flags: FlowFlagValues): DeliveryAndWait => {
  const [ours, theirs] = [flags['dl-sink'], flags['sink-dead-letter']]
  if (ours !== undefined && theirs !== undefined && ours !== theirs)
    throw invalid(`--dl-sink "${ours}" contradicts --sink-dead-letter "${theirs}"`)
  return readDeliveryFlags({...flags, 'dl-sink': ours ?? theirs})
}

/** The other flags as the rules take them. */
export const readFlow = (flags: FlowFlagValues) => ({
  channel: flags.channel,
  subscriber: flags.sink,
  reply: flags['sink-reply'],
})

/** All of them as the rules take them, for each subscription of one command line. */
export const readSubscription = (flags: FlowFlagValues) => {
  const {delivery, ...rest} = readFlowDelivery(flags)
  return {...rest, read: (subject: Subject) => readSubscriptionOptions({...delivery, ...readFlow(flags), ...subject})}
}
