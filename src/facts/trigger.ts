import {type InjectionFacts, type ResolvedSink} from '../domain/eventing/broker/facts.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {BROKER, TRIGGER, triggerRef} from '../domain/eventing/names.js'
import {sinkOf, type Sink} from '../domain/eventing/reference.js'
import {
  type RecreateRights,
  type TriggerBrokerFacts,
  type TriggerCreateFacts,
  type TriggerDescribeFacts,
  type TriggerUpdateFacts,
} from '../domain/eventing/trigger/facts.js'
import {wantsOtherBroker} from '../domain/eventing/trigger/immutable.js'
import {type TriggerRequest} from '../domain/eventing/trigger/options.js'
import {needsBroker, type TriggerUpdateRequest} from '../domain/eventing/trigger/update.js'
import {groupOf, type KubeObject, type Ref} from '../domain/core/object.js'
import {at, textAt} from '../domain/core/read.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {readDeployments, readEvents, readNamespaceLabels} from './broker.js'
import {readDefaults, readFeatureFlags, readSugar} from './config-maps.js'
import {checkInstalled, getEventing, listAll, tryRead} from './look.js'
import {resolveSink} from './sink.js'

/** What config-sugar says, and the labels that it is held against. */
export const readInjection = async (
  client: KubeClient,
  namespace: string,
  options?: RequestOptions,
): Promise<InjectionFacts> => {
  const [sugar, namespaceLabels] = await Promise.all([
    readSugar(client, options),
    readNamespaceLabels(client, namespace, options),
  ])
  return {sugar, namespaceLabels}
}

const readBroker = (
  client: KubeClient,
  namespace: string,
  name: string,
  options?: RequestOptions,
): Promise<Lookup<KubeObject>> => tryRead(client.get({...BROKER, namespace, name}, options))

/** The second look, at what is there instead of a broker that is not. */
const insteadOf = async (
  client: KubeClient,
  broker: Lookup<KubeObject>,
  namespace: string,
  options?: RequestOptions,
): Promise<TriggerBrokerFacts> => {
  if (broker !== 'absent') return {broker}
  const [injection, brokers] = await Promise.all([
    readInjection(client, namespace, options),
    tryRead(listAll(client, {...BROKER, namespace}, options)),
  ])
  return {broker, injection, brokers: isFound(brokers) ? brokers.map(({metadata}) => metadata.name) : brokers}
}

const resolved = async <K extends 'subscriber' | 'sink'>(
  client: KubeClient,
  key: K,
  sink: Sink | undefined,
  options?: RequestOptions,
): Promise<Partial<Record<K, ResolvedSink>>> => {
  const found: Partial<Record<K, ResolvedSink>> = {}
  if (sink !== undefined) found[key] = await resolveSink(client, sink, options)
  return found
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
  const {namespace} = request
  const [, existing, named, features, subscriber, sink, marks] = await Promise.all([
    checkInstalled(client, options),
    tryRead(client.get({...TRIGGER, namespace, name: request.name}, options)),
    readBroker(client, namespace, request.broker, options),
    readFeatureFlags(client, options),
    resolved(client, 'subscriber', request.subscriber, options),
    resolved(client, 'sink', request.delivery.deadLetterSink, options),
    request.injectBroker ? readInjection(client, namespace, options) : undefined,
  ])
  const stored = isFound(existing) ? textAt(existing, 'spec', 'broker') : undefined
  const other = restated && stored !== undefined && stored !== request.broker
  const broker = other ? await readBroker(client, namespace, stored, options) : named
  const around = await insteadOf(client, broker, namespace, options)
  return {
    existing,
    features,
    ...around,
    ...(marks === undefined ? {} : {injection: marks}),
    ...subscriber,
    ...sink,
  }
}

const readRights = async (client: KubeClient, namespace: string, options?: RequestOptions): Promise<RecreateRights> => {
  const may = (verb: string) =>
    client.can({verb, group: groupOf(TRIGGER.apiVersion), resource: 'triggers', namespace}, options)
  const [create, remove] = await Promise.all([may('create'), may('delete')])
  return {create, delete: remove}
}

/**
 * What `planTriggerUpdate` needs, in at most three rounds: the broker is known only from the trigger, and what is there
 * in its place only from the broker. Rejects with NotFound.
 */
export const triggerUpdateFacts = async (
  client: KubeClient,
  request: TriggerUpdateRequest,
  options?: RequestOptions,
): Promise<TriggerUpdateFacts> => {
  const {namespace, name} = request
  const [trigger, features, subscriber, sink] = await Promise.all([
    getEventing(client, triggerRef(name, namespace), options),
    readFeatureFlags(client, options),
    resolved(client, 'subscriber', request.subscriber, options),
    resolved(client, 'sink', request.delivery.deadLetterSink, options),
  ])
  const anew = request.recreate && wantsOtherBroker(trigger, request.broker)
  const brokerName = (anew ? request.broker : undefined) ?? textAt(trigger, 'spec', 'broker') ?? ''
  const [broker, rights] = await Promise.all([
    needsBroker(request) || request.subscriber !== undefined
      ? readBroker(client, namespace, brokerName, options)
      : ('forbidden' as const),
    anew ? readRights(client, namespace, options) : undefined,
  ])
  const around = anew ? await insteadOf(client, broker, namespace, options) : {broker}
  return {trigger, features, ...around, ...subscriber, ...sink, ...(rights === undefined ? {} : {rights})}
}

/** From the list of all brokers; who may not list may still get one. */
const brokerAmong = async (
  client: KubeClient,
  brokers: Lookup<readonly KubeObject[]>,
  name: string,
  namespace: string,
  options?: RequestOptions,
): Promise<Lookup<KubeObject>> =>
  isFound(brokers)
    ? (brokers.find(({metadata}) => metadata.name === name) ?? 'absent')
    : readBroker(client, namespace, name, options)

/** What `describeTrigger` needs, in at most two rounds (three when the kind of a sink must be looked up). Rejects with NotFound. */
export const triggerDescribeFacts = async (
  client: KubeClient,
  ref: Pick<Ref, 'name' | 'namespace'>,
  {events = true, ...options}: RequestOptions & {events?: boolean} = {},
): Promise<TriggerDescribeFacts> => {
  const {namespace = '', name} = ref
  const [trigger, defaults, deployments, injection, brokers, happened] = await Promise.all([
    getEventing(client, triggerRef(name, namespace), options),
    readDefaults(client, options),
    readDeployments(client, options),
    readInjection(client, namespace, options),
    tryRead(listAll(client, {...BROKER, namespace}, options)),
    events ? readEvents(client, triggerRef(name, namespace), options) : undefined,
  ])
  const [broker, subscriber, sink] = await Promise.all([
    brokerAmong(client, brokers, textAt(trigger, 'spec', 'broker') ?? '', namespace, options),
    resolved(client, 'subscriber', sinkOf(at(trigger, 'spec', 'subscriber'), namespace), options),
    resolved(client, 'sink', sinkOf(at(trigger, 'spec', 'delivery', 'deadLetterSink'), namespace), options),
  ])
  return {
    trigger,
    defaults,
    deployments,
    broker,
    brokers: isFound(brokers) ? brokers.map(({metadata}) => metadata.name) : brokers,
    injection,
    ...subscriber,
    ...sink,
    ...(happened === undefined ? {} : {events: happened}),
  }
}
