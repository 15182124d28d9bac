import type {OutgoingHttpHeaders} from 'node:http'
import type {Credential, Credentials} from '../credentials/credential.js'
import type {FailedRequest} from '../errors.js'
import type {Answer} from './answer.js'
import type {Clock} from './retry.js'
import type {Trust} from './trust.js'

/** One request, before it is known by which way it goes. */
export interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the server's own path, with query. */
  path: string
  /** Sent as JSON. */
  body?: unknown
  contentType?: string
  /** Other representations than plain JSON. */
  accept?: string
  /** Called with the text of a good answer before it is parsed; true when it has sent another request meanwhile. */
  onText?(body: string): boolean
  /** For error messages. */
  about: FailedRequest
  signal?: AbortSignal | undefined
}

/** What all requests to one server have in common. */
export interface TransportOptions {
  server: URL
  trust: Trust
  credentials: Credentials
  proxy?: URL | undefined
  /** Impersonation and the like. */
  headers: OutgoingHttpHeaders
  userAgent: string
  /** Milliseconds for a request from start to end; 0 means no limit. */
  requestTimeoutMs: number
  connectTimeoutMs: number
  compress: boolean
  /** A quicker way for plain GETs, where the runtime has one. */
  quickGet?: QuickGet | undefined
  /** Texts of the server's `Warning` headers, each once. */
  warn(text: string): void
  log(line: string): void
  verbosity: number
  clock: Clock
}

/**
 * A GET by a quicker way than Node's HTTP. `undefined`: nothing came of it, and why is for the usual way to find out.
 * Rejects with `KubeError` (ConnectionReset) when the server was reached and then lost. `onHead` is called when the head
 * of the answer is there.
 */
export type QuickGet = (
  options: TransportOptions,
  request: Request,
  credential: Credential,
  signal: AbortSignal,
  onHead: () => void,
) => Promise<Answer | undefined>
