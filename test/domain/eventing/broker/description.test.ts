import {describe, expect, test} from 'vitest'
import {readBrokerDefaults} from '../../../../src/domain/eventing/cluster-defaults/broker-defaults.js'
import {describeBroker} from '../../../../src/domain/eventing/broker/description.js'
import {diagnoseBroker} from '../../../../src/domain/eventing/broker/diagnosis.js'
import {type ClusterFacts} from '../../../../src/domain/eventing/broker/facts.js'
import {type KubeObject} from '../../../../src/domain/core/object.js'
import {aBroker, aTrigger, cluster, describing, kafkaConfig, kafkaData, stockDefaults, told} from '../cluster.js'

const now = Date.parse('2026-01-02T00:00:00Z')
const ready = [{type: 'Ready', status: 'True'}]
const letters = {ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'letters', namespace: 'shop'}}

describe('what broker describe shows', () => {
  test('a Kafka broker with everything', () => {
    const broker = aBroker({
      metadata: {creationTimestamp: '2026-01-01T00:00:00Z', labels: {team: 'shop'}},
      spec: {delivery: {deadLetterSink: letters, retry: 2}},
      status: {
        conditions: ready,
        address: {url: 'http://kafka-broker-ingress.knative-eventing.svc.cluster.local/shop/orders'},
        addresses: [{name: 'http', url: 'http://a'}, {name: 'https', url: 'https://a'}, {}],
        deadLetterSinkUri: 'http://letters.shop.svc.cluster.local',
        annotations: {...kafkaData, 'default.topic': 'knative-broker-shop-orders'},
      },
    })
    const event = (reason: string, lastTimestamp: string, more: object = {}): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {name: reason, namespace: 'shop'},
      type: 'Normal',
      reason,
      message: `${reason} happened\n`,
      lastTimestamp,
      ...more,
    })
    const described = describeBroker(
      describing(broker, {
        triggers: [
          aTrigger('b', {spec: {subscriber: letters, delivery: {retry: 1}}, status: {conditions: ready}}),
          aTrigger('a', {spec: {subscriber: {uri: 'http://h/'}}}),
          aTrigger('other', {broker: 'default'}),
        ],
        events: [
          event('Later', '2026-01-01T02:00:00Z', {count: 3, source: {component: 'broker-controller'}}),
          event('Earlier', '2026-01-01T01:00:00Z'),
        ],
      }),
      now,
    )
    const own = {source: 'broker', text: 'set on this broker'}
    const plane = {source: 'none', text: 'built into the Kafka data plane'}
    expect(described).toEqual({
      name: 'orders',
      namespace: 'shop',
      labels: {team: 'shop'},
      annotations: {'eventing.knative.dev/broker.class': 'Kafka'},
      ageMs: 86_400_000,
      url: 'http://kafka-broker-ingress.knative-eventing.svc.cluster.local/shop/orders',
      addresses: [
        {name: 'http', url: 'http://a'},
        {name: 'https', url: 'https://a'},
      ],
      readiness: {state: 'ready'},
      conditions: ready,
      className: 'Kafka',
      classOrigin: own,
      config: {
        reference: {apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka-broker-config', namespace: 'knative-eventing'},
        text: 'cm:kafka-broker-config:knative-eventing',
        state: 'found',
        values: kafkaData,
        origin: own,
      },
      delivery: {
        settings: [
          {flag: 'dl-sink', value: 'ksvc:letters', origin: own},
          {flag: 'retry', value: '2', origin: own},
          {flag: 'backoff-policy', value: 'exponential', origin: plane},
          {flag: 'backoff-delay', value: 'PT0.2S', origin: plane},
          {flag: 'timeout', value: 'PT10M', origin: plane},
        ],
        schedule: {
          retries: 2,
          pausesMs: [400, 800],
          totalMs: 1200,
          deadLetterSink: 'ksvc:letters',
          text: '2 retries after 400 ms, 800 ms, then to ksvc:letters',
        },
        deadLetterSinkUri: 'http://letters.shop.svc.cluster.local',
      },
      kafka: {
        topic: 'knative-broker-shop-orders',
        external: false,
        partitions: '10',
        replicationFactor: '3',
        bootstrapServers: 'my-cluster-kafka-bootstrap.kafka:9092',
      },
      triggers: [
        {
          name: 'a',
          readiness: {state: 'pending', reason: 'NoConditions', message: 'no controller has reported about it yet'},
          subscriber: 'http://h/',
          ownDelivery: false,
        },
        {name: 'b', readiness: {state: 'ready'}, subscriber: 'ksvc:letters', ownDelivery: true},
      ],
      injection: {injected: false, recreated: 'no', sources: []},
      events: [
        {type: 'Normal', reason: 'Earlier', message: 'Earlier happened', count: 1, lastSeen: '2026-01-01T01:00:00Z'},
        {
          type: 'Normal',
          reason: 'Later',
          message: 'Later happened',
          count: 3,
          lastSeen: '2026-01-01T02:00:00Z',
          from: 'broker-controller',
        },
      ],
      findings: described.findings,
    })
    expect(told(described.findings)).toBe(
      'note SFL-D12 b has delivery settings of its own; they replace those of the broker completely, the dead letter sink too',
    )
  })

  test('an injected channel-based broker with the defaults of the cluster', () => {
    const {brokerClass, delivery, ...config} = stockDefaults.clusterDefault
    const broker = aBroker({
      className: brokerClass,
      metadata: {name: 'default', labels: {'eventing.knative.dev/injected': 'true'}},
      spec: {config, delivery},
      status: {
        conditions: ready,
        annotations: {
          'knative.dev/channelName': 'default-kne-trigger',
          'knative.dev/channelKind': 'InMemoryChannel',
          'knative.dev/channelAPIVersion': 'messaging.knative.dev/v1',
          'knative.dev/channelAddress': 'http://c',
        },
      },
    })
    const label = 'eventing.knative.dev/injection'
    const described = describeBroker(
      describing(broker, {
        sugar: {namespaceSelector: {selector: {matchLabels: {[label]: 'enabled'}}}, triggerSelector: 'off'},
        namespaceLabels: {[label]: 'enabled'},
      }),
      now,
    )
    const origin = {source: 'clusterDefault', text: 'cluster default in config-br-defaults'}
    expect(described).toMatchObject({
      classOrigin: origin,
      config: {text: 'cm:config-br-default-channel:knative-eventing', origin},
      delivery: {
        settings: [
          {flag: 'retry', value: '10', origin},
          {flag: 'backoff-policy', value: 'exponential', origin},
          {flag: 'backoff-delay', value: 'PT0.2S', origin},
        ],
      },
      channel: {
        apiVersion: 'messaging.knative.dev/v1',
        kind: 'InMemoryChannel',
        name: 'default-kne-trigger',
        address: 'http://c',
      },
      injection: {
        injected: true,
        recreated: 'yes',
        sources: ['namespace shop creates broker default again: its labels match namespace-selector of config-sugar'],
      },
    })
    expect(told(described.findings)).toBe(
      'note SFL-D09 broker default has no dead letter sink; events that cannot be delivered are dropped\n' +
        'note SFL-I06 broker default was created by injection\n' +
        'note SFL-I01 namespace shop creates broker default again: its labels match namespace-selector of config-sugar\n  kubectl label namespace shop eventing.knative.dev/injection-',
    )
  })

  test('without rights, what is not known is said to be unknown', () => {
    const described = describeBroker(
      describing(aBroker({status: {conditions: ready}, spec: {delivery: {deadLetterSink: letters}}}), {
        defaults: 'forbidden',
        configs: {},
        triggers: 'forbidden',
        sugar: 'forbidden',
        events: 'forbidden',
        deployments: 'forbidden',
        config: 'forbidden',
      }),
      now,
    )
    expect(described).toMatchObject({
      classOrigin: {source: 'unknown'},
      config: {state: 'forbidden', values: {}, origin: {source: 'unknown'}},
      triggers: 'forbidden',
      events: 'forbidden',
      injection: {recreated: 'unknown'},
    })
  })

  test('a broker that is being deleted says since when and what holds it', () => {
    const broker = aBroker({metadata: {deletionTimestamp: '2026-01-01T23:59:00Z', finalizers: ['acme.dev/backup']}})
    expect(describeBroker(describing(broker), now).deletion).toEqual({sinceMs: 60_000, finalizers: ['acme.dev/backup']})
  })
})

describe('why a broker is not ready', () => {
  const failing = (type: string, reason: string, message?: string) => ({
    conditions: [
      {type: 'Ready', status: 'False', reason, message},
      {type, status: 'False', reason, message},
    ],
  })
  const diagnosis = (broker: KubeObject, facts: ClusterFacts = cluster()): string => told(diagnoseBroker(broker, facts))

  test.each<[string, KubeObject, ClusterFacts, string]>([
    ['nothing is wrong', aBroker({status: {conditions: ready}}), cluster(), ''],
    [
      'no controller has reconciled it',
      aBroker({className: 'kafka'}),
      cluster(),
      'error SFL-B18 no controller has reconciled broker orders (class kafka) yet\n  kubectl -n knative-eventing get deployments\n' +
        'error SFL-B02 no known controller handles class "kafka"; did you mean "Kafka"? Classes are case-sensitive: Kafka, KafkaNamespaced, MTChannelBasedBroker, RabbitMQBroker\n  kubectl sfl broker create orders -n shop --class Kafka',
    ],
    [
      'the controller is still at work',
      aBroker({
        status: {
          conditions: [
            {type: 'Ready', status: 'Unknown'},
            {type: 'TopicReady', status: 'Unknown'},
          ],
        },
      }),
      cluster(),
      'note SFL-B22 broker orders is not ready yet: waiting for TopicReady',
    ],
    [
      'it inherited the channel config',
      aBroker({
        spec: {
          config: {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            name: 'config-br-default-channel',
            namespace: 'knative-eventing',
          },
        },
        status: failing('ConfigParsed', 'unable to build topic config from configmap: … numPartitions: 0'),
      }),
      cluster(),
      'error SFL-B03 class Kafka needs Kafka settings, and cm:config-br-default-channel:knative-eventing has none; the config of a broker cannot be changed, so it must be recreated\n' +
        '  kubectl sfl broker delete orders -n shop --yes\n  kubectl sfl broker create orders -n shop --class Kafka --broker-config cm:kafka-broker-config:knative-eventing',
    ],
    [
      'the data plane is missing',
      aBroker({
        status: failing(
          'DataPlaneAvailable',
          'Data plane not available',
          'Did you install the data plane for this component?',
        ),
      }),
      cluster({deployments: {'kafka-controller': 1}}),
      "error SFL-B08 class Kafka has no working data plane: in namespace knative-eventing, kafka-broker-receiver does not exist\n  kubectl -n knative-eventing get deployments,pods -l 'app in (kafka-controller, kafka-broker-receiver, kafka-broker-dispatcher)'",
    ],
    [
      'the Secret is missing',
      aBroker({status: failing('TopicReady', 'Failed to get broker auth secret', 'secrets "creds" not found')}),
      cluster({
        configs: {
          'knative-eventing/kafka-broker-config': {
            ...kafkaConfig,
            data: {...kafkaData, 'auth.secret.ref.name': 'creds'},
            secret: 'absent',
          },
        },
      }),
      'error SFL-K03 Secret knative-eventing/creds, which ConfigMap knative-eventing/kafka-broker-config names, does not exist\n  kubectl sfl secret create-kafka-auth creds -n knative-eventing --ca-cert CA.pem --mechanism SCRAM-SHA-512 --user USER --password-file FILE',
    ],
    [
      'Kafka does not answer',
      aBroker({
        status: failing(
          'TopicReady',
          'Failed to obtain Kafka cluster admin',
          'kafka: client has run out of available brokers to talk to',
        ),
      }),
      cluster(),
      'error SFL-K08 Kafka does not answer at the bootstrap servers with these credentials (TopicReady: Failed to obtain Kafka cluster admin: kafka: client has run out of available brokers to talk to)\n  kubectl -n knative-eventing logs deployment/kafka-controller --tail=50',
    ],
    [
      'the replication factor is too large',
      aBroker({
        status: failing(
          'TopicReady',
          'Failed to create topic: t',
          'replication factor is larger than available brokers',
        ),
      }),
      cluster(),
      'error SFL-K09 Kafka refused to create the topic (TopicReady: Failed to create topic: t: replication factor is larger than available brokers)\n  kubectl sfl kafka config update kafka-broker-config -n knative-eventing --replication-factor 1',
    ],
    [
      'the ingress does not know it',
      aBroker({status: failing('ProbeSucceeded', 'ProbeStatus', 'status: NotReady')}),
      cluster(),
      'error SFL-K11 the broker ingress does not know the broker (ProbeSucceeded: ProbeStatus: status: NotReady)\n  kubectl -n knative-eventing logs deployment/kafka-broker-receiver --tail=50',
    ],
    [
      'a duration is too large for the Kafka controller',
      aBroker({spec: {delivery: {retry: 1, backoffDelay: 'PT3600S'}}, status: {conditions: ready}}),
      cluster(),
      'error SFL-D10 backoffDelay PT3600S is too large for the Kafka controller (integer overflow in seconds); larger units say the same\n  kubectl sfl broker update orders -n shop --backoff-delay PT3600S',
    ],
    [
      'the ConfigMap is gone',
      aBroker({
        status: failing(
          'ConfigParsed',
          'unable to rebuild topic config, failed to get configmap knative-eventing/kafka-broker-config',
        ),
      }),
      cluster({configs: {'knative-eventing/kafka-broker-config': 'absent'}}),
      'error SFL-B05 ConfigMap knative-eventing/kafka-broker-config, which the broker names, does not exist\n  kubectl sfl kafka config create kafka-broker-config -n knative-eventing --bootstrap-servers HOST:PORT --partitions 10 --replication-factor 3',
    ],
    [
      'the dead letter sink of a channel-based broker cannot be resolved',
      aBroker({
        className: 'MTChannelBasedBroker',
        spec: {config: undefined},
        status: failing('DeadLetterSinkResolved', "Unable to get the dead letter sink's URI", 'services "x" not found'),
      }),
      cluster(),
      'error SFL-D02 the dead letter sink could not be resolved (DeadLetterSinkResolved: Unable to get the dead letter sink\'s URI: services "x" not found)\n' +
        "  kubectl -n shop get brokers.eventing.knative.dev orders -o 'jsonpath={.spec.delivery.deadLetterSink}'",
    ],
    [
      'the channel template is broken',
      aBroker({
        className: 'MTChannelBasedBroker',
        spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'own', namespace: 'shop'}},
        status: failing(
          'TriggerChannelReady',
          'ChannelTemplateFailed',
          'Error on setting up the ChannelTemplate: empty or missing value for config',
        ),
      }),
      cluster({configs: {'shop/own': {data: {}, channelTemplate: {fault: 'it is empty or missing'}}}}),
      'error SFL-B06 channel-template-spec of ConfigMap shop/own cannot be used: it is empty or missing\n  kubectl -n shop edit configmap own',
    ],
  ])('%s', (_case, broker, facts, text) => {
    expect(diagnosis(broker, facts)).toBe(text)
  })

  test('defaults that say something else do not confuse the origins', () => {
    const defaults = {defaults: readBrokerDefaults({})}
    expect(describeBroker(describing(aBroker({status: {conditions: ready}}), {defaults}), now)).toMatchObject({
      classOrigin: {source: 'broker'},
      config: {origin: {source: 'broker'}},
    })
  })
})
