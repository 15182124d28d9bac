import * as Flags from '@oclif/core/flags'

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
