import {readChannelTemplate} from '../../domain/eventing/channel/defaults.js'
import {CHANNEL, KAFKA_CHANNEL} from '../../domain/eventing/names.js'
import {type KubeObject, type Ref, refOf} from '../../domain/core/object.js'
import {at, isRecord, listAt, recordAt, textAt} from '../../domain/core/read.js'
import {address, deadLetter, observed, ownerOf} from './addressables.js'
import {
  conditionsOf,
  failed,
  isTrue,
  type Judged,
  policiesOff,
  readyCondition,
  trueBecause,
  unknown,
} from './conditions.js'
import {type ClusterView, type Controller} from './controller.js'
import {whileRunning} from './kafka/controller.js'

const channelUrl = (ref: Ref) => `http://${ref.name}-kn-channel.${ref.namespace}.svc.cluster.local`

/** Objects of a kind whose dead letter sink is the one that changed: they follow its address. */
const sentTo = (kind: string, apiVersion: string, object: KubeObject, cluster: ClusterView): Ref[] =>
  object.kind === 'Event' || object.kind === kind
    ? []
    : cluster
        .list(apiVersion, kind)
        .filter((channel) => {
          const sink = at(channel, 'spec', 'delivery', 'deadLetterSink', 'ref')
          return (
            textAt(sink, 'kind') === object.kind &&
            textAt(sink, 'name') === object.metadata.name &&
            (textAt(sink, 'namespace') ?? channel.metadata.namespace) === object.metadata.namespace
          )
        })
        .map(refOf)

/** What the dispatcher says of each subscriber that the channel has been given. */
const subscriberStatus = (channel: KubeObject): Record<string, unknown> => {
  const subscribers = listAt(channel, 'spec', 'subscribers').filter(isRecord)
  return subscribers.length === 0
    ? {}
    : {
        subscribers: subscribers.map(({uid, generation}) => ({observedGeneration: generation, ready: 'True', uid})),
      }
}

/** A channel whose address is a Kubernetes Service of its own name (knative/eventing pkg/reconciler/inmemorychannel). */
const physicalChannel = (kind: string, apiVersion: string, dependents: readonly string[]): Controller => ({
  name: `${kind.toLowerCase()}-controller`,
  wants({object, type}, cluster) {
    if (object.kind === kind) return type === 'DELETED' ? [] : [refOf(object)]
    return sentTo(kind, apiVersion, object, cluster)
  },
  reconcile(ref, cluster) {
    const channel = cluster.get(ref)
    if (channel === undefined || channel.metadata.deletionTimestamp !== undefined) return
    const dead = deadLetter(channel, cluster)
    const resolved = dead.condition.status === 'True'
    // The address is given last, and kept when the dead letter sink goes missing afterwards.
    const url = resolved ? channelUrl(ref) : textAt(channel, 'status', 'address', 'url')
    const judged: Record<string, Judged> = {
      ...Object.fromEntries(dependents.map((type) => [type, isTrue])),
      Addressable: url === undefined ? unknown : isTrue,
      DeadLetterSinkResolved: resolved
        ? dead.condition
        : failed("Unable to get the DeadLetterSink's URI", dead.condition.message),
      EventPoliciesReady: url === undefined ? unknown : policiesOff,
    }
    cluster.setStatus(ref, {
      ...observed(channel),
      conditions: conditionsOf(channel, judged, cluster.now()),
      ...(url === undefined ? {} : address(url)),
      ...dead.status,
      ...subscriberStatus(channel),
    })
  },
})

const inMemoryChannel = physicalChannel('InMemoryChannel', 'messaging.knative.dev/v1', [
  'DispatcherReady',
  'ServiceReady',
  'EndpointsReady',
  'ChannelServiceReady',
])

const kafkaChannel = physicalChannel('KafkaChannel', 'messaging.knative.dev/v1beta1', [
  'Subscribers',
  'TopicReady',
  'ConfigMapUpdated',
  'ConfigParsed',
  'ProbeSucceeded',
])

/** The state of the real channel as the Channel repeats it (knative/eventing pkg/apis/messaging/v1/channel_lifecycle.go). */
const backingReady = (backing: KubeObject): Judged =>
  readyCondition(backing) ?? {
    status: 'Unknown',
    reason: 'BackingChannelNotConfigured',
    message: 'BackingChannel has not yet been reconciled.',
  }

const deadLetterOf = (
  channel: KubeObject,
  backing: KubeObject,
): {condition: Judged; status: Record<string, unknown>} => {
  if (at(channel, 'spec', 'delivery', 'deadLetterSink') === undefined)
    return {
      condition: trueBecause('DeadLetterSinkNotConfigured', 'No dead letter sink is configured.'),
      status: {},
    }
  const uri = textAt(backing, 'status', 'deadLetterSinkUri')
  return uri === undefined
    ? {
        condition: failed(`Backing Channel ${backing.metadata.name} didn't set status.deadLetterSinkURI`),
        status: {},
      }
    : {condition: isTrue, status: {deadLetterSinkUri: uri}}
}

/** A Channel makes the real channel of the same name and repeats its state (knative/eventing pkg/reconciler/channel). */
const channel: Controller = {
  name: 'channel-controller',
  wants({object, type}) {
    if (object.kind === CHANNEL.kind) return type === 'DELETED' ? [] : [refOf(object)]
    const owner = (object.metadata.ownerReferences ?? []).find(({kind}) => kind === CHANNEL.kind)
    const {namespace} = object.metadata
    return owner === undefined || namespace === undefined ? [] : [{...CHANNEL, name: owner.name, namespace}]
  },
  reconcile(ref, cluster) {
    const object = cluster.get(ref)
    if (object === undefined || object.metadata.deletionTimestamp !== undefined) return
    const template = readChannelTemplate(at(object, 'spec', 'channelTemplate'))
    if (template === undefined) return
    const {namespace = ''} = ref
    const backing = {apiVersion: template.apiVersion, kind: template.kind, name: ref.name, namespace}
    const trouble = cluster.get(backing) === undefined ? make(object, backing, template.spec ?? {}, cluster) : undefined
    const found = cluster.get(backing)
    const base = {
      BackingChannelReady: unknown,
      Addressable: unknown,
      DeadLetterSinkResolved: unknown,
      EventPoliciesReady: unknown,
    }
    if (found === undefined) {
      const judged = {...base, BackingChannelReady: failed('ChannelFailure', trouble)}
      cluster.setStatus(ref, {...observed(object), conditions: conditionsOf(object, judged, cluster.now())})
      return
    }
    const url = textAt(found, 'status', 'address', 'url')
    const dead = deadLetterOf(object, found)
    const subscribers = listAt(found, 'status', 'subscribers')
    const judged = {
      BackingChannelReady: backingReady(found),
      Addressable: url === undefined ? failed('EmptyHostname', 'hostname is the empty string') : isTrue,
      DeadLetterSinkResolved: dead.condition,
      EventPoliciesReady: policiesOff,
    }
    cluster.setStatus(ref, {
      ...observed(object),
      conditions: conditionsOf(object, judged, cluster.now()),
      ...(url === undefined ? {} : address(url)),
      channel: backing,
      ...dead.status,
      ...(subscribers.length === 0 ? {} : {subscribers}),
    })
  },
}

/** Makes the real channel, or says why not. */
const make = (
  object: KubeObject,
  backing: Ref,
  spec: Readonly<Record<string, unknown>>,
  cluster: ClusterView,
): string | undefined => {
  const {apiVersion, kind, name, namespace = ''} = backing
  if (cluster.target(backing) === undefined)
    return `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`
  const delivery = recordAt(object, 'spec')['delivery']
  const made = cluster.create({
    apiVersion,
    kind,
    metadata: {name, namespace, ownerReferences: [ownerOf(object)]},
    spec: {...spec, ...(delivery === undefined ? {} : {delivery})},
  })
  return made ? undefined : `the API server refused ${kind} ${name}`
}

export const channelControllers: readonly Controller[] = [
  inMemoryChannel,
  channel,
  whileRunning('channel-controller', KAFKA_CHANNEL, kafkaChannel),
]
