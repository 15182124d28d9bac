import {describe, expect, test} from 'vitest'
import {aKafkaBroker, aService} from './support/objects.js'
import {hasKubectl, onRealCluster, theatre} from './support/stage.js'

const {stage} = theatre({kubectl: true})

test('a broker that could never become ready is refused with the reason and the repair, and nothing is written', async () => {
  const scene = await stage()
  await scene.given({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {name: 'half', namespace: scene.namespace},
    data: {'bootstrap.servers': 'kafka:9092'},
  })
  await scene.sh('kubectl sfl broker create x --class Kafka --broker-config config-br-default-channel:knative-eventing')
  await scene.sh(
    'kubectl sfl broker create x --class Kafka --broker-config cm:config-br-default-channel:knative-eventing',
  )
  await scene.sh('kubectl sfl broker create x --class Kafka --broker-config nowhere')
  await scene.sh('kubectl sfl broker create x --class Kafka --broker-config half')
  await scene.sh('kubectl sfl broker create x --class kafka')
  await scene.sh('kubectl sfl broker create x --class Nonsense')
  await scene.sh('kubectl sfl broker create x --class Kafka --dl-sink ksvc:nowhere')
  await scene.sh('kubectl sfl broker create x --external-topic orders.v1')
  await scene.sh('kubectl sfl broker create x --external-topic orders.v1 --class MTChannelBasedBroker')
  await scene.matches('create-refused')
  expect(await scene.state()).toEqual({})
})

test('--force goes on, and says why it should not have', async () => {
  const scene = await stage()
  await scene.sh('kubectl sfl broker create x --class Kafka --broker-config nowhere --force')
  await scene.sh('kubectl sfl broker wait x --timeout 1s')
  await scene.matches('create-force')
  expect(Object.keys(await scene.state())).toEqual(['Broker x'])
})

test('delivery values are converted, and what they will really do is said', async () => {
  const scene = await stage()
  await scene.sh(
    'kubectl sfl broker create rewritten --class Kafka --retry 2 --backoff-policy linear --backoff-delay PT3600S --dry-run=client -o yaml',
  )
  await scene.sh(
    'kubectl sfl broker create short --class Kafka --retry 2 --backoff-policy linear --backoff-delay 500ms --dry-run=client -o yaml',
  )
  await scene.sh(
    'kubectl sfl broker create idle --class Kafka --backoff-policy linear --backoff-delay PT1S --dry-run=client -o yaml',
  )
  await scene.matches('create-delivery')
})

test('creating it twice is an error, unless --if-not-exists accepts what is there', async () => {
  const scene = await stage()
  await scene.sh('kubectl sfl broker create orders --class Kafka --if-not-exists --wait')
  await scene.sh('kubectl sfl broker create orders --class Kafka --if-not-exists --wait')
  await scene.sh('kubectl sfl broker create orders --class Kafka')
  await scene.sh('kubectl sfl broker create orders payments --class Kafka')
  await scene.matches('create-twice')
  expect(Object.keys(await scene.state())).toEqual(['Broker orders', 'Broker payments'])
})

test('--dry-run and --diff show what would be done and write nothing', async () => {
  const scene = await stage()
  const flags = '--class Kafka --retry 3 --label team=shop --annotation note=first'
  await scene.sh(`kubectl sfl broker create orders ${flags} --dry-run=client`)
  await scene.sh(`kubectl sfl broker create orders ${flags} --dry-run=server`)
  await scene.sh(`kubectl sfl broker create orders ${flags} --dry-run=client -o yaml`)
  await scene.sh(`kubectl sfl broker create orders ${flags} --dry-run=client -o json`)
  await scene.sh(`kubectl sfl broker create orders ${flags} --dry-run=client -o name`)
  await scene.sh(`kubectl sfl broker create orders ${flags} --dry-run=client --diff`)
  await scene.matches('create-dry-run')
  expect(await scene.state()).toEqual({})
})

// The server's own dry run answers with the defaults of the webhook, and the real API server here has no webhook.
describe.skipIf(onRealCluster)('with the defaulting webhook', () => {
  test('what the server would store is shown with the defaults, and created with --yes after the difference', async () => {
    const scene = await stage()
    await scene.sh('kubectl sfl broker create orders --class Kafka --dry-run=server -o yaml')
    await scene.sh('kubectl sfl broker create orders --class Kafka --diff')
    expect(await scene.state()).toEqual({})
    await scene.sh('kubectl sfl broker create orders --class Kafka --diff --yes -o name')
    await scene.sh('kubectl sfl broker create payments --class Kafka -o json')
    await scene.matches('create-defaulted')
  })
})

test('KUBECTL_EXTERNAL_DIFF shows the difference instead', async () => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders', {spec: {delivery: {retry: 1}}}))
  const env = {KUBECTL_EXTERNAL_DIFF: 'diff -r -U0'}
  await scene.sh('kubectl sfl broker update orders --retry 3 --dry-run=server --diff', {env})
  await scene.matches('external-diff')
})

describe.skipIf(!hasKubectl)('with kubectl', () => {
  test('the manifest that a client dry run prints goes through kubectl apply', async () => {
    const scene = await stage()
    await scene.given(aService(scene, 'dead-letters'))
    await scene.sh(
      'kubectl sfl broker create orders --class Kafka --dl-sink ksvc:dead-letters --retry 5 --dry-run=client -o yaml | kubectl apply -f -',
    )
    await scene.sh('kubectl sfl broker wait orders')
    await scene.sh('kubectl sfl broker list -o name | xargs kubectl delete')
    await scene.sh('kubectl sfl broker wait orders --for delete --timeout 10s')
    await scene.matches('create-piped')
    expect(await scene.state()).toEqual({})
  })
})
