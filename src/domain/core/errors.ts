/** Exit codes, documented by `kubectl sfl help exit-codes`. */
export const ExitCode = {
  Done: 0,
  Failed: 1,
  Usage: 2,
  NotFound: 3,
  TimedOut: 4,
  Unhealthy: 5,
  Unreachable: 6,
  Interrupted: 130,
  Terminated: 143,
} as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

export interface SflErrorDetails {
  /** What to type next. */
  hint?: string
  /** HTTP status code, where a server gave one. */
  code?: number
  /** Several faults of one request or command line. */
  causes?: readonly string[]
  cause?: unknown
}

/**
 * A failure that the user can understand. `reason` is one CamelCase word for machines (the words of metav1.Status where
 * there is one), the message says what and where, `hint` what to do next.
 */
export class SflError extends Error {
  override readonly name = 'SflError'
  readonly hint: string | undefined
  readonly code: number | undefined
  readonly causes: readonly string[]

  constructor(
    readonly reason: string,
    message: string,
    readonly exitCode: ExitCode,
    details: SflErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : {cause: details.cause})
    this.hint = details.hint
    this.code = details.code
    this.causes = details.causes ?? []
  }
}

/** A flag, argument or file that could never be valid: exit code 2, found before the first request. */
export const invalid = (message: string, hint?: string): SflError =>
  new SflError('InvalidArgument', message, ExitCode.Usage, hint === undefined ? {} : {hint})
