import {deliveryFields, deliveryFlags, type DeliveryFlag, type DeliverySpec} from '../delivery/delivery.js'
import {BrokerClass} from '../names.js'
import {readPeriod} from '../delivery/period.js'

/** Delivery settings as they hold for a trigger, and where each comes from. */
export interface EffectiveDelivery {
  /** `undefined`: neither the trigger nor its broker has any. */
  delivery: DeliverySpec | undefined
  from: Readonly<Partial<Record<DeliveryFlag, 'trigger' | 'broker'>>>
  /** Settings of the broker that do not hold, because the trigger has settings of its own and leaves these out. */
  dropped: readonly DeliveryFlag[]
}

const pick = (delivery: DeliverySpec | undefined, flags: readonly DeliveryFlag[]): DeliverySpec =>
  Object.fromEntries(
    flags.flatMap((flag) => {
      const field = deliveryFields[flag]
      return delivery?.[field] === undefined ? [] : [[field, delivery[field]]]
    }),
  )

const without = (...gone: readonly DeliveryFlag[]): DeliveryFlag[] =>
  deliveryFlags.filter((flag) => !gone.includes(flag))

/** The Kafka control plane hands nothing on to the data plane unless one of these is there (`EgressConfigFromDelivery`). */
const counts = (delivery: DeliverySpec | undefined): delivery is DeliverySpec =>
  delivery?.deadLetterSink !== undefined || delivery?.retry !== undefined || delivery?.timeout !== undefined

const isZero = (text: string | undefined): boolean => {
  const period = text === undefined ? undefined : readPeriod(text)
  return period === undefined || ('zero' in period && period.zero)
}

/** Field by field; 0 counts as left out. Back-off is read only beside retry (eventing-kafka-broker `MergeEgressConfig`). */
const inherited = (broker: DeliverySpec, trigger: DeliverySpec): DeliveryFlag[] => [
  ...(trigger.deadLetterSink === undefined ? ['dl-sink' as const] : []),
  ...((trigger.retry ?? 0) === 0 ? ['retry' as const] : []),
  ...(trigger.retry === undefined && broker.retry !== undefined ? ['backoff-delay' as const] : []),
  ...(trigger.retry !== undefined && trigger.backoffDelay !== undefined && isZero(trigger.backoffDelay)
    ? ['backoff-delay' as const]
    : []),
  ...(isZero(trigger.timeout) ? ['timeout' as const] : []),
]

/**
 * How the delivery settings of a broker and of its trigger combine, by the class of the broker (OpenShift Serverless, "Examples of configuring event delivery parameters" says
 * only that a trigger overrides its broker). Kafka: all or nothing (eventing-kafka-broker `deliverySpec`; knative/eventing
 * pull request 6277). KafkaNamespaced: field by field, but the back-off policy is the trigger's. Channel-based: only the
 * dead letter sink is inherited, through the channel. An empty `spec.delivery` counts as one.
 */
export const effectiveDelivery = (
  className: string | undefined,
  broker: DeliverySpec | undefined,
  trigger: DeliverySpec | undefined,
): EffectiveDelivery => {
  const whole = className === BrokerClass.KafkaNamespaced ? !counts(trigger) : trigger === undefined
  const fromBroker = (): DeliveryFlag[] => {
    if (whole) return [...deliveryFlags]
    if (className === BrokerClass.Kafka) return []
    if (className === BrokerClass.KafkaNamespaced)
      return counts(broker) && trigger !== undefined ? inherited(broker, trigger) : []
    return trigger?.deadLetterSink === undefined ? ['dl-sink'] : []
  }
  const taken = fromBroker()
  const theirs = pick(broker, taken)
  const unread: DeliveryFlag[] =
    className === BrokerClass.KafkaNamespaced && trigger?.retry === undefined ? ['backoff-policy', 'backoff-delay'] : []
  const own = whole
    ? {}
    : pick(trigger, without(...unread, ...taken.filter((flag) => theirs[deliveryFields[flag]] !== undefined)))
  const has = (delivery: DeliverySpec | undefined, flag: DeliveryFlag): boolean =>
    delivery?.[deliveryFields[flag]] !== undefined
  const from = Object.fromEntries(
    deliveryFlags.flatMap((flag) =>
      has(own, flag) ? [[flag, 'trigger']] : has(theirs, flag) ? [[flag, 'broker']] : [],
    ),
  )
  return {
    delivery: broker === undefined && trigger === undefined ? undefined : {...theirs, ...own},
    from,
    dropped: deliveryFlags.filter((flag) => has(broker, flag) && !has(theirs, flag) && !has(trigger, flag)),
  }
}
