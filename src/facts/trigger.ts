import {defined} from '../domain/core/defined.js'
import {groupOf, type Ref} from '../domain/core/object.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {type KubeObject} from '../domain/core/object.js'
import {textAt} from '../domain/core/read.js'
import {BROKER, TRIGGER, triggerRef} from '../domain/eventing/names.js'
import {brokerNames, object} from '../domain/eventing/readings/cluster.js'
import {brokerDefaults, featureFlags, injection, maybe} from '../domain/eventing/readings/config-maps.js'
import {maybeSink} from '../domain/eventing/readings/sinks.js'
import {
  type RecreateRights,
  type TriggerBrokerFacts,
  type TriggerCreateFacts,
  type TriggerDescribeFacts,
  type TriggerUpdateFacts,
} from '../domain/eventing/trigger/facts.js'
import {wantsOtherBroker} from '../domain/eventing/trigger/immutable.js'
import {type TriggerRequest} from '../domain/eventing/trigger/options.js'
import {triggerFacts} from '../domain/eventing/trigger/reading.js'
import {needsBroker, type TriggerUpdateRequest} from '../domain/eventing/trigger/update.js'
import {ask, given, together, type Reading} from '../domain/reading/reading.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {readLive} from './live.js'
import {checkInstalled, getEventing} from './look.js'

/** The second look, at what is there instead of a broker that is not. */
function* insteadOf(broker: Lookup<KubeObject>, namespace: string): Reading<TriggerBrokerFacts> {
  if (broker !== 'absent') return {broker}
  return {
    broker,
    ...(yield* together({
      injection: injection(namespace),
      brokers: brokerNames(namespace),
      defaults: brokerDefaults(),
    })),
  }
}

function* createFacts(request: TriggerRequest, restated: boolean): Reading<TriggerCreateFacts> {
  const {namespace, name} = request
  const {named, marks, ...first} = yield* together({
    existing: object({...TRIGGER, namespace, name}),
    named: object({...BROKER, namespace, name: request.broker}),
    features: featureFlags(),
    subscriber: maybeSink(request.subscriber),
    sink: maybeSink(request.delivery.deadLetterSink),
    marks: maybe(request.injectBroker ? injection(namespace) : undefined),
  })
  const stored = isFound(first.existing) ? textAt(first.existing, 'spec', 'broker') : undefined
  const other = restated && stored !== undefined && stored !== request.broker
  const broker = other ? yield* object({...BROKER, namespace, name: stored}) : named
  const around = yield* insteadOf(broker, namespace)
  return defined({...first, ...around, injection: marks ?? around.injection})
}

/**
 * What `planTriggerCreate` and `planTriggerApply` need, in at most two rounds of requests. Rejects with
 * KnativeNotInstalled when the server does not serve brokers. `restated`: an existing trigger keeps its broker.
 */
export const triggerCreateFacts = async (
  client: KubeClient,
  request: TriggerRequest,
  {restated = false, ...options}: RequestOptions & {restated?: boolean} = {},
): Promise<TriggerCreateFacts> => {
  const [, facts] = await Promise.all([
    checkInstalled(client, options),
    readLive(client, createFacts(request, restated), options),
  ])
  return facts
}

const readRights = async (client: KubeClient, namespace: string, options?: RequestOptions): Promise<RecreateRights> => {
  const may = (verb: string) =>
    client.can({verb, group: groupOf(TRIGGER.apiVersion), resource: 'triggers', namespace}, options)
  const [create, remove] = await Promise.all([may('create'), may('delete')])
  return {create, delete: remove}
}

function* updateFacts(
  request: TriggerUpdateRequest,
  reads: {trigger: Reading<KubeObject>; rights: () => Reading<RecreateRights>},
): Reading<TriggerUpdateFacts> {
  const {namespace} = request
  const first = yield* together({
    trigger: reads.trigger,
    features: featureFlags(),
    subscriber: maybeSink(request.subscriber),
    sink: maybeSink(request.delivery.deadLetterSink),
  })
  const anew = request.recreate && wantsOtherBroker(first.trigger, request.broker)
  const name = (anew ? request.broker : undefined) ?? textAt(first.trigger, 'spec', 'broker') ?? ''
  const isNeeded = needsBroker(request) || request.subscriber !== undefined
  const {broker, rights} = yield* together({
    broker: isNeeded ? object({...BROKER, namespace, name}) : given<Lookup<KubeObject>>('forbidden'),
    rights: maybe(anew ? reads.rights() : undefined),
  })
  const around = anew ? yield* insteadOf(broker, namespace) : {broker}
  return defined({...first, ...around, rights})
}

/**
 * What `planTriggerUpdate` needs, in at most three rounds: the broker is known only from the trigger, and what is there
 * in its place only from the broker. Rejects with NotFound.
 */
export const triggerUpdateFacts = (
  client: KubeClient,
  request: TriggerUpdateRequest,
  options?: RequestOptions,
): Promise<TriggerUpdateFacts> => {
  const {name, namespace} = request
  const reads = {
    trigger: ask(() => getEventing(client, triggerRef(name, namespace), options)),
    rights: () => ask(() => readRights(client, namespace, options)),
  }
  return readLive(client, updateFacts(request, reads), options)
}

/** What `describeTrigger` needs, in at most two rounds (three when the kind of a sink must be looked up). Rejects with NotFound. */
export const triggerDescribeFacts = (
  client: KubeClient,
  {namespace = '', name}: Pick<Ref, 'name' | 'namespace'>,
  {events = true, ...options}: RequestOptions & {events?: boolean} = {},
): Promise<TriggerDescribeFacts> => {
  const trigger = ask(() => getEventing(client, triggerRef(name, namespace), options))
  return readLive(client, triggerFacts({name, namespace}, trigger, {events}), options)
}
