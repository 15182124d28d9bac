import {type Finding} from '../../findings/finding.js'
import {finding, type FindingCode} from '../../findings/catalogue.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {at, isRecord, textAt} from '../../core/read.js'
import {conditionsOf, readinessOf, type Condition} from '../../core/readiness.js'
import {classFindings, dataPlaneFindings} from '../broker/class.js'
import {isFound} from '../../core/seen.js'
import {failingConditions, quoted, waitingFor} from '../channel/diagnosis.js'
import {kubectl, sfl, type Command} from '../../core/commands.js'
import {heldFindings} from '../../findings/existing.js'
import {BROKER_CLASS, DELIVERY_ORDER, DEPENDENCY, SYSTEM_NAMESPACE, brokerRef} from '../names.js'
import {triggerBrokerFindings} from './broker.js'
import {type TriggerDescribeFacts} from './facts.js'
import {deadLetterFindings, subscriberFindings} from './preflight.js'
import {readOrder} from './options.js'

/** Finds the causes of a trigger that is not ready, each with the command that repairs it. */
export const diagnoseTrigger = (facts: TriggerDescribeFacts): Finding[] => {
  const {trigger} = facts
  const ref = refOf(trigger)
  if (trigger.metadata.deletionTimestamp !== undefined) return heldFindings(trigger, 'SFL-T18')
  if (readinessOf(trigger).state === 'ready') return orderFault(trigger)
  const broker = textAt(trigger, 'spec', 'broker') ?? ''
  const className = isFound(facts.broker) ? facts.broker.metadata.annotations?.[BROKER_CLASS] : undefined
  const causes = unique([
    ...triggerBrokerFindings(trigger, broker, facts),
    ...subscriberFindings(ref, broker, facts.subscriber),
    ...deadLetterFindings(ref, broker, facts.sink),
    ...orderFault(trigger),
  ]).filter(({code}) => code !== 'SFL-B11')
  if (conditionsOf(trigger).length === 0)
    return [
      finding('SFL-T15', {
        object: ref,
        message: `no controller has reconciled trigger ${ref.name} (broker ${broker}, class ${className ?? 'unknown'}) yet`,
        repair: kubectl('-n', SYSTEM_NAMESPACE, 'get', 'deployments'),
      }),
      ...classFindings(brokerRef(broker, ref.namespace ?? ''), className),
      ...planeFindings(facts, className),
      ...causes,
    ]
  const failing = failingConditions(trigger)
  if (failing.length === 0)
    return [
      ...causes,
      finding('SFL-T17', {object: ref, message: `trigger ${ref.name} is not ready yet: ${waitingFor(trigger)}`}),
    ]
  const codes = new Set(causes.map(({code}) => code))
  return unique([...causes, ...failing.flatMap((condition) => explain(facts, condition, className, codes))])
}

const unique = (findings: readonly Finding[]): Finding[] =>
  findings.filter(
    (one, index) => findings.findIndex(({code, message}) => code === one.code && message === one.message) === index,
  )

const planeFindings = ({trigger, deployments}: TriggerDescribeFacts, className: string | undefined): Finding[] =>
  dataPlaneFindings(refOf(trigger), className, deployments).filter(({code}) => code !== 'SFL-B11')

/** The webhook takes any value; the Kafka controller does not. */
const orderFault = (trigger: KubeObject): Finding[] => {
  const order = trigger.metadata.annotations?.[DELIVERY_ORDER]
  if (order === undefined || isOrder(order)) return []
  const {name, namespace = ''} = trigger.metadata
  return [
    finding('SFL-T23', {
      object: refOf(trigger),
      message: `order "${order}" of trigger ${name} is neither ordered nor unordered`,
      repair: sfl('trigger update', name, '-n', namespace, '--order', 'unordered'),
    }),
  ]
}

const isOrder = (text: string): boolean => {
  try {
    readOrder(text)
    return true
  } catch {
    return false
  }
}

/** Reasons of a ConsumerGroup that is about Kafka itself (eventing-kafka-broker control-plane/pkg/reconciler/consumergroup). */
const groupReasons: Readonly<Record<string, readonly [FindingCode, string, readonly string[]]>> = {
  AuthSecret: ['SFL-K03', 'the Secret for Kafka could not be read', ['get', 'secrets']],
  KafkaClusterAdmin: [
    'SFL-K08',
    'Kafka does not answer with these settings',
    ['logs', 'deployment/kafka-controller', '--tail=50'],
  ],
  KafkaClient: [
    'SFL-K08',
    'Kafka does not answer with these settings',
    ['logs', 'deployment/kafka-controller', '--tail=50'],
  ],
}

/** Reasons of a ConsumerGroup that has no place to run. */
const schedulingReasons = [
  'Schedule',
  'InitializeOffset',
  'ReconcileConsumer',
  'BindInProgress',
  'ConsumerBinding',
  'ReconcileContract',
  'AutoscalerFailed',
]

const explain = (
  facts: TriggerDescribeFacts,
  condition: Condition,
  className: string | undefined,
  known: ReadonlySet<string>,
): Finding[] => {
  const {trigger} = facts
  const ref = refOf(trigger)
  const {type, reason = ''} = condition
  const say = (code: FindingCode, what: string, repair?: Command): Finding[] => [
    finding(code, {
      object: ref,
      message: `${what} (${type}: ${quoted(condition)})`,
      ...(repair === undefined ? {} : {repair}),
    }),
  ]
  const has = (...codes: readonly FindingCode[]): boolean => codes.some((code) => known.has(code))
  const look = kubectl('-n', ref.namespace ?? '', 'describe', 'triggers.eventing.knative.dev', ref.name)
  if (type === 'BrokerReady') {
    if (has('SFL-T02', 'SFL-T03', 'SFL-T04', 'SFL-T25')) return []
    return say('SFL-T16', 'the broker is not ready for it', brokerLook(trigger))
  }
  if (type === 'SubscriberResolved')
    return has('SFL-T05', 'SFL-T06') ? [] : say('SFL-T05', 'the sink could not be resolved', look)
  if (type === 'DeadLetterSinkResolved')
    return has('SFL-D02', 'SFL-D03') ? [] : say('SFL-D02', 'the dead letter sink could not be resolved', look)
  if (type === 'DependencyReady') {
    if (trigger.metadata.annotations?.[DEPENDENCY] !== undefined && /^(Dependency|Reference)/.test(reason))
      return say('SFL-T21', 'the object in annotation knative.dev/dependency is missing or not ready', look)
    if (/delivery\.order/.test(condition.message ?? '')) return []
    if (reason === 'failed to reconcile consumer group' && has('SFL-T05', 'SFL-T06', 'SFL-D02', 'SFL-D03')) return []
    const group = Object.hasOwn(groupReasons, reason) ? groupReasons[reason] : undefined
    if (group !== undefined) return say(group[0], group[1], kubectl('-n', SYSTEM_NAMESPACE, ...group[2]))
    if (schedulingReasons.includes(reason) || reason === 'failed to reconcile consumer group') {
      const idle = planeFindings(facts, className)
      return [
        ...idle,
        ...say(
          'SFL-T20',
          'the consumer group is not at work',
          kubectl('-n', SYSTEM_NAMESPACE, 'get', 'pods', '-l', 'app=kafka-broker-dispatcher'),
        ),
      ]
    }
  }
  return say('SFL-T16', `condition ${type} of trigger ${ref.name} fails`, look)
}

const brokerLook = (trigger: KubeObject): Command =>
  sfl('broker describe', textAt(trigger, 'spec', 'broker') ?? '', '-n', trigger.metadata.namespace ?? '')

/** `filters` hides `filter`. */
export const overriddenFilter = (trigger: KubeObject): Finding[] => {
  const filters = at(trigger, 'spec', 'filters')
  const attributes = at(trigger, 'spec', 'filter', 'attributes')
  const hidden = isRecord(attributes) ? Object.keys(attributes).sort() : []
  if (!Array.isArray(filters) || filters.length === 0 || hidden.length === 0) return []
  return [
    finding('SFL-T19', {
      object: refOf(trigger),
      message: `spec.filters overrides spec.filter, so ${hidden.join(', ')} of the latter ${hidden.length === 1 ? 'is' : 'are'} not looked at`,
    }),
  ]
}
