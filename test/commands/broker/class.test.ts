import {describe, expect, test} from 'vitest'
import {aConfigMap, aKnativeService, withSystemConfig, withoutKafka} from '../../support/eventing.js'
import {aSandbox} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const DEFAULTS = {apiVersion: 'v1', kind: 'ConfigMap', name: 'config-br-defaults', namespace: 'knative-eventing'}

const defaultsOf = async ({sandbox}: Session): Promise<string> => {
  const {data} = await sandbox.client().get(DEFAULTS)
  return String((data as Record<string, string>)['default-br-config'])
}

const openShift = () => aSandbox({layout: 'openshift'})

describe('on plain Knative', () => {
  test('Kafka becomes the default of the cluster, and a broker without a class becomes a Kafka broker', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl broker class set Kafka --dry-run=client')
    await session.type('kubectl sfl broker class set Kafka')
    await session.type('kubectl sfl broker class set Kafka --yes')
    await session.type('kubectl sfl broker class set Kafka', {replies: ['kafka', '']})
    await session.type('kubectl sfl broker class set Kafka', {replies: ['Kafka']})
    await session.type('kubectl sfl broker class set Kafka --confirm Kafka')
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl broker create orders --wait')
    await session.type('kubectl sfl broker list')
    await session.type('kubectl sfl broker class unset --confirm MTChannelBasedBroker')
    await session.type('kubectl sfl broker class unset --confirm MTChannelBasedBroker')
    await session.matches('class-cluster')
  })

  test('namespaces get a default of their own, comments stay, and unset takes it away again', async () => {
    const text = `# kept by the platform team
clusterDefault:
  brokerClass: MTChannelBasedBroker # for now
  apiVersion: v1
  kind: ConfigMap
  name: config-br-default-channel
  namespace: knative-eventing
  delivery: {retry: 10, backoffPolicy: exponential, backoffDelay: PT0.2S}
`
    const session = aSession({
      sandbox: await withSystemConfig(aSandbox(), 'config-br-defaults', {'default-br-config': text}),
    })
    await session.type('kubectl sfl broker class set Kafka --for-namespace demo --for-namespace shop --yes')
    await session.type(
      'kubectl sfl broker class set Kafka --for-namespace demo --retry 5 --backoff-policy linear --backoff-delay 500ms --yes --diff',
    )
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl broker class show -n default')
    await session.type('kubectl sfl broker class show -o json')
    await session.type('kubectl sfl broker class show -o yaml')
    await session.type('kubectl sfl broker class unset --for-namespace shop --for-namespace other --yes')
    await session.type('kubectl sfl broker class unset --for-namespace demo --yes')
    await session.type('kubectl sfl broker class unset --for-namespace demo --yes')
    await session.matches('class-namespaces')
    expect(await defaultsOf(session)).toBe(text)
  })

  test('a class that could not work is refused with the reason and the repair', async () => {
    const session = aSession({sandbox: withoutKafka(aSandbox())})
    await session.given(
      aConfigMap('empty', {}),
      aConfigMap('half', {'bootstrap.servers': 'kafka:9092', 'default.topic.partitions': 'x'}),
    )
    await session.type('kubectl sfl broker class set kafka --config cm:kafka-broker-config --yes')
    await session.type('kubectl sfl broker class set Kafka --config cm:config-br-default-channel --confirm Kafka')
    await session.type('kubectl sfl broker class set Kafka --for-namespace demo --broker-config half --yes')
    await session.type('kubectl sfl broker class set Kafka --broker-config cm:missing:demo --confirm Kafka')
    await session.type(
      'kubectl sfl broker class set MTChannelBasedBroker --broker-config cm:empty:demo --confirm MTChannelBasedBroker',
    )
    await session.type(
      'kubectl sfl broker class set MTChannelBasedBroker --broker-config cm:kafka-broker-config --confirm MTChannelBasedBroker',
    )
    await session.type(
      'kubectl sfl broker class set MTChannelBasedBroker --broker-config secret:x --confirm MTChannelBasedBroker',
    )
    await session.type(
      'kubectl sfl broker class set MTChannelBasedBroker --dl-sink ksvc:gone:demo --confirm MTChannelBasedBroker',
    )
    await session.type('kubectl sfl broker class set Kafka --confirm Kafka -o json')
    expect(session.writes()).toEqual([])
    await session.type('kubectl sfl broker class set Kafka --confirm Kafka --force')
    await session.matches('class-refused')
  })

  test('what can never be valid is said at once, before any request', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker class set')
    await session.type('kubectl sfl broker class set Kafka -n shop')
    await session.type('kubectl sfl broker class unset -n shop')
    await session.type('kubectl sfl broker class set kafka')
    await session.type('kubectl sfl broker class set KafkaNamespaced')
    await session.type('kubectl sfl broker class set KafkaNamespaced --broker-config cm:x:y')
    await session.type(
      'kubectl sfl broker class set Kafka --for-namespace No_ --broker-config cm: --retry -1 --backoff-policy often --dl-sink ksvc:x',
    )
    await session.type('kubectl sfl broker class set Kafka --dl-sink ksvc:x')
    await session.type('kubectl sfl broker class set Kafka --via operator')
    await session.type('kubectl sfl broker class show -o name')
    await session.matches('class-usage')
    expect(session.requests()).toEqual([])
  })

  test('delivery defaults with a dead letter sink reach the brokers', async () => {
    const session = aSession()
    await session.given(aKnativeService('morgue'))
    await session.type(
      'kubectl sfl broker class set Kafka --for-namespace demo --dl-sink ksvc:morgue --retry 3 --yes -o name',
    )
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl broker create orders')
    await session.type('kubectl sfl broker create orders --if-not-exists -o yaml')
    await session.matches('class-delivery')
  })

  test.each([
    ['absent', undefined],
    ['empty', {}],
    ['broken', {'default-br-config': 'clusterDefault: {\n  a'}],
    [
      'no clusterDefault',
      {'default-br-config': 'namespaceDefaults: {shop: {apiVersion: v1, kind: ConfigMap, name: x}}\n'},
    ],
    [
      'no class',
      {
        'default-br-config':
          'clusterDefault: {apiVersion: v1, kind: ConfigMap, name: config-br-default-channel, namespace: knative-eventing}\n',
      },
    ],
    ['no config', {'default-br-config': 'clusterDefault: {brokerClass: Kafka}\n'}],
    [
      'class with the wrong config',
      {
        'default-br-config':
          'clusterDefault: {brokerClass: Kafka, apiVersion: v1, kind: ConfigMap, name: config-br-default-channel, namespace: knative-eventing}\n',
      },
    ],
  ])('defaults as they should not be: %s', async (name, data) => {
    const session = aSession({sandbox: await withSystemConfig(aSandbox(), 'config-br-defaults', data)})
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl broker class set MTChannelBasedBroker --for-namespace demo --yes')
    await session.type('kubectl sfl broker class set MTChannelBasedBroker --for-namespace demo --yes --force')
    await session.type('kubectl sfl broker class show')
    await session.matches(`class-defaults-${name.replaceAll(' ', '-')}`)
  })

  test('who may read nothing learns what is not known, and is refused by reason', async () => {
    const session = aSession({sandbox: aSandbox({access: () => false}), user: 'alice'})
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl broker class set Kafka --confirm Kafka')
    await session.type('kubectl sfl broker class unset --confirm MTChannelBasedBroker')
    await session.matches('class-blind')
  })

  test('without Knative there is nothing to set', async () => {
    const session = aSession({sandbox: aSandbox({install: {knative: false}})})
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl broker class set Kafka --confirm Kafka')
    await session.matches('class-no-knative')
  })
})

describe('where operators write the ConfigMap', () => {
  test('on OpenShift the class is set in KnativeEventing, and the operator carries it on', async () => {
    const session = aSession({sandbox: openShift()})
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl broker class set Kafka --confirm Kafka --via config-map')
    await session.type('kubectl sfl broker class set Kafka --confirm Kafka --via knative-kafka')
    await session.type('kubectl sfl broker class set Kafka --confirm Kafka --wait')
    await session.type('kubectl sfl broker class set Kafka --confirm Kafka --wait')
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl broker create orders --wait')
    await session.type('kubectl sfl broker class set MTChannelBasedBroker --for-namespace demo --yes --wait')
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl broker class unset --confirm MTChannelBasedBroker --wait')
    await session.type('kubectl sfl broker class unset --for-namespace demo --yes --wait')
    await session.type('kubectl sfl broker class show')
    await session.matches('class-openshift')
  })

  test('an operator that takes its time is a time-out that says how to go on looking', async () => {
    const session = aSession({sandbox: openShift()})
    await session.type('kubectl sfl broker class set Kafka --confirm Kafka --wait --wait-timeout 0s -o json')
    await session.type('kubectl sfl broker class unset --confirm MTChannelBasedBroker --wait --wait-timeout 0s -o name')
    await session.matches('class-timeout')
  })

  test('contradictions in KnativeEventing are found', async () => {
    const session = aSession({sandbox: openShift()})
    const admin = session.sandbox.client()
    const [eventing] = session.sandbox.snapshot().filter(({kind}) => kind === 'KnativeEventing')
    const patch = (spec: object) =>
      admin.patch(
        {
          apiVersion: eventing!.apiVersion,
          kind: eventing!.kind,
          name: eventing!.metadata.name,
          namespace: 'knative-eventing',
        },
        {spec},
      )
    await patch({defaultBrokerClass: 'Kafka'})
    await session.sandbox.settle()
    await session.type('kubectl sfl broker class show')
    const cluster =
      'clusterDefault: {brokerClass: MTChannelBasedBroker, apiVersion: v1, kind: ConfigMap, name: config-br-default-channel, namespace: knative-eventing}\n'
    await patch({
      config: {'br-defaults': {'default-br-config': cluster}, 'config-br-defaults': {'default-br-config': cluster}},
    })
    await session.type('kubectl sfl broker class show')
    await session.sandbox.settle()
    await session.type('kubectl sfl broker class show')
    await session.matches('class-contradictions')
  })

  test('the upstream operator that manages no Kafka', async () => {
    const session = aSession({sandbox: aSandbox({layout: 'operator'})})
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl broker class set Kafka --for-namespace demo --yes --wait')
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl broker class unset --for-namespace demo --yes --wait')
    await session.type('kubectl sfl broker class show')
    await session.matches('class-operator')
  })
})
