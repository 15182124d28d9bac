import * as Flags from '@oclif/core/flags'
import {readTriggerOptions} from '../../domain/eventing/trigger/options.js'
import type {Runtime} from '../runtime.js'
import {completing} from './completing.js'
import {deliveryFlags, readDeliveryFlags, type DeliveryFlagValues} from './delivery.js'
import type {Subject} from './subject.js'
import {filterFlags, filterOptions, type FilterFlagValues, type ParseDocument} from './filters.js'

/** kn's name and letter. */
export const sinkFlag = Flags.string({
  char: 's',
  helpValue: 'SINK',
  summary: 'Where the events go: ksvc:NAME, svc:NAME, broker:NAME, channel:NAME, kafkasink:NAME or a URL.',
})

export const orderFlag = completing(
  ['ordered', 'unordered'],
  Flags.string({
    helpValue: 'ORDER',
    summary: 'Delivery per partition: ordered waits for each answer, unordered does not; Kafka classes only.',
  }),
)

export const mergeDeliveryFlag = Flags.boolean({
  helpGroup: 'DELIVERY',
  summary: 'Write the complete settings, those of the broker included, so that none is lost.',
})

/** What a trigger is made of; the same in create and apply. */
export const triggerFlags = {
  broker: Flags.string({helpValue: 'NAME', summary: 'Broker to take events from (default: default).'}),
  sink: sinkFlag,
  order: orderFlag,
  'inject-broker': Flags.boolean({
    summary: 'Have the broker created by injection if it is missing: sets label and annotation, and waits for it.',
  }),
  'merge-delivery': mergeDeliveryFlag,
  ...filterFlags,
  ...deliveryFlags,
}

interface TriggerFlagValues extends DeliveryFlagValues, FilterFlagValues {
  broker?: string | undefined
  sink?: string | undefined
  order?: string | undefined
  'inject-broker': boolean
  'merge-delivery': boolean
}

/** The same flags as the rules take them, for each trigger of one command line. */
export const readTrigger = async (runtime: Runtime, flags: TriggerFlagValues, parse: ParseDocument) => {
  const {delivery, ...rest} = readDeliveryFlags(flags)
  const filters = await filterOptions(runtime, flags, parse)
  return {
    ...rest,
    read: (subject: Subject) =>
      readTriggerOptions({
        ...delivery,
        ...filters,
        ...subject,
        broker: flags.broker,
        subscriber: flags.sink,
        order: flags.order,
        injectBroker: flags['inject-broker'],
        mergeDelivery: flags['merge-delivery'],
      }),
  }
}
