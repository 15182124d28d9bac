import {describe, expect, test} from 'vitest'
import {connectTo, faultServer} from '../support/connection.js'
import {type Step, json, status} from '../support/fault-server.js'
import {BROKER, brokerList, brokerObject} from '../support/objects.js'

const gone = status(410, 'Expired', 'The provided continue parameter is too old')

const read = async (steps: Step[], query: object = {}): Promise<{names: string[][]; urls: string[]}> => {
  const server = await faultServer()
  server.script(...steps)
  const {client} = await connectTo(server)
  const names: string[][] = []
  for await (const page of client.list({...BROKER, ...query})) names.push(page.items.map(({metadata}) => metadata.name))
  return {
    names,
    urls: server.received.map(({url}) => decodeURIComponent(url.replace('/apis/eventing.knative.dev/v1', ''))),
  }
}

describe('a list', () => {
  test('of one page is one request', async () => {
    expect(
      await read([json(brokerList([brokerObject('a')]))], {
        namespace: 'demo',
        labelSelector: 'x in (y)',
        fieldSelector: 'metadata.name=a',
      }),
    ).toEqual({
      names: [['a']],
      urls: ['/namespaces/demo/brokers?limit=500&labelSelector=x+in+(y)&fieldSelector=metadata.name=a'],
    })
  })

  test('of several pages is read to its end', async () => {
    const pages = [json(brokerList([brokerObject('a')], '10', 'next')), json(brokerList([brokerObject('b')]))]
    expect(await read(pages)).toEqual({
      names: [['a'], ['b']],
      urls: ['/brokers?limit=500', '/brokers?limit=1000&continue=next'],
    })
  })

  test('of very many objects comes in pages that grow to 2000, or in pages of the size that was asked for', async () => {
    const pages = [1, 2, 3, 4].map((page) => json(brokerList([brokerObject('a')], '10', page < 4 ? 'next' : '')))
    const sizes = async (query: object): Promise<Array<string | undefined>> =>
      (await read(pages, query)).urls.map((url) => /limit=(\d+)/.exec(url)?.[1])
    expect(await sizes({})).toEqual(['500', '1000', '2000', '2000'])
    expect(await sizes({pageSize: 700})).toEqual(['700', '700', '700', '700'])
  })

  test('of the metadata alone leaves the rest with the server', async () => {
    const server = await faultServer()
    const {apiVersion, kind, ...whole} = brokerObject('a')
    const partial = {...whole, apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata'}
    server.script(json({...brokerList([]), kind: 'PartialObjectMetadataList', items: [partial]}))
    const {client} = await connectTo(server)
    const seen: object[] = []
    for await (const {items} of client.list({...BROKER, metadataOnly: true})) seen.push(...items)
    expect(server.received[0]?.headers.accept).toMatch(
      /^application\/json;as=PartialObjectMetadataList;g=meta\.k8s\.io;v=v1,/,
    )
    expect(seen).toMatchObject([{apiVersion, kind, metadata: {name: 'a'}}])
  })

  test('can be had at once', async () => {
    expect((await read([json(brokerList([]))], {pageSize: 0})).urls).toEqual(['/brokers'])
  })

  test('that Go writes as null is empty', async () => {
    const empty = {apiVersion: BROKER.apiVersion, kind: 'BrokerList', metadata: {resourceVersion: '1'}, items: null}
    expect((await read([json(empty)])).names).toEqual([[]])
  })

  test('starts anew once when its place is forgotten, and repeats nothing', async () => {
    const first = json(brokerList([brokerObject('a'), brokerObject('b')], '10', 'next'))
    const again = json(brokerList([brokerObject('a'), brokerObject('b'), brokerObject('c')], '20'))
    expect((await read([first, gone, again])).names).toEqual([['a', 'b'], ['c']])
  })

  test('does not start anew for ever', async () => {
    const first = json(brokerList([brokerObject('a')], '10', 'next'))
    await expect(read([first, gone, first, gone])).rejects.toMatchObject({reason: 'Expired', code: 410})
  })

  test('of a built-in kind gets the kind that its items lack', async () => {
    const server = await faultServer()
    server.script(json({kind: 'SecretList', apiVersion: 'v1', metadata: {}, items: [{metadata: {name: 's'}}]}))
    const {client} = await connectTo(server)
    for await (const page of client.list({apiVersion: 'v1', kind: 'Secret', namespace: 'demo'})) {
      expect(page.items).toEqual([{apiVersion: 'v1', kind: 'Secret', metadata: {name: 's'}}])
    }
  })

  test('asks for the next page while the consumer works on the last, but never for more', async () => {
    const server = await faultServer()
    const page = (name: string, next: string): Step => json(brokerList([brokerObject(name)], '10', next))
    const arrivals: (() => void)[] = []
    const arrival = (): Promise<void> => new Promise((resolve) => arrivals.push(resolve))
    const noting =
      (step: Step): Step =>
      (request, response) => {
        arrivals.shift()?.()
        return step(request, response)
      }
    const second = arrival()
    server.script(page('a', '1'), noting(page('b', '2')), page('c', ''))
    const {client} = await connectTo(server)
    const pages = client.list(BROKER)[Symbol.asyncIterator]()
    await pages.next()
    await second
    expect(server.received).toHaveLength(2)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(server.received).toHaveLength(2)
    expect((await pages.next()).done).toBe(false)
    await pages.return?.()
  })

  test('that nobody reads to its end leaves nothing behind', async () => {
    const server = await faultServer()
    server.script(json(brokerList([brokerObject('a')], '10', 'next')), () => {})
    const {client} = await connectTo(server)
    for await (const page of client.list(BROKER)) {
      expect(page.last).toBe(false)
      break
    }
  })
})
