import {describe, expect, test} from 'vitest'
import type {WatchEvent, WatchQuery} from '../../src/kube/client.js'
import {type TestConnection, connectTo, faultServer} from '../support/connection.js'
import {type FaultServer, type Step, events, json, reset, status, text} from '../support/fault-server.js'
import {BROKER, brokerList, brokerObject} from '../support/objects.js'

const shown = (event: WatchEvent): string =>
  event.type === 'SYNCED'
    ? `SYNCED ${event.resourceVersion}`
    : `${event.type} ${event.object.metadata.name}@${event.object.metadata.resourceVersion}`

const added = (name: string, version: string): object => ({type: 'ADDED', object: brokerObject(name, version)})
const modified = (name: string, version: string): object => ({type: 'MODIFIED', object: brokerObject(name, version)})
const deleted = (name: string, version: string): object => ({type: 'DELETED', object: brokerObject(name, version)})
const bookmark = (resourceVersion: string): object => ({
  type: 'BOOKMARK',
  object: {...BROKER, metadata: {resourceVersion, creationTimestamp: null}, spec: {}},
})
const expired = {
  type: 'ERROR',
  object: {kind: 'Status', status: 'Failure', code: 410, reason: 'Expired', message: 'too old'},
}

interface Watched extends TestConnection {
  api: FaultServer
  seen: string[]
}

/** Watches until as many events were seen as expected, then stops. */
const watched = async (count: number, steps: Step[], query: Partial<WatchQuery> = {}): Promise<Watched> => {
  const server = await faultServer()
  server.script(...steps)
  const connection = await connectTo(server)
  const seen: string[] = []
  for await (const event of connection.client.watch({...BROKER, namespace: 'demo', ...query})) {
    seen.push(shown(event))
    if (seen.length === count) break
  }
  return {...connection, api: server, seen}
}

const versions = ({received}: FaultServer): (string | null)[] =>
  received.map(({url}) => new URLSearchParams(url.split('?')[1]).get('resourceVersion'))

describe('a watch', () => {
  test('tells what is there, then that this was all, then what changes', async () => {
    const {seen, api} = await watched(5, [
      json(brokerList([brokerObject('a', '1'), brokerObject('b', '2')], '10')),
      events([modified('a', '11'), deleted('b', '12')], 'stay'),
    ])
    expect(seen).toEqual(['ADDED a@1', 'ADDED b@2', 'SYNCED 10', 'MODIFIED a@11', 'DELETED b@12'])
    expect(api.received.map(({url}) => url.replace(/timeoutSeconds=\d+/, 'timeoutSeconds=N'))).toEqual([
      '/apis/eventing.knative.dev/v1/namespaces/demo/brokers?limit=500',
      '/apis/eventing.knative.dev/v1/namespaces/demo/brokers?watch=true&allowWatchBookmarks=true&timeoutSeconds=N&resourceVersion=10',
    ])
  })

  test('of one object asks for that one only', async () => {
    const {api} = await watched(1, [json(brokerList([], '10'))], {
      name: 'a',
      fieldSelector: 'metadata.namespace=demo',
    })
    expect(api.received[0]?.url).toContain('fieldSelector=metadata.namespace%3Ddemo%2Cmetadata.name%3Da')
  })

  test('goes on where it was when the server ends it or the connection breaks, bookmarks included', async () => {
    const {seen, api, clock} = await watched(5, [
      json(brokerList([], '10')),
      events([added('a', '11'), bookmark('15')], 'end'),
      events([modified('a', '16')], 'reset'),
      reset,
      text('', 503),
      events([modified('a', '17'), modified('a', '18')], 'stay'),
    ])
    expect(seen).toEqual(['SYNCED 10', 'ADDED a@11', 'MODIFIED a@16', 'MODIFIED a@17', 'MODIFIED a@18'])
    expect(versions(api)).toEqual([null, '10', '15', '16', '16', '16'])
    expect(clock.slept).toEqual([400, 800, 1600])
  })

  test.each<[string, Step]>([
    ['as an event', events([expired])],
    ['as an answer', status(410, 'Expired', 'too old')],
  ])(
    'reads the list again when its place is forgotten, told %s, and makes events of the differences',
    async (_how, forgotten) => {
      const {seen, api} = await watched(8, [
        json(brokerList([brokerObject('same', '1'), brokerObject('changed', '2'), brokerObject('gone', '3')], '10')),
        forgotten,
        json(brokerList([brokerObject('same', '1'), brokerObject('changed', '20'), brokerObject('new', '21')], '30')),
        events([modified('new', '31')], 'stay'),
      ])
      expect(seen).toEqual([
        'ADDED same@1',
        'ADDED changed@2',
        'ADDED gone@3',
        'SYNCED 10',
        'DELETED gone@3',
        'MODIFIED changed@20',
        'ADDED new@21',
        'MODIFIED new@31',
      ])
      expect(versions(api)).toEqual([null, '10', null, '30'])
    },
  )

  test('does not hammer a server that ends every watch at once', async () => {
    const {clock} = await watched(2, [
      json(brokerList([], '10')),
      events([]),
      events([]),
      events([added('a', '11')], 'stay'),
    ])
    expect(clock.slept).toEqual([400, 400])
  })

  test('ends with the reason when the user may not watch', async () => {
    await expect(watched(2, [json(brokerList([], '10')), status(403, 'Forbidden', 'no')])).rejects.toMatchObject({
      reason: 'Forbidden',
      message: 'no',
    })
  })

  test('gives up after ten failures in a row', async () => {
    const {client, clock, api} = await watched(1, [json(brokerList([], '10'))])
    api.script(json(brokerList([], '10')), ...Array.from({length: 12}, () => reset))
    const pending = (async () => {
      for await (const event of client.watch({...BROKER, namespace: 'demo'})) shown(event)
    })()
    await expect(pending).rejects.toMatchObject({reason: 'ConnectionReset'})
    expect(clock.slept).toEqual([400, 800, 1600, 3200, 6400, 12800, 15000, 15000, 15000])
  })

  test('ends without an error when it is interrupted', async () => {
    const server = await faultServer()
    server.script(json(brokerList([], '10')), events([added('a', '11')], 'stay'))
    const {client} = await connectTo(server)
    const stop = new AbortController()
    const seen: string[] = []
    for await (const event of client.watch(BROKER, {signal: stop.signal})) {
      seen.push(shown(event))
      if (event.type === 'ADDED') setTimeout(() => stop.abort(), 10)
    }
    expect(seen).toEqual(['SYNCED 10', 'ADDED a@11'])
  })

  test('refuses what is no event', async () => {
    await expect(watched(2, [json(brokerList([], '10')), text('hello\n', 200)])).rejects.toMatchObject({
      reason: 'BadAnswer',
    })
  })
})
