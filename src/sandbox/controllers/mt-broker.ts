import {type KubeObject, type Ref, refOf} from '../../domain/core/object.js'
import {BROKER, BROKER_CLASS, BrokerClass} from '../../domain/eventing/names.js'
import {at, isRecord, recordAt, textAt} from '../../domain/core/read.js'
import {type EventingConfig, readYaml} from '../admission/config.js'
import {deadLetter, observed, ownerOf} from './addressables.js'
import {conditionsOf, failed, isTrue, type Judged, policiesOff, readyCondition, unknown} from './conditions.js'
import {type ClusterView, type Controller} from './controller.js'

const classOf = (broker: KubeObject): string => broker.metadata.annotations?.[BROKER_CLASS] ?? ''

const templateFault = (text: string): string => `Error on setting up the ChannelTemplate: ${text}`

interface Template {
  apiVersion: string
  kind: string
  spec: Record<string, unknown>
}

/** The channel template of the broker's config, or why there is none (knative/eventing pkg/reconciler/broker/broker.go). */
const channelTemplate = (broker: KubeObject, config: EventingConfig): Template | string => {
  const reference = at(broker, 'spec', 'config')
  if (!isRecord(reference)) return 'failed to find channelTemplate'
  const [kind, apiVersion, name, namespace] = ['kind', 'apiVersion', 'name', 'namespace'].map((field) =>
    textAt(reference, field),
  )
  if (kind !== 'ConfigMap' || apiVersion !== 'v1')
    return 'Broker.Spec.Config configuration not supported, only [kind: ConfigMap, apiVersion: v1]'
  if (!name || !namespace) return 'Broker.Spec.Config name and namespace are required'
  const data = config.data(namespace, name)
  if (data === undefined) return `configmaps "${name}" not found`
  const text = data['channel-template-spec'] ?? data['channelTemplateSpec'] ?? ''
  const template = readYaml(text)
  const channelKind = textAt(template, 'kind')
  const channelVersion = textAt(template, 'apiVersion')
  if (text === '' || !channelKind || !channelVersion) return 'empty or missing value for config'
  return {apiVersion: channelVersion, kind: channelKind, spec: {...recordAt(template, 'spec')}}
}

const backingChannel = (broker: KubeObject, template: Template): Ref => ({
  apiVersion: template.apiVersion,
  kind: template.kind,
  namespace: broker.metadata.namespace ?? '',
  name: `${broker.metadata.name}-kne-trigger`,
})

const reconcile = (broker: KubeObject, cluster: ClusterView, config: EventingConfig): void => {
  const ref = refOf(broker)
  const template = channelTemplate(broker, config)
  const dead = deadLetter(broker, cluster)
  const base: Record<string, Judged> = {
    IngressReady: unknown,
    TriggerChannelReady: unknown,
    FilterReady: unknown,
    Addressable: unknown,
    DeadLetterSinkResolved: unknown,
    EventPoliciesReady: unknown,
  }
  const end = (judged: Record<string, Judged>, status: Record<string, unknown> = {}) => {
    const was = readyCondition(broker)?.status
    cluster.setStatus(ref, {
      ...observed(broker),
      conditions: conditionsOf(broker, {...base, ...judged}, cluster.now()),
      ...status,
    })
    const failure = Object.values(judged).find((condition) => condition.status === 'False')
    // Waiting for the channel's address is no error.
    if (failure !== undefined && failure.reason !== 'NoAddress' && was !== 'False')
      cluster.event(broker, 'Warning', 'InternalError', failure.message ?? failure.reason ?? '')
  }
  if (typeof template === 'string') {
    end({TriggerChannelReady: failed('ChannelTemplateFailed', templateFault(template))})
    return
  }
  const channel = backingChannel(broker, template)
  const delivery = at(broker, 'spec', 'delivery')
  if (cluster.get(channel) === undefined)
    cluster.create({
      apiVersion: channel.apiVersion,
      kind: channel.kind,
      metadata: {
        name: channel.name,
        namespace: channel.namespace ?? '',
        labels: {'eventing.knative.dev/broker': broker.metadata.name, 'eventing.knative.dev/brokerEverything': 'true'},
        annotations: {'eventing.knative.dev/scope': 'cluster'},
        ownerReferences: [ownerOf(broker)],
      },
      spec: {...template.spec, ...(delivery === undefined ? {} : {delivery})},
    })
  const found = cluster.get(channel)
  if (found === undefined) {
    end({
      TriggerChannelReady: failed(
        'ChannelFailure',
        `failed to reconcile channel: no matches for kind "${channel.kind}" in version "${channel.apiVersion}"`,
      ),
    })
    return
  }
  const url = textAt(found, 'status', 'address', 'url')
  if (url === undefined) {
    end({TriggerChannelReady: failed('NoAddress', 'Channel does not have an address.')})
    return
  }
  const {namespace, name} = broker.metadata
  end(
    {
      IngressReady: isTrue,
      TriggerChannelReady: isTrue,
      FilterReady: isTrue,
      Addressable: isTrue,
      DeadLetterSinkResolved: dead.condition,
      EventPoliciesReady: policiesOff,
    },
    {
      address: {name: 'http', url: `http://broker-ingress.knative-eventing.svc.cluster.local/${namespace}/${name}`},
      annotations: {
        'knative.dev/channelAPIVersion': channel.apiVersion,
        'knative.dev/channelAddress': url,
        'knative.dev/channelKind': channel.kind,
        'knative.dev/channelName': channel.name,
      },
      ...dead.status,
    },
  )
}

/** The channel-based broker (knative/eventing pkg/reconciler/broker). */
export const mtBrokerController = (config: EventingConfig): Controller => ({
  name: 'mt-broker-controller',
  wants({object, type}, cluster) {
    if (object.kind === 'Broker') return type === 'DELETED' ? [] : [refOf(object)]
    const {namespace = '', name, ownerReferences = []} = object.metadata
    const owner = ownerReferences.find(({kind}) => kind === 'Broker')
    if (owner !== undefined) return [{...BROKER, namespace, name: owner.name}]
    if (object.kind === 'ConfigMap')
      return cluster
        .list(BROKER.apiVersion, BROKER.kind)
        .filter(
          (broker) =>
            textAt(broker, 'spec', 'config', 'name') === name &&
            textAt(broker, 'spec', 'config', 'namespace') === namespace,
        )
        .map(refOf)
    return brokersSentTo(object, cluster)
  },
  reconcile(ref, cluster) {
    const broker = cluster.get(ref)
    if (broker === undefined || broker.metadata.deletionTimestamp !== undefined) return
    if (classOf(broker) === BrokerClass.MTChannelBased) reconcile(broker, cluster, config)
  },
})

/** Brokers whose dead letter sink is the object: they follow its address. */
export const brokersSentTo = (object: KubeObject, cluster: ClusterView): Ref[] =>
  (object.kind === 'Event' ? [] : cluster.list(BROKER.apiVersion, BROKER.kind))
    .filter((broker) => {
      const sink = at(broker, 'spec', 'delivery', 'deadLetterSink', 'ref')
      return (
        textAt(sink, 'kind') === object.kind &&
        textAt(sink, 'name') === object.metadata.name &&
        (textAt(sink, 'namespace') ?? broker.metadata.namespace) === object.metadata.namespace
      )
    })
    .map(refOf)
