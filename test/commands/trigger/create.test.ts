import {describe, expect, test} from 'vitest'
import {inRounds, unreachable} from '../../support/clients.js'
import {aKnativeService, aStoredBroker, withSystemConfig} from '../../support/eventing.js'
import {aSandbox, run} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

/** Broker default (channel-based), broker orders (Kafka, with delivery settings), a Knative Service that answers. */
const withBrokers = async (): Promise<Session> => {
  const session = aSession()
  await session.given(aKnativeService('billing'), aKnativeService('dead'))
  await session.prepare(
    'kubectl sfl broker create default',
    'kubectl sfl broker create orders --class Kafka --dl-sink ksvc:dead --retry 5 --backoff-delay PT1S',
  )
  await session.sandbox.settle()
  return session
}

const CREATED = (name: string) => `create eventing.knative.dev/v1 Trigger demo/${name}`

describe('trigger create', () => {
  test("makes kn's trigger: broker default, one exact filter, the sink looked up", async () => {
    const session = await withBrokers()
    await session.type('kubectl sfl trigger create billing --sink billing --filter type=dev.example.order')
    await session.type('kubectl sfl trigger list billing -o jsonpath=\'{.spec}{"\\n"}\'')
    await session.type('kubectl sfl trigger list')
    await session.matches('trigger-create')
    expect(session.writes()).toEqual([CREATED('billing')])
  })

  test('takes filters of every dialect, and a tree from a file or from stdin', async () => {
    const session = await withBrokers()
    const show = '--sink ksvc:billing --dry-run=client -o jsonpath=\'{.spec.filter}{.spec.filters}{"\\n"}\''
    await session.type(`kubectl sfl trigger create t --filter type=a,source=/b --filter subject= ${show}`)
    await session.type(`kubectl sfl trigger create t --filter '"type=a,b=c"' ${show}`)
    await session.type(
      `kubectl sfl trigger create t --filter type=a --filter-prefix source=/x --filter-suffix subject=.png --filter-cesql "EXISTS owner AND time LIKE '2026%'" ${show}`,
    )
    await session.type(`kubectl sfl trigger create t --filter type= --filter-prefix source=/x ${show}`)
    const tree = '- any:\n    - exact: {type: a}\n    - not: {prefix: {source: /x}}\n- cesql: "EXISTS owner"\n'
    const files = {
      'filters.yaml': tree,
      '-': '{"filters": [{"all": [{"suffix": {"type": ".v2"}}, {"exact": {"source": "/y"}}]}]}',
    }
    await session.type(`kubectl sfl trigger create t --filters-file filters.yaml ${show}`, {files})
    await session.type(`kubectl sfl trigger create t --filters-file - ${show}`, {files})
    await session.matches('trigger-create-filters')
    expect(session.writes()).toEqual([])
  })

  test('names every wrong value at once, before the first request', async () => {
    const session = await withBrokers()
    const files = {
      'bad.yaml':
        '- exact: {Type: a}\n- {exact: {type: a}, prefix: {type: b}}\n- exat: {type: a}\n- any: []\n- cesql: "type ="\n- exact: {type: 1}\n- {}\n',
      'text.yaml': 'hello',
      'broken.yaml': '- {',
      'empty.yaml': '',
    }
    for (const line of [
      '',
      'billing',
      'billing --sink ""',
      'Billing_1 --sink x:y --broker Default! --order orderd --filter type --filter Type=a --filter-prefix source= --filter-cesql "type =" --retry -1 --label a',
      'billing --sink ksvc:billing --filter type=a --filter type=b',
      'billing --sink ksvc:billing --filters-file bad.yaml',
      'billing --sink ksvc:billing --filters-file text.yaml',
      'billing --sink ksvc:billing --filters-file broken.yaml',
      'billing --sink ksvc:billing --filters-file empty.yaml',
      'billing --sink ksvc:billing --filters-file bad.yaml --filter type=a',
      'billing --sink ksvc:billing --order ordered --annotation kafka.eventing.knative.dev/delivery.order=unordered',
      'billing --sink ksvc:billing -o wide',
      'billing --sink ksvc:billing --wait --timeout 5m --wait-timeout 5m',
    ])
      await session.type(`kubectl sfl trigger create ${line}`, {files})
    await session.matches('trigger-create-usage')
    expect(session.requests()).toEqual([])
  })

  test('refuses a trigger that could never become ready, with the reason and the repairing command', async () => {
    const session = await withBrokers()
    session.sandbox.load([
      aStoredBroker('going', {metadata: {deletionTimestamp: '2026-03-01T11:00:00Z', finalizers: ['example.com/hold']}}),
    ])
    for (const line of [
      '--broker oders --sink ksvc:billing',
      '--broker nothing-like-it --sink ksvc:billing',
      '--broker going --sink ksvc:billing',
      '--sink ksvc:nowhere',
      '--sink kafkasink:nowhere',
      '--sink svc:billing:other',
      '--sink widgets.acme.dev/v1:x',
      '--sink ksvc:billing --dl-sink ksvc:nowhere',
      '--sink ksvc:billing --retry-after-max PT1M',
      `--broker ${'long'.repeat(16)} --sink ksvc:billing --force`,
    ])
      await session.type(`kubectl sfl trigger create billing ${line}`)
    await session.matches('trigger-create-refused')
    expect(session.writes()).toEqual([])
  })

  test('what the webhook would refuse is refused before a request, in its words', async () => {
    const session = await withBrokers()
    const injection = 'eventing.knative.dev/injection'
    for (const line of [
      `--annotation ${injection}=yes`,
      `--broker orders --annotation ${injection}=enabled`,
      "--annotation 'knative.dev/dependency=x'",
      '--annotation \'knative.dev/dependency={"kind":"PingSource","namespace":"other"}\'',
    ])
      await session.type(`kubectl sfl trigger create billing --sink ksvc:billing ${line}`)
    await session.matches('trigger-create-admission')
    expect(session.writes()).toEqual([])
  })

  test('a broker or a sink that is not ready yet is a warning, not an obstacle', async () => {
    const session = await withBrokers()
    session.sandbox.load([aStoredBroker('young', {className: 'Kafka'})])
    await session.type('kubectl sfl trigger create billing --broker young --sink ksvc:billing')
    await session.type('kubectl sfl trigger create loop --sink broker:default')
    await session.type('kubectl sfl trigger create dead --sink ksvc:billing --dl-sink broker:default --retry 1')
    await session.matches('trigger-create-warnings')
  })

  test('says which settings of the broker a trigger with its own loses, and keeps them when told so', async () => {
    const session = await withBrokers()
    const show = '-o jsonpath=\'{.spec.delivery}{"\\n"}\' --dry-run=client'
    await session.type(`kubectl sfl trigger create billing --broker orders --sink ksvc:billing --retry 2 ${show}`)
    await session.type(
      `kubectl sfl trigger create billing --broker orders --sink ksvc:billing --retry 2 --merge-delivery ${show}`,
    )
    await session.type(
      `kubectl sfl trigger create billing --broker orders --sink ksvc:billing --merge-delivery ${show}`,
    )
    await session.type(`kubectl sfl trigger create billing --sink ksvc:billing --dl-sink ksvc:dead ${show}`)
    await session.type(`kubectl sfl trigger create billing --sink ksvc:billing --backoff-delay 500ms ${show}`)
    await session.matches('trigger-create-delivery')
  })

  test('an order is for the Kafka classes', async () => {
    const session = await withBrokers()
    await session.type('kubectl sfl trigger create one --broker orders --sink ksvc:billing --order ordered')
    await session.type('kubectl sfl trigger create two --sink ksvc:billing --order ordered')
    await session.type('kubectl sfl trigger list -o wide')
    await session.matches('trigger-create-order')
  })

  test('prints and previews as broker create does', async () => {
    const session = await withBrokers()
    await session.type(
      'kubectl sfl trigger create billing --sink ksvc:billing --filter type=a --dry-run=client -o yaml',
    )
    await session.type('kubectl sfl trigger create billing --sink ksvc:billing --dry-run=server --diff')
    await session.type('kubectl sfl trigger create billing --sink ksvc:billing --diff', {answers: [false]})
    await session.type('kubectl sfl trigger create billing --sink ksvc:billing --label team=shop --wait -o name')
    await session.type('kn sfl triggers create more --sink nowhere')
    await session.type('kubectl sfl trigger create billing --sink ksvc:nowhere -o json')
    await session.matches('trigger-create-output')
  })

  test('twice is no harm with --if-not-exists, and what differs is said', async () => {
    const session = await withBrokers()
    const line = 'kubectl sfl trigger create billing --sink ksvc:billing --filter type=a'
    await session.type(`${line} --if-not-exists`)
    await session.type(`${line} --if-not-exists`)
    await session.type(`${line} --filter source=/x --retry 3 --if-not-exists`)
    await session.type(line)
    await session.matches('trigger-create-twice')
    expect(session.writes()).toEqual([CREATED('billing')])
  })

  test('of several names each is done or refused for itself', async () => {
    const session = await withBrokers()
    await session.prepare('kubectl sfl trigger create taken --sink ksvc:billing')
    await session.type('kubectl sfl trigger create one taken two --sink ksvc:billing')
    await session.matches('trigger-create-several')
    expect(session.writes()).toEqual([CREATED('one'), CREATED('two')])
  })

  test('has its broker injected, and waits for it', async () => {
    const session = aSession()
    await session.given(aKnativeService('billing'))
    await session.type('kubectl sfl trigger create billing --sink ksvc:billing --inject-broker --wait')
    await session.type("kubectl sfl trigger list billing -o jsonpath='{.metadata.labels} {.metadata.annotations}'")
    await session.type('kubectl sfl broker list --show-labels')
    await session.type('kubectl sfl trigger create other --broker own --sink ksvc:billing --inject-broker')
    await session.type('kubectl sfl trigger create third --sink ksvc:billing --inject-broker')
    await session.type('kubectl sfl trigger create other --sink ksvc:billing --inject-broker --if-not-exists')
    await session.matches('trigger-create-inject')
  })

  test('says that injection is off, or comes from the namespace', async () => {
    const off = aSession({sandbox: await withSystemConfig(aSandbox(), 'config-sugar', {_example: ''})})
    await off.given(aKnativeService('billing'))
    await off.type('kubectl sfl trigger create billing --sink ksvc:billing --inject-broker')
    await off.matches('trigger-create-inject-off')
    expect(off.writes()).toEqual([])
    const marked = aSession({namespace: 'marked'})
    marked.sandbox.load([
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {name: 'marked', labels: {'eventing.knative.dev/injection': 'enabled'}},
        status: {phase: 'Active'},
      },
    ])
    await marked.type('kubectl sfl trigger create billing --sink http://billing.example.com')
    await marked.matches('trigger-create-injected-namespace')
  })

  test('says that Knative is not installed', async () => {
    const session = aSession({sandbox: aSandbox({install: {knative: false}})})
    await session.type('kubectl sfl trigger create billing --sink http://billing.example.com')
    await session.matches('trigger-create-no-knative')
    expect(session.writes()).toEqual([])
  })

  test('a broken connection is exit 6; without the right to create, the line that asks for it', async () => {
    const session = await withBrokers()
    const client = unreachable(session.sandbox.client(), 'create')
    await session.type('kubectl sfl trigger create billing --sink ksvc:billing', {client})
    const readOnly = aSandbox({access: (_user, {verb}) => ['get', 'list', 'watch'].includes(verb)})
    const alice = aSession({sandbox: readOnly})
    await alice.prepare('kubectl sfl broker create default')
    await alice.sandbox.settle()
    await alice.type('kubectl sfl trigger create billing --sink http://billing.example.com', {user: 'alice'})
    await session.matches('trigger-create-unreachable')
    await alice.matches('trigger-create-forbidden')
  })

  test('what cannot be read (no permission) is not taken for wrong', async () => {
    const session = aSession({
      sandbox: aSandbox({access: (_user, {resource}) => resource === 'triggers'}),
      user: 'alice',
    })
    await session.type('kubectl sfl trigger create billing --sink ksvc:billing --retry 5 --timeout PT10S')
    await session.type('kubectl sfl trigger create other --sink ksvc:billing --inject-broker --dry-run=client')
    await session.matches('trigger-create-blind')
  })

  test.each([
    'billing --sink ksvc:billing',
    'billing --broker oders --sink ksvc:billing --dl-sink kafkasink:x',
    'billing --sink ksvc:billing --inject-broker',
  ])('looks in at most two rounds of requests in a row before it writes: %s', async (line) => {
    const session = await withBrokers()
    const {client, rounds} = inRounds(session.sandbox.client())
    await run(`trigger create ${line} --dry-run=client`, {sandbox: session.sandbox, client, namespace: 'demo'})
    expect(rounds.length).toBeLessThanOrEqual(2)
  })
})
