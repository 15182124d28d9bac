import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/object.js'
import type {Sandbox} from '../../../src/sandbox/sandbox.js'
import {aConfigMap} from '../../support/eventing.js'
import {
  aHealthyBroker,
  aHealthyCluster,
  aHealthyTrigger,
  aNamespace,
  aSink,
  destination,
} from '../../support/healthy.js'
import {aSandbox, run} from '../../support/run.js'

/** One namespace with one broker, five triggers and their sinks: nothing is wrong with it. */
const healthy = (): Sandbox => {
  const sandbox = aSandbox()
  sandbox.load(aHealthyCluster(1))
  return sandbox
}

const ready = {conditions: [{type: 'Ready', status: 'True'}]}
const failed = (reason: string, message: string) => ({conditions: [{type: 'Ready', status: 'False', reason, message}]})
const home = 'team-0'

const system = (kind: string, apiVersion: string, name: string, rest: object): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, namespace: 'knative-eventing'},
  ...rest,
})

const kafkaConfig = (name: string, changes: Record<string, string> = {}): KubeObject =>
  aConfigMap(
    name,
    {
      'bootstrap.servers': 'my-cluster-kafka-bootstrap.kafka:9092',
      'default.topic.partitions': '10',
      'default.topic.replication.factor': '3',
      ...changes,
    },
    home,
  )

const withConfig = (name: string): KubeObject =>
  aHealthyBroker('orders-0', home, {spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name, namespace: home}}})

const aSecret = (name: string, values: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {name, namespace: home},
  type: 'Opaque',
  data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
})

const source = (kind: string, name: string, sink: object, status: object = ready, spec: object = {}): KubeObject => ({
  apiVersion: 'sources.knative.dev/v1',
  kind,
  metadata: {name, namespace: home},
  spec: {sink, ...spec},
  status,
})

const service = (name: string) => ({ref: {apiVersion: 'v1', kind: 'Service', name}})
const channel = (name: string, type: string, rest: object = {}): KubeObject => ({
  apiVersion: 'messaging.knative.dev/v1',
  kind: 'Channel',
  metadata: {name, namespace: home},
  spec: {
    channelTemplate: {
      apiVersion: type === 'KafkaChannel' ? 'messaging.knative.dev/v1beta1' : 'messaging.knative.dev/v1',
      kind: type,
      ...rest,
    },
  },
  status: ready,
})
const subscription = (name: string, of: string, spec: object = {}): KubeObject => ({
  apiVersion: 'messaging.knative.dev/v1',
  kind: 'Subscription',
  metadata: {name, namespace: home},
  spec: {
    channel: {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: of},
    subscriber: destination('sink'),
    delivery: {deadLetterSink: destination('dead-letters')},
    ...spec,
  },
  status: ready,
})

interface Fault {
  /** What a user gets to see. */
  shows: string
  objects: readonly KubeObject[]
  /** Lines of -o short. */
  findings: readonly string[]
  /** In all namespaces instead of one. */
  everywhere?: boolean
}

const faults: readonly Fault[] = [
  {
    shows: 'a broker without a dead letter sink, with the triggers that live on it',
    objects: [
      aHealthyBroker('orders-0', home, {spec: {delivery: {retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S'}}}),
    ],
    findings: [
      'warning SFL-D09 broker/team-0/orders-0: broker orders-0 has no dead letter sink; events that cannot be delivered are dropped (affects triggers orders-0-0, orders-0-1, orders-0-2, orders-0-3, orders-0-4)',
    ],
  },
  {
    shows: 'a broker without retries',
    objects: [aHealthyBroker('orders-0', home, {spec: {delivery: {deadLetterSink: destination('dead-letters')}}})],
    findings: [
      'warning SFL-H06 broker/team-0/orders-0: broker orders-0 has no retries: an event that is not taken at once is given up (affects triggers orders-0-0, orders-0-1, orders-0-2, orders-0-3, orders-0-4)',
    ],
  },
  {
    shows: 'channel-based brokers that keep events in memory, told once for their ConfigMap',
    objects: ['quick', 'quicker'].map((name) => ({
      ...aHealthyBroker(name, home, {
        spec: {
          config: {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            name: 'config-br-default-channel',
            namespace: 'knative-eventing',
          },
        },
      }),
      metadata: {name, namespace: home, annotations: {'eventing.knative.dev/broker.class': 'MTChannelBasedBroker'}},
    })),
    findings: [
      'warning SFL-H07 configmap/knative-eventing/config-br-default-channel: brokers with ConfigMap knative-eventing/config-br-default-channel keep their events in the memory of one pod: what is not delivered when it restarts is lost; brokers of class Kafka keep them on disk (affects brokers quick, quicker)',
    ],
  },
  {
    shows: 'topics with one copy',
    objects: [kafkaConfig('own', {'default.topic.replication.factor': '1'}), withConfig('own')],
    findings: [
      'warning SFL-H05 configmap/team-0/own: default.topic.replication.factor of ConfigMap team-0/own is 1: events are lost with one Kafka broker (affects broker orders-0)',
    ],
  },
  {
    shows: 'a Secret that does not exist, once, with everyone who suffers',
    objects: [
      kafkaConfig('own', {'auth.secret.ref.name': 'login'}),
      {
        ...withConfig('own'),
        status: {
          conditions: [
            {
              type: 'Ready',
              status: 'False',
              reason: 'Failed to get broker auth secret',
              message: 'secrets "login" not found',
            },
            {
              type: 'TopicReady',
              status: 'False',
              reason: 'Failed to get broker auth secret',
              message: 'secrets "login" not found',
            },
          ],
        },
      },
      aHealthyTrigger('orders-0-0', 'orders-0', home, {status: failed('BrokerNotReady', 'the broker is not ready')}),
    ],
    findings: [
      'error SFL-K03 secret/team-0/login: Secret team-0/login, which ConfigMap team-0/own names, does not exist (affects broker orders-0; trigger orders-0-0)',
    ],
  },
  {
    shows: 'credentials that travel in clear, and the old format of a Secret',
    objects: [
      kafkaConfig('own', {'auth.secret.ref.name': 'old'}),
      withConfig('own'),
      aSecret('old', {password: 'hunter2', user: 'app', saslType: 'PLAIN'}),
    ],
    findings: [
      expect.stringMatching(
        /^error SFL-K04 secret\/team-0\/old: .*the broker ingress would refuse it.*\(affects broker orders-0\)$/,
      ),
      expect.stringMatching(/^warning SFL-A13 secret\/team-0\/old: /),
    ],
  },
  {
    shows: 'a config that does not fit the class, on a broker that is ready for now',
    objects: [
      aHealthyBroker('orders-0', home, {
        spec: {
          config: {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            name: 'config-br-default-channel',
            namespace: 'knative-eventing',
          },
        },
      }),
    ],
    findings: [expect.stringMatching(/^error SFL-B03 broker\/team-0\/orders-0: class Kafka needs Kafka settings/)],
  },
  {
    shows: 'a trigger without a broker',
    objects: [
      aHealthyTrigger('lost', 'order-0', home, {
        status: failed('BrokerDoesNotExist', 'Broker "order-0" does not exist'),
      }),
    ],
    findings: [
      'error SFL-T02 broker/team-0/order-0: broker order-0 does not exist in namespace team-0 - did you mean orders-0? (affects trigger lost)',
    ],
  },
  {
    shows: 'a trigger that delivers to what is gone, though it says it is ready',
    objects: [aHealthyTrigger('orders-0-0', 'orders-0', home, {spec: {subscriber: service('gone')}})],
    findings: [
      'error SFL-T05 service/team-0/gone: sink svc:gone does not exist in namespace team-0 (affects trigger orders-0-0)',
    ],
  },
  {
    shows: 'a trigger that loses the delivery settings of its broker',
    objects: [
      aHealthyTrigger('orders-0-0', 'orders-0', home, {
        spec: {delivery: {retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S'}},
      }),
    ],
    findings: [
      expect.stringMatching(/^warning SFL-T10 trigger\/team-0\/orders-0-0: /),
      expect.stringMatching(/^warning SFL-D09 trigger\/team-0\/orders-0-0: /),
    ],
  },
  {
    shows: 'a trigger that was made for a platform that is gone',
    objects: [
      aHealthyTrigger('orders-0-0', 'orders-0', home, {
        metadata: {
          labels: {app: 'flows', 'app-namespace': 'old', 'app.kubernetes.io/managed-by': 'sonataflow-operator'},
        },
      }),
    ],
    findings: [
      'warning SFL-H08 trigger/team-0/orders-0-0: trigger orders-0-0 was made for platform old/flows, which does not exist',
    ],
    everywhere: true,
  },
  {
    shows: 'a channel in memory, and a subscription that loses what it cannot deliver',
    objects: [channel('mail', 'InMemoryChannel'), subscription('mail', 'mail', {delivery: undefined})],
    findings: [
      'warning SFL-D09 subscription/team-0/mail: neither subscription mail nor its channel has a dead letter sink; events that cannot be delivered are dropped',
      'warning SFL-H09 channel/team-0/mail: channel mail keeps its events in the memory of one pod: what is not delivered when it restarts is lost',
    ],
  },
  {
    shows: 'a Kafka channel with one copy, and a subscription without a channel',
    objects: [
      channel('mail', 'KafkaChannel', {spec: {numPartitions: 1, replicationFactor: 1}}),
      subscription('lost', 'mial'),
    ],
    findings: [
      'error SFL-S02 channel/team-0/mial: channel mial does not exist in namespace team-0 (affects subscription lost)',
      'warning SFL-H05 channel/team-0/mail: the topic of channel mail has replication factor 1: its events are lost with one Kafka broker',
    ],
  },
  {
    shows: 'a source whose sink is gone, and one that is not ready for another reason',
    objects: [
      source('PingSource', 'tick', service('gone'), failed('NotFound', 'services "gone" not found')),
      source('ApiServerSource', 'watch', destination('sink'), failed('Forbidden', 'may not list pods')),
    ],
    findings: [
      'error SFL-H11 service/team-0/gone: sink svc:gone does not exist in namespace team-0 (affects pingsource tick)',
      'error SFL-H10 apiserversource/team-0/watch: ApiServerSource watch is not ready: Forbidden: may not list pods',
    ],
  },
  {
    shows: 'a SinkBinding without a subject',
    objects: [
      source('SinkBinding', 'bind', destination('sink'), ready, {
        subject: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'gone'},
      }),
    ],
    findings: [
      'warning SFL-H12 sinkbinding/team-0/bind: SinkBinding bind gives its sink to nobody: deployment.apps/gone does not exist in namespace team-0',
    ],
  },
  {
    shows: 'the Kafka broker on a cluster in FIPS mode',
    objects: [
      aNamespace('kube-system'),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {name: 'cluster-config-v1', namespace: 'kube-system'},
        data: {'install-config': 'apiVersion: v1\nfips: true\n'},
      },
    ],
    findings: [
      'warning SFL-H04 cluster: the cluster runs in FIPS mode, and the Kafka broker does not support that (affects broker orders-0)',
    ],
  },
  {
    shows: 'a control plane that does not run',
    objects: [
      system('Deployment', 'apps/v1', 'eventing-controller', {
        spec: {replicas: 1},
        status: {replicas: 1, readyReplicas: 0},
      }),
    ],
    findings: [
      'error SFL-H03 deployment/knative-eventing/eventing-controller: Knative Eventing does not run: in namespace knative-eventing, eventing-controller has no ready pod',
    ],
  },
  {
    shows: 'a duration that the Kafka controller cannot read, on a broker that is ready for now',
    objects: [
      aHealthyBroker('orders-0', home, {
        spec: {
          delivery: {
            deadLetterSink: destination('dead-letters'),
            retry: 3,
            backoffPolicy: 'linear',
            backoffDelay: 'PT3600S',
          },
        },
      }),
    ],
    findings: [expect.stringMatching(/^error SFL-D10 broker\/team-0\/orders-0: backoffDelay PT3600S is too large/)],
  },
  {
    shows: 'an injection mark where Knative does not look, and an order that does not exist',
    objects: [
      aHealthyTrigger('orders-0-0', 'orders-0', home, {
        metadata: {annotations: {'eventing.knative.dev/injection': 'enabled'}},
      }),
      aHealthyTrigger('orders-0-1', 'orders-0', home, {
        metadata: {annotations: {'kafka.eventing.knative.dev/delivery.order': 'sorted'}},
      }),
    ],
    findings: [
      'error SFL-T23 trigger/team-0/orders-0-1: order "sorted" of trigger orders-0-1 is neither ordered nor unordered',
      expect.stringMatching(/^warning SFL-I11 trigger\/team-0\/orders-0-0: /),
    ],
  },
  {
    shows: 'a default class that cannot work',
    objects: [
      system('ConfigMap', 'v1', 'config-br-defaults', {
        data: {
          'default-br-config':
            'clusterDefault:\n  brokerClass: Kafka\n  apiVersion: v1\n  kind: ConfigMap\n  name: config-br-default-channel\n  namespace: knative-eventing\n',
        },
      }),
    ],
    findings: [expect.stringMatching(/^error SFL-F09 configmap\/knative-eventing\/config-br-defaults: /)],
  },
  {
    shows: 'a part of Kafka that is not ready',
    objects: [
      system('Deployment', 'apps/v1', 'kafka-broker-receiver', {
        spec: {replicas: 1},
        status: {replicas: 1, readyReplicas: 0},
      }),
    ],
    findings: [
      expect.stringMatching(/^error SFL-K36 deployment\/knative-eventing\/kafka-broker-receiver: /),
      expect.stringMatching(/^error SFL-B08 broker\/team-0\/orders-0: /),
    ],
  },
]

describe('check tells of', () => {
  test.each(faults)('$shows', async ({objects, findings, everywhere = false}) => {
    const sandbox = healthy()
    sandbox.load(objects)
    const {out, code} = await run(['check', ...(everywhere ? ['-A'] : ['-n', home]), '-o', 'short'], {sandbox})
    const lines = out.trimEnd().split('\n')
    expect(lines).toEqual(findings)
    expect(code).toBe(lines.some((line) => line.startsWith('error')) ? 5 : 0)
  })

  test('a KnativeEventing that its operator has not finished', async () => {
    const sandbox = aSandbox({layout: 'openshift'})
    sandbox.load(aHealthyCluster(1))
    const [resource] = sandbox.snapshot().filter(({kind}) => kind === 'KnativeEventing')
    sandbox.load([{...resource!, status: failed('Error', 'no route to host')}])
    const {out} = await run('check cluster -n team-0 -o short', {sandbox})
    expect(out).toBe(
      'error SFL-H02 knativeeventing/knative-eventing/knative-eventing: KnativeEventing knative-eventing is not ready: Error: no route to host\n',
    )
  })

  test('a cluster without Knative Eventing and SonataFlow', async () => {
    const sandbox = aSandbox({install: {knative: false, sonataflow: 'none'}})
    const {out, code} = await run('check -o short', {sandbox})
    expect(out).toBe(
      'error SFL-H01 cluster: neither Knative Eventing nor SonataFlow is installed: the server serves neither brokers nor platforms\n',
    )
    expect(code).toBe(5)
  })

  test('changes that the user may not make', async () => {
    const sandbox = aSandbox({access: (_user, {verb}) => ['get', 'list'].includes(verb)})
    sandbox.load(aHealthyCluster(1))
    const {out, code} = await run('check cluster -n team-0 -o short', {sandbox, user: 'bob'})
    expect(out).toBe(
      'note SFL-H13 cluster: you may not create brokers.eventing.knative.dev in namespace team-0, create triggers.eventing.knative.dev in namespace team-0, create secrets in namespace team-0, patch configmaps in namespace knative-eventing, patch sonataflowplatforms.sonataflow.org in namespace team-0; commands that do so will be refused\n',
    )
    expect(code).toBe(0)
  })
})

test('a namespace in which nothing is wrong has no findings at all', async () => {
  const {out, code, err} = await run('check -n team-0 -o short', {sandbox: healthy()})
  expect({out, code, err}).toEqual({out: '', code: 0, err: ''})
})

test('the value of a Secret is in none of the formats', async () => {
  const sandbox = healthy()
  sandbox.load([
    kafkaConfig('own', {'auth.secret.ref.name': 'old'}),
    withConfig('own'),
    aSecret('old', {password: 'hunter2', user: 'app', saslType: 'PLAIN'}),
    aSink('sink', home),
  ])
  for (const format of ['short', 'json', 'yaml', 'junit', 'sarif']) {
    const {out, err} = await run(['check', '-A', '-o', format], {sandbox})
    expect(out + err).toContain('old')
    expect(out + err).not.toMatch(/hunter2|aHVudGVyMg/)
  }
})
