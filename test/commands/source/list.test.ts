import {describe, expect, test} from 'vitest'
import {inRounds, unreachable} from '../../support/clients.js'
import {aStoredSource, notReady, ready, to} from '../../support/messaging.js'
import {aSandbox, run} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const SINCE = '2026-03-01T11:00:00Z'

const withSources = (): Session => {
  const session = aSession()
  session.sandbox.load([
    aStoredSource('PingSource', {name: 'p1', spec: {sink: to('Service', 'eshow1', 'demo')}, status: ready(SINCE)}),
    aStoredSource('ApiServerSource', {name: 'a1', spec: {sink: to('Service', 'eshow2', 'demo')}, status: ready(SINCE)}),
  ])
  return session
}

describe('source list', () => {
  test("kn's documented table, byte for byte", async () => {
    const session = withSources()
    const {out, err} = await session.type('kubectl sfl source list')
    expect({out, err}).toEqual({
      out: [
        'NAME   TYPE              RESOURCE                               SINK          READY\n',
        'a1     ApiServerSource   apiserversources.sources.knative.dev   ksvc:eshow2   True\n',
        'p1     PingSource        pingsources.sources.knative.dev        ksvc:eshow1   True\n',
      ].join(''),
      err: '',
    })
  })

  test("the document's table of the job service's SinkBinding", async () => {
    const session = aSession()
    session.sandbox.load([
      aStoredSource('SinkBinding', {
        name: 'sonataflow-platform-example-jobs-service-sb',
        namespace: 'example-namespace',
        spec: {sink: to('Broker', 'example-broker')},
        status: ready(SINCE),
      }),
    ])
    const {out} = await session.type('kubectl sfl source list -n example-namespace')
    expect(out).toBe(
      [
        'NAME                                          TYPE          RESOURCE                           SINK                    READY\n',
        'sonataflow-platform-example-jobs-service-sb   SinkBinding   sinkbindings.sources.knative.dev   broker:example-broker   True\n',
      ].join(''),
    )
  })

  test('by namespace, then by name; of some types; wide; as objects; sorted another way', async () => {
    const session = withSources()
    session.sandbox.load([
      aStoredSource('SinkBinding', {name: 'p1', namespace: 'apps', spec: {}}),
      aStoredSource('PingSource', {
        name: 'b',
        namespace: 'apps',
        spec: {sink: {uri: 'http://b.example.com'}},
        status: {...notReady(SINCE, 'NotFound', 'no such sink'), sinkUri: 'http://b.example.com'},
      }),
    ])
    await session.type('kubectl sfl source list -A')
    await session.type('kubectl sfl sources ls -A -o wide')
    await session.type('kubectl sfl source list -A --type pingsource -t SINKBINDING')
    await session.type('kubectl sfl source list --type PingSorce')
    await session.type('kubectl sfl source list -A -o name')
    await session.type('kubectl sfl source list -A --sort-by .metadata.name -o custom-columns=NAME:.metadata.name')
    await session.type('kubectl sfl source list --no-headers --show-labels')
    await session.type('kubectl sfl source list -n empty')
    await session.type('kubectl sfl source list -n empty -o json')
    await session.matches('source-list')
  })

  test('a type that cannot be listed (no permission) is named and left out', async () => {
    const sandbox = aSandbox({
      access: (_user, {resource}) => ['customresourcedefinitions', 'pingsources', 'sinkbindings'].includes(resource),
    })
    sandbox.load([aStoredSource('PingSource', {name: 'p1', spec: {sink: to('Service', 'x')}, status: ready(SINCE)})])
    const session = aSession({sandbox, user: 'alice'})
    await session.type('kubectl sfl source list')
    await session.type('kubectl sfl source list -A -o json')
    await session.type('kubectl sfl source list --type KafkaSource,ApiServerSource')
    await session.matches('source-list-left-out')
  })

  test('who may not list definitions gets the four that Knative brings along', async () => {
    const sandbox = aSandbox({access: (_user, {group}) => group === 'sources.knative.dev'})
    sandbox.load([
      aStoredSource('PingSource', {name: 'p1', spec: {sink: to('Service', 'x')}, status: ready(SINCE)}),
      aStoredSource('SinkBinding', {name: 'b1', spec: {sink: to('Service', 'x')}, status: ready(SINCE)}),
    ])
    const session = aSession({sandbox, user: 'alice'})
    await session.type('kubectl sfl source list')
    await session.type('kubectl sfl source list-types')
    await session.type('kubectl sfl source list-types -o name')
    await session.matches('source-list-fallback')
    expect(session.requests().filter((request) => request.startsWith('list sources'))).toEqual(
      ['ApiServerSource', 'ContainerSource', 'PingSource', 'SinkBinding'].map(
        (kind) => `list sources.knative.dev/v1 ${kind} demo`,
      ),
    )
  })

  test('without Knative, without a server, with a bad format', async () => {
    const session = aSession({sandbox: aSandbox({install: {knative: false}})})
    await session.type('kubectl sfl source list')
    await session.type('kubectl sfl source list-types')
    await session.type('kubectl sfl source list', {client: unreachable(session.sandbox.client(), 'list')})
    await session.type('kubectl sfl source list -o tree')
    await session.matches('source-list-nothing')
  })

  test('two rounds of requests: the types, then all of them at once', async () => {
    const session = withSources()
    const {client, rounds} = inRounds(session.sandbox.client())
    await run('source list', {sandbox: session.sandbox, client, namespace: 'demo'})
    expect(rounds).toEqual([1, 5])
  })
})

describe('source list-types', () => {
  test("kn's table, and the definitions for machines", async () => {
    const session = aSession()
    await session.type('kubectl sfl source list-types')
    await session.type('kubectl sfl source list-types -o jsonpath=\'{.items[*].spec.names.kind}{"\\n"}\'')
    await session.matches('source-list-types')
  })
})
