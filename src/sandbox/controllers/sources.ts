import {
  API_SERVER_SOURCE,
  CONTAINER_SOURCE,
  KAFKA_SOURCE,
  PING_SOURCE,
  SINK_BINDING,
} from '../../domain/eventing/names.js'
import {groupOf, type Kind, type KubeObject, type Ref, refOf} from '../../domain/core/object.js'
import {at, listAt, recordAt, textAt} from '../../domain/core/read.js'
import {resourceOf} from '../kinds/kind.js'
import {observed, ownerOf} from './addressables.js'
import {conditionsOf, failed, isTrue, type Judged, readyCondition, unknown} from './conditions.js'
import {type ClusterView, type Controller} from './controller.js'
import {whileRunning} from './kafka/controller.js'
import {refOfDestination, resolve, type Resolved} from './resolve.js'
import {identityOff} from './trigger.js'

interface Verdict {
  judged: Record<string, Judged>
  status?: Record<string, unknown>
}

/** A source whose conditions follow from its sink and perhaps from objects that it makes. */
const sourceController = (
  type: Kind,
  judge: (source: KubeObject, sink: Resolved, cluster: ClusterView) => Verdict,
): Controller => ({
  name: `${type.kind.toLowerCase()}-controller`,
  wants({object, type: change}, cluster) {
    if (object.kind === type.kind && groupOf(object.apiVersion) === groupOf(type.apiVersion))
      return change === 'DELETED' ? [] : [refOf(object)]
    if (object.kind === 'Event') return []
    const {name, namespace = ''} = object.metadata
    const owner = object.metadata.ownerReferences?.find(({kind}) => kind === type.kind)
    if (owner !== undefined) return [{...type, name: owner.name, namespace}]
    return cluster
      .list(type.apiVersion, type.kind)
      .filter((source) => {
        const sink = refOfDestination(at(source, 'spec', 'sink'), source.metadata.namespace ?? '')
        const concerned = (ref: Partial<Ref> | undefined): boolean =>
          ref?.kind === object.kind && ref.name === name && ref.namespace === namespace
        return concerned(sink) || concerned(subjectOf(source))
      })
      .map(refOf)
  },
  reconcile(ref, cluster) {
    const source = cluster.get(ref)
    if (source === undefined || source.metadata.deletionTimestamp !== undefined) return
    const sink = resolve(at(source, 'spec', 'sink'), ref.namespace ?? '', cluster)
    const {judged, status = {}} = judge(source, sink, cluster)
    cluster.setStatus(ref, {
      ...observed(source),
      conditions: conditionsOf(source, judged, cluster.now()),
      ...('uri' in sink && judged['SinkProvided']?.status === 'True' ? {sinkUri: sink.uri} : {}),
      ...status,
    })
    if ('fault' in sink && judged['SinkProvided']?.status === 'False')
      cluster.event(source, 'Warning', 'SinkNotFound', `Sink not found: ${JSON.stringify(at(source, 'spec', 'sink'))}`)
  },
})

/** What a SinkBinding binds by name. */
const subjectOf = (source: KubeObject): Ref | undefined => {
  const subject = at(source, 'spec', 'subject')
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((field) => textAt(subject, field))
  if (!apiVersion || !kind || !name) return undefined
  return {apiVersion, kind, name, namespace: textAt(subject, 'namespace') ?? source.metadata.namespace ?? ''}
}

/** knative/eventing pkg/reconciler/pingsource/pingsource.go */
const pingSource = sourceController(PING_SOURCE, (source, sink) => ({
  judged: {
    SinkProvided: 'uri' in sink ? isTrue : failed('NotFound'),
    Deployed: 'uri' in sink ? isTrue : unknown,
    OIDCIdentityCreated: identityOff,
  },
  status:
    'uri' in sink
      ? {
          ceAttributes: [
            {
              source: `/apis/v1/namespaces/${source.metadata.namespace}/pingsources/${source.metadata.name}`,
              type: 'dev.knative.sources.ping',
            },
          ],
        }
      : {},
}))

/** knative/eventing pkg/reconciler/apiserversource/apiserversource.go */
const apiServerSource = sourceController(API_SERVER_SOURCE, (_source, sink) => ({
  judged: {
    SinkProvided: 'uri' in sink ? isTrue : failed('NotFound'),
    Deployed: 'uri' in sink ? isTrue : unknown,
    SufficientPermissions: 'uri' in sink ? isTrue : unknown,
    OIDCIdentityCreated: identityOff,
  },
}))

/** What a binding says of its subject (knative.dev/pkg webhook/psbinding/reconciler.go). */
const subjectBound = (binding: KubeObject, cluster: ClusterView): Judged => {
  const ref = subjectOf(binding)
  if (ref === undefined || cluster.get(ref) !== undefined) return isTrue
  const target = cluster.target(ref)
  return target === undefined
    ? failed('SubjectUnavailable', 'the server could not find the requested resource')
    : failed('SubjectMissing', `${resourceOf(target.kind)} ${JSON.stringify(ref.name)} not found`)
}

/** knative/eventing pkg/reconciler/sinkbinding/sinkbinding.go; the subject comes before the sink. */
const sinkBinding = sourceController(SINK_BINDING, (binding, sink, cluster) => {
  const bound = subjectBound(binding, cluster)
  const initial = {
    SinkBindingAvailable: bound,
    SinkProvided: unknown,
    OIDCIdentityCreated: unknown,
    OIDCTokenSecretCreated: unknown,
    TrustBundlePropagated: unknown,
  }
  if (bound.status === 'False') return {judged: initial}
  if ('fault' in sink)
    return {
      judged: {
        ...initial,
        TrustBundlePropagated: isTrue,
        SinkProvided: failed('NoAddressable', `Addressable could not be extracted from destination: ${sink.fault}`),
      },
    }
  return {
    judged: {
      SinkBindingAvailable: bound,
      SinkProvided: isTrue,
      OIDCIdentityCreated: identityOff,
      OIDCTokenSecretCreated: identityOff,
      TrustBundlePropagated: isTrue,
    },
  }
})

/** Makes a binding and a Deployment, and repeats their state (knative/eventing pkg/reconciler/containersource). */
const containerSource = sourceController(CONTAINER_SOURCE, (source, _sink, cluster) => {
  const {name, namespace = ''} = source.metadata
  const deployment = {apiVersion: 'apps/v1', kind: 'Deployment', name: `${name}-deployment`, namespace}
  const binding = {...SINK_BINDING, name: `${name}-sinkbinding`, namespace}
  const owned = {namespace, ownerReferences: [ownerOf(source)]}
  if (cluster.get(binding) === undefined)
    cluster.create({
      ...SINK_BINDING,
      metadata: {name: binding.name, ...owned},
      spec: {
        subject: {apiVersion: deployment.apiVersion, kind: deployment.kind, name: deployment.name, namespace},
        sink: recordAt(source, 'spec', 'sink'),
      },
    })
  if (cluster.get(deployment) === undefined) {
    const labels = {
      'sources.knative.dev/containerSource': name,
      'sources.knative.dev/source': 'container-source-controller',
    }
    const template = recordAt(source, 'spec', 'template')
    cluster.create({
      apiVersion: deployment.apiVersion,
      kind: deployment.kind,
      metadata: {name: deployment.name, labels, ...owned},
      spec: {
        selector: {matchLabels: labels},
        template: {...template, metadata: {...recordAt(template, 'metadata'), labels}},
      },
    })
  }
  const bound = cluster.get(binding)
  const sinkUri = textAt(bound, 'status', 'sinkUri')
  return {
    judged: {
      SinkBindingReady: readyCondition(bound) ?? unknown,
      ReceiveAdapterReady: cluster.get(deployment) === undefined ? unknown : isTrue,
    },
    status: sinkUri === undefined ? {} : {sinkUri},
  }
})

/** eventing-kafka-broker control-plane/pkg/reconciler/source */
const kafkaSource = sourceController(KAFKA_SOURCE, (source, sink) => ({
  judged: {
    ConsumerGroup:
      'uri' in sink
        ? isTrue
        : failed('failed to reconcile consumer group', `failed to resolve destination: ${sink.fault}`),
    SinkProvided: 'uri' in sink ? isTrue : unknown,
    OIDCIdentityCreated: identityOff,
  },
  status: {
    consumers: 1,
    ceAttributes: listAt(source, 'spec', 'topics').map((topic) => ({
      source: `/apis/v1/namespaces/${source.metadata.namespace}/kafkasources/${source.metadata.name}#${String(topic)}`,
      type: 'dev.knative.kafka.event',
    })),
  },
}))

/** The sources of Knative Eventing and its Kafka add-on. */
export const sourceControllers: readonly Controller[] = [
  pingSource,
  apiServerSource,
  sinkBinding,
  containerSource,
  whileRunning('source-controller', KAFKA_SOURCE, kafkaSource),
]
