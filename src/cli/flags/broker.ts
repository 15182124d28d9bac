import * as Flags from '@oclif/core/flags'
import {readBrokerOptions} from '../../domain/eventing/broker/options.js'
import {deliveryFlags, readDeliveryFlags, type DeliveryFlagValues} from './delivery.js'
import type {Subject} from './subject.js'

/** What a broker is made of; class and config are fixed once it exists. */
export const brokerFlags = {
  class: Flags.string({
    helpValue: 'CLASS',
    summary:
      'Broker class: Kafka, KafkaNamespaced or MTChannelBasedBroker (default: that of the cluster); fixed once the broker exists.',
  }),
  'broker-config': Flags.string({
    helpValue: 'REF',
    summary:
      'Object that configures the broker: NAME or cm:NAME[:NAMESPACE] for a ConfigMap, or APIVERSION:KIND:NAME[:NAMESPACE]; fixed once the broker exists.',
  }),
  'external-topic': Flags.string({
    helpValue: 'TOPIC',
    summary: 'Existing Kafka topic to use instead of one of its own; needs class Kafka.',
  }),
  ...deliveryFlags,
}

interface BrokerFlagValues extends DeliveryFlagValues {
  class?: string | undefined
  'broker-config'?: string | undefined
  'external-topic'?: string | undefined
}

/** The same flags as the rules take them, for each broker of one command line. */
export const readBroker = (flags: BrokerFlagValues) => {
  const {delivery, ...rest} = readDeliveryFlags(flags)
  return {
    ...rest,
    read: (subject: Subject) =>
      readBrokerOptions({
        ...delivery,
        ...subject,
        className: flags.class,
        brokerConfig: flags['broker-config'],
        externalTopic: flags['external-topic'],
      }),
  }
}
