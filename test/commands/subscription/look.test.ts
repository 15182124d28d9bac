import {describe, expect, test} from 'vitest'
import {inRounds} from '../../support/clients.js'
import {aKnativeService} from '../../support/eventing.js'
import {aStoredSubscription, notReady, ready, to} from '../../support/messaging.js'
import {aSandbox, NOW, run} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const channel = (kind: string, name: string) => ({apiVersion: 'messaging.knative.dev/v1', kind, name})

const withAudit = async (): Promise<Session> => {
  const session = aSession()
  await session.given(aKnativeService('audit'), aKnativeService('dead-letters'))
  await session.prepare(
    'kubectl sfl channel create orders --type kafka --retry 4 --dl-sink ksvc:dead-letters',
    'kubectl sfl channel create pipe --type imc --retry 2 --backoff-policy linear --backoff-delay PT2S --dl-sink ksvc:dead-letters',
    'kubectl sfl subscription create audit --channel orders --sink ksvc:audit --sink-reply channel:pipe --backoff-delay PT1S',
    'kubectl sfl subscription create bill --channel pipe --sink ksvc:audit --retry 1',
    'kubectl sfl subscription create plain --channel pipe --sink http://plain.example.com',
  )
  return session
}

describe('subscription list', () => {
  test("kn's documented table, byte for byte", async () => {
    const session = aSession()
    session.sandbox.load([
      aStoredSubscription({
        name: 's0',
        spec: {
          channel: channel('InMemoryChannel', 'imc0'),
          subscriber: to('Service', 'ksvc0', 'demo'),
          reply: to('Broker', 'b00', 'demo'),
          delivery: {deadLetterSink: to('Broker', 'b01', 'demo')},
        },
        status: ready('2026-03-01T11:00:00Z'),
      }),
    ])
    const {out} = await session.type('kubectl sfl subscription list')
    expect(out).toBe(
      [
        'NAME   CHANNEL                SUBSCRIBER   REPLY        DEAD LETTER SINK   READY   REASON\n',
        's0     InMemoryChannel:imc0   ksvc:ksvc0   broker:b00   broker:b01         True\n',
      ].join(''),
    )
  })

  test('of all namespaces, default first; wide; empty; as objects', async () => {
    const session = await withAudit()
    session.sandbox.load([
      aStoredSubscription({
        name: 'z',
        namespace: 'default',
        spec: {channel: channel('Channel', 'c'), subscriber: to('Channel', 'elsewhere', 'other')},
        status: notReady('2026-03-01T11:00:00Z', 'SubscriberResolveFailed', 'Failed to resolve'),
      }),
      aStoredSubscription({name: 'a', namespace: 'apps', spec: {channel: channel('Channel', 'c')}}),
    ])
    await session.type('kubectl sfl subscription list')
    await session.type('kubectl sfl subscriptions list -A')
    await session.type('kubectl sfl sub ls -o wide')
    await session.type('kubectl sfl subscription list -A -o name')
    await session.type('kubectl sfl subscription list -n empty')
    await session.type('kubectl sfl subscription list -n empty -o json')
    await session.matches('subscription-list')
  })

  test('a page is printed as it comes in one namespace, and all at once with -A', async () => {
    const session = aSession()
    session.sandbox.load(
      Array.from({length: 700}, (_, index) =>
        aStoredSubscription({name: `s-${String(index).padStart(4, '0')}`, spec: {channel: channel('Channel', 'c')}}),
      ),
    )
    const lines = async (line: string): Promise<number[]> => {
      const written: number[] = []
      await run(line, {
        sandbox: session.sandbox,
        namespace: 'demo',
        onOut: (text) => written.push(text.split('\n').length - 1),
      })
      return written.filter((count) => count > 0)
    }
    expect(await lines('subscription list')).toEqual([501, 200])
    expect(await lines('subscription list -A')).toEqual([701])
    expect(await lines('subscription list -A -o name')).toEqual([500, 200])
  })
})

describe('subscription describe', () => {
  test("kn's documented text, byte for byte", async () => {
    const session = aSession({namespace: 'default', now: new Date(NOW.getTime() + 43_000)})
    session.sandbox.load([
      aStoredSubscription({
        name: 'sub0',
        namespace: 'default',
        created: NOW.toISOString(),
        spec: {
          channel: channel('InMemoryChannel', 'imc0'),
          subscriber: to('Service', 'ksvc0', 'default'),
          reply: to('Broker', 'b0', 'default'),
          delivery: {deadLetterSink: to('Broker', 'b1', 'default')},
        },
      }),
    ])
    const {out} = await session.type('kubectl sfl subscription describe sub0 --no-extras')
    expect(out).toBe(
      [
        'Name:            sub0',
        'Namespace:       default',
        'Age:             43s',
        'Channel:         InMemoryChannel:imc0 (messaging.knative.dev/v1)',
        'Subscriber:',
        '  Name:          ksvc0',
        '  Resource:      Service (serving.knative.dev/v1)',
        'Reply:',
        '  Name:          b0',
        '  Resource:      Broker (eventing.knative.dev/v1)',
        'DeadLetterSink:',
        '  Name:          b1',
        '  Resource:      Broker (eventing.knative.dev/v1)',
        '',
        'Conditions:',
        '  OK TYPE    AGE REASON',
        '',
      ].join('\n'),
    )
  })

  test("kn's text first, then the channel, resolved URIs, delivery with origins and findings", async () => {
    const session = await withAudit()
    await session.type('kubectl sfl subscription describe audit')
    await session.type('kubectl sfl subscription describe bill plain --no-show-events')
    await session.matches('subscription-describe')
  })

  test('a subscription that fails says why, with the repair', async () => {
    const session = await withAudit()
    await session.prepare(
      'kubectl sfl subscription create a --channel pipe --sink ksvc:nobody --force',
      'kubectl sfl subscription create b --channel pipe --sink ksvc:audit --sink-reply ksvc:nobody --force',
      'kubectl sfl subscription create c --channel pipe --sink ksvc:audit --dl-sink ksvc:nobody --force',
      'kubectl sfl channel create dead --type imc --dl-sink ksvc:nobody --force',
      'kubectl sfl subscription create d --channel dead --sink ksvc:audit --force',
      'kubectl sfl subscription create e --channel acme.dev:v1:NatsChannel:x --sink ksvc:audit --force',
    )
    session.sandbox.load([
      aStoredSubscription({name: 'f', spec: {channel: channel('Channel', 'pipe')}}),
      aStoredSubscription({
        name: 'g',
        spec: {channel: channel('Channel', 'pipe'), subscriber: {uri: 'http://g.example.com'}},
        status: {
          conditions: [
            {type: 'AddedToChannel', status: 'False', reason: 'PhysicalChannelSyncFailed', message: 'Failed to sync'},
            {type: 'Ready', status: 'False', reason: 'PhysicalChannelSyncFailed', message: 'Failed to sync'},
          ],
        },
      }),
      aStoredSubscription({
        name: 'h',
        spec: {channel: channel('Channel', 'pipe'), subscriber: {uri: 'http://h.example.com'}},
        status: {
          conditions: [
            {type: 'ChannelReady', status: 'Unknown', reason: 'SubscriptionNotMarkedReadyByChannel'},
            {type: 'Ready', status: 'Unknown', reason: 'SubscriptionNotMarkedReadyByChannel'},
          ],
        },
      }),
    ])
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
      await session.type(`kubectl sfl subscription describe ${name} --no-show-events`)
    await session.matches('subscription-describe-failing')
  })

  test('as objects; what cannot be read (no permission); names that do not exist', async () => {
    const sandbox = aSandbox({access: (_user, {resource}) => resource === 'subscriptions'})
    const session = aSession({sandbox})
    await session.prepare(
      'kubectl sfl channel create pipe --type imc',
      'kubectl sfl subscription create audit --channel pipe --sink http://audit.example.com',
    )
    await session.type("kubectl sfl subscription describe audit -o jsonpath='{.spec.channel.name}'")
    await session.type('kubectl sfl subscription describe audit -o url')
    await session.type('kubectl sfl subscription describe audit', {user: 'alice'})
    await session.type('kubectl sfl subscription create other --channel pipe --sink ksvc:x', {user: 'alice'})
    await session.type('kubectl sfl subscription describe audt')
    await session.type('kubectl sfl subscription describe')
    await session.matches('subscription-describe-blind')
  })

  test('never more than three rounds of requests in a row', async () => {
    const session = await withAudit()
    const {client, rounds} = inRounds(session.sandbox.client())
    const {code} = await run('subscription describe audit bill plain', {
      sandbox: session.sandbox,
      client,
      namespace: 'demo',
    })
    expect(code).toBe(0)
    expect(rounds.length).toBeLessThanOrEqual(3)
  })
})
