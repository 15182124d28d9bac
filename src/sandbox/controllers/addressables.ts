import {KAFKA_SINK} from '../../domain/eventing/names.js'
import {type KubeObject, refOf} from '../../domain/core/object.js'
import {at, listAt, textAt} from '../../domain/core/read.js'
import {conditionsOf, failed, isTrue, type Judged, policiesOff, trueBecause} from './conditions.js'
import {type ClusterView, type Controller} from './controller.js'
import {whileRunning} from './kafka/controller.js'
import {resolve} from './resolve.js'

/** `observedGeneration`, where the kind counts generations. */
export const observed = ({metadata}: KubeObject) =>
  metadata.generation === undefined ? {} : {observedGeneration: metadata.generation}

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

/** A controller that only judges: what it says follows from the object itself and from what that refers to. */
export const simple = (
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

export const address = (url: string) => ({address: {name: 'http', url}})

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
export const addressableControllers: readonly Controller[] = [
  knativeService,
  whileRunning('sink-controller', KAFKA_SINK, kafkaSink),
]
