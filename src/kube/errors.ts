import type {Ref} from '../domain/core/object.js'

/** One field that the server refused, from `status.details.causes`. */
export interface StatusCause {
  reason?: string
  message?: string
  field?: string
}

/** What was asked when it failed; enough to name verb, resource and namespace in the message. */
export interface FailedRequest {
  verb: string
  /** `brokers.eventing.knative.dev`; left out for requests that are not about one resource. */
  resource?: string
  namespace?: string
  name?: string
  ref?: Ref
}

export interface KubeErrorDetails {
  /** HTTP status; 0 when there was no answer. */
  code: number
  request: FailedRequest
  causes?: readonly StatusCause[]
  /** Seconds, from Retry-After. */
  retryAfter?: number
  /** `https://host:port` */
  server?: string
  cause?: unknown
}

/**
 * What a request to the cluster ended with. `reason` is that of metav1.Status (NotFound, AlreadyExists, Conflict,
 * Forbidden, Unauthorized, Invalid, Expired, …), or one of our own where there was no answer:
 * `ConnectionRefused`, `HostNotFound`, `ConnectionReset`, `ConnectTimeout`, `RequestTimeout`, `CertificateUntrusted`,
 * `CertificateExpired`, `CertificateHostMismatch`, `ClientCertificateRejected`, `ProxyFailed`, `BadAnswer`,
 * `PortForwardFailed`, `Aborted`.
 */
export class KubeError extends Error {
  override readonly name = 'KubeError'
  readonly code: number
  readonly request: FailedRequest
  readonly causes: readonly StatusCause[]
  readonly retryAfter: number | undefined
  readonly server: string | undefined

  constructor(
    readonly reason: string,
    message: string,
    details: KubeErrorDetails,
  ) {
    super(message, details.cause === undefined ? undefined : {cause: details.cause})
    this.code = details.code
    this.request = details.request
    this.causes = details.causes ?? []
    this.retryAfter = details.retryAfter
    this.server = details.server
  }
}

export const isKubeError = (error: unknown, reason?: string): error is KubeError =>
  error instanceof KubeError && (reason === undefined || error.reason === reason)

/** With this the kubelet begins, and says what was asked. */
const FORWARDING = /^error forwarding port \d+ to pod [^,]*, uid [^:]*: /

/** Nothing in a pod takes a connection to this port; `said` are the kubelet's words. */
export const portFailure = (
  port: number,
  said: string,
  {request, server}: {request: FailedRequest; server?: string},
): KubeError =>
  new KubeError(
    'PortForwardFailed',
    `port ${port} of pod ${request.namespace ?? ''}/${request.name ?? ''} cannot be reached from inside the pod: ${said.replace(FORWARDING, '')}`,
    {code: 0, request, ...(server === undefined ? {} : {server})},
  )

/** `undefined` instead of a rejection when the object is not there. */
export const orAbsent = async <T>(pending: Promise<T>): Promise<T | undefined> => {
  try {
    return await pending
  } catch (error) {
    if (isKubeError(error, 'NotFound')) return undefined
    throw error
  }
}
