import {home, kafkaChannel, subscription, type Scene} from './scene.js'

const eventing = (
  kind: string,
  name: string,
  spec: string,
  annotations = '',
): string => `apiVersion: eventing.knative.dev/v1
kind: ${kind}
metadata: {name: ${name}${annotations === '' ? '' : `, annotations: {${annotations}}`}}
spec: ${spec}
`
const messaging = (kind: string, name: string, spec: string): string => `apiVersion: messaging.knative.dev/v1
kind: ${kind}
metadata: {name: ${name}}
spec: ${spec}
`
const sink = '{ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: sink}}'
const letters = '{ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: dead-letters}}'
const kafka = '"eventing.knative.dev/broker.class": Kafka'
const config = 'config: {apiVersion: v1, kind: ConfigMap, name: kafka-broker-config, namespace: knative-eventing}, '
const given = {args: `-n ${home} -f new.yaml`} as const
const file = (...texts: readonly string[]) => ({files: {'new.yaml': texts.join('---\n')}})

/** Manifests before they are applied, judged with the cluster. */
export const manifestScenes: readonly Scene[] = [
  {
    ...given,
    shows: 'a broker that the server would refuse',
    ...file(eventing('Broker', 'new', `{${config}delivery: {deadLetterSink: ${letters}, retry: -1}}`, kafka)),
    codes: ['SFL-B09', 'SFL-H06'],
  },
  {
    ...given,
    shows: 'delivery settings that features of the cluster do not allow',
    objects: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {name: 'config-features', namespace: 'knative-eventing'},
        data: {'delivery-timeout': 'disabled'},
      },
    ],
    ...file(
      eventing(
        'Trigger',
        'new',
        `{broker: orders-0, subscriber: ${sink}, delivery: {deadLetterSink: ${letters}, retry: 3, timeout: PT5S, retryAfterMax: PT30S}}`,
      ),
    ),
    codes: ['SFL-D05', 'SFL-D06', 'SFL-D07', 'SFL-T10'],
  },
  {
    ...given,
    shows: 'changes of what nobody can change, on a broker, a trigger, a channel and a subscription',
    objects: [kafkaChannel('mail'), subscription('mail', 'mail')],
    ...file(
      eventing(
        'Broker',
        'orders-0',
        `{delivery: {deadLetterSink: ${letters}, retry: 3, backoffPolicy: linear, backoffDelay: PT1S}}`,
        kafka.replace('Kafka', 'MTChannelBasedBroker'),
      ),
      eventing('Trigger', 'orders-0-0', `{broker: orders-1, subscriber: ${sink}}`),
      messaging('Channel', 'mail', '{channelTemplate: {apiVersion: messaging.knative.dev/v1, kind: InMemoryChannel}}'),
      messaging(
        'Subscription',
        'mail',
        `{channel: {apiVersion: messaging.knative.dev/v1, kind: Channel, name: post}, subscriber: ${sink}}`,
      ),
    ),
    codes: ['SFL-B03', 'SFL-B09', 'SFL-C06', 'SFL-H09', 'SFL-S02', 'SFL-S05', 'SFL-T02', 'SFL-T09'],
  },
  {
    ...given,
    shows: 'nothing of a broker and a channel that keep what their manifests leave out',
    objects: [kafkaChannel('mail')],
    ...file(
      eventing(
        'Broker',
        'orders-0',
        `{delivery: {deadLetterSink: ${letters}, retry: 3, backoffPolicy: linear, backoffDelay: PT1S}}`,
      ),
      messaging('Channel', 'mail', '{}'),
    ),
    codes: [],
  },
  {
    ...given,
    shows: 'a trigger that the server would refuse',
    ...file(eventing('Trigger', 'new', '{broker: orders-0}')),
    codes: ['SFL-T09'],
  },
  {
    ...given,
    shows: 'a channel that the server would refuse, and one that gets no type',
    ...file(
      messaging('Channel', 'new', '{channelTemplate: {kind: KafkaChannel}}'),
      messaging('Channel', 'newer', '{}'),
    ),
    objects: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {name: 'default-ch-webhook', namespace: 'knative-eventing'},
        data: {'default-ch-config': 'clusterDefault: {}'},
      },
    ],
    codes: ['SFL-C03', 'SFL-C06'],
  },
  {
    ...given,
    shows: 'a subscription that the server would refuse',
    ...file(messaging('Subscription', 'new', '{}')),
    codes: ['SFL-S05'],
  },
  {
    ...given,
    shows: 'kinds that no check knows',
    ...file('apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: new}\n'),
    codes: ['SFL-H14'],
  },
  {
    ...given,
    shows: 'a platform for a cluster without SonataFlow',
    sandbox: {install: {sonataflow: 'none'}},
    ...file('apiVersion: sonataflow.org/v1alpha08\nkind: SonataFlowPlatform\nmetadata: {name: flows}\nspec: {}\n'),
    codes: ['SFL-P01'],
  },
  {
    ...given,
    shows: 'services that are on without a word',
    ...file(
      'apiVersion: sonataflow.org/v1alpha08\nkind: SonataFlowPlatform\nmetadata: {name: flows}\nspec: {services: {dataIndex: {}, jobService: {enabled: true}}}\n',
    ),
    codes: ['SFL-DB01', 'SFL-W02'],
  },
]
