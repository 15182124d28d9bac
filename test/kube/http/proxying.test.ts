import {describe, expect, test} from 'vitest'
import {connectTo, faultServer} from '../../support/connection.js'
import {json} from '../../support/fault-server.js'
import {brokerObject, brokerRef} from '../../support/objects.js'
import {startProxy} from '../../support/proxy.js'

describe('a proxy on the way to the server', () => {
  test('proxy-url of the kubeconfig is used, even for this machine, and TLS is with the server', async () => {
    const server = await faultServer()
    const proxy = await startProxy()
    server.script(json(brokerObject()), json(brokerObject()))
    const {client} = await connectTo(server, {cluster: {'proxy-url': proxy.url}})
    await client.get(brokerRef())
    expect((await client.get(brokerRef())).kind).toBe('Broker')
    expect(proxy.asked).toEqual([{what: `CONNECT 127.0.0.1:${server.port}`, authorization: undefined}])
  })

  test('user name and password of its URL are used', async () => {
    const server = await faultServer()
    const proxy = await startProxy('s3cret')
    server.script(json(brokerObject()))
    const {client} = await connectTo(server, {cluster: {'proxy-url': proxy.url.replace('//', '//user:s3cret@')}})
    expect((await client.get(brokerRef())).kind).toBe('Broker')
  })

  test('HTTPS_PROXY is used for hosts that NO_PROXY does not except', async () => {
    const server = await faultServer()
    const proxy = await startProxy()
    // A name that only the proxy can resolve shows that the proxy was asked.
    const url = `https://api.invalid:${server.port}`
    const env = {HTTPS_PROXY: proxy.url, NO_PROXY: 'other.invalid'}
    const {client} = await connectTo({url, authority: server.authority}, {}, {env})
    await expect(client.get(brokerRef())).rejects.toMatchObject({reason: expect.any(String)})
    expect(proxy.asked[0]).toEqual({what: `CONNECT api.invalid:${server.port}`, authorization: undefined})
    const direct = await connectTo(server, {}, {env})
    server.script(json(brokerObject()))
    await direct.client.get(brokerRef())
    expect(proxy.asked.filter(({what}) => what.includes('127.0.0.1'))).toEqual([])
  })

  test('a plain http server is asked through the proxy, too', async () => {
    const server = await faultServer({plain: true})
    const proxy = await startProxy('s3cret')
    server.script(json(brokerObject()))
    const {client} = await connectTo(server, {cluster: {'proxy-url': proxy.url.replace('//', '//user:s3cret@')}})
    expect((await client.get(brokerRef())).kind).toBe('Broker')
    expect(proxy.asked[0]?.what).toBe(`GET ${server.url}/apis/eventing.knative.dev/v1/namespaces/demo/brokers/orders`)
  })

  test('the server’s certificate is checked behind a proxy as well', async () => {
    const server = await faultServer()
    const proxy = await startProxy()
    const {client} = await connectTo({url: server.url}, {cluster: {'proxy-url': proxy.url}})
    await expect(client.get(brokerRef())).rejects.toMatchObject({reason: 'CertificateUntrusted'})
  })

  test('a proxy that refuses is told from a server that refuses', async () => {
    const server = await faultServer()
    const proxy = await startProxy('s3cret')
    const {client} = await connectTo(server, {cluster: {'proxy-url': proxy.url}})
    await expect(client.get(brokerRef())).rejects.toMatchObject({
      reason: 'ProxyFailed',
      message: `Unable to connect to the server 127.0.0.1:${server.port}: the proxy ${proxy.url} answered 407 Proxy Authentication Required; it wants a user name and password (http://USER:PASSWORD@HOST:PORT)`,
    })
    const gone = await connectTo(server, {cluster: {'proxy-url': 'http://user:s3cret@127.0.0.1:1'}})
    const error: unknown = await gone.client.get(brokerRef()).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({reason: 'ProxyFailed'})
    expect(String(error)).not.toContain('s3cret')
  })

  test('a SOCKS proxy is refused with what to do instead', async () => {
    await expect(
      connectTo({url: 'https://127.0.0.1:1'}, {cluster: {'proxy-url': 'socks5://u:pw@p:1080'}}),
    ).rejects.toMatchObject({
      exitCode: 6,
      message:
        'the proxy socks5://<masked>@p:1080 in the kubeconfig (proxy-url) is a SOCKS proxy, which is not supported',
      hint: 'use a proxy at http://HOST:PORT or https://HOST:PORT, or except the server with NO_PROXY',
    })
  })
})
