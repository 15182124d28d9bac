import {describe, expect, test} from 'vitest'
import {stringify} from 'yaml'
import {aKafkaBroker, aService, aTrigger} from './support/objects.js'
import {hasKubectl, theatre, type Stage} from './support/stage.js'

const {stage} = theatre()

const TOPOLOGY = 'kubectl sfl topology'

const to = (apiVersion: string, kind: string, name: string) => ({ref: {apiVersion, kind, name}})

/** A source, a broker with triggers, one of which leads to a kind that nobody knows, and a channel that answers to it. */
const shop = async (scene: Stage): Promise<void> => {
  const {namespace} = scene
  const made = (apiVersion: string, kind: string, name: string, spec: object) => ({
    apiVersion,
    kind,
    metadata: {name, namespace},
    spec,
  })
  const broker = to('eventing.knative.dev/v1', 'Broker', 'orders')
  const billing = to('serving.knative.dev/v1', 'Service', 'billing')
  await scene.given(
    aService(scene, 'billing'),
    aService(scene, 'attic'),
    aKafkaBroker(scene, 'orders', {
      spec: {delivery: {deadLetterSink: to('serving.knative.dev/v1', 'Service', 'attic'), retry: 3}},
    }),
    made('sources.knative.dev/v1', 'PingSource', 'tick', {schedule: '*/5 * * * *', sink: broker}),
    made('messaging.knative.dev/v1', 'Channel', 'returns', {
      channelTemplate: {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'},
    }),
    made('messaging.knative.dev/v1', 'Subscription', 'returns', {
      channel: {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: 'returns'},
      subscriber: billing,
      reply: broker,
    }),
    made('eventing.knative.dev/v1', 'Trigger', 'billing', {
      broker: 'orders',
      filter: {attributes: {type: 'order'}},
      subscriber: billing,
    }),
    made('eventing.knative.dev/v1', 'Trigger', 'robot', {
      broker: 'orders',
      subscriber: to('machines.example.com/v1', 'Robot', 'arm'),
    }),
    aTrigger(scene, 'lost', 'order', 'https://lost.example.com/<in>?a=b'),
  )
}

test('a namespace as a tree, what is connected with one object, and for other programs', async () => {
  const scene = await stage()
  await shop(scene)
  const before = await scene.state()
  await scene.sh(TOPOLOGY)
  await scene.sh(`${TOPOLOGY} sub/returns`)
  for (const format of ['dot', 'mermaid', 'json', 'svg']) await scene.sh(`${TOPOLOGY} lost -o ${format}`)
  expect(await scene.state()).toEqual(before)
  await scene.matches('topology')
})

test('the page is one file that asks nobody for anything', async () => {
  const scene = await stage()
  await shop(scene)
  const {out, err, code} = await scene.start(`${TOPOLOGY} -o html`).ended
  expect([err, code]).toEqual(['', 0])
  expect(out).toMatch(/^<!doctype html>[^]*<\/html>\n$/)
  expect(out).toContain("default-src 'none'")
  expect(out.match(/<[a-z]+\b[^<>]*\s(src|href)=/g)).toBeNull()
  expect(out).toContain('the cluster has no kind Robot of machines.example.com/v1')
})

test('names and namespaces that are wrong, nothing at all, and what cannot be looked at (no permission)', async () => {
  const scene = await stage()
  await scene.sh(TOPOLOGY)
  await scene.given(aKafkaBroker(scene, 'orders'))
  await scene.sh(`${TOPOLOGY} ordres`)
  await scene.sh(`${TOPOLOGY} trigger/orders`)
  await scene.sh(`${TOPOLOGY} orders -o png`)
  await scene.sh(`${TOPOLOGY} -n nowhere-at-all`)
  await scene.sh(`${TOPOLOGY} --context alice`)
  await scene.matches('topology-mistakes')
})

test('-A shows every namespace', async () => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders'))
  const {out, code} = await scene.start(`${TOPOLOGY} -A`).ended
  expect(code).toBe(0)
  expect(out).toContain(`Broker ${scene.namespace}/orders (Kafka)`)
})

describe.skipIf(!hasKubectl)('with kubectl', () => {
  test('what kubectl applied is drawn at once, before any controller has looked at it', async () => {
    const scene = await stage()
    const trigger = aTrigger(scene, 'early', 'later')
    const file = await scene.file('trigger.yaml', stringify(trigger))
    const {out} = await scene.start(`kubectl apply -f ${file} > /dev/null && ${TOPOLOGY}`).ended
    expect(out).toMatch(/^Broker later {2}\[missing\]\n└─ offers → Trigger early {2}\[/)
  })
})
