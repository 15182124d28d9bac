import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {type KubeObject} from '../../src/domain/core/object.js'
import {aKafkaBroker, aKafkaConfig, aService, aTrigger} from './support/objects.js'
import {theatre, type Stage} from './support/stage.js'

const {stage} = theatre()

/** What a namespace has; platforms of the whole cluster are other scenarios' as well. */
const CHECK = 'kubectl sfl check cluster kafka brokers triggers channels sources'

const dead = {ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'dead-letters'}}
const safe = {deadLetterSink: dead, retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S'}
const own = ({namespace}: Stage) => ({apiVersion: 'v1', kind: 'ConfigMap', name: 'own', namespace})
const settings = {'default.topic.replication.factor': '3', 'auth.secret.ref.name': 'login'}

const toNowhere = (scene: Stage): KubeObject => ({
  apiVersion: 'sources.knative.dev/v1',
  kind: 'PingSource',
  metadata: {name: 'minute', namespace: scene.namespace},
  spec: {schedule: '*/1 * * * *', data: '{}', sink: {ref: {apiVersion: 'v1', kind: 'Service', name: 'nowhere'}}},
})

/** A broker without its Secret, a trigger that waits for it, one without a broker, and a source without a sink. */
const broken = async (): Promise<Stage> => {
  const scene = await stage()
  await scene.given(
    aService(scene, 'dead-letters'),
    aKafkaConfig(scene, 'own', settings),
    aKafkaBroker(scene, 'orders', {spec: {config: own(scene), delivery: {retry: 3, backoffDelay: 'PT1S'}}}),
    aTrigger(scene, 'billing', 'orders'),
    aTrigger(scene, 'lost', 'order'),
    toNowhere(scene),
  )
  return scene
}

test('one cause is told once, with everyone who suffers from it, and the exit code says that something is wrong', async () => {
  const scene = await broken()
  await scene.sh(CHECK)
  await scene.sh('kubectl sfl check kafka brokers triggers sources -o short')
  await scene.sh('kubectl sfl check brokers -o short > found.txt; echo "exit $?"; wc -l < found.txt')
  await scene.sh('kubectl sfl check sources --fix --yes')
  await scene.matches('check')
})

test('findings can be ignored, and warnings can count', async () => {
  const scene = await broken()
  await scene.sh('kubectl sfl check kafka brokers -o short --ignore K03 --fail-on warning')
  await scene.sh(
    `kubectl sfl check kafka brokers -o short --ignore K03 --ignore D09=${scene.namespace}/orders --fail-on warning`,
  )
  await scene.sh("kubectl sfl check triggers -o short --ignore 'T02=*/lost' --ignore T04")
  await scene.matches('check-ignored')
})

test('reports for programs go through pipes', async () => {
  const scene = await broken()
  await scene.sh('kubectl sfl check kafka brokers triggers -o sarif 2>/dev/null | grep -o \'"ruleId": "[^"]*"\'')
  await scene.sh(
    "kubectl sfl check kafka brokers triggers -o junit 2>/dev/null | grep -oE '<testsuites? [^>]*>|<failure [^>]*>'",
  )
  await scene.sh('kubectl sfl check kafka brokers triggers -o json 2>/dev/null | grep -A8 \'"totals"\'')
  const {code} = await scene.start('kubectl sfl check -o short | head -1 > /dev/null').ended
  expect(code).toBe(0)
  await scene.matches('check-formats')
})

const broker = `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: invoices
  annotations: {eventing.knative.dev/broker.class: Kafka}
spec:
  config: {apiVersion: v1, kind: ConfigMap, name: kafka-broker-config, namespace: knative-eventing}
  delivery: {retry: 3}
`
const triggers = `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: paper}
spec: {broker: invoices, subscriber: {uri: "http://printer.example.com/"}}
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: lost}
spec: {broker: invoice, subscriber: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: nowhere}}}
`

test('manifests are judged before they are applied: with the cluster, alone, or from a pipe', async () => {
  const scene = await stage()
  await mkdir(join(scene.folder, 'deploy'))
  await scene.file('deploy/broker.yaml', broker)
  await scene.file('deploy/triggers.yaml', triggers)
  await scene.sh('kubectl sfl check -f deploy')
  await scene.sh('kubectl sfl check -f deploy --offline -o short')
  await scene.sh('kubectl sfl check -f - --offline -o short < deploy/triggers.yaml')
  await scene.sh("sed 's/retry: 3/retry: many/' deploy/broker.yaml | kubectl sfl check -f - -o short")
  await scene.sh('kubectl sfl check -f deploy -f gone.yaml')
  await scene.sh('kubectl sfl check --offline')
  expect(await scene.state()).toEqual({})
  await scene.matches('check-manifests')
})

test('what is safe is repaired, once', async () => {
  const scene = await stage()
  await scene.given(
    aService(scene, 'dead-letters'),
    aKafkaBroker(scene, 'orders', {spec: {delivery: {...safe, backoffDelay: 'PT3600S'}}}),
  )
  await scene.sh('kubectl sfl check brokers -o short')
  await scene.sh('kubectl sfl check brokers --fix < /dev/null | tail -1')
  await scene.sh('kubectl sfl check brokers --fix --yes | tail -1')
  await scene.sh("kubectl sfl broker describe orders -o jsonpath='{.spec.delivery.backoffDelay}'")
  await scene.sh('kubectl sfl check brokers --fix --yes | tail -1')
  await scene.matches('check-fix')
})

test('with --wait it ends when the cause is gone', async () => {
  const scene = await broken()
  const line = 'kubectl sfl check kafka brokers -o short --wait --wait-timeout 20s'
  const waiting = scene.start(line)
  await waiting.until(/waiting for /)
  await scene.given({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {name: 'login', namespace: scene.namespace},
    type: 'Opaque',
    data: Object.fromEntries(
      Object.entries({protocol: 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512', user: 'app', password: 'hunter2'}).map(
        ([key, value]) => [key, Buffer.from(value).toString('base64')],
      ),
    ),
  })
  scene.record(line, await waiting.ended)
  await scene.sh('kubectl sfl check brokers -o short --wait --wait-timeout 1s --fail-on warning')
  await scene.matches('check-wait')
})

test('who may not look is told so, and nothing passes for healthy', async () => {
  const scene = await broken()
  await scene.sh('kubectl sfl check kafka brokers triggers --context alice')
  await scene.sh('kubectl sfl check brokers --context alice -o short')
  await scene.matches('check-forbidden')
})

test('mistakes are said at once, and explain tells the story of a code', async () => {
  const scene = await stage()
  await scene.sh('kubectl sfl check broker trigers --ignore SFL-X1 --fail-on never -o table')
  await scene.sh('kubectl sfl check --yes')
  await scene.sh('kubectl sfl explain k03')
  await scene.sh('kubectl sfl explain SFL-K033')
  await scene.sh('kubectl sfl explain SFL-K03 -o json | grep \'"code"\'')
  await scene.matches('check-explain')
})
