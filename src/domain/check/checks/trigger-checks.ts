import {fill, sfl} from '../../core/commands.js'
import {triggerFaults} from '../../eventing/admission.js'
import {readDeliverySpec} from '../../eventing/delivery/delivery.js'
import {deliveryFindings} from '../../eventing/delivery/preflight.js'
import {permissiveFeatures, type Features} from '../../eventing/features.js'
import {injectsTrigger} from '../../eventing/injection/verdicts.js'
import {BROKER_CLASS, BrokerClass, INJECTION, TRIGGER} from '../../eventing/names.js'
import {triggerBrokerFindings} from '../../eventing/trigger/broker.js'
import {effectiveDelivery} from '../../eventing/trigger/delivery.js'
import {diagnoseTrigger, overriddenFilter} from '../../eventing/trigger/diagnosis.js'
import {type TriggerDescribeFacts} from '../../eventing/trigger/facts.js'
import {factsOfTrigger} from '../../eventing/trigger/reading.js'
import {
  deadLetterFindings,
  droppedFindings,
  orderFindings,
  subscriberFindings,
} from '../../eventing/trigger/preflight.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {readinessOf, whyNotReady} from '../../core/readiness.js'
import {at} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {OPERATOR, PLATFORM} from '../../sonataflow/names.js'
import {brokerNameOf} from '../../eventing/trigger/manifest.js'
import {typeFaults} from '../snapshot/manifest-types.js'
import {suffering, type Check, type Verdict} from '../engine/check.js'
import {type Snapshot} from '../snapshot/snapshot.js'

const triggersOf = (known: Snapshot): readonly KubeObject[] => known.subjects(TRIGGER)

const count = (known: Snapshot): number => known.subjects(TRIGGER).length

const each =
  (judge: (trigger: KubeObject, facts: TriggerDescribeFacts, known: Snapshot) => readonly Finding[]) =>
  (known: Snapshot): Verdict[] =>
    triggersOf(known).flatMap((trigger) => suffering(judge(trigger, factsOf(trigger, known), known), refOf(trigger)))

const remembered = new WeakMap<Snapshot, WeakMap<KubeObject, TriggerDescribeFacts>>()

/** Every check asks for the same facts of each trigger. */
const factsOf = (trigger: KubeObject, known: Snapshot): TriggerDescribeFacts => {
  const some = remembered.get(known) ?? new WeakMap<KubeObject, TriggerDescribeFacts>()
  remembered.set(known, some)
  const found = some.get(trigger) ?? known.answer(factsOfTrigger(trigger))
  some.set(trigger, found)
  return found
}

const brokerObject = ({broker}: TriggerDescribeFacts): KubeObject | undefined => (isFound(broker) ? broker : undefined)

const classOf = (facts: TriggerDescribeFacts): string | undefined =>
  brokerObject(facts)?.metadata.annotations?.[BROKER_CLASS]

const aboutBrokers = new WeakMap<TriggerDescribeFacts, readonly Finding[]>()

/** What is wrong with the broker; two checks ask, and to look for a similar name takes its time. */
const aboutBroker = (trigger: KubeObject, facts: TriggerDescribeFacts): readonly Finding[] => {
  const found = aboutBrokers.get(facts) ?? triggerBrokerFindings(trigger, brokerNameOf(trigger), facts)
  aboutBrokers.set(facts, found)
  return found
}

/** That the broker itself is not ready is told where brokers are. */
const attachment = (trigger: KubeObject, facts: TriggerDescribeFacts): Finding[] =>
  aboutBroker(trigger, facts).filter(({code}) => code !== 'SFL-T04')

const targets = (trigger: KubeObject, facts: TriggerDescribeFacts): Finding[] => [
  ...subscriberFindings(refOf(trigger), brokerNameOf(trigger), facts.subscriber),
  ...deadLetterFindings(refOf(trigger), brokerNameOf(trigger), facts.sink),
]

/** Of what is not ready, a note says why. */
const asLoud = (findings: readonly Finding[]): Finding[] =>
  findings.map((one) => (one.level === 'note' ? {...one, level: 'warning' as const} : one))

/** It is not there, or not ready. */
const isUnready = (broker: TriggerDescribeFacts['broker']): boolean =>
  !isFound(broker) || readinessOf(broker).state !== 'ready'

const readyFindings = (trigger: KubeObject, facts: TriggerDescribeFacts, known: Snapshot): Finding[] => {
  if (known.isPlanned(trigger)) return []
  const readiness = readinessOf(trigger)
  if (readiness.state === 'ready') return []
  const waits = trigger.metadata.deletionTimestamp === undefined && isUnready(facts.broker)
  // That the broker fails is told where brokers are; here it is only referred to.
  if (waits) return asLoud(aboutBroker(trigger, facts))
  const found = diagnoseTrigger(facts).filter(({code}) => code !== 'SFL-T04')
  return found.length > 0
    ? asLoud(found)
    : [
        finding('SFL-T16', {
          object: refOf(trigger),
          message: `trigger ${trigger.metadata.name} is not ready: ${whyNotReady(readiness) || 'nothing says why'}`,
          repair: sfl('trigger describe', trigger.metadata.name, '-n', trigger.metadata.namespace ?? ''),
        }),
      ]
}

const refusals = (trigger: KubeObject, _facts: TriggerDescribeFacts, known: Snapshot): Finding[] =>
  known.isPlanned(trigger)
    ? [...typeFaults(trigger), ...triggerFaults(trigger, known.storedOf(trigger), besidesDelivery(known))].map((text) =>
        finding('SFL-T09', {object: refOf(trigger), message: `the server would refuse it: ${text}`}),
      )
    : []

/** What the flags of delivery settings keep out has findings of its own. */
const besidesDelivery = ({features}: Snapshot): Features =>
  isFound(features) ? {...features, deliveryTimeout: true, deliveryRetryAfter: true} : permissiveFeatures

const settings = (trigger: KubeObject, facts: TriggerDescribeFacts, known: Snapshot): Finding[] => {
  const ref = refOf(trigger)
  const broker = brokerNameOf(trigger)
  const className = classOf(facts)
  const own = readDeliverySpec(at(trigger, 'spec', 'delivery'))
  const theirs = readDeliverySpec(at(brokerObject(facts), 'spec', 'delivery'))
  const {delivery, dropped} = effectiveDelivery(className, theirs, own)
  const features = known.isPlanned(trigger) ? known.features : 'absent'
  return [
    // A broken order keeps a ready trigger from nothing yet; the next look of its controller does.
    ...(readinessOf(trigger).state === 'ready' || known.isPlanned(trigger)
      ? diagnoseTrigger({...facts, trigger: {...trigger, status: readyStatus}})
      : []),
    ...overriddenFilter(trigger),
    ...deliveryFindings(ref, own === undefined ? undefined : {...delivery, ...own}, className, features),
    ...(own === undefined ? [] : droppedFindings(ref, broker, theirs, dropped, className)),
    ...orderFindings(ref, trigger, broker, className),
  ]
}

const readyStatus = {conditions: [{type: 'Ready', status: 'True'}]}

/** Triggers with delivery settings of their own; the others are told with their broker. */
const ownDelivery = (trigger: KubeObject, facts: TriggerDescribeFacts) => {
  const own = readDeliverySpec(at(trigger, 'spec', 'delivery'))
  const broker = brokerObject(facts)
  const className = classOf(facts)
  if (own === undefined || broker === undefined || className === BrokerClass.RabbitMQ) return undefined
  return effectiveDelivery(className, readDeliverySpec(at(broker, 'spec', 'delivery')), own)
}

const lossFindings = (trigger: KubeObject, facts: TriggerDescribeFacts): Finding[] => {
  const effective = ownDelivery(trigger, facts)
  if (effective === undefined || effective.delivery?.deadLetterSink !== undefined) return []
  const {name, namespace = ''} = trigger.metadata
  return [
    finding('SFL-D09', {
      level: 'warning',
      object: refOf(trigger),
      message: `trigger ${name} has no dead letter sink, its own or its broker's; events that cannot be delivered are dropped`,
      repair: sfl('trigger update', name, '-n', namespace, '--dl-sink', fill('SINK')),
    }),
  ]
}

const retryFindings = (trigger: KubeObject, facts: TriggerDescribeFacts): Finding[] => {
  const effective = ownDelivery(trigger, facts)
  if (effective === undefined || (effective.delivery?.retry ?? 0) > 0) return []
  const {name, namespace = ''} = trigger.metadata
  return [
    finding('SFL-H06', {
      object: refOf(trigger),
      message: `trigger ${name} has no retries: an event that its sink does not take at once is given up`,
      repair: sfl(
        'trigger update',
        name,
        '-n',
        namespace,
        '--retry',
        '10',
        '--backoff-policy',
        'exponential',
        '--backoff-delay',
        'PT0.2S',
      ),
    }),
  ]
}

const annotationOnly = (trigger: KubeObject, facts: TriggerDescribeFacts): Finding[] => {
  const {name, namespace = '', labels = {}, annotations = {}} = trigger.metadata
  const meant = annotations[INJECTION] === 'enabled' && labels[INJECTION] !== 'enabled'
  if (!meant || facts.injection === undefined || injectsTrigger(facts.injection, {labels, annotations}) !== 'no')
    return []
  return [
    finding('SFL-I11', {
      object: refOf(trigger),
      message: `trigger ${name} has the injection annotation without the label; Knative looks at the label since release 1.4`,
      repair: sfl('broker injection enable', '-n', namespace, '--trigger', name),
    }),
  ]
}

/** Made for a platform that does not exist. */
const orphanFindings = (trigger: KubeObject, _facts: TriggerDescribeFacts, known: Snapshot): Finding[] => {
  const {name, namespace = '', labels = {}} = trigger.metadata
  const [platform, home] = [labels['app'], labels['app-namespace']]
  if (labels['app.kubernetes.io/managed-by'] !== OPERATOR || !platform || !home) return []
  if (known.get(PLATFORM, home, platform) !== 'absent') return []
  return [
    finding('SFL-H08', {
      object: refOf(trigger),
      message: `trigger ${name} was made for platform ${home}/${platform}, which does not exist`,
      repair: sfl('trigger delete', name, '-n', namespace),
    }),
  ]
}

const check = (
  id: string,
  about: Check['about'],
  question: string,
  judge: Parameters<typeof each>[0],
  counted: (known: Snapshot) => number = count,
): Check => ({id, category: 'triggers', about, question, count: counted, judge: each(judge)})

const ifPlanned = (known: Snapshot): number => (known.state.planned === undefined ? 0 : count(known))
const ifStored = (known: Snapshot): number => (known.state.planned === undefined ? count(known) : 0)

export const triggerChecks: readonly Check[] = [
  check('trigger-accepted', 'health', 'The server takes every trigger', refusals, ifPlanned),
  check('trigger-broker', 'health', 'Every trigger has a broker', attachment),
  check('trigger-sinks', 'health', 'Every trigger delivers to something that is there', targets),
  check('trigger-ready', 'health', 'Every trigger is ready', readyFindings, ifStored),
  check('trigger-settings', 'health', 'Filters and delivery settings of triggers mean what they say', settings),
  check('trigger-dead-letters', 'audit', 'Triggers have a dead letter sink', lossFindings),
  check('trigger-retries', 'audit', 'Triggers have retries', retryFindings),
  check('trigger-injection', 'audit', 'Marks for injection are where Knative looks', annotationOnly),
  check('trigger-orphans', 'audit', 'No trigger is left over from a platform', orphanFindings),
]
