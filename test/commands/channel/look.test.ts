import {describe, expect, test} from 'vitest'
import {inRounds} from '../../support/clients.js'
import {aKnativeService} from '../../support/eventing.js'
import {aStoredChannel, notReady, ready} from '../../support/messaging.js'
import {aSandbox, NOW, run} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const IMC = {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'}

const withOrders = async (): Promise<Session> => {
  const session = aSession()
  await session.given(aKnativeService('dead-letters'), aKnativeService('audit'))
  await session.prepare(
    'kubectl sfl channel create orders --type kafka --partitions 6 --retention P7D --retry 5 --dl-sink ksvc:dead-letters',
    'kubectl sfl channel create pipe --type imc',
    'kubectl sfl subscription create audit --channel orders --sink ksvc:audit --sink-reply channel:pipe --retry 1',
    'kubectl sfl subscription create bill --channel kafka:orders --sink http://bill.example.com',
  )
  return session
}

describe('channel list', () => {
  test("kn's documented table, byte for byte", async () => {
    const {sandbox, ...session} = aSession({namespace: 'default', now: new Date('2026-03-01T13:33:00Z')})
    sandbox.load([
      aStoredChannel({
        name: 'imc1',
        namespace: 'default',
        created: NOW.toISOString(),
        spec: {channelTemplate: IMC},
        status: {
          ...ready('2026-03-01T12:00:00Z'),
          address: {url: 'http://imc1-kn-channel.default.svc.cluster.local'},
        },
      }),
    ])
    const {out} = await session.type('kubectl sfl channel list')
    expect(out).toBe(
      [
        'NAME   TYPE              URL                                                AGE   READY   REASON\n',
        'imc1   InMemoryChannel   http://imc1-kn-channel.default.svc.cluster.local   93m   True\n',
      ].join(''),
    )
  })

  test('of all namespaces, default first; wide with what is behind; empty; as objects', async () => {
    const session = await withOrders()
    session.sandbox.load([
      aStoredChannel({
        name: 'z',
        namespace: 'default',
        spec: {channelTemplate: IMC},
        status: notReady('2026-03-01T11:00:00Z', 'ChannelFailure', 'no matches'),
      }),
      aStoredChannel({name: 'b', namespace: 'apps', spec: {}}),
    ])
    await session.type('kubectl sfl channel list')
    await session.type('kubectl sfl channel list -A')
    await session.type('kubectl sfl channels ls -o wide')
    await session.type('kubectl sfl channel list -A -o name')
    await session.type('kubectl sfl channel list -A --sort-by .metadata.name --no-headers')
    await session.type('kubectl sfl channel list nobody pipe')
    await session.type('kubectl sfl channel list -n empty')
    await session.matches('channel-list')
  })

  test('-o wide does without the subscriptions where they cannot be read (no permission)', async () => {
    const sandbox = aSandbox({access: (_user, {resource}) => resource === 'channels'})
    const session = aSession({sandbox})
    await session.prepare('kubectl sfl channel create pipe --type imc')
    await session.type('kubectl sfl channel list -o wide', {user: 'alice'})
    await session.type('kubectl sfl channel describe pipe', {user: 'alice'})
    await session.matches('channel-blind')
  })
})

describe('channel describe', () => {
  test("kn's documented text, byte for byte", async () => {
    const session = aSession({namespace: 'default', now: new Date(NOW.getTime() + 22_000)})
    session.sandbox.load([
      aStoredChannel({
        name: 'pipe',
        namespace: 'default',
        created: NOW.toISOString(),
        annotations: {
          'messaging.knative.dev/creator': 'kube:admin',
          'messaging.knative.dev/lastModifier': 'kube:admin',
        },
        spec: {channelTemplate: IMC},
        status: {
          ...ready(NOW.toISOString(), 'Addressable', 'BackingChannelReady'),
          address: {url: 'http://pipe-kn-channel.default.svc.cluster.local'},
        },
      }),
    ])
    const {out} = await session.type('kubectl sfl channel describe pipe --no-extras')
    expect(out).toBe(
      [
        'Name:         pipe',
        'Namespace:    default',
        'Annotations:  messaging.knative.dev/creator=kube:admin, messaging.knative.dev/lastModifier=kube:admin',
        'Age:          22s',
        'Type:         InMemoryChannel (messaging.knative.dev/v1)',
        'URL:          http://pipe-kn-channel.default.svc.cluster.local',
        '',
        'Conditions:',
        '  OK TYPE                   AGE REASON',
        '  ++ Ready                  22s',
        '  ++ Addressable            22s',
        '  ++ BackingChannelReady    22s',
        '',
      ].join('\n'),
    )
  })

  test("kn's text first, then the real channel, delivery with origins, subscriptions and findings", async () => {
    const session = await withOrders()
    await session.type('kubectl sfl channel describe orders')
    await session.type('kubectl sfl channel describe pipe --no-show-events')
    await session.matches('channel-describe')
  })

  test('its address for scripts, also where there is none', async () => {
    const session = await withOrders()
    session.sandbox.load([aStoredChannel({name: 'new', spec: {}})])
    await session.type('kubectl sfl channel describe orders -o url')
    await session.type('kubectl sfl channel describe new -o url')
    await session.type('kubectl sfl channel describe new')
    await session.type('kubectl sfl channel describe orders -o name')
    await session.type('kubectl sfl channel describe order')
    await session.matches('channel-describe-url')
  })

  test('a channel that fails says why, with the repair', async () => {
    const session = aSession()
    await session.prepare(
      'kubectl sfl channel create dead --type imc --dl-sink ksvc:nobody --force',
      'kubectl sfl channel create odd --type acme.dev:v1:NatsChannel --force',
    )
    await session.type('kubectl sfl channel describe dead --no-show-events')
    await session.type('kubectl sfl channel describe odd --no-show-events')
    session.sandbox.load(
      session.sandbox
        .snapshot()
        .filter(({kind, metadata}) => kind === 'Deployment' && metadata.name.startsWith('imc-'))
        .map((deployment) => ({...deployment, status: {replicas: 1, readyReplicas: 0}})),
    )
    await session.type('kubectl sfl channel create pipe --type imc')
    session.sandbox.load([
      aStoredChannel({
        name: 'slow',
        spec: {channelTemplate: IMC},
        status: notReady('2026-03-01T11:00:00Z', '', '', 'Unknown'),
      }),
    ])
    await session.type('kubectl sfl channel describe slow --no-show-events')
    await session.matches('channel-describe-failing')
  })

  test.each(['orders', 'pipe', 'orders pipe'])('never more than two rounds of requests in a row: %s', async (names) => {
    const session = await withOrders()
    const {client, rounds} = inRounds(session.sandbox.client())
    const {code} = await run(`channel describe ${names}`, {sandbox: session.sandbox, client, namespace: 'demo'})
    expect(code).toBe(0)
    expect(rounds.length).toBeLessThanOrEqual(2)
  })
})

describe('channel list-types', () => {
  test("kn's table, the definitions for machines, and an error when there is none", async () => {
    const session = aSession()
    await session.type('kubectl sfl channel list-types')
    await session.type('kubectl sfl channel list-types --no-headers')
    await session.type('kubectl sfl channel list-types -o name')
    await session.type('kubectl sfl channel list-types -o go-template')
    await session.type('kubectl sfl channel list-types', {sandbox: aSandbox({install: {knative: false}})})
    await session.type('kubectl sfl channel list-types', {user: 'alice'})
    await session.matches('channel-list-types')
  })
})
