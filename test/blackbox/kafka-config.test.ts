import {expect, test} from 'vitest'
import {textsAt} from '../../src/domain/core/read.js'
import {aKafkaBroker, aKafkaConfig} from './support/objects.js'
import {type Stage, theatre} from './support/stage.js'

const {stage} = theatre()

const CONFIG_MAP = {apiVersion: 'v1', kind: 'ConfigMap'}
const SETTINGS = '--bootstrap-servers kafka-0:9092,kafka-1:9092 --partitions 3 --replication-factor 1'

const aSecret = ({namespace}: Stage, name: string, stringData: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {name, namespace},
  stringData,
})

const stored = async ({api, namespace}: Stage, name: string) => {
  const found = await api.get({...CONFIG_MAP, namespace, name})
  return found && textsAt(found, 'data')
}

test('the life of the settings: created, looked at, changed, used by a broker, and not deleted while it uses them', async () => {
  const scene = await stage()
  await scene.given(
    aSecret(scene, 'login', {protocol: 'SASL_SSL', 'sasl.mechanism': 'PLAIN', user: 'u', password: 'p'}),
  )
  await scene.sh(`kubectl sfl kafka config create mine ${SETTINGS} --dry-run=server --diff`)
  await scene.sh(`kubectl sfl kafka config create mine ${SETTINGS} --auth-secret login`)
  await scene.sh(`kubectl sfl kafka config create mine ${SETTINGS}`)
  await scene.sh(`kubectl sfl kafka config create mine ${SETTINGS} --if-not-exists`)
  await scene.sh('kubectl sfl broker create orders --class Kafka --broker-config mine --wait')
  await scene.sh('kubectl sfl kafka config list')
  await scene.sh('kubectl sfl kafka config list -o wide')
  await scene.sh('kubectl sfl kafka config describe mine')
  await scene.sh('kubectl sfl kafka config update mine --partitions 6 --topic-config retention.ms=3600000 --diff --yes')
  await scene.sh('kubectl sfl kafka config update mine --partitions 6')
  await scene.sh(
    'kubectl sfl kafka config update mine --bootstrap-servers kafka:9093 --unset auth-secret --unset topic-config:retention.ms',
  )
  await scene.sh('kubectl sfl kafka config delete mine --yes')
  await scene.sh('kubectl sfl broker delete orders --yes')
  await scene.sh('kubectl sfl kafka config delete mine')
  await scene.sh('kubectl sfl kafka config delete mine --yes')
  await scene.sh('kubectl sfl kafka config delete mine --yes --ignore-not-found')
  await scene.sh('kubectl sfl kafka config describe mine')
  await scene.matches('kafka-config')
  expect(await stored(scene, 'mine')).toBeUndefined()
})

test('apply creates, changes, removes what it no longer names, and leaves alone what is as it should be', async () => {
  const scene = await stage()
  const apply = `kubectl sfl kafka config apply mine ${SETTINGS}`
  await scene.sh(`${apply} --topic-config retention.ms=3600000`)
  await scene.sh(`${apply} --topic-config retention.ms=3600000`)
  await scene.sh(`${apply} --label team=shop --dry-run=server --diff`)
  await scene.sh(`${apply} --label team=shop`)
  await scene.sh(`${apply} --label team=shop`)
  await scene.matches('kafka-config-apply')
  expect(await stored(scene, 'mine')).toEqual({
    'bootstrap.servers': 'kafka-0:9092,kafka-1:9092',
    'default.topic.partitions': '3',
    'default.topic.replication.factor': '1',
  })
})

test('settings that no broker could work with are refused with the reason, and nothing is written', async () => {
  const scene = await stage()
  await scene.given(
    aSecret(scene, 'old', {'tls.enabled': 'true', saslType: 'PLAIN', user: 'u', password: 'p'}),
    {...CONFIG_MAP, metadata: {name: 'settings', namespace: scene.namespace}, data: {colour: 'blue'}},
    aKafkaConfig(scene, 'half', {'default.topic.partitions': '10k'}),
  )
  await scene.sh('kubectl sfl kafka config create mine')
  await scene.sh(
    'kubectl sfl kafka config create mine --bootstrap-servers kafka://a,b:99999 --partitions 0 --replication-factor 40000 --topic-config retention.ms=7d',
  )
  await scene.sh(`kubectl sfl kafka config create mine ${SETTINGS} --auth-secret nowhere`)
  await scene.sh(`kubectl sfl kafka config create mine ${SETTINGS} --auth-secret old`)
  await scene.sh('kubectl sfl kafka config update settings --partitions 3')
  await scene.sh('kubectl sfl kafka config update settigns --partitions 3')
  await scene.sh('kubectl sfl kafka config delete settings --yes')
  await scene.sh('kubectl sfl kafka config describe half')
  await scene.sh(`kubectl sfl kafka config create mine ${SETTINGS} --context alice`)
  await scene.matches('kafka-config-refused')
  expect(await stored(scene, 'mine')).toBeUndefined()
})

test('what several brokers use is named with them, and --force says what becomes of them', async () => {
  const scene = await stage()
  const config = {...CONFIG_MAP, name: 'mine', namespace: scene.namespace}
  await scene.given(
    aKafkaConfig(scene, 'mine'),
    aKafkaBroker(scene, 'orders', {spec: {config}}),
    aKafkaBroker(scene, 'payments', {spec: {config}}),
  )
  await scene.sh('kubectl sfl kafka config describe mine')
  await scene.sh('kubectl sfl kafka config update mine --bootstrap-servers kafka:9093 --replication-factor 3')
  await scene.sh('kubectl sfl kafka config delete mine --yes')
  await scene.sh('kubectl sfl kafka config delete mine --force --yes')
  await scene.matches('kafka-config-used')
})
