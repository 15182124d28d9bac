import * as http from 'node:http'
import {type Socket, connect} from 'node:net'
import {onTestFinished} from 'vitest'
import {end, listen} from './fault-server.js'

export interface TestProxy {
  url: string
  port: number
  /** `CONNECT 127.0.0.1:1234` or `GET http://…`, with the credentials that came. */
  asked: {what: string; authorization: string | undefined}[]
}

/** A small HTTP proxy on loopback that ends with the test; `password` makes it ask for `user:password`. */
export const startProxy = async (password?: string): Promise<TestProxy> => {
  const asked: TestProxy['asked'] = []
  const sockets = new Set<Socket>()
  const isWelcome = (authorization: string | undefined): boolean =>
    password === undefined || authorization === `Basic ${Buffer.from(`user:${password}`).toString('base64')}`
  const server = http.createServer((request, response) => {
    const authorization = request.headers['proxy-authorization']
    asked.push({what: `${request.method} ${request.url}`, authorization})
    if (!isWelcome(authorization)) return void response.writeHead(407).end()
    const headers = {...request.headers}
    delete headers['proxy-authorization']
    const onward = http.request(request.url ?? '', {method: request.method ?? 'GET', headers}, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    request.pipe(onward)
  })
  server.on('connect', (request: http.IncomingMessage, socket: Socket) => {
    const authorization = request.headers['proxy-authorization']
    asked.push({what: `CONNECT ${request.url}`, authorization})
    if (!isWelcome(authorization)) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const [host = '', port = ''] = (request.url ?? '').split(':')
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    sockets.add(onward)
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  server.on('connection', (socket: Socket) => sockets.add(socket))
  const port = await listen(server)
  onTestFinished(() => end(server, sockets))
  return {url: `http://127.0.0.1:${port}`, port, asked}
}
