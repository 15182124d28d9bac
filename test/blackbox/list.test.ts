import {describe, expect, test} from 'vitest'
import {aBroker, aKafkaBroker, aTrigger} from './support/objects.js'
import {hasKubectl, type Stage, theatre} from './support/stage.js'

const {stage} = theatre()

/** A ready Kafka broker with two triggers, a ready channel-based one, and one that can never become ready. */
const threeBrokers = async (): Promise<Stage> => {
  const scene = await stage()
  const labels = (rank: string) => ({box: scene.namespace, rank})
  const missing = {apiVersion: 'v1', kind: 'ConfigMap', name: 'nowhere', namespace: scene.namespace}
  await scene.given(
    aKafkaBroker(scene, 'orders', {labels: labels('b')}),
    aBroker(scene, 'audit', {class: 'MTChannelBasedBroker', labels: labels('c')}),
    aKafkaBroker(scene, 'broken', {labels: labels('a'), spec: {config: missing}}),
    aTrigger(scene, 'billing', 'orders'),
    aTrigger(scene, 'shipping', 'orders'),
  )
  return scene
}

test('brokers are listed as a table: narrow, wide, with labels, without headers, sorted, and across namespaces', async () => {
  const scene = await threeBrokers()
  await scene.sh('kubectl sfl broker list')
  await scene.sh('kubectl sfl broker list -o wide')
  await scene.sh('kubectl sfl broker list --show-labels --no-headers')
  await scene.sh('kubectl sfl broker list --sort-by=.metadata.labels.rank')
  await scene.sh(`kubectl sfl broker list -A -o wide -l box=${scene.namespace}`)
  await scene.sh('kubectl sfl brokers ls orders audit')
  await scene.sh('kubectl sfl broker list -l rank=b')
  await scene.sh("kubectl sfl broker list -l 'rank in (a,c),box'")
  await scene.sh('kubectl sfl broker list --field-selector metadata.name=audit')
  await scene.sh('kubectl sfl broker list --chunk-size=1')
  await scene.matches('list-table')
})

test('brokers are listed for scripts: names, JSONPath, custom columns', async () => {
  const scene = await threeBrokers()
  await scene.sh('kubectl sfl broker list -o name')
  await scene.sh("kubectl sfl broker list -o jsonpath='{.items[*].status.address.url}'")
  await scene.sh(
    `kubectl sfl broker list -o jsonpath='{range .items[*]}{.metadata.name}{"\\t"}{.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}'`,
  )
  await scene.sh("kubectl sfl broker list -o jsonpath-as-json='{.items[*].metadata.name}'")
  await scene.sh(
    'kubectl sfl broker list -o custom-columns=NAME:.metadata.name,CLASS:.metadata.annotations."eventing\\.knative\\.dev/broker\\.class",SINK:.spec.delivery.deadLetterSink',
  )
  await scene.sh(
    'kubectl sfl broker list -o name | while read -r line; do kubectl sfl broker list -o name "${line#*/}"; done',
  )
  await scene.matches('list-scripts')
})

test('whole objects come as JSON and YAML, without managed fields', async () => {
  const scene = await threeBrokers()
  await scene.sh('kubectl sfl broker list -o json')
  await scene.sh('kubectl sfl broker list orders -o yaml')
  await scene.matches('list-objects')
})

describe.skipIf(!hasKubectl)('with kubectl', () => {
  test('JSON says what kubectl get says', async () => {
    const scene = await threeBrokers()
    const ours = await scene.prepare('kubectl sfl broker list -o json')
    const theirs = await scene.prepare('kubectl get brokers.eventing.knative.dev -o json')
    const items = (text: string): unknown =>
      JSON.parse(
        text.replace(/"metadata": \{\s*"resourceVersion": "\d*"(,\s*"selfLink": "")?\s*\}\s*/, '"metadata": {}'),
      )
    expect(items(ours.out)).toEqual(items(theirs.out))
  })
})

test('an empty list says so on stderr and ends with 0; in JSON it is an empty List', async () => {
  const scene = await stage()
  await scene.sh('kubectl sfl broker list')
  await scene.sh('kubectl sfl broker list -o json')
  await scene.sh('kubectl sfl broker list -o name')
  await scene.sh('kubectl sfl broker list orders --ignore-not-found')
  await scene.sh('kubectl sfl broker list orders')
  await scene.matches('list-empty')
})

test('list -w prints what is there, then every change, until Ctrl-C', async () => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders'))
  const line = 'exec kubectl sfl broker list -w'
  const running = scene.start(line)
  await running.until(/orders .* True/)
  await scene.given(aKafkaBroker(scene, 'payments'))
  await running.until(/payments .* True/)
  running.signal('SIGINT')
  const ran = await running.ended
  const rows = scene.normal(ran.out).split('\n')
  expect(rows.slice(0, 2)).toEqual([
    'NAME     URL                                                                                AGE   CONDITIONS   READY   REASON',
    'orders   http://kafka-broker-ingress.knative-eventing.svc.cluster.local/box-golden/orders   Ns    8 OK / 8     True',
  ])
  // How many states of its way to readiness are seen is a matter of luck; the last one is not.
  expect(rows.at(-2)).toBe(
    'payments   http://kafka-broker-ingress.knative-eventing.svc.cluster.local/box-golden/payments   Ns    8 OK / 8     True',
  )
  expect({err: ran.err, code: ran.code}).toEqual({err: 'error: interrupted\n', code: 130})
})
