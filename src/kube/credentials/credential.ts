import type {KeyPair} from '../http/trust.js'

/** What a request proves its sender with. */
export interface Credential {
  /** Value of the header `Authorization`. */
  authorization: string | undefined
  /** Client certificate for TLS. */
  pair: KeyPair | undefined
}

/** Asked before every request; what is expensive is remembered as long as it is valid. */
export type Credentials = (signal?: AbortSignal) => Promise<Credential>

export interface CredentialOptions {
  env: Readonly<Record<string, string | undefined>>
  /** Whether an exec plugin may talk with the user; `undefined`: look whether standard input is a terminal. */
  stdinIsTerminal: boolean | undefined
  /** Whether what an exec plugin says on stderr is kept from the user. */
  quiet?: boolean | undefined
  /** Milliseconds since 1970 */
  today(): number
}
