import {describe, expect, test} from 'vitest'
import {realClock} from '../../src/kube/http/retry.js'
import type {Transport} from '../../src/kube/http/transport.js'
import {listPages} from '../../src/kube/list.js'
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

/** A list of one broker as servers write those of custom resources: fields in their order. */
const inOrder = (name: string, next: string): string =>
  JSON.stringify({
    apiVersion: BROKER.apiVersion,
    items: [brokerObject(name)],
    kind: 'BrokerList',
    metadata: {...(next && {continue: next}), resourceVersion: '10'},
  })

const nothing = (): never => {
  throw new Error('a list is only sent')
}
const unused: Transport = {
  server: '',
  clock: realClock,
  send: nothing,
  text: nothing,
  lines: nothing,
  webSocket: nothing,
  close: nothing,
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
      urls: ['/brokers?limit=500', '/brokers?limit=2000&continue=next'],
    })
  })

  test('of very many objects comes in pages of 2000 after the first one, or in pages of the size that was asked for', async () => {
    const pages = [1, 2, 3, 4].map((page) => json(brokerList([brokerObject('a')], '10', page < 4 ? 'next' : '')))
    const sizes = async (query: object): Promise<Array<string | undefined>> =>
      (await read(pages, query)).urls.map((url) => /limit=(\d+)/.exec(url)?.[1])
    expect(await sizes({})).toEqual(['500', '2000', '2000', '2000'])
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

  test('does not start anew forever', async () => {
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

  test.each([
    ['last', (name: string, next: string) => JSON.parse(inOrder(name, next))],
    ['first', (name: string, next: string) => brokerList([brokerObject(name)], '10', next)],
  ])('with its metadata %s asks for the next page while the consumer works, but never for more', async (_, list) => {
    const server = await faultServer()
    const page = (name: string, next: string): Step => json(list(name, next))
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

  test('goes on where its metadata says, and nowhere that only looks like it', async () => {
    const server = await faultServer()
    const {apiVersion} = BROKER
    const trap = '"metadata":{"continue":"trap"}}'
    const of = (name: string, next: string) => ({
      items: [{...brokerObject(name), spec: {text: trap, metadata: {continue: 'trap'}}}],
      metadata: {continue: next, resourceVersion: '10'},
    })
    // As servers write the fields of custom resources, of built-in ones, and with a trap at the very end.
    server.script(
      json({apiVersion, ...of('a', 'MQ==')}),
      json({metadata: {continue: 'Mg==', resourceVersion: '10'}, items: of('b', '').items}),
      json({...of('c', 'Mw=='), trap}),
      json(of('d', '')),
    )
    const {client} = await connectTo(server)
    const names: string[] = []
    for await (const {items} of client.list(BROKER)) names.push(...items.map(({metadata}) => metadata.name))
    expect(names).toEqual(['a', 'b', 'c', 'd'])
    expect(server.received.map(({url}) => new URL(url, 'http://x').searchParams.get('continue'))).toEqual([
      null,
      'MQ==',
      'Mg==',
      'Mw==',
    ])
  })

  test('is asked for its next page before the last one is parsed', async () => {
    const happened: string[] = []
    const bodies: Readonly<Record<string, string>> = {'': inOrder('a', 'MQ=='), 'MQ==': inOrder('b', '')}
    const transport: Transport = {
      ...unused,
      async send({path, onText}) {
        const token = new URL(path, 'http://x').searchParams.get('continue') ?? ''
        happened.push(`ask for ${token || 'the first'}`)
        const body = bodies[token] ?? ''
        await Promise.resolve()
        onText?.(body)
        happened.push(`parse ${token || 'the first'}`)
        return JSON.parse(body)
      },
    }
    const found = {plural: 'brokers', namespaced: true}
    for await (const page of listPages(transport, async () => found, BROKER, {})) expect(page.items).toHaveLength(1)
    expect(happened).toEqual(['ask for the first', 'ask for MQ==', 'parse the first', 'parse MQ=='])
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
