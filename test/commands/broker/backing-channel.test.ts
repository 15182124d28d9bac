import {describe, expect, test} from 'vitest'
import {withSystemConfig} from '../../support/eventing.js'
import {aSandbox} from '../../support/run.js'
import {aSession} from '../../support/session.js'

describe('on plain Knative', () => {
  test('KafkaChannel and back again, with the warning, the brokers that switch, and a question', async () => {
    const session = aSession()
    await session.prepare(
      'kubectl sfl broker create orders --wait',
      'kubectl sfl broker create kafka --class Kafka --wait',
    )
    await session.type('kubectl sfl broker backing-channel show')
    await session.type('kubectl sfl broker backing-channel set KafkaChannel --partitions 6 --replication-factor 3')
    await session.type(
      'kubectl sfl broker backing-channel set KafkaChannel --partitions 6 --replication-factor 3 --retention 168h',
      {replies: ['KafkaChannel']},
    )
    await session.type('kubectl sfl broker backing-channel set KafkaChannel --partitions 6 --confirm KafkaChannel')
    await session.type('kubectl sfl broker backing-channel set KafkaChannel --partitions 9 --confirm KafkaChannel')
    await session.type('kubectl sfl broker backing-channel show')
    await session.type('kubectl sfl broker backing-channel show -o json')
    await session.type('kubectl sfl broker backing-channel set imc --confirm InMemoryChannel -o yaml')
    await session.type('kubectl sfl broker backing-channel show')
    await session.matches('backing-channel')
  })

  test('comments stay, and the old name of the key goes', async () => {
    const text = '# of the platform team\napiVersion: messaging.knative.dev/v1 # do not touch\nkind: InMemoryChannel\n'
    const session = aSession({
      sandbox: await withSystemConfig(aSandbox(), 'config-br-default-channel', {channelTemplateSpec: text}),
    })
    await session.type(
      'kubectl sfl broker backing-channel set messaging.knative.dev:v1beta1:KafkaChannel --confirm KafkaChannel --force',
    )
    await session.matches('backing-channel-comments')
  })

  test('what can never be valid is said at once, before any request', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker backing-channel set')
    await session.type('kubectl sfl broker backing-channel set Kafkachanel')
    await session.type('kubectl sfl broker backing-channel set InMemoryChannel --partitions 3 --retention P1D')
    await session.type('kubectl sfl broker backing-channel set KafkaChannel --partitions 0 --replication-factor 99999')
    await session.type('kubectl sfl broker backing-channel set KafkaChannel -n demo')
    await session.matches('backing-channel-usage')
    expect(session.requests()).toEqual([])
  })

  test.each([
    ['absent', undefined],
    ['empty', {}],
    ['broken', {'channel-template-spec': 'kind: {'}],
    ['half', {'channel-template-spec': 'kind: InMemoryChannel'}],
    ['unknown', {'channel-template-spec': 'apiVersion: messaging.acme.dev/v1\nkind: AcmeChannel'}],
  ])('a template as it should not be: %s', async (name, data) => {
    const session = aSession({sandbox: await withSystemConfig(aSandbox(), 'config-br-default-channel', data)})
    await session.type('kubectl sfl broker backing-channel show')
    await session.type('kubectl sfl broker backing-channel set InMemoryChannel --confirm InMemoryChannel')
    await session.type('kubectl sfl broker backing-channel show')
    await session.matches(`backing-channel-${name}`)
  })

  test('without the Kafka channel it is refused', async () => {
    const session = aSession({sandbox: aSandbox({install: {kafka: false}})})
    await session.type('kubectl sfl broker backing-channel set KafkaChannel --confirm KafkaChannel')
    await session.type('kubectl sfl broker backing-channel set KafkaChannel --confirm KafkaChannel -o json')
    await session.matches('backing-channel-no-kafka')
    expect(session.writes()).toEqual([])
  })

  test('who may read nothing learns what is not known', async () => {
    const session = aSession({sandbox: aSandbox({access: () => false}), user: 'alice'})
    await session.type('kubectl sfl broker backing-channel show')
    await session.type('kubectl sfl broker backing-channel set KafkaChannel --confirm KafkaChannel')
    await session.matches('backing-channel-blind')
  })
})

describe('where operators write the ConfigMap', () => {
  test('on OpenShift the channel part of KnativeKafka has to be enabled first', async () => {
    const session = aSession({sandbox: aSandbox({layout: 'openshift'})})
    await session.prepare('kubectl sfl broker create orders --wait')
    await session.type('kubectl sfl broker backing-channel show')
    await session.type('kubectl sfl broker backing-channel set KafkaChannel --confirm KafkaChannel')
    const ref = {
      apiVersion: 'operator.serverless.openshift.io/v1alpha1',
      kind: 'KnativeKafka',
      name: 'knative-kafka',
      namespace: 'knative-eventing',
    }
    await session.sandbox.client().patch(ref, {spec: {channel: {enabled: true, bootstrapServers: 'kafka:9092'}}})
    await session.sandbox.settle()
    await session.type(
      'kubectl sfl broker backing-channel set KafkaChannel --partitions 6 --confirm KafkaChannel --wait',
    )
    await session.type('kubectl sfl broker backing-channel show')
    await session.matches('backing-channel-openshift')
  })
})
