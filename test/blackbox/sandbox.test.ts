import {existsSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {hasKubectl, theatre} from './support/stage.js'

const {stage} = theatre()

const scenario = `apiVersion: v1
kind: ConfigMap
metadata: {name: my-kafka, namespace: shop}
data:
  bootstrap.servers: kafka.shop:9092
  default.topic.partitions: "3"
  default.topic.replication.factor: "1"
---
apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: {eventing.knative.dev/broker.class: Kafka}
spec:
  config: {apiVersion: v1, kind: ConfigMap, name: my-kafka, namespace: shop}
`

test('a command runs against a cluster of its own, and its exit code is the answer', async () => {
  const scene = await stage()
  await scene.file('scenario.yaml', scenario)
  await scene.sh("kubectl sfl sandbox run -- sh -c 'exit 7'")
  await scene.sh("kubectl sfl sandbox run -- sh -c 'kubectl-sfl broker create a --wait && kubectl-sfl broker list'")
  await scene.sh('kubectl sfl sandbox run --with scenario.yaml -- kubectl-sfl broker list -A -o wide')
  await scene.sh('kubectl sfl sandbox run --with - -- kubectl-sfl broker list -A -o name', {input: scenario})
  await scene.sh('kubectl sfl sandbox run -- no-such-program')
  await scene.sh('kubectl sfl sandbox run')
  await scene.sh('kubectl sfl sandbox run --with nowhere.yaml -- true')
  await scene.sh("kubectl sfl sandbox run -- sh -c 'kill -TERM $$'")
  await scene.matches('sandbox-run')
})

describe.skipIf(!hasKubectl)('with kubectl', () => {
  test('kubectl works in it', async () => {
    const scene = await stage()
    await scene.file('scenario.yaml', scenario)
    await scene.file(
      'script.sh',
      'set -ex\nkubectl get brokers -A\nkubectl label broker orders -n shop team=shop\nkubectl wait broker orders -n shop --for=condition=Ready\nkubectl delete broker orders -n shop\nkubectl get brokers -A\n',
    )
    await scene.sh('kubectl sfl sandbox run --with scenario.yaml -- sh script.sh')
    await scene.matches('sandbox-kubectl')
  })
})

test.each(['SIGINT', 'SIGTERM'] as const)('sandbox start prints a kubeconfig that works until %s', async (signal) => {
  const scene = await stage()
  const running = scene.start('exec kubectl sfl sandbox start')
  await running.until(/export KUBECONFIG=.*\n/)
  const [kubeconfig = ''] = running.seen().split('\n')
  const ran = await scene.start(`kubectl-sfl broker create x --wait --kubeconfig ${kubeconfig}`).ended
  expect({out: ran.out, code: ran.code}).toEqual({out: 'broker.eventing.knative.dev/x created\n', code: 0})
  running.signal(signal)
  const {code} = await running.ended
  expect({code, kubeconfigIsLeft: existsSync(kubeconfig)}).toEqual({
    code: signal === 'SIGINT' ? 130 : 143,
    kubeconfigIsLeft: false,
  })
})
