import type {OutgoingHttpHeaders} from 'node:http'
import type {Credential} from '../credentials/credential.js'
import type {Request, TransportOptions} from './exchange.js'

type Addressed = Pick<TransportOptions, 'server' | 'headers' | 'userAgent' | 'compress'>

/** The path of a request on its server. */
export const pathOf = ({server}: Addressed, {path}: Request): string => `${server.pathname.replace(/\/+$/, '')}${path}`

/** The headers of a request; `body` is what will be sent, `stream` an answer that is read line by line. */
export const headersOf = (
  {headers, userAgent, compress}: Addressed,
  {contentType = 'application/json', accept = 'application/json'}: Request,
  {authorization}: Credential,
  {body, stream = false}: {body?: string | undefined; stream?: boolean} = {},
): OutgoingHttpHeaders => ({
  Accept: accept,
  'Accept-Encoding': compress && !stream ? 'gzip' : 'identity',
  'User-Agent': userAgent,
  ...(body === undefined ? {} : {'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body)}),
  ...(authorization === undefined ? {} : {Authorization: authorization}),
  ...headers,
})
