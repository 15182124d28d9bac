import {test} from 'vitest'
import {aBroker, aKafkaBroker, aService, aTrigger} from './support/objects.js'
import {theatre} from './support/stage.js'

const {stage} = theatre()

test("a Kafka broker is described in full, in kn's layout alone, and as an object", async () => {
  const scene = await stage()
  await scene.given(
    aService(scene, 'dead-letters'),
    aKafkaBroker(scene, 'orders', {
      labels: {team: 'shop'},
      spec: {
        delivery: {
          retry: 4,
          backoffPolicy: 'linear',
          backoffDelay: 'PT0.5S',
          deadLetterSink: {ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'dead-letters'}},
        },
      },
    }),
    aTrigger(scene, 'billing', 'orders'),
  )
  await scene.sh('kubectl sfl broker describe orders')
  await scene.sh('kubectl sfl broker describe orders --no-extras')
  await scene.sh('kubectl sfl broker describe orders --no-extras --verbose')
  await scene.sh('kubectl sfl broker describe orders --show-events=false -o url')
  await scene.sh('kubectl sfl broker describe orders -o json')
  await scene.sh('kubectl sfl broker describe orders -o yaml')
  await scene.sh("kubectl sfl broker describe orders -o jsonpath='{.status.annotations}'")
  await scene.matches('describe-kafka')
})

test('a channel-based broker of the cluster default is described with where its settings come from', async () => {
  const scene = await stage()
  await scene.given(aBroker(scene, 'default'))
  await scene.sh('kubectl sfl broker describe default')
  await scene.matches('describe-default')
})

test('a broker that cannot become ready is described with its conditions, its findings and what repairs it', async () => {
  const scene = await stage()
  const missing = {apiVersion: 'v1', kind: 'ConfigMap', name: 'nowhere', namespace: scene.namespace}
  await scene.given(aKafkaBroker(scene, 'broken', {spec: {config: missing}}), aTrigger(scene, 'billing', 'broken'))
  await scene.sh('kubectl sfl broker describe broken')
  await scene.sh('kubectl sfl broker describe broken -o url')
  await scene.matches('describe-failing')
})

test('a name that does not exist ends with 3 and the nearest name', async () => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders'))
  await scene.sh('kubectl sfl broker describe ordesr')
  await scene.sh('kubectl sfl broker describe ordesr -o json')
  await scene.sh('kubectl sfl broker describe')
  await scene.matches('describe-missing')
})
