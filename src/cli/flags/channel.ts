import * as Flags from '@oclif/core/flags'
import {type deliveryFlags} from './delivery.js'

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

// One each: the parser writes a flag's name into it.
const fixed = () =>
  Flags.string({
    hidden: true,
    helpValue: 'VALUE',
    summary: 'Cannot be changed; taken in order to explain that.',
  })

/** What an update takes in order to explain that the spec of a channel cannot be changed. */
export const fixedFlags = {
  type: fixed(),
  partitions: fixed(),
  'replication-factor': fixed(),
  retention: fixed(),
  'dl-sink': fixed(),
  retry: fixed(),
  'backoff-policy': fixed(),
  'backoff-delay': fixed(),
  timeout: fixed(),
  'delivery-timeout': fixed(),
  'retry-after-max': fixed(),
  'delivery-format': fixed(),
} satisfies Record<keyof typeof typeFlags | keyof typeof deliveryFlags, ReturnType<typeof fixed>>

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
