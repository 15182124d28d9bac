import type {Agent, ClientRequest, IncomingMessage, OutgoingHttpHeaders} from 'node:http'
import WebSocket from 'ws'
import {ExchangeFailure} from './failures.js'

export type {WebSocket}

/** Bytes of one message, at most; the kubelet sends 32 KB at a time. */
const LARGEST = 4 * 1024 * 1024

export interface WebSocketOptions {
  /** `https://host:port/path?query` */
  url: string
  agent: Agent
  headers: OutgoingHttpHeaders
  protocol: string
  /** Called with the request before it is sent. */
  onRequest(request: ClientRequest): void
}

/** A WebSocket that is being opened. */
export interface Opening {
  /**
   * The open connection, paused so that no message is lost before somebody listens, or the answer with which the server
   * refused it. Rejects with what failed.
   */
  done: Promise<{socket: WebSocket} | {response: IncomingMessage}>
  /** Gives it up. */
  stop(): void
}

/** Asks a server for a WebSocket (RFC 6455). Throws what Node throws for headers that cannot be sent. */
export const openWebSocket = ({url, agent, headers, protocol, onRequest}: WebSocketOptions): Opening => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), [protocol], {
    agent,
    headers: headersOf(headers),
    perMessageDeflate: false,
    maxPayload: LARGEST,
    finishRequest(request) {
      onRequest(request)
      request.end()
    },
  })
  const done = new Promise<{socket: WebSocket} | {response: IncomingMessage}>((resolve, reject) => {
    socket.once('open', () => {
      socket.pause()
      resolve({socket})
    })
    socket.once('unexpected-response', (_request, response) => resolve({response}))
    // Stays, so that a late failure is not an uncaught one.
    socket.on('error', (error) =>
      reject(/subprotocol/.test(error.message) ? new ExchangeFailure('subprotocol', error.message) : error),
    )
  })
  return {done, stop: () => socket.terminate()}
}

/** Headers that are not left out; several values of one name are several lines. */
const headersOf = (headers: OutgoingHttpHeaders): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'number' ? String(value) : value]],
    ),
  )
