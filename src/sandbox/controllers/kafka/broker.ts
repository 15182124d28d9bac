import {type KubeObject, type Ref, refOf} from '../../../domain/core/object.js'
import {BROKER, BROKER_CLASS, BrokerClass, EXTERNAL_TOPIC, isKafkaClass} from '../../../domain/eventing/names.js'
import {kafkaOverflow} from '../../../domain/eventing/delivery/period.js'
import {at, listAt, textAt, textsAt} from '../../../domain/core/read.js'
import {type EventingConfig, systemNamespace} from '../../admission/config.js'
import {observed} from '../addressables.js'
import {
  conditionsOf,
  failed,
  isTrue,
  type Judged,
  policiesOff,
  readyCondition,
  trueBecause,
  unknown,
} from '../conditions.js'
import {type ClusterView, type Controller} from '../controller.js'
import {type TopicConfig, topicConfig} from './config.js'
import {kafkaRelease, whileRunning} from './controller.js'
import {behaviourOf, controlPlaneFault, ingressAccepts} from './secret.js'
import {brokersSentTo} from '../mt-broker.js'
import {resolve} from '../resolve.js'

const finalizer = 'brokers.eventing.knative.dev'
const secretFinalizer = (broker: KubeObject) => `kafka.eventing/${broker.metadata.uid}`
const contract = 'kafka-broker-brokers-triggers'

const isNamespaced = (broker: KubeObject) => broker.metadata.annotations?.[BROKER_CLASS] === BrokerClass.KafkaNamespaced

const initial: Record<string, Judged> = {
  DataPlaneAvailable: unknown,
  ConfigParsed: unknown,
  TopicReady: unknown,
  ConfigMapUpdated: unknown,
  ProbeSucceeded: unknown,
  Addressable: unknown,
  EventPoliciesReady: unknown,
}

const receiverReady = (cluster: ClusterView): boolean =>
  cluster
    .list('v1', 'Pod', systemNamespace)
    .some(
      (pod) =>
        pod.metadata.labels?.['app'] === 'kafka-broker-receiver' &&
        listAt(pod, 'status', 'conditions').some(
          (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
        ),
    )

interface Outcome {
  judged: Record<string, Judged>
  status: Record<string, unknown>
}

const secretOf = (topic: TopicConfig): Ref | undefined =>
  topic.secretName === undefined || topic.secretName === ''
    ? undefined
    : {apiVersion: 'v1', kind: 'Secret', namespace: topic.namespace, name: topic.secretName}

/** The control plane refuses what its duration library has no room for. */
const durationFault = (broker: KubeObject): string | undefined => {
  const delay = textAt(broker, 'spec', 'delivery', 'backoffDelay')
  const component = delay === undefined ? undefined : kafkaOverflow(delay)
  return component === undefined
    ? undefined
    : `failed to parse Spec.Delivery.BackoffDelay: failed to parse duration string: ${delay}: integer overflow occurred in ${component}`
}

const judge = (broker: KubeObject, cluster: ClusterView, config: EventingConfig): Outcome => {
  const {namespace = '', name} = broker.metadata
  const stop = (judged: Record<string, Judged>, status: Record<string, unknown> = {}): Outcome => ({
    judged: {...initial, ...judged},
    status,
  })
  const annotations = textsAt(broker, 'status', 'annotations')
  const kept = Object.keys(annotations).length > 0 ? {annotations} : {}
  if (!receiverReady(cluster))
    return stop(
      {DataPlaneAvailable: failed('Data plane not available', 'Did you install the data plane for this component?')},
      kept,
    )
  const parsed: Record<string, Judged> = {DataPlaneAvailable: isTrue}
  const topic = topicConfig(broker, config)
  if (typeof topic === 'string') return stop({...parsed, ConfigParsed: failed(topic)}, kept)
  const status: Record<string, string> = {
    'bootstrap.servers': topic.bootstrapServers.join(','),
    'default.topic.partitions': String(topic.partitions),
    'default.topic.replication.factor': String(topic.replicationFactor),
    ...(topic.secretName ? {'auth.secret.ref.name': topic.secretName} : {}),
    ...(annotations['default.topic'] === undefined ? {} : {'default.topic': annotations['default.topic']}),
  }
  parsed['ConfigParsed'] = isTrue
  const secret = secretOf(topic)
  const found = secret === undefined ? undefined : cluster.get(secret)
  if (secret !== undefined && found === undefined)
    return stop(
      {
        ...parsed,
        TopicReady: failed(
          'Failed to get broker auth secret',
          `failed to get secret ${secret.namespace}/${secret.name}: secrets "${secret.name}" not found`,
        ),
      },
      {annotations: status},
    )
  const wrong = found === undefined ? undefined : controlPlaneFault(found, behaviourOf(kafkaRelease(cluster)))
  if (wrong !== undefined)
    return stop({...parsed, TopicReady: failed('Failed to obtain Kafka cluster admin', wrong)}, {annotations: status})
  const external = broker.metadata.annotations?.[EXTERNAL_TOPIC]
  const topicName = external ?? annotations['default.topic'] ?? `knative-broker-${namespace}-${name}`
  parsed['TopicReady'] = trueBecause(`Topic ${topicName} created`)
  status['default.topic'] = topicName
  const sink = at(broker, 'spec', 'delivery', 'deadLetterSink')
  const dead = sink === undefined ? undefined : resolve(sink, namespace, cluster)
  const trouble =
    dead !== undefined && 'fault' in dead
      ? `failed to resolve Spec.Delivery.DeadLetterSink: ${dead.fault}`
      : durationFault(broker)
  if (trouble !== undefined) return stop({...parsed, ConfigParsed: failed(trouble)}, {annotations: status})
  const home = isNamespaced(broker) ? namespace : systemNamespace
  parsed['ConfigMapUpdated'] = trueBecause(`Config map ${home}/${contract} updated`)
  // The receivers do not register a path whose credentials they cannot use, so the probe is answered with 404.
  if (found !== undefined && !ingressAccepts(found))
    return stop({...parsed, ProbeSucceeded: failed('ProbeStatus', 'status: NotReady')}, {annotations: status})
  return stop(
    {
      ...parsed,
      ProbeSucceeded: isTrue,
      Addressable: isTrue,
      EventPoliciesReady: policiesOff,
    },
    {
      address: {name: 'http', url: `http://kafka-broker-ingress.${home}.svc.cluster.local/${namespace}/${name}`},
      annotations: status,
      ...(dead !== undefined && 'uri' in dead ? {deadLetterSinkUri: dead.uri} : {}),
    },
  )
}

const holdSecret = (broker: KubeObject, topic: TopicConfig | string, cluster: ClusterView, hold: boolean): void => {
  const ref = typeof topic === 'string' ? undefined : secretOf(topic)
  const secret = ref && cluster.get(ref)
  if (secret === undefined) return
  const mine = secretFinalizer(broker)
  const finalizers = secret.metadata.finalizers ?? []
  if (hold === finalizers.includes(mine) || (hold && secret.metadata.deletionTimestamp !== undefined)) return
  cluster.setFinalizers(secret, hold ? [...finalizers, mine] : finalizers.filter((name) => name !== mine))
}

/** Deletes the topic; a broker whose topic was never created cannot be finalized ("no topic annotated on broker"). */
const finalize = (broker: KubeObject, cluster: ClusterView, config: EventingConfig): void => {
  const finalizers = broker.metadata.finalizers ?? []
  if (!finalizers.includes(finalizer)) return
  const external = broker.metadata.annotations?.[EXTERNAL_TOPIC] !== undefined
  if (!external && textAt(broker, 'status', 'annotations', 'default.topic') === undefined) {
    cluster.event(broker, 'Warning', 'InternalError', 'no topic annotated on broker')
    return
  }
  holdSecret(broker, topicConfig(broker, config), cluster, false)
  cluster.setFinalizers(
    broker,
    finalizers.filter((name) => name !== finalizer),
  )
}

const allBrokers = (cluster: ClusterView): Ref[] => cluster.list(BROKER.apiVersion, BROKER.kind).map(refOf)

/** Brokers of the classes Kafka and KafkaNamespaced (eventing-kafka-broker control-plane/pkg/reconciler/broker). */
export const kafkaBrokerController = (config: EventingConfig): Controller =>
  whileRunning('broker-controller', BROKER, brokerController(config), hold)

const brokerController = (config: EventingConfig): Controller => ({
  name: 'kafka-broker-controller',
  wants({object, type}, cluster) {
    if (object.kind === 'Broker') return type === 'DELETED' ? [] : [refOf(object)]
    if (object.kind === 'ConfigMap' || object.kind === 'Secret')
      return cluster
        .list(BROKER.apiVersion, BROKER.kind)
        .filter((broker) => concerns(broker, object, config))
        .map(refOf)
    if (object.kind === 'Pod' && object.metadata.namespace === systemNamespace) return allBrokers(cluster)
    return brokersSentTo(object, cluster)
  },
  reconcile(ref, cluster) {
    const broker = cluster.get(ref)
    if (broker === undefined || !isKafkaClass(broker.metadata.annotations?.[BROKER_CLASS])) return
    if (broker.metadata.deletionTimestamp !== undefined) {
      finalize(broker, cluster, config)
      return
    }
    hold(broker, cluster)
    const {judged, status} = judge(broker, cluster, config)
    if (judged['ConfigParsed']?.status === 'True') holdSecret(broker, topicConfig(broker, config), cluster, true)
    const was = readyCondition(broker)?.status
    cluster.setStatus(ref, {
      ...observed(broker),
      conditions: conditionsOf(broker, judged, cluster.now()),
      ...status,
    })
    const failure = Object.values(judged).find((condition) => condition.status === 'False')
    if (failure !== undefined && was !== 'False')
      cluster.event(broker, 'Warning', 'InternalError', failure.message ?? failure.reason ?? '')
    if (failure === undefined && was !== 'True')
      cluster.event(
        broker,
        'Normal',
        'BrokerReconciled',
        `Broker reconciled: "${broker.metadata.namespace}/${broker.metadata.name}"`,
      )
  },
})

/** Puts the finalizer on, which comes before everything else. */
const hold = (broker: KubeObject, cluster: ClusterView): void => {
  const {finalizers = [], name, deletionTimestamp} = broker.metadata
  if (finalizers.includes(finalizer) || deletionTimestamp !== undefined) return
  cluster.setFinalizers(broker, [...finalizers, finalizer])
  cluster.event(broker, 'Normal', 'FinalizerUpdate', `Updated ${JSON.stringify(name)} finalizers`)
}

const concerns = (broker: KubeObject, object: KubeObject, config: EventingConfig): boolean => {
  const {name, namespace} = object.metadata
  if (object.kind === 'ConfigMap')
    return (
      textAt(broker, 'spec', 'config', 'name') === name &&
      (textAt(broker, 'spec', 'config', 'namespace') ?? broker.metadata.namespace) === namespace
    )
  const topic = topicConfig(broker, config)
  return typeof topic !== 'string' && topic.secretName === name && topic.namespace === namespace
}
