import {describe, expect, test} from 'vitest'
import {planBrokerCreate} from '../../../../src/domain/eventing/broker/create.js'
import {type CreateFacts, type ResolvedSink} from '../../../../src/domain/eventing/broker/facts.js'
import {readBrokerOptions, type BrokerOptions} from '../../../../src/domain/eventing/broker/options.js'
import {parseSink, type Sink} from '../../../../src/domain/eventing/reference.js'
import {readBrokerDefaults} from '../../../../src/domain/eventing/cluster-defaults/broker-defaults.js'
import {aBroker, channelConfig, cluster, kafkaConfig, kafkaData, stockDefaults, told} from '../cluster.js'

const plan = (options: Partial<BrokerOptions>, facts: CreateFacts = cluster(), how: object = {}) =>
  planBrokerCreate(readBrokerOptions({name: 'orders', namespace: 'shop', ...options}), how, facts)
const findings = (options: Partial<BrokerOptions>, facts?: CreateFacts, how?: object): string =>
  told(plan(options, facts, how).findings)
const resolved = (text: string, state: ResolvedSink['state']): {sink: ResolvedSink} => {
  const sink: Sink = parseSink(text, 'shop')
  return {
    sink: {
      sink,
      state,
      destination:
        'uri' in sink
          ? sink
          : {
              ref: {
                apiVersion: sink.ref.apiVersion,
                kind: sink.ref.kind ?? 'X',
                name: sink.ref.name,
                namespace: sink.ref.namespace,
              },
            },
    },
  }
}

describe('the plan of broker create', () => {
  test('creates a broker of the default class with nothing but its name', () => {
    expect(plan({})).toEqual({
      steps: [
        {
          verb: 'create',
          object: {
            apiVersion: 'eventing.knative.dev/v1',
            kind: 'Broker',
            metadata: {name: 'orders', namespace: 'shop'},
            spec: {},
          },
        },
      ],
      findings: [],
    })
  })

  test('writes the Kafka config out where the default would not fit, and waits when asked to', () => {
    const made = plan(
      {
        className: 'Kafka',
        dlSink: 'ksvc:dead-letters',
        retry: 5,
        backoffPolicy: 'exponential',
        backoffDelay: 'PT1S',
        labels: ['team=shop'],
        annotations: ['note=a=b'],
      },
      cluster(resolved('ksvc:dead-letters', 'addressable')),
      {waitMs: 60_000},
    )
    expect(made.steps).toEqual([
      {
        verb: 'create',
        object: {
          apiVersion: 'eventing.knative.dev/v1',
          kind: 'Broker',
          metadata: {
            name: 'orders',
            namespace: 'shop',
            labels: {team: 'shop'},
            annotations: {note: 'a=b', 'eventing.knative.dev/broker.class': 'Kafka'},
          },
          spec: {
            config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka-broker-config', namespace: 'knative-eventing'},
            delivery: {
              deadLetterSink: {
                ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'dead-letters', namespace: 'shop'},
              },
              retry: 5,
              backoffPolicy: 'exponential',
              backoffDelay: 'PT1S',
            },
          },
        },
      },
      {
        verb: 'wait',
        ref: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'orders', namespace: 'shop'},
        until: 'ready',
        timeoutMs: 60_000,
      },
    ])
    expect(told(made.findings)).toBe(
      'note SFL-B04 spec.config is set to cm:kafka-broker-config:knative-eventing: the default, cm:config-br-default-channel:knative-eventing, does not fit class Kafka',
    )
  })

  test('leaves the config to the cluster where the default fits', () => {
    const {name, ...rest} = stockDefaults.clusterDefault
    const defaults = {
      defaults: readBrokerDefaults({
        clusterDefault: {...rest, name, brokerClasses: {Kafka: {...rest, name: 'kafka-broker-config'}}},
      }),
    }
    expect(plan({className: 'Kafka'}, cluster({defaults}))).toMatchObject({findings: []})
    expect(JSON.stringify(plan({className: 'Kafka'}, cluster({defaults})).steps)).not.toContain('config"')
  })

  const noKafkaConfig = {configs: {'knative-eventing/kafka-broker-config': 'absent'}} as const
  const retry =
    'kubectl sfl broker create orders -n shop --class Kafka --broker-config cm:kafka-broker-config:knative-eventing'
  test.each<[string, Partial<BrokerOptions>, CreateFacts, string]>([
    [
      'class Kafka would inherit the channel config',
      {className: 'Kafka'},
      cluster(noKafkaConfig),
      `error SFL-B03 a broker of class Kafka would use ConfigMap knative-eventing/config-br-default-channel (cluster default in config-br-defaults, which is meant for class MTChannelBasedBroker), which has no Kafka settings; it could never become ready\n  kubectl sfl kafka config create kafka-broker-config -n knative-eventing --bootstrap-servers HOST:PORT --partitions 10 --replication-factor 3\n  ${retry}`,
    ],
    [
      'the ConfigMap is not there',
      {className: 'Kafka', brokerConfig: 'cm:own:other'},
      cluster({configs: {'other/own': 'absent'}}),
      'error SFL-B05 ConfigMap other/own does not exist\n  kubectl sfl kafka config create own -n other --bootstrap-servers HOST:PORT --partitions 10 --replication-factor 3',
    ],
    [
      'the ConfigMap is in the system namespace instead',
      {className: 'Kafka', brokerConfig: 'kafka-broker-config'},
      cluster({configs: {'shop/kafka-broker-config': 'absent', 'knative-eventing/kafka-broker-config': kafkaConfig}}),
      `error SFL-B05 ConfigMap shop/kafka-broker-config does not exist; there is one in namespace knative-eventing\n  ${retry}`,
    ],
    [
      'keys and numbers are wrong',
      {className: 'Kafka', brokerConfig: 'own'},
      cluster({
        configs: {
          'shop/own': {
            ...kafkaConfig,
            data: {'default.topic.partitions': 'ten', 'default.topic.replication.factor': '40000'},
          },
        },
      }),
      'error SFL-K01 ConfigMap shop/own lacks bootstrap.servers, so the broker could not get a topic\n  kubectl sfl kafka config update own -n shop --bootstrap-servers HOST:PORT\n' +
        'error SFL-K02 default.topic.partitions of ConfigMap shop/own is "ten", which is not a whole number from 1 to 2147483647\n  kubectl sfl kafka config update own -n shop --partitions 10\n' +
        'error SFL-K02 default.topic.replication.factor of ConfigMap shop/own is "40000", which is not a whole number from 1 to 32767\n  kubectl sfl kafka config update own -n shop --replication-factor 3',
    ],
    [
      'the Secret is missing',
      {className: 'Kafka', brokerConfig: 'own'},
      cluster({
        configs: {
          'shop/own': {...kafkaConfig, data: {...kafkaData, 'auth.secret.ref.name': 'creds'}, secret: 'absent'},
        },
      }),
      'error SFL-K03 Secret shop/creds, which ConfigMap shop/own names, does not exist\n  kubectl sfl secret create-kafka-auth creds -n shop --ca-cert CA.pem --mechanism SCRAM-SHA-512 --user USER --password-file FILE',
    ],
    [
      'the Secret has the old format of channels',
      {className: 'Kafka', brokerConfig: 'own'},
      cluster({
        configs: {
          'shop/own': {
            ...kafkaConfig,
            data: {...kafkaData, 'auth.secret.ref.name': 'creds'},
            secret: {
              keys: ['tls.enabled', 'saslType', 'user', 'password'],
              tlsEnabled: 'true',
              saslType: 'SCRAM-SHA-512',
            },
          },
        },
      }),
      'error SFL-K04 Secret shop/creds has no key protocol, so the broker ingress would refuse it\n  kubectl -n shop patch secret creds --type=merge -p \'{"stringData":{"protocol":"SASL_SSL","sasl.mechanism":"SCRAM-SHA-512"}}\'',
    ],
    [
      'the Secret lacks keys of its protocol',
      {className: 'Kafka', brokerConfig: 'own'},
      cluster({
        configs: {
          'shop/own': {
            ...kafkaConfig,
            data: {...kafkaData, 'auth.secret.ref.name': 'creds'},
            secret: {keys: ['protocol', 'user'], protocol: 'SASL_SSL', mechanism: 'SCRAM'},
          },
        },
      }),
      'error SFL-K05 Secret shop/creds has sasl.mechanism "SCRAM", which is none of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER; the controller says: [protocol SASL_SSL] unsupported SASL mechanism (key: sasl.mechanism)\n  kubectl sfl secret create-kafka-auth creds -n shop --mechanism SCRAM-SHA-512 --user USER --password-file FILE --replace\n' +
        'error SFL-K05 Secret shop/creds has protocol SASL_SSL but lacks password; the controller says: [protocol SASL_SSL] SASL password required (key: password)\n  kubectl sfl secret create-kafka-auth creds -n shop --mechanism SCRAM-SHA-512 --user USER --password-file FILE --replace',
    ],
    [
      'the class is misspelt',
      {className: 'kafka'},
      cluster(),
      'error SFL-B02 no known controller handles class "kafka"; did you mean "Kafka"? Classes are case-sensitive: Kafka, KafkaNamespaced, MTChannelBasedBroker, RabbitMQBroker\n  kubectl sfl broker create orders -n shop --class Kafka',
    ],
    [
      'there is no data plane',
      {className: 'Kafka', brokerConfig: 'cm:kafka-broker-config:knative-eventing'},
      cluster({deployments: {'kafka-controller': 1}}),
      "error SFL-B08 class Kafka has no working data plane: in namespace knative-eventing, kafka-broker-receiver does not exist\n  kubectl -n knative-eventing get deployments,pods -l 'app in (kafka-controller, kafka-broker-receiver, kafka-broker-dispatcher)'",
    ],
    [
      'the data plane of the channel-based class is down',
      {},
      cluster({deployments: {'mt-broker-controller': 1, 'mt-broker-ingress': 0, 'mt-broker-filter': 0}}),
      'error SFL-B08 class MTChannelBasedBroker has no working data plane: in namespace knative-eventing, mt-broker-ingress, mt-broker-filter have no ready pod\n  kubectl -n knative-eventing get deployments mt-broker-controller mt-broker-ingress mt-broker-filter',
    ],
    [
      'no class anywhere',
      {},
      cluster({defaults: 'absent'}),
      'error SFL-B07 broker orders has no class: none was given, and ConfigMap knative-eventing/config-br-defaults does not exist\n  kubectl sfl broker create orders -n shop --class Kafka',
    ],
    [
      'the defaults are no YAML',
      {className: 'Kafka', brokerConfig: 'cm:kafka-broker-config:knative-eventing'},
      cluster({defaults: {fault: 'bad indentation'}}),
      'warning SFL-B13 default-br-config of ConfigMap knative-eventing/config-br-defaults cannot be read: bad indentation\n  kubectl -n knative-eventing edit configmap config-br-defaults',
    ],
    [
      'an external topic of a channel-based broker',
      {externalTopic: 'orders.v1'},
      cluster(),
      'error SFL-K06 external topic orders.v1 needs class Kafka, and the broker would be of class MTChannelBasedBroker\n  kubectl sfl broker create orders -n shop --class Kafka --external-topic orders.v1',
    ],
    [
      'a Kafka config for a channel-based broker',
      {brokerConfig: 'cm:kafka-broker-config:knative-eventing'},
      cluster(),
      'error SFL-B03 a channel-based broker would use ConfigMap knative-eventing/kafka-broker-config (given for this broker), which holds Kafka settings and no channel template\n  kubectl sfl broker create orders -n shop --class MTChannelBasedBroker --broker-config cm:config-br-default-channel:knative-eventing',
    ],
    [
      'a KafkaChannel behind a channel-based broker',
      {},
      cluster({
        configs: {
          'knative-eventing/config-br-default-channel': {
            ...channelConfig,
            channelTemplate: {apiVersion: 'messaging.knative.dev/v1beta1', kind: 'KafkaChannel'},
          },
        },
      }),
      'warning SFL-B14 ConfigMap knative-eventing/config-br-default-channel makes a channel-based broker keep its events in a KafkaChannel; a broker of class Kafka saves two hops',
    ],
    [
      'the dead letter sink is not there',
      {dlSink: 'dead-letters'},
      cluster(resolved('dead-letters', 'absent')),
      'error SFL-D02 dead letter sink ksvc:dead-letters does not exist in namespace shop\n  kubectl -n shop get services.serving.knative.dev',
    ],
    [
      'the kind of the dead letter sink is not installed',
      {dlSink: 'kafkasink:x'},
      cluster(resolved('kafkasink:x', 'not-served')),
      'error SFL-D02 dead letter sink kafkasinks.eventing.knative.dev/v1alpha1:x: the cluster does not serve kafkasinks of eventing.knative.dev/v1alpha1\n  kubectl api-resources --api-group=eventing.knative.dev',
    ],
    [
      'the dead letter sink has no address',
      {dlSink: 'dead-letters'},
      cluster(resolved('dead-letters', 'no-address')),
      'error SFL-D03 dead letter sink ksvc:dead-letters exists but has no address yet, so no event can be sent to it\n  kubectl -n shop describe services.serving.knative.dev dead-letters',
    ],
    [
      'the dead letter sink is the broker itself',
      {dlSink: 'broker:orders'},
      cluster(resolved('broker:orders', 'absent')),
      'error SFL-D11 the dead letter sink of broker orders is the broker itself',
    ],
    [
      'back-off without retry',
      {backoffPolicy: 'linear', backoffDelay: 'PT1S'},
      cluster(),
      'warning SFL-D01 back-off policy and back-off delay without retry: nothing is retried, so there is nothing to pause for\n  kubectl sfl broker update orders -n shop --retry 5',
    ],
    [
      'half a back-off of a channel-based broker',
      {retry: 3, backoffPolicy: 'linear'},
      cluster(),
      'warning SFL-D08 class MTChannelBasedBroker needs back-off policy and delay together; with only the back-off policy it retries at once\n  kubectl sfl broker update orders -n shop --backoff-delay PT1S',
    ],
    [
      'a feature that is off',
      {retryAfterMax: 'PT5S'},
      cluster(),
      `error SFL-D06 retryAfterMax is not allowed on this cluster: delivery-retryafter is not enabled in ConfigMap knative-eventing/config-features\n  kubectl -n knative-eventing patch configmap config-features --type=merge -p '{"data":{"delivery-retryafter":"enabled"}}'`,
    ],
    [
      'a config that the webhook refuses',
      {className: 'KafkaNamespaced', brokerConfig: 'cm:kafka-broker-config:knative-eventing'},
      cluster(),
      'error SFL-B09 the server would refuse it: invalid value: knative-eventing: spec.config.namespace\nExpected ConfigMap in same namespace with broker resource',
    ],
    [
      'a sink without host',
      {dlSink: 'http:foo'},
      cluster(resolved('http:foo', 'uri')),
      'error SFL-B09 the server would refuse it: invalid value: Relative URI is not allowed when Ref and [apiVersion, kind, name] is absent: spec.delivery.deadLetterSink.uri',
    ],
    [
      'a name that no trigger can carry',
      {name: 'a'.repeat(64)},
      cluster(),
      'error SFL-B16 broker name has 64 characters: the server takes it, but no trigger can be attached, because its name goes into a label of at most 63',
    ],
  ])('says so when %s', (_case, options, facts, text) => {
    expect(findings(options, facts)).toBe(text)
  })

  test('what cannot be read (no permission) is noted and blocks nothing', () => {
    const blind = cluster({
      defaults: 'forbidden',
      features: 'forbidden',
      deployments: 'forbidden',
      configs: {
        'knative-eventing/kafka-broker-config': 'forbidden',
        'knative-eventing/config-br-default-channel': 'forbidden',
      },
    })
    expect(
      findings({className: 'Kafka', brokerConfig: 'cm:kafka-broker-config:knative-eventing', timeout: 'PT5S'}, blind),
    ).toBe(
      [
        'note SFL-B11 ConfigMap knative-eventing/kafka-broker-config was not checked: it could not be read',
        'note SFL-B11 the data plane of class Kafka was not checked: the Deployments of namespace knative-eventing could not be read',
        'note SFL-B11 timeout was not checked: ConfigMap knative-eventing/config-features could not be read, and delivery-timeout decides whether it is allowed',
      ].join('\n'),
    )
    expect(findings({}, blind)).toBe(
      'note SFL-B11 the default class and config were not checked: ConfigMap knative-eventing/config-br-defaults could not be read',
    )
  })

  test('--force goes on, except where the server itself would refuse', () => {
    const forced = plan(
      {className: 'Kafka', brokerConfig: 'cm:own:other', retryAfterMax: 'PT5S'},
      cluster({configs: {'other/own': 'absent'}}),
      {force: true},
    )
    expect(forced.findings.map(({code, level}) => `${level} ${code}`)).toEqual([
      'error SFL-D06',
      'warning SFL-B05',
      'warning SFL-D07',
    ])
  })

  test('an existing broker is an error, or kept with a note of what differs', () => {
    const existing = aBroker({spec: {delivery: {retry: 3}}, metadata: {labels: {team: 'x'}}})
    expect(findings({}, cluster({existing}))).toBe(
      'error SFL-B01 broker orders already exists in namespace shop\n  kubectl sfl broker describe orders -n shop',
    )
    const options = {
      className: 'Kafka',
      brokerConfig: 'cm:kafka-broker-config:knative-eventing',
      retry: 5,
      labels: ['team=shop'],
    }
    const kept = plan(options, cluster({existing}), {ifNotExists: true})
    expect(kept.steps).toEqual([{verb: 'keep', object: existing}])
    expect(told(kept.findings)).toBe(
      'note SFL-B15 broker orders exists with other settings, which were left alone: metadata.labels.team, spec.delivery.retry\n  kubectl sfl broker describe orders -n shop',
    )
    expect(plan({...options, retry: 3, labels: []}, cluster({existing}), {ifNotExists: true}).findings).toEqual([])
  })

  test('a broker that is being deleted cannot be created yet', () => {
    const existing = aBroker({metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}})
    expect(findings({}, cluster({existing}), {ifNotExists: true})).toBe(
      'error SFL-B21 broker orders is being deleted; it can be created again once it is gone\n  kubectl -n shop wait --for=delete brokers.eventing.knative.dev/orders',
    )
  })
})
