import {fixed} from '../../cli/flags/change.js'
import {brokerFlags} from '../../cli/flags/broker.js'
import {deliveryFlags, readDeliveryFlags, unsettableDelivery} from '../../cli/flags/delivery.js'
import {updateCommand} from '../../cli/verbs/change.js'
import {planBrokerUpdate, readBrokerUpdateOptions} from '../../domain/eventing/broker/update.js'
import {BROKER, brokerRef} from '../../domain/eventing/names.js'
import {updateFacts} from '../../facts/broker.js'

export default updateCommand({
  kind: BROKER,
  flags: {class: fixed(brokerFlags.class), 'broker-config': fixed(brokerFlags['broker-config']), ...deliveryFlags},
  unsettable: ['a delivery flag such as dl-sink, delivery', unsettableDelivery],
  summary: 'Change delivery, labels and annotations of brokers.',
  description:
    'Only what the flags name is sent. Class and config cannot be changed; if they are requested, the steps to a new broker are printed and nothing is sent.',
  examples: [
    {
      description: 'Three retries, and no dead letter sink any more',
      command: 'broker update orders --retry 3 --unset dl-sink',
    },
    {description: 'A label on, another one off', command: 'broker update orders --label team=shop --label stage-'},
    {
      description: 'See first what would change',
      command: 'broker update orders --backoff-delay PT1S --dry-run=server --diff',
    },
  ],
  target: brokerRef,
  request(flags) {
    const {delivery, ...rest} = readDeliveryFlags(flags)
    return {
      ...rest,
      read: (subject) =>
        readBrokerUpdateOptions({
          ...delivery,
          ...subject,
          className: flags.class,
          brokerConfig: flags['broker-config'],
        }),
    }
  },
  plan: async (client, request, options) => planBrokerUpdate(request, options, await updateFacts(client, request)),
})
