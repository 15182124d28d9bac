import {type IncomingMessage, type ServerResponse} from 'node:http'
import {gzipSync} from 'node:zlib'
import {ApiFault, type StatusObject} from '../store/fault.js'

/** The real server compresses what is larger (apiserver pkg/endpoints/handlers/responsewriters/writers.go). */
const compressFrom = 128 * 1024

/** A `Warning` header (RFC 7234 5.5), as the API server writes it. */
export const warningHeader = (text: string): string => `299 - ${JSON.stringify(text)}`

export interface Answer {
  code: number
  body: unknown
  type?: string
  warnings?: readonly string[]
}

export const send = (
  request: IncomingMessage,
  response: ServerResponse,
  {code, body, type, warnings = []}: Answer,
): void => {
  const text = typeof body === 'string' ? body : `${JSON.stringify(body)}\n`
  const plain = Buffer.from(text)
  const gzip = plain.length > compressFrom && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const bytes = gzip ? gzipSync(plain, {level: 1}) : plain
  response.writeHead(code, {
    'Content-Type': type ?? (typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json'),
    'Content-Length': bytes.length,
    'Cache-Control': 'no-cache, private',
    ...(gzip ? {'Content-Encoding': 'gzip'} : {}),
    ...(warnings.length === 0 ? {} : {Warning: warnings.map(warningHeader)}),
    ...(code === 401 ? {'Www-Authenticate': 'Bearer realm="kubernetes"'} : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

/** The Status of whatever went wrong; what is not the API's own refusal is a 500. */
export const statusOf = (error: unknown): StatusObject =>
  error instanceof ApiFault
    ? error.status
    : {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`,
        reason: 'InternalError',
        code: 500,
      }
