import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {listingPages, unreachable, watchingScript} from '../../support/clients.js'
import {aKnativeService, aStoredBroker, aTrigger} from '../../support/eventing.js'
import {aSandbox, run} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

/** Three brokers: a Kafka one with triggers and a dead letter sink, a channel-based one, one that nobody looks after. */
const aShop = async (): Promise<Session> => {
  const session = aSession()
  await session.given(aKnativeService('dead-letters'))
  await session.prepare(
    'kubectl sfl broker create orders --class Kafka --label team=shop --dl-sink ksvc:dead-letters --retry 5',
    'kubectl sfl broker create plain --label team=shop --label stage=prod',
    'kubectl sfl broker create foreign --class Foo --force',
  )
  await session.given(aTrigger('audit', 'orders'), aTrigger('billing', 'orders'))
  return session
}

const many = (count: number): KubeObject[] =>
  Array.from({length: count}, (_, index) => aStoredBroker(`b-${String(index).padStart(4, '0')}`))

describe('broker list', () => {
  test("prints kn's columns, and behind -o wide what kn leaves out", async () => {
    const session = await aShop()
    await session.type('kubectl sfl broker list')
    await session.type('kubectl sfl broker ls --no-headers')
    await session.type('kubectl sfl broker list -o wide')
    await session.type('kubectl sfl broker list -A')
    await session.type('kubectl sfl brokers list --show-labels')
    await session.matches('list-columns')
  })

  test('exactly one request for a list of one page', async () => {
    const session = await aShop()
    const before = session.requests().length
    await session.type('kubectl sfl broker list')
    expect(session.requests().slice(before)).toEqual(['list eventing.knative.dev/v1 Broker demo'])
  })

  test('picks by label, field and name', async () => {
    const session = await aShop()
    await session.type('kubectl sfl broker list -l team=shop -o name')
    await session.type("kubectl sfl broker list -l 'team in (shop),stage!=prod' -o name")
    await session.type('kubectl sfl broker list -A --field-selector metadata.name=plain -o name')
    await session.type('kubectl sfl broker list plain orders -o name')
    await session.type('kubectl sfl broker list plain')
    await session.type('kubectl sfl broker list -l team=none')
    await session.type('kubectl sfl broker list -l team==shop==x')
    await session.type('kubectl sfl broker list --field-selector spec.class=Kafka')
    await session.matches('list-selected')
  })

  test('sorts by any expression', async () => {
    const session = await aShop()
    await session.type('kubectl sfl broker list --sort-by .metadata.labels.stage -o name')
    await session.type("kubectl sfl broker list --sort-by '{.spec.delivery.retry}' -o name")
    await session.type('kubectl sfl broker list orders plain --sort-by .spec.delivery.retry -o name')
    await session.type('kubectl sfl broker list --sort-by {.metadata')
    await session.matches('list-sorted')
  })

  test("prints objects in kubectl's formats", async () => {
    const session = await aShop()
    await session.type('kubectl sfl broker list orders -o yaml')
    await session.type('kubectl sfl broker list -l stage=prod -o json')
    await session.type('kubectl sfl broker list -o jsonpath=\'{range .items[*]}{.metadata.name}{"\\n"}{end}\'')
    await session.type('kubectl sfl broker list -o jsonpath-as-json={.items[*].metadata.name}')
    await session.type('kubectl sfl broker list -o custom-columns=NAME:.metadata.name,RETRY:.spec.delivery.retry,X:.x')
    await session.type('kubectl sfl broker list --no-headers -o custom-columns-file=columns.txt', {
      files: {'columns.txt': 'NAME           NAMESPACE\nmetadata.name  metadata.namespace\n'},
    })
    await session.type('kubectl sfl broker list -o jsonpath-file=names.txt', {
      files: {'names.txt': '{.items[*].metadata.name}\n'},
    })
    await session.matches('list-output')
  })

  test('an empty list is a line on stderr, or a List without items', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker list')
    await session.type('kubectl sfl broker list -A')
    await session.type('kubectl sfl broker list -o wide -n nowhere')
    await session.type('kubectl sfl broker list -o name')
    await session.type('kubectl sfl broker list -o json')
    await session.type('kubectl sfl broker list -o yaml')
    await session.type('kubectl sfl broker list -o custom-columns=NAME:.metadata.name')
    await session.matches('list-empty')
  })

  test('a name that does not exist is exit 3, with the nearest one that does', async () => {
    const session = await aShop()
    await session.type('kubectl sfl broker list order')
    await session.type('kubectl sfl broker list order plain')
    await session.type('kubectl sfl broker list zzz yyy')
    await session.type('kubectl sfl broker list order plain --ignore-not-found -o name')
    await session.type('kubectl sfl broker list order --ignore-not-found')
    await session.type('kubectl sfl broker list order -w')
    await session.matches('list-not-found')
  })

  test('says at once what could never work', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker list orders -l a=b')
    await session.type('kubectl sfl broker list orders -A')
    await session.type('kubectl sfl broker list -w a b')
    await session.type('kubectl sfl broker list -w --sort-by .metadata.name')
    await session.type('kubectl sfl broker list -o yml')
    await session.type('kubectl sfl broker list -o jsonpath={.items')
    await session.type('kubectl sfl broker list -o custom-columns')
    await session.type('kubectl sfl broker list -o custom-columns=NAME')
    await session.type('kubectl sfl broker list --chunk-size many')
    await session.type('kubectl sfl broker list --chunk-size -1')
    await session.type('kubectl sfl broker list --request-timeout soon')
    await session.type('kubectl sfl broker list --request-timeout -1s')
    await session.type('kubectl sfl broker list -n Demo')
    await session.type('kubectl sfl broker list a/b')
    await session.type('kubectl sfl broker describe ..')
    await session.type('kubectl sfl broker create orders --wait --no-wait')
    await session.type('kubectl sfl broker --nope')
    await session.type('kubectl sfl broker list --selectr a=b')
    await session.matches('list-usage')
    expect(session.requests()).toEqual([])
  })

  test('1 200 brokers come in pages, the first one of 500', async () => {
    const session = aSession()
    session.sandbox.load(many(1200))
    const written: number[] = []
    const {out, code} = await run('broker list', {
      sandbox: session.sandbox,
      namespace: 'demo',
      onOut: (text) => written.push(text.split('\n').length - 1),
    })
    expect(code).toBe(0)
    expect(session.requests()).toEqual(Array.from({length: 2}, () => 'list eventing.knative.dev/v1 Broker demo'))
    expect(out.trimEnd().split('\n')).toHaveLength(1201)
    expect(written.filter((lines) => lines > 0)).toEqual([501, 700])
  })

  test('--chunk-size decides how many come at a time, and 0 asks for all at once', async () => {
    const session = aSession()
    session.sandbox.load(many(1200))
    const count = async (line: string): Promise<number> => {
      const before = session.requests().length
      const {out} = await run(line, {sandbox: session.sandbox, namespace: 'demo'})
      expect(out.trimEnd().split('\n')).toHaveLength(1200)
      return session.requests().length - before
    }
    expect(await count('broker list --no-headers --chunk-size 400')).toBe(3)
    expect(await count('broker list --no-headers --chunk-size 0')).toBe(1)
    expect(await count('broker list -o name --sort-by .metadata.name --chunk-size 1000')).toBe(2)
  })

  test('a page is printed before the next one has arrived', async () => {
    const sandbox = aSandbox()
    let printed = (): void => {}
    const firstPrinted = new Promise<void>((resolve) => (printed = resolve))
    const brokers = many(3)
    const client = listingPages(sandbox.client(), [brokers.slice(0, 2), brokers.slice(2)], (page) =>
      page === 1 ? firstPrinted : Promise.resolve(),
    )
    const {out, code} = await run('broker list -o name', {sandbox, client, onOut: () => printed()})
    expect({out, code}).toEqual({
      out: [0, 1, 2].map((index) => `broker.eventing.knative.dev/b-000${index}\n`).join(''),
      code: 0,
    })
  })

  test('-w prints what is there, then a row for every change', async () => {
    const session = aSession()
    const plain = (status: string, reason?: string): KubeObject =>
      aStoredBroker('plain', {status: {conditions: [{type: 'Ready', status, ...(reason ? {reason} : {})}]}})
    const client = watchingScript(session.sandbox.client(), [
      {type: 'ADDED', object: plain('Unknown')},
      {type: 'ADDED', object: aStoredBroker('orders')},
      {type: 'SYNCED', resourceVersion: '1'},
      {type: 'MODIFIED', object: plain('False', 'NoAddress')},
      {type: 'MODIFIED', object: plain('True')},
      {type: 'ADDED', object: aStoredBroker('a-broker-with-a-long-name')},
      {type: 'DELETED', object: plain('True')},
    ])
    await session.type('kubectl sfl broker list -w', {client})
    await session.type('kubectl sfl broker list --watch -o name', {client})
    await session.type(
      'kubectl sfl broker list plain -w -o jsonpath=\'{.metadata.name} {.status.conditions[0].status}{"\\n"}\'',
      {
        client: watchingScript(session.sandbox.client(), [
          {type: 'ADDED', object: plain('Unknown')},
          {type: 'SYNCED', resourceVersion: '1'},
          {type: 'MODIFIED', object: plain('True')},
        ]),
      },
    )
    await session.matches('list-watch')
  })

  test('Ctrl-C ends a watch with 130', async () => {
    const session = await aShop()
    let shown = (): void => {}
    const interruption = new Promise<'SIGINT'>((resolve) => (shown = () => resolve('SIGINT')))
    await session.type('kubectl sfl broker list -w', {interruption, onOut: () => shown()})
    await session.matches('list-watch-interrupted')
  })

  test('without the right to list, or without a server, the reason is said', async () => {
    const session = aSession({user: 'alice'})
    await session.type('kubectl sfl broker list')
    await session.type('kubectl sfl broker list -A -o json')
    await session.type('kubectl sfl broker list', {client: unreachable(session.sandbox.client(), 'list')})
    await session.matches('list-refused')
  })

  test('-o wide does without the triggers where they cannot be read (no permission)', async () => {
    const sandbox = aSandbox({access: (_user, {resource}) => resource === 'brokers'})
    const session = aSession({sandbox})
    await session.prepare('kubectl sfl broker create plain')
    await session.type('kubectl sfl broker list -o wide', {user: 'alice'})
    await session.matches('list-wide-blind')
  })

  test('without Knative there are no brokers to list', async () => {
    const session = aSession({sandbox: aSandbox({install: {knative: false}})})
    await session.type('kubectl sfl broker list')
    await session.matches('list-no-knative')
  })
})
