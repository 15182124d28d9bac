import * as Flags from '@oclif/core/flags'
import {completing} from './completing.js'

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

/** What a trigger takes besides filters and delivery settings; the same in create and apply. */
export const triggerFlags = {
  broker: Flags.string({helpValue: 'NAME', summary: 'Broker to take events from (default: default).'}),
  sink: sinkFlag,
  order: orderFlag,
  'inject-broker': Flags.boolean({
    summary: 'Have the broker created by injection if it is missing: sets label and annotation, and waits for it.',
  }),
  'merge-delivery': mergeDeliveryFlag,
}
