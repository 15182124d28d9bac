import * as Flags from '@oclif/core/flags'
import {readChannelOptions} from '../../domain/eventing/channel/options.js'
import {fixed} from './change.js'
import {deliveryFlags, readDeliveryFlags, type DeliveryFlagValues} from './delivery.js'
import type {Subject} from './subject.js'

/** What a channel is made of; fixed once it exists. */
export const typeFlags = {
  type: Flags.string({
    helpValue: 'TYPE',
    summary: 'Type: imc, kafka, or GROUP:VERSION:KIND; left out, the default of the cluster.',
  }),
  partitions: Flags.string({helpValue: 'N', summary: 'Partitions of the topic; needs --type kafka.'}),
  'replication-factor': Flags.string({helpValue: 'N', summary: 'Replicas of the topic; needs --type kafka.'}),
  retention: Flags.string({
    helpValue: 'DURATION',
    summary: 'How long events are kept, ISO 8601 (P7D); 24h is converted; needs --type kafka.',
  }),
}

/** With its delivery settings, which are fixed as well. */
export const channelFlags = {...typeFlags, ...deliveryFlags}

/** What an update takes in order to explain that the spec of a channel cannot be changed. */
export const fixedFlags = {
  type: fixed(typeFlags.type),
  partitions: fixed(typeFlags.partitions),
  'replication-factor': fixed(typeFlags['replication-factor']),
  retention: fixed(typeFlags.retention),
  'dl-sink': fixed(deliveryFlags['dl-sink']),
  retry: fixed(deliveryFlags.retry),
  'backoff-policy': fixed(deliveryFlags['backoff-policy']),
  'backoff-delay': fixed(deliveryFlags['backoff-delay']),
  timeout: fixed(deliveryFlags.timeout),
  'delivery-timeout': fixed(deliveryFlags['delivery-timeout']),
  'retry-after-max': fixed(deliveryFlags['retry-after-max']),
  'delivery-format': fixed(deliveryFlags['delivery-format']),
}

interface TypeFlagValues {
  type?: string | undefined
  partitions?: string | undefined
  'replication-factor'?: string | undefined
  retention?: string | undefined
}

/** The flags of the type as the rules take them. */
export const readTypeFlags = (flags: TypeFlagValues) => ({
  type: flags.type,
  partitions: flags.partitions,
  replicationFactor: flags['replication-factor'],
  retention: flags.retention,
})

/** All of them as the rules take them, for each channel of one command line. */
export const readChannel = (flags: TypeFlagValues & DeliveryFlagValues) => {
  const {delivery, ...rest} = readDeliveryFlags(flags)
  return {...rest, read: (subject: Subject) => readChannelOptions({...delivery, ...readTypeFlags(flags), ...subject})}
}
