import {ExitCode, SflError, invalid} from '../../core/errors.js'
import {type Finding} from '../../findings/finding.js'
import {finding, applyForce} from '../../findings/catalogue.js'
import {refOf, type KubeObject, type Manifest} from '../../core/object.js'
import {type Plan} from '../../core/plan.js'
import {at, isRecord, recordAt, type Fields} from '../../core/read.js'
import {
  allDeliveryUnset,
  changeable,
  changed,
  deliveryTouched,
  isNothing,
  readChanges,
  type ChangeOptions,
  type Changes,
} from '../changes.js'
import {deleteSteps, deletingFindings, waitStep} from '../../findings/existing.js'
import {BROKER_LABEL, DELIVERY_ORDER} from '../names.js'
import {collectFaults} from '../../core/option-faults.js'
import {patchBetween} from '../../core/patch-between.js'
import {type Sink} from '../reference.js'
import {checkName, single} from '../../core/syntax.js'
import {type TriggerUpdateFacts} from './facts.js'
import {
  filtersTouched,
  noFilterChanges,
  readFilterFlags,
  type FilterChanges,
  type FilterOptions,
} from './filter-flags.js'
import {changedFilters} from './filter-spec.js'
import {brokerImmutable, wantsOtherBroker} from './immutable.js'
import {judgeTrigger} from './preflight.js'
import {brokerDelivery} from './manifest.js'
import {readOrder, readSubscriber, type Order} from './options.js'

/** Flags of trigger update, as typed. */
export interface TriggerUpdateOptions extends ChangeOptions, FilterOptions {
  name: string
  namespace: string
  subscriber?: string | undefined
  order?: string | undefined
  mergeDelivery?: boolean | undefined
  /** Cannot be changed; taken in order to explain that, or to recreate the trigger. */
  broker?: string | undefined
  recreate?: boolean | undefined
}

export interface TriggerUpdateRequest extends Changes {
  name: string
  namespace: string
  broker?: string
  recreate: boolean
  subscriber?: Sink
  order?: Order
  filters: FilterChanges
  /** Take all filters away before the others are set. */
  filtersUnset: boolean
  mergeDelivery: boolean
}

const OWN_FIELDS = ['filters', 'filter:KEY', 'order']

/** `filters`, `filter:KEY`, `order`; everything else is the business of every kind. */
const readUnset = (
  unset: readonly string[],
): {filters: boolean; attributes: string[]; order: boolean; others: string[]} => ({
  filters: unset.includes('filters'),
  attributes: unset.flatMap((text) => (text.startsWith('filter:') ? [`${text.slice('filter:'.length)}-`] : [])),
  order: unset.includes('order'),
  others: unset.filter((text) => text !== 'filters' && text !== 'order' && !text.startsWith('filter:')),
})

const noChanges: Changes = {labels: {}, annotations: {}, delivery: {}, unset: [], findings: []}

/** Checks the flags of trigger update. Throws InvalidArgument; several faults come as one error with `causes`. */
export const readTriggerUpdateOptions = (options: TriggerUpdateOptions): TriggerUpdateRequest => {
  const {namespace} = options
  const unset = readUnset(options.unset ?? [])
  const {attempt, reject, check} = collectFaults()
  const broker = attempt(() =>
    options.broker === undefined ? undefined : checkName(options.broker, 'broker name in --broker'),
  )
  const changes =
    attempt(() => readChanges({...options, unset: unset.others, otherFields: OWN_FIELDS}, namespace)) ?? noChanges
  const {[DELIVERY_ORDER]: annotatedOrder, ...annotations} = changes.annotations
  const order = attempt(() => {
    const text = single('--order', options.order, DELIVERY_ORDER, annotatedOrder)
    if (text !== undefined && unset.order) throw invalid('order: cannot be set and unset at the same time')
    return text === undefined ? undefined : readOrder(text)
  })
  const subscriber = attempt(() =>
    options.subscriber === undefined ? undefined : readSubscriber(options.subscriber, namespace),
  )
  const removed = unset.attributes
  const filters =
    attempt(() =>
      readFilterFlags(removed.length === 0 ? options : {...options, filter: [...(options.filter ?? []), ...removed]}, {
        removals: true,
      }),
    ) ?? noFilterChanges
  if (options.recreate === true && broker === undefined)
    reject('--recreate needs --broker: everything else of a trigger can be changed without it')
  check()
  const request: TriggerUpdateRequest = {
    ...changes,
    annotations: {...annotations, ...(order === undefined ? {} : {[DELIVERY_ORDER]: order})},
    unset: [...changes.unset, ...(unset.order ? [{annotation: DELIVERY_ORDER}] : [])],
    name: options.name,
    namespace,
    ...(broker === undefined ? {} : {broker}),
    recreate: options.recreate === true,
    ...(subscriber === undefined ? {} : {subscriber}),
    ...(order === undefined ? {} : {order}),
    filters,
    filtersUnset: unset.filters,
    mergeDelivery: options.mergeDelivery === true,
  }
  if (
    isNothing(request) &&
    !filtersTouched(filters) &&
    !request.filtersUnset &&
    !request.mergeDelivery &&
    subscriber === undefined &&
    broker === undefined
  )
    throw new SflError('InvalidArgument', 'nothing to update: no setting was given', ExitCode.Usage, {
      hint: 'give at least one of --sink, --filter, --filter-prefix, --filter-suffix, --filter-cesql, --filters-file, --order, --merge-delivery, --dl-sink, --retry, --backoff-policy, --backoff-delay, --timeout, --retry-after-max, --delivery-format, --label, --annotation, --unset, --broker',
    })
  return request
}

const FIELDS = ['filter', 'filters', 'subscriber', 'delivery'] as const

export interface TriggerUpdatePlanOptions {
  force?: boolean
  /** Wait until it is ready, at most so many milliseconds. */
  waitMs?: number
  /** How long the steps of a re-creation may take each, in milliseconds. */
  recreateWaitMs: number
}

/** The plan of `trigger update`: a merge patch of what differs, or nothing; with `--recreate`, a trigger in its place. */
export const planTriggerUpdate = (
  request: TriggerUpdateRequest,
  options: TriggerUpdatePlanOptions,
  facts: TriggerUpdateFacts,
): Plan => {
  const {trigger} = facts
  const ref = refOf(trigger)
  const after = wanted(request, facts)
  const anew = request.recreate && wantsOtherBroker(trigger, request.broker)
  const touched = deliveryTouched(request) || request.mergeDelivery
  const successor = anew ? successorOf(after, request.broker ?? '') : after
  const judged = judgeTrigger(successor, facts, {
    broker: anew,
    delivery: touched || anew,
    order: request.order !== undefined || anew,
    inject: false,
    ...(anew ? {} : {before: trigger}),
  })
  const refused = [
    ...(anew ? rightsFindings(trigger, facts) : brokerImmutable(trigger, request.broker)),
    ...judged.refused,
  ]
  const findings = [
    ...request.findings,
    ...deletingFindings(trigger, 'SFL-T14'),
    ...judged.findings,
    ...(anew ? [missedFinding(trigger, request.broker ?? '')] : []),
    ...inheritingFindings(trigger, after),
  ]
  const patch = patchBetween(changeable(trigger, ...FIELDS), changeable(after, ...FIELDS))
  const steps: Plan['steps'] = anew
    ? [
        ...deleteSteps(trigger, options.recreateWaitMs),
        {verb: 'create', object: successor},
        ...waitStep(ref, options.waitMs ?? options.recreateWaitMs),
      ]
    : [
        patch === undefined ? {verb: 'keep', object: trigger} : {verb: 'patch', ref, before: trigger, patch},
        ...waitStep(ref, options.waitMs),
      ]
  return {steps, findings: applyForce([...refused, ...findings], options.force)}
}

const wanted = (request: TriggerUpdateRequest, facts: TriggerUpdateFacts): KubeObject => {
  const {trigger} = facts
  const merged = request.mergeDelivery ? withMergedDelivery(trigger, facts) : trigger
  const bare = request.filtersUnset ? withSpec(merged, {filter: {}, filters: undefined}) : merged
  const object = changed(bare, request, facts.sink?.destination)
  const delivery = at(object, 'spec', 'delivery')
  return withSpec(object, {
    ...changedFilters(bare, request.filters),
    ...(facts.subscriber === undefined ? {} : {subscriber: facts.subscriber.destination}),
    // An empty one would still keep the settings of the broker away.
    ...(isRecord(delivery) && Object.keys(delivery).length === 0 ? {delivery: undefined} : {}),
  })
}

const withSpec = (object: KubeObject, fields: Fields): KubeObject => ({
  ...object,
  spec: Object.fromEntries(
    Object.entries({...recordAt(object, 'spec'), ...fields}).filter(([, value]) => value !== undefined),
  ),
})

const withMergedDelivery = (trigger: KubeObject, facts: TriggerUpdateFacts): KubeObject => {
  const delivery = {...brokerDelivery(facts), ...recordAt(trigger, 'spec', 'delivery')}
  return Object.keys(delivery).length === 0 ? trigger : withSpec(trigger, {delivery})
}

/** Written by the webhook and by kubectl; the successor gets its own. */
const BOOKKEEPING = [
  'eventing.knative.dev/creator',
  'eventing.knative.dev/lastModifier',
  'kubectl.kubernetes.io/last-applied-configuration',
]

/** The trigger that takes the place of one whose broker shall be another. */
const successorOf = (trigger: KubeObject, broker: string): Manifest => {
  const {name, namespace, labels = {}, annotations = {}, ownerReferences} = trigger.metadata
  const keptLabels = Object.fromEntries(Object.entries(labels).filter(([key]) => key !== BROKER_LABEL))
  const keptAnnotations = Object.fromEntries(Object.entries(annotations).filter(([key]) => !BOOKKEEPING.includes(key)))
  return {
    apiVersion: trigger.apiVersion,
    kind: trigger.kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : {namespace}),
      ...(Object.keys(keptLabels).length === 0 ? {} : {labels: keptLabels}),
      ...(Object.keys(keptAnnotations).length === 0 ? {} : {annotations: keptAnnotations}),
      ...(ownerReferences === undefined ? {} : {ownerReferences}),
    },
    spec: {...recordAt(trigger, 'spec'), broker},
  }
}

const rightsFindings = (trigger: KubeObject, {rights}: TriggerUpdateFacts): Finding[] => {
  const missing = [...(rights?.delete === false ? ['delete'] : []), ...(rights?.create === false ? ['create'] : [])]
  if (missing.length === 0) return []
  const ref = refOf(trigger)
  return [
    finding('SFL-T24', {
      object: ref,
      message: `you may not ${missing.join(' or ')} triggers in namespace ${ref.namespace ?? ''}, so trigger ${ref.name} cannot be recreated`,
    }),
  ]
}

const missedFinding = (trigger: KubeObject, broker: string): Finding =>
  finding('SFL-T12', {
    object: refOf(trigger),
    message: `trigger ${trigger.metadata.name} is deleted and recreated on broker ${broker}: events are not delivered until it is ready, and those that it still held are lost`,
  })

/** The last setting of its own goes. */
const inheritingFindings = (before: KubeObject, after: KubeObject): Finding[] =>
  isRecord(at(before, 'spec', 'delivery')) && !isRecord(at(after, 'spec', 'delivery'))
    ? [
        finding('SFL-T22', {
          object: refOf(before),
          message: `trigger ${before.metadata.name} has no delivery settings of its own any more, so all those of its broker hold`,
        }),
      ]
    : []

/** Whether the plan needs to know the broker of the trigger. */
export const needsBroker = (request: TriggerUpdateRequest): boolean =>
  deliveryTouched(request) ||
  allDeliveryUnset(request) ||
  request.mergeDelivery ||
  request.order !== undefined ||
  request.broker !== undefined
