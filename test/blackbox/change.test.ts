import {describe, expect, test} from 'vitest'
import {aBroker, aKafkaBroker, aService} from './support/objects.js'
import {hasKubectl, onRealCluster, theatre} from './support/stage.js'

const {stage} = theatre()

test('apply creates, configures, and leaves alone what is as it should be', async () => {
  const scene = await stage()
  const flags = '--class Kafka --retry 3'
  await scene.sh(`kubectl sfl broker apply orders ${flags}`)
  await scene.sh(`kubectl sfl broker apply orders ${flags}`)
  await scene.sh(`kubectl sfl broker apply orders ${flags} --backoff-policy linear --label team=shop --dry-run=server`)
  await scene.sh(`kubectl sfl broker apply orders ${flags} --backoff-policy linear --label team=shop`)
  await scene.sh(`kubectl sfl broker apply orders ${flags} --dry-run=server --diff`)
  await scene.sh(`kubectl sfl broker apply orders ${flags}`)
  await scene.sh("kubectl sfl broker describe orders -o jsonpath='{.spec.delivery} {.metadata.labels}'")
  await scene.matches('apply')
})

// The defaults are the webhook's, and there is none on the real server.
describe.skipIf(onRealCluster)('with a webhook that fills in the defaults', () => {
  test('delivery that apply no longer names goes back to the defaults', async () => {
    const scene = await stage()
    await scene.prepare('kubectl sfl broker apply orders --class Kafka --retry 3')
    await scene.sh('kubectl sfl broker apply orders --class Kafka --dry-run=server --diff')
    await scene.sh('kubectl sfl broker apply orders --class Kafka')
    await scene.sh("kubectl sfl broker describe orders -o jsonpath='{.spec.delivery}'")
    await scene.matches('apply-emptied')
  })
})

describe.skipIf(!hasKubectl)('with kubectl', () => {
  test('a field that another manager owns is a conflict, named with its owner and the two ways out', async () => {
    const scene = await stage()
    const manifest = await scene.file(
      'orders.yaml',
      JSON.stringify(aKafkaBroker(scene, 'orders', {spec: {delivery: {retry: 7}}})),
    )
    await scene.prepare(`kubectl apply --server-side --field-manager=other -f ${manifest}`)
    await scene.sh('kubectl sfl broker apply orders --class Kafka --retry 3')
    await scene.sh('kubectl sfl broker apply orders --class Kafka --retry 3 -o json')
    await scene.sh("kubectl sfl broker describe orders -o jsonpath='{.spec.delivery.retry}'")
    await scene.sh('kubectl sfl broker apply orders --class Kafka --retry 3 --force-conflicts')
    await scene.sh("kubectl sfl broker describe orders -o jsonpath='{.spec.delivery.retry}'")
    await scene.matches('apply-conflict')
  })
})

test('update changes what the flags name, and --unset removes it again', async () => {
  const scene = await stage()
  await scene.given(aService(scene, 'dead-letters'), aKafkaBroker(scene, 'orders'), aKafkaBroker(scene, 'payments'))
  await scene.sh(
    'kubectl sfl broker update orders --retry 3 --dl-sink ksvc:dead-letters --label team=shop --annotation note=first',
  )
  await scene.sh('kubectl sfl broker update orders --retry 3')
  await scene.sh(
    'kubectl sfl broker update orders --unset dl-sink --label team- --unset annotation:note --dry-run=server --diff',
  )
  await scene.sh('kubectl sfl broker update orders --unset dl-sink --label team- --unset annotation:note')
  await scene.sh("kubectl sfl broker describe orders -o jsonpath='{.spec.delivery} {.metadata.labels}'")
  await scene.sh('kubectl sfl broker update orders --unset delivery')
  await scene.sh("kubectl sfl broker describe orders -o jsonpath='{.spec}'")
  await scene.sh('kubectl sfl broker update orders nowhere payments --retry 2')
  await scene.sh('kubectl sfl broker update oders --retry 2')
  await scene.matches('update')
})

test('what cannot be changed is explained with the way to a new broker, and nothing is sent', async () => {
  const scene = await stage()
  await scene.given(aBroker(scene, 'orders', {class: 'MTChannelBasedBroker'}))
  const before = await scene.state()
  await scene.sh('kubectl sfl broker update orders --class Kafka')
  await scene.sh('kubectl sfl broker update orders --broker-config other')
  await scene.sh('kubectl sfl broker update orders --class Kafka --force')
  await scene.sh('kubectl sfl broker apply orders --class Kafka')
  await scene.matches('update-immutable')
  expect(await scene.state()).toEqual(before)
})

test('wait ends with 0 when it is met and 4 when the time is over, also for what does not exist yet', async () => {
  const scene = await stage()
  const missing = {apiVersion: 'v1', kind: 'ConfigMap', name: 'nowhere', namespace: scene.namespace}
  await scene.given(aKafkaBroker(scene, 'orders'), aKafkaBroker(scene, 'broken', {spec: {config: missing}}))
  await scene.sh('kubectl sfl broker wait orders --for ready --timeout 2m')
  await scene.sh('kubectl sfl broker wait orders --for condition=TopicReady')
  const {err} = await scene.sh('kubectl sfl broker wait broken --for ready --timeout 1s')
  expect(scene.normal(err)).toMatch(
    /^waiting for broker.eventing.knative.dev\/broken to become ready: unable to rebuild topic config, .*\n/,
  )
  await scene.sh('kubectl sfl broker wait orders broken --timeout 1s')
  await scene.sh('kubectl sfl broker wait nowhere --timeout 1s')
  await scene.sh('kubectl sfl broker wait nowhere --for delete --timeout 1s')
  await scene.matches('wait')
})
