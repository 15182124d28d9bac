import {describe, expect, test} from 'vitest'
import {KubeError} from '../../../src/kube/errors.js'
import {connectTo, faultServer} from '../../support/connection.js'
import type {Step} from '../../support/fault-server.js'
import {brokerRef} from '../../support/objects.js'

/** Bytes as they are, and then the end of the connection or silence. */
const raw =
  (bytes: string, then: 'end' | 'stay' = 'end'): Step =>
  (_request, response) => {
    response.socket?.write(bytes)
    if (then === 'end') response.socket?.end()
  }

const switching = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'

describe('a server that does not do what HTTP says gets an error, never silence', () => {
  test.each<[string, string, 'end' | 'stay', string]>([
    ['switches to another protocol', switching, 'stay', 'BadAnswer'],
    ['switches to another protocol and closes', switching, 'end', 'BadAnswer'],
    ['switches without saying to what', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', 'end', 'BadAnswer'],
    ['says 100 Continue and closes', 'HTTP/1.1 100 Continue\r\n\r\n', 'end', 'ConnectionReset'],
    ['says 103 Early Hints and closes', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n', 'end', 'ConnectionReset'],
    ['closes at once', '', 'end', 'ConnectionReset'],
    ['sends half a status line', 'HTTP/1.1 20', 'end', 'ConnectionReset'],
    ['speaks no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', 'end', 'BadAnswer'],
    ['sends headers without end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`, 'stay', 'BadAnswer'],
    ['sends a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n', 'end', 'BadAnswer'],
    [
      'sends chunks that are none',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      'stay',
      'ConnectionReset',
    ],
    ['sends a code that is none', 'HTTP/1.1 999999 What\r\n\r\n', 'end', 'BadAnswer'],
  ])('%s', async (_what, bytes, then, reason) => {
    const server = await faultServer({plain: true})
    server.script(...Array.from({length: 10}, () => raw(bytes, then)))
    const {client} = await connectTo(server, {}, {requestTimeoutMs: 5000})
    for (const ask of [() => client.get(brokerRef()), () => client.delete(brokerRef())]) {
      const error: unknown = await ask().catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(KubeError)
      expect(error).toMatchObject({reason})
    }
  })
})
