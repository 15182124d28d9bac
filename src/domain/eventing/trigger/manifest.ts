import {type KubeObject, type Manifest} from '../../core/object.js'
import {at, isRecord, textAt, type Fields} from '../../core/read.js'
import {type ResolvedSink} from '../broker/facts.js'
import {isFound} from '../../core/seen.js'
import {deliverySpec} from '../delivery/delivery.js'
import {DELIVERY_ORDER, INJECTION, TRIGGER} from '../names.js'
import {type TriggerJudgingFacts} from './facts.js'
import {filterSpec} from './filter-spec.js'
import {DEFAULT_BROKER, type TriggerRequest} from './options.js'

/** The broker that a trigger names, in whatever way. */
export const brokerNameOf = (trigger: KubeObject): string => {
  const linked = textAt(trigger, 'spec', 'brokerRef', 'namespace')
  const own = linked === undefined || linked === trigger.metadata.namespace
  return textAt(trigger, 'spec', 'broker') ?? (own ? textAt(trigger, 'spec', 'brokerRef', 'name') : undefined) ?? ''
}

/** `spec.delivery` of the broker as it is stored; the base of `--merge-delivery`. */
export const brokerDelivery = ({broker}: Pick<TriggerJudgingFacts, 'broker'>): Fields => {
  const delivery = isFound(broker) ? at(broker, 'spec', 'delivery') : undefined
  return isRecord(delivery) ? delivery : {}
}

/**
 * The marks for the sugar controller: the label that it matches since Knative 1.4, and for older clusters (and the letter
 * of OpenShift Serverless, "Creating a broker by annotating a trigger") the annotation, which the webhook allows for broker `default` only.
 */
export const injectionMarks = (
  broker: string,
): {labels: Readonly<Record<string, string>>; annotations: Readonly<Record<string, string>>} => ({
  labels: {[INJECTION]: 'enabled'},
  annotations: broker === DEFAULT_BROKER ? {[INJECTION]: 'enabled'} : {},
})

/** The destination of the API, of a sink that was looked up. */
const subscriberOf = (subscriber: ResolvedSink | undefined): Fields =>
  subscriber === undefined ? {} : {subscriber: subscriber.destination}

/** The trigger that the flags describe. */
export const triggerManifest = (request: TriggerRequest, facts: TriggerJudgingFacts): Manifest => {
  const marks = request.injectBroker ? injectionMarks(request.broker) : {labels: {}, annotations: {}}
  const labels = {...request.labels, ...marks.labels}
  const annotations = {
    ...request.annotations,
    ...(request.order === undefined ? {} : {[DELIVERY_ORDER]: request.order}),
    ...marks.annotations,
  }
  const delivery = {
    ...(request.mergeDelivery ? brokerDelivery(facts) : {}),
    ...deliverySpec(request.delivery, facts.sink?.destination),
  }
  return {
    ...TRIGGER,
    metadata: {
      name: request.name,
      namespace: request.namespace,
      ...(Object.keys(labels).length === 0 ? {} : {labels}),
      ...(Object.keys(annotations).length === 0 ? {} : {annotations}),
    },
    spec: {
      broker: request.broker,
      ...filterSpec(request.filters),
      ...subscriberOf(facts.subscriber),
      ...(Object.keys(delivery).length === 0 ? {} : {delivery}),
    },
  }
}
