import {type KubeObject, type Ref, refOf} from '../../domain/core/object.js'
import {BROKER, BROKER_CLASS, BrokerClass, isKafkaClass, TRIGGER} from '../../domain/eventing/names.js'
import {at, textAt} from '../../domain/core/read.js'
import {observed, ownerOf} from './addressables.js'
import {conditionsOf, failed, isTrue, type Judged, readyCondition, trueBecause, unknown} from './conditions.js'
import {type ClusterView, type Controller} from './controller.js'
import {refOfDestination, resolve} from './resolve.js'

const initial: Record<string, Judged> = {
  BrokerReady: unknown,
  SubscriptionReady: unknown,
  DependencyReady: unknown,
  SubscriberResolved: unknown,
  DeadLetterSinkResolved: unknown,
  OIDCIdentityCreated: unknown,
}

export const identityOff = trueBecause('authentication-oidc feature disabled')
const noDeadLetters = trueBecause('DeadLetterSinkNotConfigured', 'No dead letter sink is configured.')

const dependency = (trigger: KubeObject, cluster: ClusterView): Judged => {
  const text = trigger.metadata.annotations?.['knative.dev/dependency']
  if (text === undefined) return isTrue
  const namespace = trigger.metadata.namespace ?? ''
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return failed(
      'ReferenceError',
      `Unable to unmarshal objectReference from dependency annotation of trigger: ${text}`,
    )
  }
  const ref = refOfDestination({ref: parsed}, namespace)
  const found = ref && cluster.get(ref)
  if (ref === undefined || found === undefined)
    return failed('DependencyDoesNotExist', `Dependency does not exist: ${textAt(parsed, 'name') ?? ''}`)
  const ready = readyCondition(found)
  return ready?.status === 'True'
    ? isTrue
    : {
        status: ready?.status ?? 'Unknown',
        reason: ready?.reason ?? 'DependencyNotConfigured',
        ...(ready?.message === undefined ? {} : {message: ready.message}),
      }
}

/** Broker readiness as triggers report it (knative/eventing pkg/apis/eventing/v1/trigger_lifecycle.go). */
const brokerReady = (broker: KubeObject): Judged => {
  const ready = readyCondition(broker)
  if (ready === undefined)
    return {status: 'Unknown', reason: 'BrokerNotConfigured', message: 'Broker has not yet been reconciled.'}
  return ready.status === 'True' ? isTrue : ready
}

const reconcile = (trigger: KubeObject, cluster: ClusterView): void => {
  const ref = refOf(trigger)
  const {namespace = '', name} = trigger.metadata
  const brokerName = textAt(trigger, 'spec', 'broker') ?? ''
  const broker = cluster.get({...BROKER, namespace, name: brokerName})
  const end = (judged: Record<string, Judged>, status: Record<string, unknown> = {}) =>
    cluster.setStatus(ref, {
      ...observed(trigger),
      conditions: conditionsOf(trigger, {...initial, ...judged}, cluster.now()),
      ...status,
    })
  if (broker === undefined) {
    end({BrokerReady: failed('BrokerDoesNotExist', `Broker ${JSON.stringify(brokerName)} does not exist`)})
    return
  }
  const className = broker.metadata.annotations?.[BROKER_CLASS]
  const kafka = isKafkaClass(className)
  // A trigger of an unknown class is nobody's.
  if (!kafka && className !== BrokerClass.MTChannelBased) return
  const ready = brokerReady(broker)
  if (ready.status !== 'True') {
    end({BrokerReady: ready})
    return
  }
  const subscriber = resolve(at(trigger, 'spec', 'subscriber'), namespace, cluster)
  const sink = at(trigger, 'spec', 'delivery', 'deadLetterSink')
  const dead = sink === undefined ? undefined : resolve(sink, namespace, cluster)
  const inherited =
    at(trigger, 'spec', 'delivery') === undefined ? textAt(broker, 'status', 'deadLetterSinkUri') : undefined
  const deadUri = dead === undefined ? inherited : 'uri' in dead ? dead.uri : undefined
  const status = {
    ...('uri' in subscriber ? {subscriberUri: subscriber.uri} : {}),
    ...(deadUri === undefined ? {} : {deadLetterSinkUri: deadUri}),
  }
  const common = {BrokerReady: isTrue, OIDCIdentityCreated: identityOff}
  if (kafka) {
    const group = `knative-trigger-${namespace}-${name}`
    const fault =
      'fault' in subscriber ? subscriber.fault : dead !== undefined && 'fault' in dead ? dead.fault : undefined
    end(
      {
        ...common,
        SubscriptionReady: isTrue,
        SubscriberResolved: isTrue,
        DeadLetterSinkResolved: isTrue,
        DependencyReady:
          fault === undefined
            ? dependency(trigger, cluster)
            : failed('failed to reconcile consumer group', `failed to resolve subscriber: ${fault}`),
      },
      {...status, annotations: {'group.id': group}},
    )
    return
  }
  const judged: Record<string, Judged> = {
    ...common,
    SubscriberResolved: 'uri' in subscriber ? isTrue : failed("Unable to get the Subscriber's URI", subscriber.fault),
    DeadLetterSinkResolved:
      dead === undefined
        ? deadUri === undefined
          ? noDeadLetters
          : isTrue
        : 'uri' in dead
          ? isTrue
          : failed("Unable to get the dead letter sink's URI", dead.fault),
    DependencyReady: dependency(trigger, cluster),
  }
  const blocked = Object.values(judged).some((condition) => condition.status === 'False')
  if (!blocked) subscribe(trigger, broker, cluster)
  end({...judged, SubscriptionReady: blocked ? unknown : isTrue}, status)
}

/** The subscription behind a trigger of a channel-based broker, on the broker's backing channel. */
const subscribe = (trigger: KubeObject, broker: KubeObject, cluster: ClusterView): void => {
  const {namespace = '', name, uid = ''} = trigger.metadata
  const subscription = {
    apiVersion: 'messaging.knative.dev/v1',
    kind: 'Subscription',
    name: `${broker.metadata.name}-${name}-${uid}`.slice(0, 63).replace(/[-.]+$/, ''),
    namespace,
  }
  if (cluster.get(subscription) !== undefined) return
  const [channelVersion, channelKind, channelName] = ['channelAPIVersion', 'channelKind', 'channelName'].map((field) =>
    textAt(broker, 'status', 'annotations', `knative.dev/${field}`),
  )
  cluster.create({
    apiVersion: subscription.apiVersion,
    kind: subscription.kind,
    metadata: {
      name: subscription.name,
      namespace,
      labels: {'eventing.knative.dev/broker': broker.metadata.name, 'eventing.knative.dev/trigger': name},
      ownerReferences: [ownerOf(trigger)],
    },
    spec: {
      channel: {apiVersion: channelVersion, kind: channelKind, name: channelName},
      subscriber: {uri: `http://broker-filter.knative-eventing.svc.cluster.local/triggers/${namespace}/${name}/${uid}`},
    },
  })
}

const triggersOf = (cluster: ClusterView, test: (trigger: KubeObject) => boolean): Ref[] =>
  cluster.list(TRIGGER.apiVersion, TRIGGER.kind).filter(test).map(refOf)

/** Triggers of all known broker classes. */
export const triggerController: Controller = {
  name: 'trigger-controller',
  wants({object, type}, cluster) {
    const {name, namespace} = object.metadata
    if (object.kind === 'Trigger') return type === 'DELETED' ? [] : [refOf(object)]
    if (object.kind === 'Broker')
      return triggersOf(
        cluster,
        (trigger) => trigger.metadata.namespace === namespace && textAt(trigger, 'spec', 'broker') === name,
      )
    if (object.kind === 'Event') return []
    return triggersOf(cluster, (trigger) =>
      [at(trigger, 'spec', 'subscriber'), at(trigger, 'spec', 'delivery', 'deadLetterSink')].some((destination) => {
        const ref = refOfDestination(destination, trigger.metadata.namespace ?? '')
        return ref?.kind === object.kind && ref.name === name && ref.namespace === namespace
      }),
    )
  },
  reconcile(ref, cluster) {
    const trigger = cluster.get(ref)
    if (trigger !== undefined && trigger.metadata.deletionTimestamp === undefined) reconcile(trigger, cluster)
  },
}
