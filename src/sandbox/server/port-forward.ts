import {type IncomingMessage} from 'node:http'
import {type Duplex} from 'node:stream'
import {type RawData, type WebSocket, WebSocketServer} from 'ws'
import {type PodPort} from '../store/pod-port.js'
import {badRequest} from '../store/fault.js'
import {connectPort} from '../forward.js'

const PROTOCOL = 'v4.channel.k8s.io'
const [DATA, ERRORS] = [0, 1]

const sockets = new WebSocketServer({noServer: true, handleProtocols: () => PROTOCOL})

/** Whether a request wants the one protocol that is served here: the kubelet's. Throws ApiFault when it wants another one. */
export const checkProtocol = ({headers}: IncomingMessage): void => {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())
  if (headers.upgrade?.toLowerCase() !== 'websocket' || !offered.includes(PROTOCOL))
    throw badRequest(`the sandbox forwards ports over WebSockets with the protocol ${PROTOCOL} alone`)
}

/** Passes the bytes of a pod's port on, as the kubelet does (portforward/websocket.go). */
export const forwardPort = (found: PodPort, request: IncomingMessage, connection: Duplex, head: Buffer): void =>
  sockets.handleUpgrade(request, connection, head, (socket) => {
    const portBytes = Buffer.alloc(2)
    portBytes.writeUInt16LE(found.port)
    for (const channel of [DATA, ERRORS]) socket.send(Buffer.concat([Buffer.of(channel), portBytes]))
    const stream = connectPort(found, (said) => new Error(said))
    socket.on('message', (data: RawData) => {
      const message = bytesOf(data)
      if (message[0] === DATA && message.length > 1 && !stream.write(message.subarray(1))) socket.pause()
    })
    stream.on('drain', () => socket.resume())
    socket.on('close', () => stream.destroy())
    socket.on('error', () => stream.destroy())
    stream.on('data', (chunk: Buffer) => {
      stream.pause()
      socket.send(Buffer.concat([Buffer.of(DATA), chunk]), () => stream.resume())
    })
    stream.on('end', () => socket.close())
    stream.on('error', (error) => endWith(socket, error.message))
  })

const endWith = (socket: WebSocket, text: string): void =>
  socket.send(Buffer.concat([Buffer.of(ERRORS), Buffer.from(text)]), () => socket.close())

const bytesOf = (data: RawData): Buffer =>
  Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
