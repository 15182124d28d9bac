import {describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {textAt} from '../../../src/domain/core/read.js'
import {type Stage, theatre} from '../support/stage.js'

/** `default-br-config` as it is stored. */
const defaults = async ({api}: Stage): Promise<string> => {
  const ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'knative-eventing', name: 'config-br-defaults'}
  return textAt(await api.get(ref), 'data', 'default-br-config') ?? ''
}

describe('where nobody but users writes the ConfigMaps', {timeout: 120_000}, () => {
  const {stage} = theatre({own: true})

  test('a default class of the cluster and of one namespace, what plain brokers get by it, and the way back', async () => {
    const scene = await stage()
    const shipped = await defaults(scene)
    await scene.sh('kubectl sfl broker class show')
    await scene.sh('kubectl sfl broker class set Kafka')
    await scene.sh('kubectl sfl broker class set Kafka --dry-run=server --diff')
    expect(await defaults(scene)).toBe(shipped)
    await scene.sh('kubectl sfl broker class set Kafka --confirm Kafka')
    await scene.sh('kubectl sfl broker class set Kafka --confirm Kafka')
    await scene.sh('kubectl sfl broker class show')
    await scene.sh('kubectl sfl broker create orders --wait')
    await scene.sh(
      `kubectl sfl broker class set MTChannelBasedBroker --for-namespace ${scene.namespace} --retry 3 --backoff-policy linear --backoff-delay PT1S --yes`,
    )
    await scene.sh('kubectl sfl broker class show -o yaml')
    await scene.sh('kubectl sfl broker create payments --wait')
    await scene.sh('kubectl sfl broker list -o wide')
    await scene.sh(`kubectl sfl broker class unset --for-namespace ${scene.namespace} --yes`)
    await scene.sh('kubectl sfl broker class unset --confirm MTChannelBasedBroker')
    await scene.sh('kubectl sfl broker class unset --confirm MTChannelBasedBroker')
    await scene.matches('class')
    expect(parse(await defaults(scene))).toEqual(parse(shipped))
  })

  test('comments in the defaults of others stay where they are', async () => {
    const scene = await stage()
    const text = `# kept by the platform team
clusterDefault:
  brokerClass: MTChannelBasedBroker # for now
  apiVersion: v1
  kind: ConfigMap
  name: config-br-default-channel
  namespace: knative-eventing
`
    await scene.api.patch(
      {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'knative-eventing', name: 'config-br-defaults'},
      {data: {'default-br-config': text}},
    )
    await scene.sh(`kubectl sfl broker class set Kafka --for-namespace ${scene.namespace} --yes`)
    await scene.sh(`kubectl sfl broker class unset --for-namespace ${scene.namespace} --yes --diff`)
    await scene.matches('class-comments')
    expect(await defaults(scene)).toBe(text)
  })

  test('a class whose config is missing is refused, and so is who may not', async () => {
    const scene = await stage()
    const shipped = await defaults(scene)
    await scene.prepare('kubectl sfl kafka config delete kafka-broker-config -n knative-eventing --yes')
    await scene.sh('kubectl sfl broker class set Kafka --confirm Kafka')
    await scene.sh('kubectl sfl broker class set kafka --confirm kafka')
    await scene.sh('kubectl sfl broker class set Kafka --broker-config cm:config-br-default-channel --confirm Kafka')
    await scene.sh(`kubectl sfl broker class set Kafka -n ${scene.namespace}`)
    await scene.sh('kubectl sfl broker class set Kafka --via knative-eventing --confirm Kafka')
    await scene.sh('kubectl sfl broker class show --context alice')
    await scene.sh('kubectl sfl broker class set MTChannelBasedBroker --context alice --confirm MTChannelBasedBroker')
    await scene.matches('class-refused')
    expect(await defaults(scene)).toBe(shipped)
  })

  test('the channel behind channel-based brokers: with the warning, the brokers that switch, and the way back', async () => {
    const scene = await stage()
    await scene.prepare('kubectl sfl broker create orders --class MTChannelBasedBroker --wait')
    await scene.sh('kubectl sfl broker backing-channel show')
    await scene.sh('kubectl sfl broker backing-channel set KafkaChannel --partitions 6 --replication-factor 3')
    await scene.sh(
      'kubectl sfl broker backing-channel set KafkaChannel --partitions 6 --replication-factor 3 --confirm KafkaChannel',
    )
    await scene.sh(
      'kubectl sfl broker backing-channel set KafkaChannel --partitions 6 --replication-factor 3 --confirm KafkaChannel',
    )
    await scene.sh('kubectl sfl broker backing-channel show')
    await scene.sh('kubectl sfl broker backing-channel show -o json')
    await scene.sh('kubectl sfl broker backing-channel set InMemoryChannel --confirm InMemoryChannel')
    await scene.sh('kubectl sfl broker backing-channel set KafkaChanel')
    await scene.sh('kubectl sfl broker backing-channel set InMemoryChannel --partitions 3')
    await scene.matches('backing-channel')
  })
})

describe('on OpenShift, where operators write the ConfigMaps', {timeout: 120_000}, () => {
  const {stage} = theatre({layout: 'openshift', own: true})

  test('the class is set in KnativeEventing and waited for, and the ConfigMap is not edited behind its back', async () => {
    const scene = await stage()
    await scene.sh('kubectl sfl broker class show')
    await scene.sh('kubectl sfl broker class set Kafka --confirm Kafka --via config-map')
    await scene.sh('kubectl sfl broker class set Kafka --confirm Kafka --wait')
    await scene.sh('kubectl sfl broker class set Kafka --confirm Kafka --wait')
    await scene.sh('kubectl sfl broker class show')
    await scene.sh('kubectl sfl broker create orders --wait')
    await scene.sh(`kubectl sfl broker class set MTChannelBasedBroker --for-namespace ${scene.namespace} --yes --wait`)
    await scene.sh('kubectl sfl broker class show -o json')
    await scene.sh(`kubectl sfl broker class unset --for-namespace ${scene.namespace} --yes --wait`)
    await scene.sh('kubectl sfl broker class unset --confirm MTChannelBasedBroker --wait')
    await scene.sh('kubectl sfl broker class show')
    await scene.matches('class-openshift')
  })

  test('a KafkaChannel behind brokers needs the channel part of KnativeKafka first', async () => {
    const scene = await stage()
    await scene.sh('kubectl sfl broker backing-channel set KafkaChannel --confirm KafkaChannel')
    await scene.sh('kubectl sfl kafka enable channel --bootstrap-servers kafka:9092 --yes --wait')
    await scene.sh('kubectl sfl broker backing-channel set KafkaChannel --partitions 6 --confirm KafkaChannel --wait')
    await scene.sh('kubectl sfl broker backing-channel show')
    await scene.matches('backing-channel-openshift')
  })
})
