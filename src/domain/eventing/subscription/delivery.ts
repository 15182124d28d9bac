import {at, isRecord, type Fields} from '../../core/read.js'
import {deliveryFields, deliveryFlags, type DeliveryFlag} from '../delivery/delivery.js'

/** The delivery settings that hold for a subscription, and whose each is. */
export interface SubscriptionDelivery {
  /** `undefined`: neither has any. */
  delivery?: Fields
  from(flag: DeliveryFlag): 'subscription' | 'channel'
  /** Settings of the channel that do not hold, because the subscription has some of its own. */
  dropped: readonly DeliveryFlag[]
}

/**
 * How the delivery settings of a subscription and its channel combine (knative/eventing pkg/reconciler/subscription,
 * `deliverySpec`; OpenShift Serverless, "Examples of configuring event delivery parameters"): without own ones all of the channel's hold; with own ones only the dead letter sink
 * falls back to the channel's. A KafkaChannel fills in every field that is left out.
 */
export const subscriptionDelivery = (own: unknown, ofChannel: unknown, kafka: boolean): SubscriptionDelivery => {
  const channel = isRecord(ofChannel) ? ofChannel : undefined
  if (!isRecord(own)) return {...(channel && {delivery: channel}), from: () => 'channel', dropped: []}
  const isOwn = (flag: DeliveryFlag): boolean => own[deliveryFields[flag]] !== undefined
  const inherited = deliveryFlags.filter(
    (flag) => !isOwn(flag) && (kafka || flag === 'dl-sink') && at(channel, deliveryFields[flag]) !== undefined,
  )
  return {
    delivery: {
      ...own,
      ...Object.fromEntries(inherited.map((flag) => [deliveryFields[flag], at(channel, deliveryFields[flag])])),
    },
    from: (flag) => (inherited.includes(flag) ? 'channel' : 'subscription'),
    dropped: deliveryFlags.filter(
      (flag) => !isOwn(flag) && !inherited.includes(flag) && at(channel, deliveryFields[flag]) !== undefined,
    ),
  }
}
