import {type IncomingHttpHeaders} from 'node:http'

/** What a test sees of a request before it is answered. */
export interface DoorRequest {
  method: string
  /** Path and query, as sent. */
  url: string
  headers: IncomingHttpHeaders
  body: string
  /** How many requests came before this one. */
  count: number
}

/** What goes wrong with a request instead of, or before, its answer. */
export interface DoorFault {
  /** Waits so long, in milliseconds, before anything else. */
  delayMs?: number
  /** Answers this instead. `body` is sent as it is: garbage is possible. */
  status?: number
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Resets the connection without an answer. */
  reset?: true
  /** Ends a watch after so many events: properly, or by a reset in the middle of a line. */
  cutWatch?: {after: number; reset?: boolean}
}

/** Lets tests break things. `undefined`: the request is answered as usual. */
export type Intercept = (request: DoorRequest) => DoorFault | undefined
