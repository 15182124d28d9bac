import {Duplex} from 'node:stream'
import type {RawData} from 'ws'
import {type FailedRequest, portFailure} from './errors.js'
import {excerpt} from './http/answer.js'
import {aborted, connectionFailure} from './http/failures.js'
import type {WebSocket} from './http/web-socket.js'

/**
 * The kubelet's protocol for a forwarded port (kubernetes pkg/kubelet, portforward/websocket.go): the first byte of a
 * message is its channel, 0 for what goes to and comes from the port, 1 for the kubelet's words when that fails. Each
 * channel begins with the number of the port in two bytes. All servers know it; kubectl's `v2.portforward.k8s.io` (since
 * 1.30) would need SPDY inside of the WebSocket, for nothing that is needed here.
 */
export const PORT_FORWARD_PROTOCOL = 'v4.channel.k8s.io'

const DATA = 0
const ERRORS = 1
const PORT_BYTES = 2
/** Characters of the kubelet's words that are kept: what went wrong comes last. */
const LONGEST_WORDS = 400

export interface ForwardContext {
  request: FailedRequest
  /** `https://host:port` */
  server: string
  signal?: AbortSignal | undefined
}

/** The bytes of a forwarded port, over an open and paused WebSocket. */
export const forwardedPort = (socket: WebSocket, port: number, {signal, ...attempted}: ForwardContext): Duplex => {
  const left = [PORT_BYTES, PORT_BYTES]
  const stream = new Duplex({
    allowHalfOpen: false,
    read: () => socket.resume(),
    write: (chunk: Buffer, _encoding, done) => socket.send(Buffer.concat([Buffer.of(DATA), chunk]), done),
    final(done) {
      socket.close()
      done()
    },
    destroy(error, done) {
      signal?.removeEventListener('abort', onAbort)
      socket.terminate()
      done(error)
    },
  })
  const onAbort = (): void => void stream.destroy(aborted(attempted.request))
  signal?.addEventListener('abort', onAbort, {once: true})

  const onMessage = (data: RawData): void => {
    const message = bytesOf(data)
    const channel = message[0] ?? DATA
    const head = Math.min(left[channel] ?? 0, message.length - 1)
    left[channel] = (left[channel] ?? 0) - head
    const rest = message.subarray(1 + head)
    if (rest.length === 0) return
    if (channel === DATA && !stream.push(rest)) socket.pause()
    if (channel === ERRORS) stream.destroy(portFailure(port, excerpt(rest.toString('utf8'), LONGEST_WORDS), attempted))
  }
  socket.on('message', onMessage)
  socket.on('error', (error) => stream.destroy(connectionFailure(error, attempted)))
  socket.on('close', (code) => {
    // 1006: nobody said goodbye.
    if (code === 1006 && !stream.writableEnded) {
      stream.destroy(connectionFailure(Object.assign(new Error(), {code: 'ECONNRESET'}), attempted))
    } else stream.push(null)
  })
  if (signal?.aborted) onAbort()
  return stream
}

const bytesOf = (data: RawData): Buffer =>
  Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
