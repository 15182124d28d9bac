import {expect, test} from 'vitest'
import {aBroker, aKafkaBroker, aService, aTrigger} from './support/objects.js'
import {theatre} from './support/stage.js'

const {stage} = theatre()

test('a trigger is created, looked at, changed, applied, waited for and deleted', async () => {
  const scene = await stage()
  await scene.given(
    aService(scene, 'billing'),
    aService(scene, 'audit'),
    aService(scene, 'dead-letters'),
    aKafkaBroker(scene, 'orders'),
  )
  await scene.sh(
    'kubectl sfl trigger create billing --broker orders --sink ksvc:billing --filter type=dev.example.order --order ordered --retry 3 --backoff-policy linear --backoff-delay PT1S --wait',
  )
  await scene.sh(
    'kubectl sfl trigger create audit --broker orders --sink http://audit.example.com/ --filter-prefix source=/orders --filter-cesql "amount > 10"',
  )
  await scene.sh('kubectl sfl trigger create billing --broker orders --sink ksvc:billing')
  await scene.sh('kubectl sfl trigger list')
  await scene.sh('kubectl sfl trigger list -o wide')
  await scene.sh('kubectl sfl trigger describe billing')
  await scene.sh('kubectl sfl trigger describe audit --no-extras')
  await scene.sh('kubectl sfl trigger update billing --filter source=/shop --filter type- --sink ksvc:audit')
  await scene.sh('kubectl sfl trigger update billing --unset filters --unset order --unset backoff-delay')
  await scene.sh("kubectl sfl trigger describe billing -o jsonpath='{.spec} {.metadata.annotations}'")
  await scene.sh('kubectl sfl trigger apply shipping --broker orders --sink ksvc:billing --filter type=a')
  await scene.sh('kubectl sfl trigger apply shipping --broker orders --sink ksvc:billing --filter type=a')
  await scene.sh(
    'kubectl sfl trigger apply shipping --broker orders --sink ksvc:billing --filter type=b --dry-run=server --diff',
  )
  await scene.sh('kubectl sfl trigger wait shipping --for ready --timeout 2m')
  await scene.sh('kubectl sfl trigger delete billing')
  await scene.sh('kubectl sfl trigger delete billing audit nowhere --yes')
  await scene.matches('trigger')
  expect(Object.keys(await scene.state())).toEqual(['Broker orders', 'Trigger shipping'])
})

test('what the broker gives is lost with the first delivery setting, said so, and kept with --merge-delivery', async () => {
  const scene = await stage()
  const deadLetterSink = {ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'dead-letters'}}
  await scene.given(
    aService(scene, 'dead-letters'),
    aKafkaBroker(scene, 'orders', {spec: {delivery: {deadLetterSink, retry: 5, backoffDelay: 'PT1S'}}}),
    aTrigger(scene, 'billing', 'orders'),
  )
  await scene.sh('kubectl sfl trigger update billing --retry 2')
  await scene.sh('kubectl sfl trigger describe billing')
  await scene.sh('kubectl sfl trigger update billing --retry 2 --merge-delivery')
  await scene.sh("kubectl sfl trigger describe billing -o jsonpath='{.spec.delivery} {.status.deadLetterSinkUri}'")
  await scene.matches('trigger-delivery')
})

test('the broker of a trigger cannot be changed: it is recreated with --recreate --yes', async () => {
  const scene = await stage()
  await scene.given(
    aKafkaBroker(scene, 'orders'),
    aKafkaBroker(scene, 'payments'),
    aTrigger(scene, 'billing', 'orders'),
  )
  const before = await scene.state()
  await scene.sh('kubectl sfl trigger update billing --broker payments')
  await scene.sh('kubectl sfl trigger update billing --broker payments --recreate')
  expect(await scene.state()).toEqual(before)
  await scene.sh('kubectl sfl trigger update billing --broker payments --recreate --yes')
  await scene.sh('kubectl sfl trigger list')
  await scene.matches('trigger-recreate')
})

test('a trigger that could never become ready is refused with the reason and the repair, and nothing is written', async () => {
  const scene = await stage()
  await scene.given(aService(scene, 'billing'), aKafkaBroker(scene, 'orders'))
  const before = await scene.state()
  await scene.sh('kubectl sfl trigger create x --broker odrers --sink ksvc:billing')
  await scene.sh('kubectl sfl trigger create x --broker orders --sink ksvc:biling --dl-sink ksvc:nowhere')
  await scene.sh('kubectl sfl trigger create x --broker orders --sink ksvc:billing --filter Type=a --filter sub-type=b')
  await scene.sh('kubectl sfl trigger create x --broker orders --sink ksvc:billing --filter-cesql "type = "')
  await scene.sh('kubectl sfl trigger create x --broker orders')
  await scene.matches('trigger-refused')
  expect(await scene.state()).toEqual(before)
})

test('an order that a channel-based broker does not keep is a warning', async () => {
  const scene = await stage()
  await scene.given(aBroker(scene, 'default', {class: 'MTChannelBasedBroker'}))
  await scene.sh('kubectl sfl trigger create x --sink http://example.com/ --order ordered --wait')
  await scene.sh('kubectl sfl trigger describe x --no-show-events')
  await scene.matches('trigger-ordered')
})

test('the triggers of a deleted broker are not ready, with the reason', async () => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders'), aTrigger(scene, 'billing', 'orders'))
  await scene.prepare('kubectl sfl broker delete orders --yes')
  await scene.sh('kubectl sfl trigger list')
  await scene.sh('kubectl sfl trigger wait billing --timeout 1s')
  await scene.sh('kubectl sfl trigger describe billing')
  await scene.matches('trigger-orphaned')
})

test('--inject-broker marks the trigger and waits for the broker that the marks create', async () => {
  const scene = await stage()
  await scene.sh('kubectl sfl trigger create first --sink http://example.com/ --inject-broker')
  await scene.sh('kubectl sfl trigger list')
  await scene.sh("kubectl sfl broker describe default -o jsonpath='{.metadata.labels}'")
  await scene.matches('trigger-inject')
  expect(Object.keys(await scene.state())).toEqual(['Broker default', 'Trigger first'])
})

test('who has no rights reads one clear sentence for every noun', async () => {
  const scene = await stage()
  for (const noun of ['broker', 'trigger', 'channel', 'subscription', 'source'])
    await scene.sh(`kubectl sfl ${noun} list --context alice`)
  await scene.sh('kubectl sfl trigger create x --sink http://example.com/ --context alice')
  await scene.sh('kubectl sfl broker injection enable --context alice')
  await scene.matches('trigger-not-allowed')
})
