import * as Flags from '@oclif/core/flags'
import {deliveryFlags} from './delivery.js'

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

const hidden = <T extends object>(flag: T): T => ({...flag, hidden: true})

/** What an update takes in order to explain that the spec of a channel cannot be changed. */
export const fixedFlags = {
  type: hidden(typeFlags.type),
  partitions: hidden(typeFlags.partitions),
  'replication-factor': hidden(typeFlags['replication-factor']),
  retention: hidden(typeFlags.retention),
  'dl-sink': hidden(deliveryFlags['dl-sink']),
  retry: hidden(deliveryFlags.retry),
  'backoff-policy': hidden(deliveryFlags['backoff-policy']),
  'backoff-delay': hidden(deliveryFlags['backoff-delay']),
  timeout: hidden(deliveryFlags.timeout),
  'delivery-timeout': hidden(deliveryFlags['delivery-timeout']),
  'retry-after-max': hidden(deliveryFlags['retry-after-max']),
  'delivery-format': hidden(deliveryFlags['delivery-format']),
}

/** The same flags as the rules take them. */
export const readTypeFlags = (flags: {
  type?: string | undefined
  partitions?: string | undefined
  'replication-factor'?: string | undefined
  retention?: string | undefined
}) => ({
  type: flags.type,
  partitions: flags.partitions,
  replicationFactor: flags['replication-factor'],
  retention: flags.retention,
})
