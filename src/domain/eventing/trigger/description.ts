import {sfl} from '../../core/commands.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {at, recordAt, textAt, textsAt} from '../../core/read.js'
import {conditionsOf, readinessOf, type Condition, type Readiness} from '../../core/readiness.js'
import {type Origin} from '../cluster-defaults/broker-defaults.js'
import {deliverySettings, originsOf, type DeliverySetting} from '../broker/origins.js'
import {isFound, type NotFound} from '../../core/seen.js'
import {deliveryFields, readDeliverySpec, type DeliveryFlag} from '../delivery/delivery.js'
import {deliveryFindings} from '../delivery/preflight.js'
import {describeDeletion, describeEvents, since, type EventLine} from '../../core/event-lines.js'
import {injectsTrigger, type InjectionAnswer} from '../injection/verdicts.js'
import {BROKER_CLASS, DELIVERY_ORDER, INJECTION, isKafkaClass} from '../names.js'
import {printSink, sinkOf} from '../reference.js'
import {retrySchedule, type RetrySchedule} from '../delivery/retry-schedule.js'
import {effectiveDelivery} from './delivery.js'
import {diagnoseTrigger, overriddenFilter} from './diagnosis.js'
import {type TriggerDescribeFacts} from './facts.js'
import {filtersOf, filterText} from './filter-spec.js'
import {type Filter} from './filter-flags.js'
import {droppedFindings, orderFindings} from './preflight.js'

/** Everything that `trigger describe` shows, as data. */
export interface TriggerDescription {
  name: string
  namespace: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  /** Milliseconds since its creation. */
  ageMs?: number
  broker: {name: string; state: 'found' | NotFound; className?: string; readiness?: Readiness}
  /** `spec.filter`. */
  attributes: Readonly<Record<string, string>>
  /** `spec.filters`, which overrides `attributes`. */
  filters: readonly Filter[]
  /** The filters on one line; left out when every event is delivered. */
  matches?: string
  /** As kn prints a sink; empty when there is no readable subscriber. */
  subscriber: string
  subscriberUri?: string
  readiness: Readiness
  conditions: readonly Condition[]
  delivery: {settings: readonly DeliverySetting[]; schedule: RetrySchedule; deadLetterSinkUri?: string}
  /** `given`: set in the annotation; left out for classes that know no order. */
  order?: {value: string; given: boolean}
  /** Of the Kafka classes. */
  consumerGroup?: string
  injection?: {label: boolean; annotation: boolean; acts: InjectionAnswer}
  events?: readonly EventLine[] | NotFound
  deletion?: {sinceMs?: number; finalizers: readonly string[]}
  findings: readonly Finding[]
}

/** `now` is in milliseconds since 1970. */
export const describeTrigger = (facts: TriggerDescribeFacts, now: number): TriggerDescription => {
  const {trigger} = facts
  const {name, namespace = '', labels = {}, annotations = {}} = trigger.metadata
  const brokerName = textAt(trigger, 'spec', 'broker') ?? ''
  const broker = isFound(facts.broker) ? facts.broker : undefined
  const className = broker?.metadata.annotations?.[BROKER_CLASS] || undefined
  const theirs = readDeliverySpec(at(broker, 'spec', 'delivery'))
  const own = readDeliverySpec(at(trigger, 'spec', 'delivery'))
  const effective = effectiveDelivery(className, theirs, own)
  const ageMs = since(trigger.metadata.creationTimestamp, now)
  const matches = filterText(trigger)
  const sink = sinkOf(at(trigger, 'spec', 'subscriber'), namespace)
  const uri = textAt(trigger, 'status', 'subscriberUri')
  const deadUri = textAt(trigger, 'status', 'deadLetterSinkUri')
  const order = describeOrder(trigger, className)
  const group = textsAt(trigger, 'status', 'annotations')['group.id']
  const injection = describeInjection(trigger, facts)
  return {
    name,
    namespace,
    labels,
    annotations,
    ...(ageMs === undefined ? {} : {ageMs}),
    broker: {
      name: brokerName,
      state: isFound(facts.broker) ? 'found' : facts.broker,
      ...(className === undefined ? {} : {className}),
      ...(broker === undefined ? {} : {readiness: readinessOf(broker)}),
    },
    ...filtersOf(trigger),
    ...(matches === undefined ? {} : {matches}),
    subscriber: sink === undefined ? '' : printSink(sink, namespace),
    ...(uri === undefined ? {} : {subscriberUri: uri}),
    readiness: readinessOf(trigger),
    conditions: conditionsOf(trigger),
    delivery: {
      settings: deliverySettings(
        {...effective.delivery},
        (flag) => originOf(flag, effective.from, facts, brokerName),
        namespace,
        className,
      ),
      schedule: {
        ...retrySchedule(effective.delivery, className, namespace),
        ...(broker === undefined && own === undefined ? {text: unknownSchedule(brokerName, facts.broker)} : {}),
      },
      ...(deadUri === undefined ? {} : {deadLetterSinkUri: deadUri}),
    },
    ...(order === undefined ? {} : {order}),
    ...(group === undefined ? {} : {consumerGroup: group}),
    ...(injection === undefined ? {} : {injection}),
    ...describeEvents(facts.events),
    ...describeDeletion(trigger, now),
    findings: [
      ...diagnoseTrigger(facts),
      ...overriddenFilter(trigger),
      ...deliveryFindings(refOf(trigger), own === undefined ? undefined : effective.delivery, className, 'absent'),
      ...(own === undefined ? [] : droppedFindings(refOf(trigger), brokerName, theirs, effective.dropped, className)),
      ...orderFindings(refOf(trigger), trigger, brokerName, className),
      ...lossFindings(trigger, effective.delivery?.deadLetterSink !== undefined, broker !== undefined),
      ...annotationOnly(trigger, injection),
    ],
  }
}

const originOf = (
  flag: DeliveryFlag,
  from: ReturnType<typeof effectiveDelivery>['from'],
  facts: TriggerDescribeFacts,
  brokerName: string,
): Origin => {
  if (from[flag] === 'trigger') return {source: 'trigger', text: 'set on this trigger'}
  if (!isFound(facts.broker)) return {source: 'unknown', text: `from broker ${brokerName}`}
  const stored = recordAt(facts.broker, 'spec', 'delivery')[deliveryFields[flag]]
  const origin =
    stored === undefined ? undefined : originsOf(facts.broker, facts).delivery.find((one) => one.flag === flag)
  return origin === undefined || origin.origin.source === 'broker' || origin.origin.source === 'unknown'
    ? {source: 'broker', text: `from broker ${brokerName}`}
    : {...origin.origin, text: `from broker ${brokerName}: ${origin.origin.text}`}
}

/** Without settings of its own, the trigger goes by a broker that was not seen. */
const unknownSchedule = (broker: string, state: TriggerDescribeFacts['broker']): string =>
  `that of broker ${broker}, which ${state === 'absent' ? 'does not exist' : 'cannot be read (no permission)'}`

const describeOrder = (trigger: KubeObject, className: string | undefined): TriggerDescription['order'] => {
  const given = trigger.metadata.annotations?.[DELIVERY_ORDER]
  if (given !== undefined) return {value: given, given: true}
  return isKafkaClass(className) ? {value: 'unordered', given: false} : undefined
}

const describeInjection = (trigger: KubeObject, facts: TriggerDescribeFacts): TriggerDescription['injection'] => {
  const {labels = {}, annotations = {}} = trigger.metadata
  const acts = facts.injection === undefined ? 'unknown' : injectsTrigger(facts.injection, {labels, annotations})
  const marks = {label: labels[INJECTION] === 'enabled', annotation: annotations[INJECTION] === 'enabled'}
  return marks.label || marks.annotation || acts === 'yes' ? {...marks, acts} : undefined
}

/** After the last retry, an event without a dead letter sink is gone. */
const lossFindings = (trigger: KubeObject, sink: boolean, known: boolean): Finding[] =>
  sink || !known
    ? []
    : [
        finding('SFL-D09', {
          object: refOf(trigger),
          message: `trigger ${trigger.metadata.name} has no dead letter sink, its own or its broker's; events that cannot be delivered are dropped`,
        }),
      ]

const annotationOnly = (trigger: KubeObject, injection: TriggerDescription['injection']): Finding[] =>
  injection === undefined || injection.label || !injection.annotation || injection.acts === 'yes'
    ? []
    : [
        finding('SFL-I11', {
          object: refOf(trigger),
          message: `trigger ${trigger.metadata.name} has the injection annotation without the label; Knative looks at the label since release 1.4`,
          repair: sfl(
            'broker injection enable',
            '-n',
            trigger.metadata.namespace ?? '',
            '--trigger',
            trigger.metadata.name,
          ),
        }),
      ]
