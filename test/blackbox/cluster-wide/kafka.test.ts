import {describe, expect, test} from 'vitest'
import {KNATIVE_KAFKA} from '../../../src/domain/eventing/names.js'
import {recordAt} from '../../../src/domain/core/read.js'
import {aKafkaBroker} from '../support/objects.js'
import {onRealCluster, type Stage, theatre} from '../support/stage.js'

const RESOURCE = {...KNATIVE_KAFKA, namespace: 'knative-eventing', name: 'knative-kafka'}

const specOf = async ({api}: Stage) => recordAt(await api.get(RESOURCE), 'spec')

describe('installed by release files', {timeout: 120_000}, () => {
  const {stage} = theatre({own: true})

  test('status shows parts, workloads, defaults, brokers and pods', async () => {
    const scene = await stage()
    await scene.given(aKafkaBroker(scene, 'orders'))
    await scene.sh('kubectl sfl kafka status')
    await scene.sh("kubectl sfl kafka status -o jsonpath='{.parts[*].name}'")
    await scene.sh('kubectl sfl kafka enable')
    await scene.sh('kubectl sfl kafka enable brkers')
    await scene.matches('kafka-status')
  })

  // The kinds of the operators are always served on the real server here, which is what tells OpenShift apart.
  test.skipIf(onRealCluster)('enable and disable name the release files instead', async () => {
    const scene = await stage()
    await scene.sh('kubectl sfl kafka enable brokers')
    await scene.sh('kubectl sfl kafka enable source')
    await scene.sh('kubectl sfl kafka disable broker --confirm knative-kafka')
    await scene.matches('kafka-release-files')
  })
})

describe('on OpenShift', {timeout: 120_000}, () => {
  const {stage} = theatre({layout: 'openshift', own: true})

  test('parts are enabled and disabled in KnativeKafka, which is patched and never replaced', async () => {
    const scene = await stage()
    await scene.api.patch(RESOURCE, {spec: {'high-availability': {replicas: 1}}})
    await scene.settle()
    await scene.given(aKafkaBroker(scene, 'orders'))
    await scene.sh('kubectl sfl kafka status')
    await scene.sh('kubectl sfl kafka status --context alice')
    await scene.sh('kubectl sfl kafka enable source sink --dry-run=server --diff')
    await scene.sh('kubectl sfl kafka enable source sink --yes --wait')
    await scene.sh('kubectl sfl kafka enable source sink --yes --wait')
    await scene.sh('kubectl sfl kafka enable channel --yes')
    await scene.sh('kubectl sfl kafka disable broker')
    await scene.sh('kubectl sfl kafka disable source sink --yes --wait')
    await scene.sh('kubectl sfl kafka disable source --yes')
    await scene.sh('kubectl sfl kafka disable broker --confirm knative-kafka --wait')
    await scene.sh('kubectl sfl kafka status')
    await scene.sh('kubectl sfl kafka enable broker --yes --wait')
    await scene.matches('kafka-switch')
    expect(await specOf(scene)).toMatchObject({
      'high-availability': {replicas: 1},
      broker: {enabled: true, defaultConfig: {numPartitions: 10}},
      channel: {enabled: false},
      sink: {enabled: false},
      source: {enabled: false},
    })
  })

  test('a KnativeKafka that is missing is made whole, with the defaults of its brokers', async () => {
    const scene = await stage()
    await scene.api.remove(RESOURCE)
    await scene.settle()
    await scene.sh('kubectl sfl kafka status')
    await scene.sh('kubectl sfl kafka disable broker --confirm knative-kafka')
    await scene.sh('kubectl sfl kafka enable broker')
    await scene.sh('kubectl sfl kafka enable broker --bootstrap-servers kafka-0:9093 --dry-run=client -o yaml')
    await scene.sh('kubectl sfl kafka enable broker --bootstrap-servers kafka-0:9093 --wait')
    await scene.sh('kubectl sfl kafka status')
    await scene.sh('kubectl sfl broker create orders --class Kafka --wait')
    await scene.matches('kafka-missing')
    expect(await specOf(scene)).toMatchObject({
      broker: {enabled: true, defaultConfig: {bootstrapServers: 'kafka-0:9093'}},
      channel: {enabled: false},
      source: {enabled: false},
    })
  })

  test('settings of brokers go to KnativeKafka, whose operator undoes what is done behind its back', async () => {
    const scene = await stage()
    const config = 'kafka-broker-config -n knative-eventing'
    await scene.sh(`kubectl sfl kafka config describe ${config}`)
    await scene.sh('kubectl sfl kafka config list -n knative-eventing -o wide')
    await scene.sh(`kubectl sfl kafka config update ${config} --partitions 5 --via config-map`)
    await scene.sh(
      `kubectl sfl kafka config update ${config} --bootstrap-servers kafka-0:9093 --topic-config retention.ms=3600000 --yes --wait`,
    )
    await scene.sh(
      `kubectl sfl kafka config apply ${config} --bootstrap-servers kafka-0:9093 --partitions 10 --replication-factor 3 --topic-config retention.ms=3600000 --yes --wait`,
    )
    await scene.sh(`kubectl sfl kafka config delete ${config} --yes`)
    await scene.sh(`kubectl sfl kafka config describe ${config} -o jsonpath='{.data}'`)
    await scene.matches('kafka-config-openshift')
  })
})
