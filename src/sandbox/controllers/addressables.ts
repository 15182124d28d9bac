import {type KubeObject, type Ref, refOf} from '../../domain/object.js'
import {at, listAt, recordAt, textAt} from '../../domain/read.js'
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
import {resolve} from './resolve.js'

/** `observedGeneration`, where the kind counts generations. */
export const observed = ({metadata}: KubeObject) =>
  metadata.generation === undefined ? {} : {observedGeneration: metadata.generation}

const channelUrl = (ref: Ref) => `http://${ref.name}-kn-channel.${ref.namespace}.svc.cluster.local`

/** The dead letter sink of `spec.delivery`: its condition and what the status says of it. */
export const deadLetter = (
  object: KubeObject,
  cluster: ClusterView,
): {condition: Judged; status: Record<string, unknown>} => {
  const sink = at(object, 'spec', 'delivery', 'deadLetterSink')
  if (sink === undefined)
    return {
      condition: trueBecause('DeadLetterSinkNotConfigured', 'No dead letter sink is configured.'),
      status: {},
    }
  const found = resolve(sink, object.metadata.namespace ?? '', cluster)
  return 'uri' in found
    ? {condition: isTrue, status: {deadLetterSinkUri: found.uri}}
    : {condition: failed("Unable to get the dead letter sink's URI", found.fault), status: {}}
}

const simple = (
  kind: string,
  apiVersion: string,
  statusOf: (
    object: KubeObject,
    cluster: ClusterView,
  ) => {judged: Record<string, Judged>; status: Record<string, unknown>},
): Controller => ({
  name: `${kind.toLowerCase()}-controller`,
  wants: ({object, type}) =>
    type !== 'DELETED' && object.kind === kind && object.apiVersion === apiVersion ? [refOf(object)] : [],
  reconcile(ref, cluster) {
    const object = cluster.get(ref)
    if (object === undefined || object.metadata.deletionTimestamp !== undefined) return
    const {judged, status} = statusOf(object, cluster)
    cluster.setStatus(ref, {...observed(object), conditions: conditionsOf(object, judged, cluster.now()), ...status})
  },
})

const address = (url: string) => ({address: {name: 'http', url}})

/** Channels whose address is a Kubernetes Service of their own name. */
const physicalChannel = (kind: string, apiVersion: string, dependents: Record<string, Judged>): Controller =>
  simple(kind, apiVersion, (object, cluster) => {
    const {condition, status} = deadLetter(object, cluster)
    return {
      judged: {
        ...dependents,
        Addressable: isTrue,
        EventPoliciesReady: policiesOff,
        ...(kind === 'KafkaChannel' ? {} : {DeadLetterSinkResolved: condition}),
      },
      status: {...address(channelUrl(refOf(object))), ...status},
    }
  })

const inMemoryChannel = physicalChannel('InMemoryChannel', 'messaging.knative.dev/v1', {
  DispatcherReady: isTrue,
  ServiceReady: isTrue,
  EndpointsReady: isTrue,
  ChannelServiceReady: isTrue,
})

const kafkaChannel = physicalChannel('KafkaChannel', 'messaging.knative.dev/v1beta1', {
  Subscribers: isTrue,
  TopicReady: isTrue,
  ConfigMapUpdated: isTrue,
  ConfigParsed: isTrue,
  ProbeSucceeded: isTrue,
})

/** A Channel makes the real channel of the same name and repeats its state (knative/eventing pkg/reconciler/channel). */
const channel: Controller = {
  name: 'channel-controller',
  wants({object, type}) {
    if (object.kind === 'Channel' && type !== 'DELETED') return [refOf(object)]
    const owner = (object.metadata.ownerReferences ?? []).find(({kind}) => kind === 'Channel')
    return owner === undefined || object.metadata.namespace === undefined
      ? []
      : [{apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name, namespace: object.metadata.namespace}]
  },
  reconcile(ref, cluster) {
    const object = cluster.get(ref)
    if (object === undefined || object.metadata.deletionTimestamp !== undefined) return
    const template = recordAt(object, 'spec', 'channelTemplate')
    const backing: Ref = {
      apiVersion: textAt(template, 'apiVersion') ?? '',
      kind: textAt(template, 'kind') ?? '',
      name: ref.name,
      ...(ref.namespace === undefined ? {} : {namespace: ref.namespace}),
    }
    const delivery = at(object, 'spec', 'delivery')
    if (cluster.get(backing) === undefined)
      cluster.create({
        apiVersion: backing.apiVersion,
        kind: backing.kind,
        metadata: {
          name: backing.name,
          ...(backing.namespace === undefined ? {} : {namespace: backing.namespace}),
          ownerReferences: [ownerOf(object)],
        },
        spec: {...recordAt(template, 'spec'), ...(delivery === undefined ? {} : {delivery})},
      })
    const found = cluster.get(backing)
    const ready = readyCondition(found)
    const url = textAt(found, 'status', 'address', 'url')
    const missing = cluster.target(backing) === undefined
    const judged = {
      BackingChannelReady: missing
        ? failed('BackingChannelFailed', `no matches for kind "${backing.kind}" in version "${backing.apiVersion}"`)
        : (ready ?? unknown),
      Addressable: url === undefined ? unknown : isTrue,
      DeadLetterSinkResolved: deadLetter(object, cluster).condition,
      EventPoliciesReady: policiesOff,
    }
    cluster.setStatus(ref, {
      ...observed(object),
      conditions: conditionsOf(object, judged, cluster.now()),
      ...(url === undefined ? {} : address(url)),
      ...(found === undefined ? {} : {channel: backing}),
      ...deadLetter(object, cluster).status,
    })
  },
}

/** An owner reference that makes the object the controller of another. */
export const ownerOf = ({apiVersion, kind, metadata}: KubeObject) => ({
  apiVersion,
  blockOwnerDeletion: true,
  controller: true,
  kind,
  name: metadata.name,
  uid: metadata.uid ?? '',
})

const kafkaSink = simple('KafkaSink', 'eventing.knative.dev/v1alpha1', (object) => {
  const topic = textAt(object, 'spec', 'topic') ?? ''
  return {
    judged: {
      Addressable: isTrue,
      DataPlaneAvailable: isTrue,
      ConfigParsed: isTrue,
      ConfigMapUpdated: trueBecause('Config map knative-eventing/kafka-sink-sinks updated'),
      TopicReady: trueBecause(`Topic ${topic} created`),
      ProbeSucceeded: isTrue,
      EventPoliciesReady: policiesOff,
    },
    status: {
      ...address(
        `http://kafka-sink-ingress.knative-eventing.svc.cluster.local/${object.metadata.namespace}/${object.metadata.name}`,
      ),
      annotations: {'bootstrap.servers': listAt(object, 'spec', 'bootstrapServers').join(',')},
    },
  }
})

const knativeService = simple('Service', 'serving.knative.dev/v1', ({metadata}) => ({
  judged: {ConfigurationsReady: isTrue, RoutesReady: isTrue},
  status: {
    url: `http://${metadata.name}.${metadata.namespace}.example.com`,
    address: {url: `http://${metadata.name}.${metadata.namespace}.svc.cluster.local`},
    latestCreatedRevisionName: `${metadata.name}-00001`,
    latestReadyRevisionName: `${metadata.name}-00001`,
    traffic: [{latestRevision: true, percent: 100, revisionName: `${metadata.name}-00001`}],
  },
}))

/** Everything that is ready as soon as it is there, and can be sent to. */
export const addressableControllers = (kafka: boolean): Controller[] => [
  knativeService,
  inMemoryChannel,
  channel,
  ...(kafka ? [kafkaChannel, kafkaSink] : []),
]
