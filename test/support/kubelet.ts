import * as http from 'node:http'
import * as https from 'node:https'
import type {Duplex} from 'node:stream'
import {onTestFinished} from 'vitest'
import {type WebSocket, WebSocketServer} from 'ws'
import {type Authority, newAuthority} from './certificates.js'
import {end, listen} from './fault-server.js'

export interface TestKubelet {
  url: string
  port: number
  authority: Authority
  /** The requests that asked for a WebSocket. */
  asked: {url: string; headers: http.IncomingHttpHeaders}[]
}

export interface KubeletOptions {
  /** Plain HTTP instead of HTTPS. */
  plain?: boolean
  /** The protocol that it agrees to; false: none. Default: the client's first. */
  protocol?: string | false
  /** Takes the connection instead of opening a WebSocket on it. */
  refuse?(connection: Duplex): void
}

/** A server that forwards ports as the kubelet does, up to what `serve` does with each open connection. It ends with the test. */
export const startKubelet = async (
  serve: (socket: WebSocket) => void,
  {plain = false, protocol, refuse}: KubeletOptions = {},
): Promise<TestKubelet> => {
  const authority = await newAuthority()
  const server = plain ? http.createServer() : https.createServer(await authority.issue())
  const sockets = new Set<Duplex>()
  const asked: TestKubelet['asked'] = []
  const upgrades = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => protocol ?? [...offered][0] ?? false,
  })
  server.on('upgrade', (request: http.IncomingMessage, connection: Duplex, head: Buffer) => {
    asked.push({url: request.url ?? '', headers: request.headers})
    sockets.add(connection)
    connection.on('error', () => {})
    if (refuse !== undefined) refuse(connection)
    else upgrades.handleUpgrade(request, connection, head, serve)
  })
  const port = await listen(server)
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await end(server, [])
  })
  return {url: `${plain ? 'http' : 'https'}://127.0.0.1:${port}`, port, authority, asked}
}

/** What the kubelet sends on a channel: 0 the port's bytes, 1 its own words. */
export const onChannel = (channel: 0 | 1, ...parts: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat([Buffer.of(channel), ...parts.map((part) => Buffer.from(part))])

/** The two bytes with which each channel begins. */
export const portBytes = (port: number): Buffer => Buffer.of(port & 0xff, port >> 8)
