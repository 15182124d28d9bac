import {connect} from 'node:net'
import {Duplex} from 'node:stream'
import {type PodPort, refusedText} from './store/pod-port.js'

/** The bytes of a stand-in pod's port. The stream fails with what `failure` makes of the kubelet's words when nothing listens. */
export const connectPort = (found: PodPort, failure: (said: string) => Error): Duplex => {
  const {listens} = found
  if (listens === undefined) {
    const closed = new Duplex({read() {}, write: (_chunk, _encoding, done) => done()})
    closed.destroy(failure(refusedText(found)))
    return closed
  }
  const socket = connect(listens)
  const stream = new Duplex({
    allowHalfOpen: false,
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => void socket.write(chunk, done),
    final: (done) => void socket.end(done),
    destroy(error, done) {
      socket.destroy()
      done(error)
    },
  })
  socket.on('data', (chunk) => {
    if (!stream.push(chunk)) socket.pause()
  })
  socket.on('end', () => stream.push(null))
  socket.on('error', () => stream.destroy(failure(refusedText(found))))
  return stream
}
