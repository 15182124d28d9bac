import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type KubeObject, type Manifest, type Ref} from '../../core/object.js'
import {at, isRecord, textAt} from '../../core/read.js'
import {triggerFaults} from '../admission.js'
import {defaultedTrigger} from '../cluster-defaults/broker-defaults.js'
import {injectedCrashFindings} from '../broker/controller-crash.js'
import {type ResolvedSink} from '../broker/facts.js'
import {isFound} from '../../core/seen.js'
import {sfl} from '../../core/commands.js'
import {deliveryFields, readDeliverySpec, type DeliverySpec} from '../delivery/delivery.js'
import {deliveryFindings, sinkFindings, type SinkRole} from '../delivery/preflight.js'
import {permissiveFeatures} from '../features.js'
import {BROKER, BROKER_CLASS, DELIVERY_ORDER, isKafkaClass} from '../names.js'
import {injectsTrigger} from '../injection/verdicts.js'
import {printSink, sinkOf} from '../reference.js'
import {injectFindings, triggerBrokerFindings} from './broker.js'
import {effectiveDelivery} from './delivery.js'
import {type TriggerJudgingFacts} from './facts.js'

/** What is said of a wanted trigger beforehand. */
export interface TriggerPreflight {
  /** Findings that `--force` may pass over. */
  findings: Finding[]
  /** Findings about what the server itself would refuse. */
  refused: Finding[]
}

/** What a command changes of a trigger, and is therefore looked at. */
export interface TriggerAspects {
  broker: boolean
  delivery: boolean
  order: boolean
  /** The trigger shall have its broker injected. */
  inject: boolean
  /** What is stored; faults that it has already are not held against the command. */
  before?: KubeObject
}

const subscriberRole: SinkRole = {word: 'sink', missing: 'SFL-T05', addressless: 'SFL-T06'}

/** Judges a trigger as it would be sent. */
export const judgeTrigger = (
  trigger: Manifest,
  facts: TriggerJudgingFacts,
  aspects: TriggerAspects,
): TriggerPreflight => {
  const ref = refOf(trigger)
  const broker = textAt(trigger, 'spec', 'broker') ?? ''
  const stored = isFound(facts.broker) ? facts.broker : undefined
  const className = stored?.metadata.annotations?.[BROKER_CLASS]
  const own = readDeliverySpec(at(trigger, 'spec', 'delivery'))
  const theirs = readDeliverySpec(at(stored, 'spec', 'delivery'))
  const {delivery, dropped} = effectiveDelivery(className, theirs, own)
  const judged = aspects.delivery ? deliveryFindings(ref, {...delivery, ...own}, className, facts.features) : []
  const isRefusal = ({code, level}: Finding): boolean => level === 'error' && (code === 'SFL-D05' || code === 'SFL-D06')
  return {
    refused: [
      ...(aspects.broker ? injectedCrash(trigger, broker, facts) : []),
      ...judged.filter(isRefusal),
      ...admissionFindings(ref, trigger, aspects.before),
    ],
    findings: [
      ...aboutBroker(trigger, broker, facts, aspects),
      ...subscriberFindings(ref, broker, facts.subscriber),
      ...judged.filter((one) => !isRefusal(one)),
      ...(aspects.delivery && own !== undefined ? droppedFindings(ref, broker, theirs, dropped, className) : []),
      ...deadLetterFindings(ref, broker, facts.sink),
      ...(aspects.order ? orderFindings(ref, trigger, broker, className) : []),
    ],
  }
}

/** The broker that the sugar controller would make for the trigger names neither class nor config. */
const injectedCrash = (trigger: Manifest, broker: string, facts: TriggerJudgingFacts): Finding[] => {
  const {injection, defaults} = facts
  if (facts.broker !== 'absent' || injection === undefined || defaults === undefined) return []
  const {labels = {}, annotations = {}, namespace = ''} = trigger.metadata
  return injectsTrigger(injection, {labels, annotations}) === 'no'
    ? []
    : injectedCrashFindings(broker, namespace, defaults)
}

/** Where injection was asked for and would do nothing, that is what there is to say of a missing broker. */
const aboutBroker = (
  trigger: Manifest,
  broker: string,
  facts: TriggerJudgingFacts,
  aspects: TriggerAspects,
): Finding[] => {
  const found = aspects.broker ? triggerBrokerFindings(trigger, broker, facts) : []
  const injected = aspects.inject ? injectFindings(trigger, broker, facts) : []
  return injected.some(({code}) => code === 'SFL-I08')
    ? [...found.filter(({code}) => code !== 'SFL-T02'), ...injected]
    : [...found, ...injected]
}

const isBroker = ({destination}: ResolvedSink, name: string, namespace: string): boolean =>
  destination.ref?.apiVersion === BROKER.apiVersion &&
  destination.ref.kind === BROKER.kind &&
  destination.ref.name === name &&
  destination.ref.namespace === namespace

const loop = (ref: Ref, word: string, broker: string): Finding =>
  finding('SFL-T07', {
    object: ref,
    message: `the ${word} of trigger ${ref.name} is its own broker ${broker}: events that it sends there come back to it`,
  })

/** Where the events go. */
export const subscriberFindings = (ref: Ref, broker: string, subscriber: ResolvedSink | undefined): Finding[] => [
  ...sinkFindings(ref, subscriber, subscriberRole),
  ...(subscriber !== undefined && isBroker(subscriber, broker, ref.namespace ?? '') ? [loop(ref, 'sink', broker)] : []),
]

/** Where the events go that cannot be delivered. */
export const deadLetterFindings = (ref: Ref, broker: string, sink: ResolvedSink | undefined): Finding[] => [
  ...sinkFindings(ref, sink),
  ...(sink !== undefined && isBroker(sink, broker, ref.namespace ?? '') ? [loop(ref, 'dead letter sink', broker)] : []),
]

/** Settings of the broker that no longer hold because the trigger has some of its own. */
export const droppedFindings = (
  ref: Ref,
  broker: string,
  delivery: DeliverySpec | undefined,
  dropped: ReturnType<typeof effectiveDelivery>['dropped'],
  className: string | undefined,
): Finding[] => {
  if (dropped.length === 0) return []
  const namespace = ref.namespace ?? ''
  const shown = dropped.map((flag) => {
    const value = delivery?.[deliveryFields[flag]]
    const sink = flag === 'dl-sink' ? sinkOf(value, namespace) : undefined
    return `${flag} ${sink === undefined ? String(value) : printSink(sink, namespace)}`
  })
  return [
    finding('SFL-T10', {
      object: ref,
      message: `with delivery settings of its own, trigger ${ref.name} loses those of broker ${broker}${
        className === undefined ? '' : ` (class ${className})`
      } that it does not repeat (${shown.join(', ')}); --merge-delivery keeps them`,
      repair: sfl('trigger update', ref.name, '-n', namespace, '--merge-delivery'),
    }),
  ]
}

/** Only the Kafka classes read the order. */
export const orderFindings = (
  ref: Ref,
  trigger: KubeObject,
  broker: string,
  className: string | undefined,
): Finding[] => {
  const order = trigger.metadata.annotations?.[DELIVERY_ORDER]
  if (order === undefined || className === undefined || isKafkaClass(className)) return []
  return [
    finding('SFL-T08', {
      object: ref,
      message: `order "${order}" has no effect: broker ${broker} is of class ${className}, and only the Kafka classes know an order`,
    }),
  ]
}

/** A label's value; the name of the broker becomes one (pkg/apis/eventing/v1/trigger_defaults.go). */
const LABEL_LENGTH = 63

/** What the server would say of the trigger after defaulting, unless the stored one has the same fault. */
const admissionFindings = (ref: Ref, trigger: Manifest, before: KubeObject | undefined): Finding[] => {
  const after = defaultedTrigger(trigger, true)
  const old = before === undefined ? [] : triggerFaults(before, undefined, permissiveFeatures)
  const faults = triggerFaults(after, before, permissiveFeatures).filter((text) => !old.includes(text))
  const broker = textAt(trigger, 'spec', 'broker') ?? ''
  return [
    ...faults,
    ...(broker.length > LABEL_LENGTH && !isRecord(before)
      ? [`the broker's name becomes a label, and "${broker}" has more than ${LABEL_LENGTH} characters`]
      : []),
  ].map((text) => finding('SFL-T09', {object: ref, message: `the server would refuse it: ${text}`}))
}
