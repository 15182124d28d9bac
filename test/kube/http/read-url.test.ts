import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {readUrl} from '../../../src/kube/http/read-url.js'

describe('manifests behind a URL', () => {
  const asked: string[] = []
  let server: Server
  let origin = ''

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? ''
      asked.push(path)
      const times = asked.filter((one) => one === path).length
      if (path === '/found?x=1') response.end('\uFEFFkind: A')
      else if (path === '/moved') response.writeHead(302, {location: '/found?x=1'}).end()
      else if (path === '/round') response.writeHead(302, {location: '/round'}).end()
      else if (path === '/tired') response.writeHead(times < 3 ? 503 : 200).end('kind: B')
      else if (path === '/broken') response.writeHead(500).end()
      else response.writeHead(404).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  const read = (path: string) =>
    readUrl(`${origin}${path}`, {env: {}, version: '1', signal: new AbortController().signal, pauseMs: 1})

  test('are read as text, whatever mark they begin with', async () => {
    expect(await read('/found?x=1')).toBe('kind: A')
  })

  test('are followed to where they have moved', async () => {
    expect(await read('/moved')).toBe('kind: A')
  })

  test('are asked for three times while the server is in trouble', async () => {
    expect(await read('/tired')).toBe('kind: B')
  })

  test.each([
    ['/nowhere', 'server reported 404 Not Found, status code=404'],
    ['/broken', 'server reported 500 Internal Server Error, status code=500'],
    ['/round', 'stopped after 10 redirects'],
  ])('that cannot be had are named: %s', async (path, why) => {
    await expect(read(path)).rejects.toThrow(`unable to read URL "${origin}${path}"`)
    await expect(read(path)).rejects.toThrow(why)
  })

  test('that nobody serves are named, too', async () => {
    const url = 'http://127.0.0.1:1/x.yaml'
    await expect(readUrl(url, {env: {}, version: '1', signal: new AbortController().signal})).rejects.toThrow(
      `unable to read URL "${url}": The connection to the server 127.0.0.1:1 was refused`,
    )
  })
})
